import { Grant } from '@gruppstart/contracts/grant';
import { pointerOf } from '@gruppstart/edge/http/problem-answer';
import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { storeFrom } from '@gruppstart/store/composition';
import { giveGrants } from '@gruppstart/usecases/access/give-grants';
import * as z from 'zod';

const GrantsToGive = z.strictObject({ grants: z.array(Grant).min(1).max(500) });

const log = makeLog('grants');
const give = giveGrants(storeFrom(process.env));

/**
 * Invoked by an operator, never over HTTP: gives dated rights, so that the first users can do their work. The audit
 * entries bear the id of the invocation.
 */
export const handler = watched(
  log,
  async (event: unknown, context: { readonly awsRequestId: string }): Promise<{ readonly given: number }> => {
    const read = GrantsToGive.safeParse(event);
    if (!read.success) {
      // Where, not what: the event may have been put together from a list of names.
      log.warn('grants-refused', { at: pointerOf(read.error.issues[0]?.path ?? []), faults: read.error.issues.length });
      throw new Error('The grants are refused');
    }
    const { grants } = read.data;
    await give(grants, context.awsRequestId);
    log.info('grants-given', { grants: grants.length });
    return { given: grants.length };
  },
);
