import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { storeFrom } from '@gruppstart/store/composition';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { disclosuresFrom } from '@gruppstart/store/vault-composition';
import { handle } from 'hono/aws-lambda';
import { makeRequirementsDoor } from './requirements-door.ts';

const log = makeLog('requirements-api');
const parts = storeFrom(process.env);

export const handler = watched(
  log,
  handle(
    makeRequirementsDoor({
      ...parts,
      disclosures: disclosuresFrom(process.env, parts),
      log,
      isOpen: restoreGateFrom(process.env, parts),
    }),
  ),
);
