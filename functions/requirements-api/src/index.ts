import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { outboxFrom, storeFrom } from '@gruppstart/store/composition';
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
      outbox: outboxFrom(process.env, parts, (cause, messages) => log.fault('outbox-waits', cause, { messages })),
      log,
      isOpen: restoreGateFrom(process.env, parts),
    }),
  ),
);
