import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { makeQueueWorker, takerOf } from '@gruppstart/edge/queue/worker';
import { blobsFrom, storeFrom } from '@gruppstart/store/composition';
import { restoreGateFrom } from '@gruppstart/store/restore-gate';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import { workOutWhatIf } from '@gruppstart/usecases/matching/work-out-what-if';
import { tellOfRun } from './tell-of-run.ts';
import { tellOfWhatIf } from './tell-of-what-if.ts';

const log = makeLog('matcher');
const parts = storeFrom(process.env);
const deps = { ...parts, blobs: blobsFrom(process.env) };

export const handler = watched(
  log,
  makeQueueWorker({
    log,
    takers: [
      takerOf('run-to-make', makeRun(deps), tellOfRun),
      takerOf('what-if-to-answer', workOutWhatIf(deps), tellOfWhatIf),
    ],
    isOpen: restoreGateFrom(process.env, parts),
  }),
);
