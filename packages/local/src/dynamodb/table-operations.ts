/** Operations on tables that dynalite lacks or answers emptily: expiry, backups, and indexes added or dropped later. */
import type { Answer, FieldType, IndexRecord, RequestData, TableRecord, TypeMap } from './dynalite.ts';
import { indexEntry } from './index-entries.ts';
import type { Operation } from './operation.ts';
import { validationRefusal } from './refusal.ts';
import { indexPrefix, itemPrefix, type StoreView, settingsPrefix, toItem } from './store-view.ts';

/** The expiry of a table as remembered; a table without it has none. */
export interface ExpirySetting {
  tableName: string;
  attributeName: string;
}

export function isExpirySetting(value: unknown): value is ExpirySetting {
  return typeof value === 'object' && value !== null && 'tableName' in value && 'attributeName' in value;
}

const tableName: TypeMap = {
  TableName: { type: 'String', required: true, tableName: true, regex: '[a-zA-Z0-9_.-]+' },
};

const struct = (name: string, children: TypeMap): FieldType => ({
  type: `FieldStruct<${name}>`,
  notNull: true,
  children,
});

const expiryTypes: TypeMap = {
  ...tableName,
  TimeToLiveSpecification: struct('TimeToLiveSpecification', {
    AttributeName: { type: 'String', notNull: true, lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 255 },
    Enabled: { type: 'Boolean', notNull: true },
  }),
};

async function updateTimeToLive(view: StoreView, data: RequestData): Promise<Answer> {
  view.table(data.TableName);
  const wanted = Object(data.TimeToLiveSpecification);
  const key = settingsPrefix('ttl') + data.TableName;
  const current = view.read(key);
  if (wanted.Enabled === isExpirySetting(current)) {
    throw validationRefusal(`TimeToLive is already ${wanted.Enabled ? 'enabled' : 'disabled'}`);
  }
  if (wanted.Enabled) {
    const setting: ExpirySetting = { tableName: data.TableName, attributeName: wanted.AttributeName };
    view.write(key, setting);
  } else view.erase(key);
  return { TimeToLiveSpecification: wanted };
}

async function describeTimeToLive(view: StoreView, data: RequestData): Promise<Answer> {
  view.table(data.TableName);
  const setting = view.read(settingsPrefix('ttl') + data.TableName);
  return {
    TimeToLiveDescription: isExpirySetting(setting)
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: setting.attributeName }
      : { TimeToLiveStatus: 'DISABLED' },
  };
}

const backupTypes: TypeMap = {
  ...tableName,
  PointInTimeRecoverySpecification: struct('PointInTimeRecoverySpecification', {
    PointInTimeRecoveryEnabled: { type: 'Boolean', notNull: true },
    RecoveryPeriodInDays: 'Integer',
  }),
};

function backupsOf(view: StoreView, name: string): Answer {
  const enabled = view.read(settingsPrefix('backups') + name) === true;
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: enabled ? 'ENABLED' : 'DISABLED' },
    },
  };
}

/** The wish is remembered and told; nothing is backed up on a laptop. */
async function updateContinuousBackups(view: StoreView, data: RequestData): Promise<Answer> {
  view.table(data.TableName);
  const { PointInTimeRecoveryEnabled: enabled } = Object(data.PointInTimeRecoverySpecification);
  view.write(settingsPrefix('backups') + data.TableName, enabled === true);
  return backupsOf(view, data.TableName);
}

async function describeContinuousBackups(view: StoreView, data: RequestData): Promise<Answer> {
  view.table(data.TableName);
  return backupsOf(view, data.TableName);
}

interface IndexUpdate {
  Create?: IndexRecord;
  Delete?: { IndexName: string };
}

const name: FieldType = { type: 'String', notNull: true };

const list = (element: string, children: TypeMap): FieldType => ({
  type: 'List',
  children: { type: `ValueStruct<${element}>`, children },
});

/** dynalite's own list demands throughput for a new index and drops the attribute definitions. */
const updateTypes: TypeMap = {
  ...tableName,
  AttributeDefinitions: list('AttributeDefinition', {
    AttributeName: name,
    AttributeType: { type: 'String', notNull: true, enum: ['B', 'N', 'S'] },
  }),
  GlobalSecondaryIndexUpdates: list('GlobalSecondaryIndexUpdate', {
    Create: {
      type: 'FieldStruct<CreateGlobalSecondaryIndexAction>',
      children: {
        IndexName: name,
        KeySchema: { type: 'List', notNull: true, children: keySchemaElement() },
        Projection: struct('Projection', {
          ProjectionType: { type: 'String', notNull: true, enum: ['ALL', 'INCLUDE', 'KEYS_ONLY'] },
          NonKeyAttributes: { type: 'List', children: 'String' },
        }),
      },
    },
    Delete: { type: 'FieldStruct<DeleteGlobalSecondaryIndexAction>', children: { IndexName: name } },
  }),
};

function keySchemaElement(): FieldType {
  return { type: 'ValueStruct<KeySchemaElement>', children: { AttributeName: name, KeyType: name } };
}

/**
 * Indexes added are filled from the table at once, so that data kept on disk follow a changed template. The other
 * settings of a table (throughput, streams, encryption, deletion protection) are accepted and mean nothing here.
 */
async function updateTable(view: StoreView, data: RequestData): Promise<Answer> {
  const table = view.table(data.TableName);
  if (Array.isArray(data.AttributeDefinitions)) {
    const known = new Set(table.AttributeDefinitions.map((definition) => definition.AttributeName));
    const added = data.AttributeDefinitions.filter((definition) => !known.has(definition.AttributeName));
    table.AttributeDefinitions = [...table.AttributeDefinitions, ...added];
  }
  const updates: IndexUpdate[] = Array.isArray(data.GlobalSecondaryIndexUpdates)
    ? data.GlobalSecondaryIndexUpdates
    : [];
  for (const update of updates) {
    if (update.Create !== undefined) await addIndex(view, table, update.Create);
    if (update.Delete !== undefined) await dropIndex(view, table, update.Delete.IndexName);
  }
  view.writeTable(table);
  return { TableDescription: { ...table, TableStatus: 'UPDATING' } };
}

async function addIndex(view: StoreView, table: TableRecord, index: IndexRecord): Promise<void> {
  const indexes = table.GlobalSecondaryIndexes ?? [];
  if (indexes.some(({ IndexName }) => IndexName === index.IndexName)) {
    throw validationRefusal(`Attempting to create an index which already exists: ${index.IndexName}`);
  }
  const defined = new Set(table.AttributeDefinitions.map((definition) => definition.AttributeName));
  const undefinedKey = index.KeySchema.find(({ AttributeName }) => !defined.has(AttributeName));
  if (undefinedKey !== undefined) {
    throw validationRefusal(
      'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. ' +
        `Keys: [${undefinedKey.AttributeName}], AttributeDefinitions: [${[...defined].join(', ')}]`,
    );
  }
  table.GlobalSecondaryIndexes = [...indexes, { ...index, IndexSizeBytes: 0, ItemCount: 0 }];
  const prefix = indexPrefix('global', table.TableName, index.IndexName);
  for await (const values of view.committedValues(itemPrefix(table.TableName))) {
    for (const value of values) {
      const entry = indexEntry(toItem(value), table, index);
      if (entry !== null) view.write(prefix + entry.key, entry.value);
    }
  }
}

async function dropIndex(view: StoreView, table: TableRecord, indexName: string): Promise<void> {
  const kept = (table.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => IndexName !== indexName);
  if (kept.length === (table.GlobalSecondaryIndexes ?? []).length) {
    throw validationRefusal(`Requested resource not found: Index: ${indexName} not found`);
  }
  if (kept.length > 0) table.GlobalSecondaryIndexes = kept;
  else delete table.GlobalSecondaryIndexes;
  const prefix = indexPrefix('global', table.TableName, indexName);
  for await (const keys of view.committedKeys(prefix)) for (const key of keys) view.erase(prefix + key);
}

export const TABLE_OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['UpdateTable', { kind: 'write', types: updateTypes, run: updateTable }],
  ['UpdateTimeToLive', { kind: 'write', types: expiryTypes, run: updateTimeToLive }],
  ['DescribeTimeToLive', { kind: 'read', types: tableName, run: describeTimeToLive }],
  ['UpdateContinuousBackups', { kind: 'write', types: backupTypes, run: updateContinuousBackups }],
  ['DescribeContinuousBackups', { kind: 'read', types: tableName, run: describeContinuousBackups }],
]);
