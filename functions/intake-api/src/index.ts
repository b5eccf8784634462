import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { blobsFrom, outboxFrom, storeFrom } from '@gruppstart/store/composition';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { vaultFrom } from '@gruppstart/store/vault-composition';
import { handle } from 'hono/aws-lambda';
import { makeIntakeDoor } from './intake-door.ts';

const log = makeLog('intake-api');
const parts = storeFrom(process.env);

export const handler = watched(
  log,
  handle(
    makeIntakeDoor({
      ...parts,
      vault: vaultFrom(process.env, parts),
      blobs: blobsFrom(process.env),
      outbox: outboxFrom(process.env, parts, (cause, messages) => log.fault('outbox-waits', cause, { messages })),
      log,
      isOpen: restoreGateFrom(process.env, parts),
    }),
  ),
);
