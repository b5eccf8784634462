/** An index of a table. Sparse: only items that have both key attributes are in it. */
export interface IndexDeclaration {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
}

/** A table as both CDK and the tests create it. All key attributes are strings. */
export interface TableDeclaration {
  /** The word in environment variables and construct ids: `core` is CORE_TABLE. */
  readonly word: 'core' | 'audit';
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly timeToLiveAttribute: string | null;
  readonly indexes: readonly IndexDeclaration[];
}

export const CORE_TABLE: TableDeclaration = {
  word: 'core',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLiveAttribute: 'expiresAt',
  indexes: [
    { name: 'lists', partitionKey: 'listPk', sortKey: 'listSk' },
    { name: 'outbox', partitionKey: 'outboxPk', sortKey: 'outboxSk' },
  ],
};

/** Append-only: functions may put and nothing else. */
export const AUDIT_TABLE: TableDeclaration = {
  word: 'audit',
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLiveAttribute: null,
  indexes: [],
};

/**
 * The partition of the audit table that holds the erasures, and the only one that anything can read: whoever restores
 * the core table is told by it whom to erase again.
 */
export const ERASURE_LEDGER = 'ERASURES';

export const TABLES: readonly TableDeclaration[] = [CORE_TABLE, AUDIT_TABLE];
