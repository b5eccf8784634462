import { makeLog } from '@gruppstart/edge/log';
import { makeQueueWorker } from '@gruppstart/edge/queue/worker';
import { blobsFrom, storeFrom } from '@gruppstart/store/composition';
import { makeRun } from '@gruppstart/usecases/matching/make-run';

const log = makeLog('matcher');

export const handler = makeQueueWorker(
  log,
  'run-to-make',
  makeRun({ ...storeFrom(process.env), blobs: blobsFrom(process.env) }),
);
