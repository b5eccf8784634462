import { runStart } from '../cli/run-start.ts';

/** `npm start` in a process of its own on a small template: start-victim.ts ASSEMBLY [OPTIONS]. */
const [assemblyDirectory, ...args] = process.argv.slice(2);
if (assemblyDirectory === undefined) throw new Error('which assembly?');
process.exitCode = await runStart(args, { build: false, assemblyDirectory });
