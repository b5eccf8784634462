import type { TableDeclaration } from '@gruppstart/store/tables';
import { faultAt, faultsOf, type TemplateCheck } from './template-check.ts';
import { type Fields, fieldsAt, isFields, listOf, type Placed, type TemplateView } from './template-view.ts';

const TABLES = 'AWS::DynamoDB::Table';

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Logical ids of tables are fixed: `core` is `CoreTable`. */
const tableOf = (view: TemplateView, { word }: TableDeclaration): Placed | undefined =>
  view.all(TABLES).find(({ id }) => id === `${capitalised(word)}Table`);

const keysOf = (schema: unknown): readonly string[] =>
  listOf(schema).map((key) => (isFields(key) ? `${String(key.KeyType)} ${String(key.AttributeName)}` : ''));

const indexesOf = (table: Placed): readonly Fields[] =>
  listOf(table.properties.GlobalSecondaryIndexes).filter((index) => isFields(index));

const RECOVERY_DAYS = 35;

const tableRestorable: TemplateCheck = {
  name: 'table-restorable',
  remedy:
    'A table without point-in-time recovery cannot be brought back after a mistake. Switch it on for the full 35 days.',
  faults: (view) =>
    faultsOf(view.all(TABLES), ({ properties }) => {
      const recovery = fieldsAt(properties, 'PointInTimeRecoverySpecification');
      if (recovery.PointInTimeRecoveryEnabled !== true) return 'point-in-time recovery is off';
      return recovery.RecoveryPeriodInDays !== RECOVERY_DAYS && `${String(recovery.RecoveryPeriodInDays)} days`;
    }),
};

const tableAttributes: TemplateCheck = {
  name: 'table-attributes',
  remedy:
    'DynamoDB refuses a table whose key attributes are not defined, or that defines one which is no key; an emulator ' +
    'may not. Define exactly the attributes that the keys of the table and its indexes name.',
  faults: (view) =>
    view.all(TABLES).flatMap((table) => {
      const schemas = [table.properties, ...indexesOf(table)].map(({ KeySchema }) => KeySchema);
      const used = new Set(schemas.flatMap((schema) => keysOf(schema).map((key) => key.split(' ')[1] ?? '')));
      const defined = new Set(
        listOf(table.properties.AttributeDefinitions).map((each) => String(isFields(each) && each.AttributeName)),
      );
      return [
        ...[...used.difference(defined)].map((name) => faultAt(table, `${name} is a key and not defined`)),
        ...[...defined.difference(used)].map((name) => faultAt(table, `${name} is defined and no key`)),
      ];
    }),
};

const tableAsDeclared: TemplateCheck = {
  name: 'table-as-declared',
  remedy:
    'The store reads and writes the tables as it declares them. Make keys and indexes from the declaration, and no table beside it.',
  faults: (view, { tables }) => {
    const known = tables.map((declaration) => tableOf(view, declaration));
    const unknown = view.all(TABLES).filter((table) => !known.includes(table));
    const wrong = tables.flatMap((declaration) => {
      const table = tableOf(view, declaration);
      if (table === undefined) return [{ at: declaration.word, found: 'the table is missing' }];
      const expected = [
        `HASH ${declaration.partitionKey} RANGE ${declaration.sortKey}`,
        ...declaration.indexes.map((each) => `${each.name}: HASH ${each.partitionKey} RANGE ${each.sortKey}, ALL`),
      ];
      const found = [
        keysOf(table.properties.KeySchema).join(' '),
        ...indexesOf(table).map((index) => {
          const projection = String(fieldsAt(index, 'Projection').ProjectionType);
          return `${String(index.IndexName)}: ${keysOf(index.KeySchema).join(' ')}, ${projection}`;
        }),
      ];
      return found.join('; ') === expected.join('; ')
        ? []
        : [faultAt(table, `${found.join('; ')} instead of ${expected.join('; ')}`)];
    });
    return [...wrong, ...unknown.map((table) => faultAt(table, 'no declaration'))];
  },
};

const tableExpiry: TemplateCheck = {
  name: 'table-expiry',
  remedy:
    'Rows that should be gone stay for ever when the time-to-live attribute is not the one that the store writes. Name it as declared.',
  faults: (view, { tables }) =>
    tables.flatMap((declaration) => {
      const table = tableOf(view, declaration);
      const { AttributeName, Enabled } = fieldsAt(table?.properties, 'TimeToLiveSpecification');
      const found = Enabled === true ? AttributeName : undefined;
      return table === undefined || found === (declaration.timeToLiveAttribute ?? undefined)
        ? []
        : [faultAt(table, `time to live is by ${String(found ?? 'nothing')}`)];
    }),
};

const tablePaidByRequest: TemplateCheck = {
  name: 'table-paid-by-request',
  remedy:
    'Provisioned capacity refuses writes in the hour when all files are sent. Bill by request; nothing here has a steady load.',
  faults: (view) =>
    faultsOf(view.all(TABLES), ({ properties }) => properties.BillingMode !== 'PAY_PER_REQUEST' && 'not by request'),
};

export const TABLE_CHECKS: readonly TemplateCheck[] = [
  tableRestorable,
  tableAttributes,
  tableAsDeclared,
  tableExpiry,
  tablePaidByRequest,
];
