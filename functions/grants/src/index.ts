import { Grant } from '@gruppstart/contracts/grant';
import { makeLog } from '@gruppstart/edge/log';
import { storeFrom } from '@gruppstart/store/composition';
import { giveGrants } from '@gruppstart/usecases/access/give-grants';
import * as z from 'zod';

const GrantsToGive = z.strictObject({ grants: z.array(Grant).min(1).max(500) });

const log = makeLog('grants');
const give = giveGrants(storeFrom(process.env));

/** Invoked by an operator, never over HTTP: gives dated rights, so that the first users can do their work. */
export const handler = async (event: unknown): Promise<{ readonly given: number }> => {
  const { grants } = GrantsToGive.parse(event);
  await give(grants, `grants-${grants.length}`);
  log.info('grants-given', { grants: grants.length });
  return { given: grants.length };
};
