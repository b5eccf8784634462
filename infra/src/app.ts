import { fileURLToPath } from 'node:url';
import { catchAllPaths, PUBLIC_PATHS, ROUTES } from '@gruppstart/contracts/registry';
import { makeGruppstartApp } from './gruppstart-app.ts';

const functionsDir = fileURLToPath(new URL('../../build/functions', import.meta.url));

makeGruppstartApp({ routes: ROUTES, catchAllPaths, publicPaths: PUBLIC_PATHS, functionsDir }).app.synth();
