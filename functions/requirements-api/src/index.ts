import { makeLog } from '@gruppstart/edge/log';
import { storeFrom } from '@gruppstart/store/composition';
import { handle } from 'hono/aws-lambda';
import { makeRequirementsDoor } from './requirements-door.ts';

export const handler = handle(makeRequirementsDoor({ ...storeFrom(process.env), log: makeLog('requirements-api') }));
