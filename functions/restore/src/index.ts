import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { storeFrom } from '@gruppstart/store/composition';
import { makeErasureLedger } from '@gruppstart/store/erasure-ledger';
import { restoredTable } from '@gruppstart/store/restore-gate';
import { type Replayed, replayErasures } from '@gruppstart/usecases/follow-up/replay-erasures';

/** An entry takes some tens of milliseconds; so many are done well within the function's time. */
const ENTRIES_AT_MOST = 500;

const log = makeLog('restore');
const parts = storeFrom(process.env);

/**
 * Invoked by an operator, never over HTTP: erases again on a restored table whom the ledger names, and opens the table
 * at the end of it. Called again as long as it answers that it has not finished.
 */
export const handler = watched(
  log,
  async (_event: unknown, context: { readonly awsRequestId: string }): Promise<Replayed> => {
    if (restoredTable(process.env) === null) throw new Error('No table has been restored');
    const replay = replayErasures({ ...parts, ledger: makeErasureLedger(parts) });
    const replayed = await replay(ENTRIES_AT_MOST, context.awsRequestId);
    log.info('erasures-replayed', { ...replayed });
    return replayed;
  },
);
