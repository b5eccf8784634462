import { Instant } from '@gruppstart/domain/shared/local-date';
import type { ReplayState } from '@gruppstart/usecases/ports/erasure-ledger';
import * as z from 'zod';
import type { Environment } from './composition.ts';
import { keys } from './keys.ts';
import { getOne, type TableAccess } from './reads.ts';

const StoredState = z.object({
  d: z.strictObject({ position: z.string().nullable(), entries: z.int().min(0), finishedAt: Instant.nullable() }),
});

export const readReplayState = async (access: TableAccess): Promise<ReplayState | null> => {
  const item = await getOne(access, keys.restore(access.coreTable));
  return item && StoredState.parse(item).d;
};

/**
 * The name of the table that has come back from a backup, and null when the function works on no such. Throws when it
 * works on another table than the one that is named.
 */
export const restoredTable = (environment: Environment): string | null => {
  const { CORE_TABLE: table, CORE_TABLE_RESTORED: restored } = environment;
  if (restored === undefined || restored === '') return null;
  if (restored !== table) throw new Error(`CORE_TABLE is ${table}, but the restored table is ${restored}`);
  return restored;
};

/**
 * Whether the table may be used: at once and without a question when it was never restored (null), else when the ledger
 * of erasures has been replayed on it. Asked of the table until it is so, and remembered then.
 */
export const restoreGateFrom = (
  environment: Environment,
  access: Pick<TableAccess, 'dynamodb'>,
): (() => Promise<boolean>) | null => {
  const coreTable = restoredTable(environment);
  if (coreTable === null) return null;
  let isOpen = false;
  return async () => {
    if (!isOpen) {
      const state = await readReplayState({ ...access, coreTable });
      isOpen = state !== null && state.finishedAt !== null;
    }
    return isOpen;
  };
};
