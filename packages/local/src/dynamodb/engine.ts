/** The database behind the protocol: which operation may run when, and what becomes of its changes. */
import { forgetOldTokens } from './client-request-tokens.ts';
import type { Answer, DynaliteOptions, Item, Level } from './dynalite.ts';
import { dynaliteAction, dynaliteDb, dynaliteValidations, runAction } from './dynalite.ts';
import { installIndexEntries } from './index-entries.ts';
import { MAX_ITEM_BYTES } from './item-rules.ts';
import { ITEM_OPERATIONS, type Operation } from './operation.ts';
import { itemPrefix, openView, type StoreView, settingsPrefix, toItem } from './store-view.ts';
import { type ExpirySetting, isExpirySetting, TABLE_OPERATIONS } from './table-operations.ts';
import { TRANSACTION_OPERATIONS } from './transactions.ts';

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...ITEM_OPERATIONS,
  ...TRANSACTION_OPERATIONS,
  ...TABLE_OPERATIONS,
]);

/** How often tokens older than ten minutes are cleared away. */
const FORGET_EVERY_MS = 60_000;
/** Expired items deleted in one batch, so that a sweep never keeps other writes waiting for long. */
const SWEEP_BATCH_ITEMS = 100;
/** The service leaves items alone whose expiry lies more than five years back (Developer Guide, "Time to Live"). */
const OLDEST_EXPIRY_SECONDS = 5 * 365 * 24 * 60 * 60;

export interface Engine {
  knows(operationName: string): boolean;
  /** @throws Refusal, or what {@link asRefusal} reads as one; anything else is a fault of the engine */
  execute(operationName: string, body: unknown): Promise<Answer>;
  /** Deletes the items whose expiry is before the given second; answers how many. */
  sweepExpired(nowEpochSeconds: number): Promise<number>;
  /** Waits for the writes under way and closes the database. */
  close(): Promise<void>;
}

/**
 * @param dataDir where LevelDB keeps its files; null keeps everything in memory
 * @param readClockMs the real time, by which request tokens age
 */
export async function openEngine(dataDir: string | null, readClockMs: () => number): Promise<Engine> {
  installIndexEntries();
  const { db: level, options } = dynaliteDb.create({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(dataDir === null ? {} : { path: dataDir }),
  });
  // dynalite measures text in UTF-16 units; item-rules.ts applies the exact limit.
  options.maxItemSize = MAX_ITEM_BYTES;
  await level.open();
  const exclusively = oneAtATime();

  const write = <T>(work: (view: StoreView) => Promise<T>): Promise<T> =>
    exclusively(async () => {
      const view = openView(level, options);
      const result = await work(view);
      const changes = view.seal();
      // One batch is one record of LevelDB's log, handed to the operating system before the answer is given: it
      // survives the death of this process whole or not at all. Only a crash of the machine could take it back.
      if (changes.length > 0) await level.batch(changes);
      return result;
    });

  const forgetting = setInterval(() => {
    write((view) => forgetOldTokens(view, readClockMs())).catch((error) => console.error(error));
  }, FORGET_EVERY_MS);
  forgetting.unref();

  return {
    knows: (operationName) => OPERATIONS.has(operationName),
    execute: async (operationName, body) => {
      const operation = OPERATIONS.get(operationName);
      if (operation === undefined) throw new Error(`unknown operation ${operationName}`);
      const data = dynaliteValidations.checkTypes(body, operation.types);
      dynaliteValidations.checkValidations(data, operation.types, operation.custom, { options });
      const run = (view: StoreView) => operation.run(view, data, readClockMs());
      return operation.kind === 'write' ? write(run) : read(level, options, run);
    },
    sweepExpired: async (nowEpochSeconds) => {
      const settings = await read(level, options, expirySettings);
      let deleted = 0;
      for (const setting of settings) {
        const expired = await read(level, options, (view) => expiredKeys(view, setting, nowEpochSeconds));
        for (let start = 0; start < expired.length; start += SWEEP_BATCH_ITEMS) {
          const batch = expired.slice(start, start + SWEEP_BATCH_ITEMS);
          deleted += await write((view) => deleteExpired(view, setting, batch, nowEpochSeconds));
        }
      }
      return deleted;
    },
    close: async () => {
      clearInterval(forgetting);
      await exclusively(async () => level.close());
    },
  };
}

async function read<T>(level: Level, options: DynaliteOptions, work: (view: StoreView) => Promise<T>): Promise<T> {
  const snapshot = level.snapshot();
  try {
    return await work(openView(level, options, snapshot));
  } finally {
    await snapshot.close();
  }
}

/** Lets one piece of work in at a time, in the order of asking. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function expirySettings(view: StoreView): Promise<ExpirySetting[]> {
  const settings: ExpirySetting[] = [];
  for await (const values of view.committedValues(settingsPrefix('ttl'))) {
    settings.push(...values.filter(isExpirySetting));
  }
  return settings;
}

function isExpired(item: Item, setting: ExpirySetting, nowEpochSeconds: number): boolean {
  const expiresAt = Number(item[setting.attributeName]?.N ?? Number.NaN);
  return expiresAt < nowEpochSeconds && expiresAt >= nowEpochSeconds - OLDEST_EXPIRY_SECONDS;
}

async function expiredKeys(view: StoreView, setting: ExpirySetting, nowEpochSeconds: number): Promise<Item[]> {
  const { KeySchema } = view.table(setting.tableName);
  const keys: Item[] = [];
  for await (const values of view.committedValues(itemPrefix(setting.tableName))) {
    for (const item of values.map(toItem)) {
      if (!isExpired(item, setting, nowEpochSeconds)) continue;
      keys.push(Object.fromEntries(KeySchema.map(({ AttributeName: name }) => [name, item[name] ?? {}])));
    }
  }
  return keys;
}

const deleteItem = dynaliteAction('deleteItem');

async function deleteExpired(
  view: StoreView,
  setting: ExpirySetting,
  keys: readonly Item[],
  nowEpochSeconds: number,
): Promise<number> {
  let deleted = 0;
  for (const key of keys) {
    const table = view.table(setting.tableName);
    const item = view.readItem(setting.tableName, dynaliteDb.createKey(key, table));
    // It may have been renewed or deleted since it was found.
    if (item === undefined || !isExpired(item, setting, nowEpochSeconds)) continue;
    await runAction(deleteItem, view.store, { TableName: setting.tableName, Key: key });
    deleted += 1;
  }
  return deleted;
}
