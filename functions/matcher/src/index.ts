import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { makeQueueWorker } from '@gruppstart/edge/queue/worker';
import { blobsFrom, storeFrom } from '@gruppstart/store/composition';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import { tellOfRun } from './tell-of-run.ts';

const log = makeLog('matcher');
const parts = storeFrom(process.env);

export const handler = watched(
  log,
  makeQueueWorker({
    log,
    kind: 'run-to-make',
    handle: makeRun({ ...parts, blobs: blobsFrom(process.env) }),
    isOpen: restoreGateFrom(process.env, parts),
    tell: tellOfRun,
  }),
);
