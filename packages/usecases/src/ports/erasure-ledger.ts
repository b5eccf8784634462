import type { LedgerEntry } from '@gruppstart/domain/follow-up/erasure';
import type { Instant } from '@gruppstart/domain/shared/local-date';

/** An entry, and where it stands: positions rise with time. */
export interface LedgerRow {
  readonly position: string;
  readonly entry: LedgerEntry;
}

/** How far the ledger has been replayed on the restored table; kept in that table, for that table's name alone. */
export interface ReplayState {
  /** The last entry that is done; null before the first. */
  readonly position: string | null;
  readonly entries: number;
  /** When the end of the ledger was first reached: from then on the table is open. */
  readonly finishedAt: Instant | null;
}

/** The erasures of all tenants, for whoever restores the table of all tenants. */
export interface ErasureLedger {
  /** The oldest first, at most `limit`. */
  after(position: string | null, limit: number): Promise<readonly LedgerRow[]>;
  /** Null before the first replay. */
  state(): Promise<ReplayState | null>;
  saveState(state: ReplayState): Promise<void>;
}
