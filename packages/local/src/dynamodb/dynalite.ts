/**
 * The typed border to dynalite, which is plain CommonJS without declarations. Everything the engine takes from it
 * is named here: its validations, its actions, its key and condition arithmetic, and the LevelDB it opens.
 */
import { createRequire } from 'node:module';
import type { Stream } from 'node:stream';

/** One attribute value as the DynamoDB JSON protocol writes it; binary values are base64 text. */
export interface AttributeValue {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: AttributeValue[];
  M?: Item;
}

export interface Item {
  [attribute: string]: AttributeValue;
}

export interface KeySchemaElement {
  AttributeName: string;
  KeyType: string;
}

export interface IndexRecord {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: { ProjectionType?: string; NonKeyAttributes?: string[] };
  IndexStatus?: string;
  [more: string]: unknown;
}

/** A table as stored, which is also what DescribeTable answers. */
export interface TableRecord {
  TableName: string;
  TableStatus: string;
  KeySchema: KeySchemaElement[];
  AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
  GlobalSecondaryIndexes?: IndexRecord[];
  LocalSecondaryIndexes?: IndexRecord[];
  [more: string]: unknown;
}

/** A request body after the type check. Fields are read where they are known to be there. */
export interface RequestData {
  TableName: string;
  Item?: Item;
  Key?: Item;
  ReturnConsumedCapacity?: string;
  ReturnValuesOnConditionCheckFailure?: string;
  [more: string]: unknown;
}

export interface ConsumedCapacity {
  TableName: string;
  CapacityUnits: number;
}

export interface Answer {
  Item?: Item;
  ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
  [more: string]: unknown;
}

type Callback<T> = (error: unknown, value?: T) => void;

export interface RangeOptions {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
  limit?: number;
  reverse?: boolean;
}

/** What dynalite asks of a stream: 'data', 'end' and 'error' events, and a way to stop it. */
export type ValueSource = Stream & { destroy(): void };

/** One key range of the database with its prefix hidden, in the callback form dynalite expects. */
export interface SubDb {
  get(key: string, callback: Callback<unknown>): void;
  put(key: string, value: unknown, callback: Callback<void>): void;
  del(key: string, callback: Callback<void>): void;
  batch(operations: readonly { type: 'put' | 'del'; key: string; value?: unknown }[], callback: Callback<void>): void;
  createKeyStream(range?: RangeOptions): ValueSource;
  createValueStream(range?: RangeOptions): ValueSource;
  lock(key: string, run: (release: <T>(callback: T) => T) => void): void;
}

export interface DynaliteOptions {
  createTableMs: number;
  deleteTableMs: number;
  updateTableMs: number;
  maxItemSize: number;
}

/** The store that dynalite's actions are handed. */
export interface DynaliteStore {
  options: DynaliteOptions;
  tableDb: SubDb & { awsAccountId: string; awsRegion: string };
  getItemDb(tableName: string): SubDb;
  getIndexDb(indexType: string, tableName: string, indexName: string): SubDb;
  getTagDb(tableName: string): SubDb;
  deleteItemDb(tableName: string, callback: Callback<void>): void;
  deleteIndexDb(indexType: string, tableName: string, indexName: string, callback: Callback<void>): void;
  deleteTagDb(tableName: string, callback: Callback<void>): void;
  getTable(name: string, checkStatus: boolean | Callback<TableRecord>, callback?: Callback<TableRecord>): void;
}

export type Action = (store: DynaliteStore, data: RequestData, callback: Callback<Answer>) => void;

/** dynalite's little schema language; see any file of its `validations` folder. */
export interface FieldRules {
  type: string;
  children?: TypeMap | FieldType;
  [rule: string]: unknown;
}
export type FieldType = string | FieldRules;
export interface TypeMap {
  [field: string]: FieldType;
}

export interface Validation {
  types: TypeMap;
  custom?: (data: RequestData, store: { options: DynaliteOptions }) => string | undefined | null;
}

export interface LevelSnapshot {
  close(): Promise<void>;
}

export interface LevelIterator<T> {
  nextv(size: number): Promise<T[]>;
  close(): Promise<void>;
}

export type LevelChange = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

/** The part of abstract-level that the engine uses; classic-level on disk, memory-level otherwise. */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  getSync(key: string, options: { snapshot?: LevelSnapshot }): unknown;
  batch(changes: readonly LevelChange[]): Promise<void>;
  keys(range: RangeOptions & { snapshot?: LevelSnapshot }): LevelIterator<string>;
  values(range: RangeOptions & { snapshot?: LevelSnapshot }): LevelIterator<unknown>;
  snapshot(): LevelSnapshot;
}

interface DynaliteDb {
  create(options: Partial<DynaliteOptions> & { path?: string }): { db: Level; options: DynaliteOptions };
  createKey(item: Item, table: TableRecord, keySchema?: KeySchemaElement[]): string;
  createIndexKey(item: Item, table: TableRecord, keySchema: KeySchemaElement[]): string;
  updateIndexes(
    store: DynaliteStore,
    table: TableRecord,
    existingItem: Item | null | undefined,
    item: Item | null | undefined,
    callback: Callback<void>,
  ): void;
  validateKey(key: Item, table: TableRecord): Error | null | undefined;
  validateItem(item: Item, table: TableRecord): Error | null | undefined;
  checkConditional(data: RequestData, existingItem: Item | undefined): Error | null | undefined;
  capacityUnits(item: Item | undefined, isRead: boolean, isConsistent: boolean): number;
}

interface Validations {
  checkTypes(data: unknown, types: TypeMap): RequestData;
  checkValidations(
    data: RequestData,
    types: TypeMap,
    custom: Validation['custom'],
    store: { options: DynaliteOptions },
  ): void;
}

const require = createRequire(import.meta.url);

export const dynaliteDb: DynaliteDb = require('dynalite/db');
export const dynaliteValidations: Validations = require('dynalite/validations');

/** @param name lower camel case, for example `putItem` */
export function dynaliteAction(name: string): Action {
  return require(`dynalite/actions/${name}`);
}

/** @param name lower camel case, for example `putItem` */
export function dynaliteValidation(name: string): Validation {
  return require(`dynalite/validations/${name}`);
}

/** Runs one of dynalite's actions against a view of the store. */
export function runAction(action: Action, store: DynaliteStore, data: RequestData): Promise<Answer> {
  return new Promise((resolve, reject) => {
    action(store, data, (error, answer) => {
      if (error) reject(error);
      // Some actions answer with an empty text where the service answers with nothing.
      else resolve(answer || {});
    });
  });
}
