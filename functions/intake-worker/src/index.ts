import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { makeQueueWorker, takerOf } from '@gruppstart/edge/queue/worker';
import { blobsFrom, outboxFrom, storeFrom } from '@gruppstart/store/composition';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { vaultFrom } from '@gruppstart/store/vault-composition';
import { takeBatch } from '@gruppstart/usecases/intake/take-batch';

const log = makeLog('intake-worker');
const parts = storeFrom(process.env);
const take = takeBatch({
  ...parts,
  vault: vaultFrom(process.env, parts),
  blobs: blobsFrom(process.env),
  outbox: outboxFrom(process.env, parts, (cause, messages) => log.fault('outbox-waits', cause, { messages })),
});

export const handler = watched(
  log,
  makeQueueWorker({
    log,
    takers: [
      takerOf('batch-to-take', take, ({ taken, refused }) => ({
        figures: { RowsTaken: taken, RowsRefused: refused },
      })),
    ],
    isOpen: restoreGateFrom(process.env, parts),
  }),
);
