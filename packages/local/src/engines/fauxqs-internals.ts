import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The parts of fauxqs 2.4.1 (pinned) that its public `startFauxqs` hides: it always listens on every network interface
 * and makes its stores itself. Here the stores are made and kept by the laptop, and the server is told where to listen.
 */
export interface FauxqsInternals {
  readonly stores: { readonly sqsStore: SqsStore; readonly snsStore: object; readonly s3Store: S3Store };
  /** Null when everything is kept in memory. */
  readonly persistence: Persistence | null;
  readonly app: FauxqsApp;
}

export interface SqsStore {
  persistence?: Persistence;
  region?: string;
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>): SqsQueue;
  getQueueByName(name: string): SqsQueue | undefined;
  allQueues(): Iterable<SqsQueue>;
}

export interface SqsQueue {
  readonly name: string;
  persistence?: Persistence;
  readonly messages: readonly unknown[];
  readonly inflightMessages: ReadonlyMap<
    string,
    { visibilityDeadline: number; readonly message: { approximateReceiveCount: number } }
  >;
  setAttributes(attributes: Record<string, string>): void;
  dequeue(...args: unknown[]): unknown;
  processTimers(): void;
}

export interface S3Store {
  persistence?: Persistence;
  createBucket(name: string): void;
}

export interface Persistence {
  readonly db: {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: (string | number | null)[]): unknown };
  };
  updateMessageReady(messageId: string): void;
  transaction(work: () => void): void;
  load(sqsStore: object, snsStore: object, s3Store: object): void;
  close(): void;
}

export interface FauxqsApp {
  /** Before listening only. */
  addHook(
    name: 'onResponse',
    hook: (request: FauxqsRequest, reply: { readonly statusCode: number }) => Promise<void>,
  ): void;
  listen(options: { readonly port: number; readonly host: string }): Promise<string>;
  close(): Promise<unknown>;
}

export interface FauxqsRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed, for SQS. */
  readonly body: unknown;
}

/** Makes the stores, loads what is on disk, and builds the server without starting it. */
export async function openFauxqs(dataDir: string | null, region: string): Promise<FauxqsInternals> {
  const packageJson = findPackageJSON('fauxqs', import.meta.url);
  if (packageJson === undefined) throw new Error('fauxqs is not installed');
  const load = async (file: string, name: string): Promise<Constructor> => {
    const loaded: Record<string, unknown> = await import(pathToFileURL(join(dirname(packageJson), 'dist', file)).href);
    const found = loaded[name];
    if (!isConstructor(found))
      throw new Error(`fauxqs has no ${name} in ${file}: the laptop is made for version 2.4.1`);
    return found;
  };
  const [SqsStore, SnsStore, S3Store, PersistenceManager, { buildApp }] = await Promise.all([
    load('sqs/sqsStore.js', 'SqsStore'),
    load('sns/snsStore.js', 'SnsStore'),
    load('s3/s3Store.js', 'S3Store'),
    load('persistence.js', 'PersistenceManager'),
    import('fauxqs'),
  ]);
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const persistence: Persistence | null = dataDir === null ? null : new PersistenceManager(dataDir);
  if (persistence !== null) {
    // Loaded before the stores know where to write: writing while loading would delete what is loaded.
    persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
    stores.sqsStore.persistence = persistence;
    stores.snsStore.persistence = persistence;
    stores.s3Store.persistence = persistence;
    for (const queue of stores.sqsStore.allQueues()) queue.persistence = persistence;
  }
  const app: FauxqsApp = buildApp({ logger: false, defaultRegion: region, stores });
  return { stores, persistence, app };
}

/** A class of a package that has no types for it; what comes out of it is held to the interfaces above. */
// biome-ignore lint/suspicious/noExplicitAny: the classes are not part of the package's public types
type Constructor = new (...args: readonly unknown[]) => any;

function isConstructor(value: unknown): value is Constructor {
  return typeof value === 'function' && value.prototype !== undefined;
}
