/**
 * A view is what one request sees of the database, and the only way it may change it. A reading view rests on a
 * LevelDB snapshot, so it never sees half of another request's changes. A writing view collects its changes in
 * memory, shows them to its own reads, and hands them over as ONE LevelDB batch: all of them are stored, or none.
 */
import { Stream } from 'node:stream';
import type {
  DynaliteOptions,
  DynaliteStore,
  Item,
  Level,
  LevelChange,
  LevelIterator,
  LevelSnapshot,
  RangeOptions,
  SubDb,
  TableRecord,
  ValueSource,
} from './dynalite.ts';
import { tableNotFound } from './refusal.ts';

const LOCAL_ACCOUNT_ID = '000000000000';
const LOCAL_REGION = 'eu-north-1';

/** Entries fetched from LevelDB at a time. */
const CHUNK_ENTRIES = 200;

export interface WrittenItem {
  tableName: string;
  item: Item;
}

export interface StoreView {
  readonly store: DynaliteStore;
  /** Reads a record of the engine's own (tokens, table settings) by its full key. */
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  erase(key: string): void;
  /** @param key as dynalite's createKey makes it */
  readItem(tableName: string, key: string): Item | undefined;
  /** @throws Refusal ResourceNotFoundException */
  table(name: string): TableRecord;
  writeTable(table: TableRecord): void;
  /** Values under a prefix as they were committed, in key order, a chunk at a time. */
  committedValues(prefix: string, range?: RangeOptions): AsyncGenerator<unknown[]>;
  committedKeys(prefix: string, range?: RangeOptions): AsyncGenerator<string[]>;
  /** The items put since the last call, so that they can be checked before they are committed. */
  takeWrittenItems(): WrittenItem[];
  /** Ends the view and returns its changes. What dynalite's timers try to write later is dropped. */
  seal(): LevelChange[];
}

export const itemPrefix = (tableName: string): string => `item-${tableName}~`;
export const indexPrefix = (type: string, tableName: string, indexName: string): string =>
  `index-${type.toLowerCase()}~${tableName}~${indexName}~`;
const tagPrefix = (tableName: string): string => `tag-${tableName}~`;
const TABLE_PREFIX = 'table~';
/** Settings of a table that dynalite does not know: expiry and backups. */
export const settingsPrefix = (kind: 'ttl' | 'backups'): string => `${kind}~`;

/** @param snapshot given for a reading view; without it the view may write */
export function openView(level: Level, options: DynaliteOptions, snapshot?: LevelSnapshot): StoreView {
  const at = snapshot === undefined ? {} : { snapshot };
  const changes = new Map<string, LevelChange>();
  /** Tables as this request has read them: a transaction asks for the same one many times. */
  const tables = new Map<string, TableRecord>();
  let written: WrittenItem[] = [];
  let sealed = false;

  function read(key: string): unknown {
    const change = changes.get(key);
    if (change === undefined) return level.getSync(key, at);
    return change.type === 'put' ? change.value : undefined;
  }

  function change(next: LevelChange): void {
    if (snapshot !== undefined) throw new Error(`a reading view was asked to write ${next.key}`);
    if (!sealed) changes.set(next.key, next);
  }

  const write = (key: string, value: unknown) => change({ type: 'put', key, value });
  const erase = (key: string) => change({ type: 'del', key });

  function within(prefix: string, range: RangeOptions): RangeOptions & { snapshot?: LevelSnapshot } {
    const { gt, gte, lt, lte, limit, reverse } = range;
    return {
      ...at,
      ...(gte === undefined && gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
      ...(lte === undefined ? { lt: lt === undefined ? `${prefix}\uffff` : prefix + lt } : { lte: prefix + lte }),
      ...(limit === undefined ? {} : { limit }),
      ...(reverse === undefined ? {} : { reverse }),
    };
  }

  const committedValues = (prefix: string, range: RangeOptions = {}) => chunks(level.values(within(prefix, range)));
  async function* committedKeys(prefix: string, range: RangeOptions = {}): AsyncGenerator<string[]> {
    for await (const keys of chunks(level.keys(within(prefix, range)))) {
      yield keys.map((key) => key.slice(prefix.length));
    }
  }

  function subDb(prefix: string, onPut: (key: string, value: unknown) => void): SubDb {
    return {
      get: (key, callback) => callback(null, read(prefix + key)),
      put: (key, value, callback) => {
        onPut(prefix + key, value);
        callback(null);
      },
      del: (key, callback) => {
        erase(prefix + key);
        callback(null);
      },
      batch: (operations, callback) => {
        for (const operation of operations) {
          if (operation.type === 'put') onPut(prefix + operation.key, operation.value);
          else erase(prefix + operation.key);
        }
        callback(null);
      },
      createKeyStream: (range) => source(committedKeys(prefix, range)),
      createValueStream: (range) => source(committedValues(prefix, range)),
      // Writes are let in one at a time by the engine, so there is never anyone to wait for.
      lock: (_key, run) => run((callback) => callback),
    };
  }

  function eraseAll(prefix: string, callback: (error: unknown) => void): void {
    const erasing = async () => {
      for await (const keys of committedKeys(prefix)) for (const key of keys) erase(prefix + key);
    };
    erasing().then(() => callback(null), callback);
  }

  /** Tables are made, changed and deleted at once; the answer still says CREATING or DELETING, as the service's does. */
  function putTable(key: string, value: unknown): void {
    if (!isTableRecord(value)) throw new Error(`not a table: ${key}`);
    if (value.TableStatus !== 'DELETING') {
      write(key, activeTable(value));
      return;
    }
    erase(key);
    erase(settingsPrefix('ttl') + value.TableName);
    erase(settingsPrefix('backups') + value.TableName);
  }

  function findTable(name: string): TableRecord | null {
    const known = tables.get(name);
    if (known !== undefined) return known;
    const record = read(TABLE_PREFIX + name);
    if (!isTableRecord(record)) return null;
    tables.set(name, record);
    return record;
  }

  const store: DynaliteStore = {
    options,
    tableDb: { ...subDb(TABLE_PREFIX, putTable), awsAccountId: LOCAL_ACCOUNT_ID, awsRegion: LOCAL_REGION },
    getItemDb: (tableName) =>
      subDb(itemPrefix(tableName), (key, value) => {
        written.push({ tableName, item: toItem(value) });
        write(key, value);
      }),
    getIndexDb: (type, tableName, indexName) => subDb(indexPrefix(type, tableName, indexName), write),
    getTagDb: (tableName) => subDb(tagPrefix(tableName), write),
    deleteItemDb: (tableName, callback) => eraseAll(itemPrefix(tableName), callback),
    deleteIndexDb: (type, tableName, indexName, callback) =>
      eraseAll(indexPrefix(type, tableName, indexName), callback),
    deleteTagDb: (tableName, callback) => eraseAll(tagPrefix(tableName), callback),
    getTable: (name, checkStatus, callback) => {
      const answer = typeof checkStatus === 'function' ? checkStatus : callback;
      const table = findTable(name);
      // With `false` dynalite asks for a table by name on behalf of a table operation, which names it in the refusal.
      if (table === null) answer?.(tableNotFound(checkStatus === false ? `: Table: ${name} not found` : ''));
      else answer?.(null, table);
    },
  };

  return {
    store,
    read,
    write,
    erase,
    readItem: (tableName, key) => {
      const item = read(itemPrefix(tableName) + key);
      return isItem(item) ? item : undefined;
    },
    table: (name) => {
      const table = findTable(name);
      if (table === null) throw tableNotFound();
      return table;
    },
    writeTable: (table) => write(TABLE_PREFIX + table.TableName, activeTable(table)),
    committedValues,
    committedKeys,
    takeWrittenItems: () => {
      const taken = written;
      written = [];
      return taken;
    },
    seal: () => {
      sealed = true;
      return [...changes.values()];
    },
  };
}

async function* chunks<T>(iterator: LevelIterator<T>): AsyncGenerator<T[]> {
  try {
    for (
      let chunk = await iterator.nextv(CHUNK_ENTRIES);
      chunk.length > 0;
      chunk = await iterator.nextv(CHUNK_ENTRIES)
    ) {
      yield chunk;
    }
  } finally {
    await iterator.close();
  }
}

/**
 * A source of events over chunks. Unlike a Readable it gives what its listeners throw back as an 'error' event, so that
 * a fault while filtering ends one request and not the process. It is a Stream because dynalite's `lazy` hands every
 * value on twice if it is not.
 */
function source(entries: AsyncGenerator<unknown[]>): ValueSource {
  const emitter = new Stream();
  let stopped = false;
  async function pump(): Promise<void> {
    for await (const chunk of entries) {
      for (const entry of chunk) {
        if (stopped) return;
        emitter.emit('data', entry);
      }
    }
    if (!stopped) emitter.emit('end');
  }
  setImmediate(() => pump().catch((error) => emitter.emit('error', error)));
  return Object.assign(emitter, {
    destroy: () => {
      stopped = true;
    },
  });
}

function activeTable(table: TableRecord): TableRecord {
  const active: TableRecord = { ...table, TableStatus: 'ACTIVE' };
  if (table.GlobalSecondaryIndexes !== undefined) {
    active.GlobalSecondaryIndexes = table.GlobalSecondaryIndexes.map((index) => ({ ...index, IndexStatus: 'ACTIVE' }));
  }
  return active;
}

function isTableRecord(value: unknown): value is TableRecord {
  return typeof value === 'object' && value !== null && 'TableStatus' in value;
}

function isItem(value: unknown): value is Item {
  return typeof value === 'object' && value !== null;
}

/** A stored value as an item; only dynalite's actions write under the item prefix. */
export function toItem(value: unknown): Item {
  if (!isItem(value)) throw new Error('a stored item is not an object');
  return value;
}
