import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Entity } from 'dynamodb-toolbox/entity';
import { any } from 'dynamodb-toolbox/schema/any';
import { binary } from 'dynamodb-toolbox/schema/binary';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { Table } from 'dynamodb-toolbox/table';

/** Attribute names are short where there are many items of a kind: a candidate is to fit in one write unit. */
const keyAttributes = () => ({ pk: string().key(), sk: string().key() });

/** Neither the library's clock nor its entity attribute: what is written follows from the change alone. */
const bare = { timestamps: false, entityAttribute: false } as const;

export const makeCoreTable = (dynamodb: DynamoDBDocumentClient, name: string) =>
  new Table({
    documentClient: dynamodb,
    name,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
    indexes: {
      lists: {
        type: 'global',
        partitionKey: { name: 'listPk', type: 'string' },
        sortKey: { name: 'listSk', type: 'string' },
      },
      outbox: {
        type: 'global',
        partitionKey: { name: 'outboxPk', type: 'string' },
        sortKey: { name: 'outboxSk', type: 'string' },
      },
    },
  });
export type CoreTable = ReturnType<typeof makeCoreTable>;

/** A document of the domain with its version, its place in a list and, for places and cohorts, its seats. */
export const makeDocumentEntity = (table: CoreTable) =>
  new Entity({
    name: 'document',
    table,
    ...bare,
    schema: item({
      ...keyAttributes(),
      version: number().savedAs('v'),
      document: any().savedAs('d'),
      listPk: string(),
      listSk: string(),
      seats: number().optional(),
      taken: number().optional(),
      takenSecond: number().optional(),
      parts: number().optional(),
    }),
  });

/** The attribute of a part's item that holds the part itself. */
export const PART_ATTRIBUTE = 'd';

/** A part of something: a row, a participant, an outcome. Written once or over, never counted. */
export const makePartEntity = (table: CoreTable) =>
  new Entity({
    name: 'part',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), part: any().savedAs(PART_ATTRIBUTE) }),
  });

export const makePersonEntity = (table: CoreTable) =>
  new Entity({
    name: 'person',
    table,
    ...bare,
    schema: item({
      ...keyAttributes(),
      version: number().savedAs('v'),
      format: number().savedAs('f'),
      wrappedKey: binary().savedAs('k'),
      nonce: binary().savedAs('n'),
      sealed: binary().savedAs('s'),
      identities: any().savedAs('i').optional(),
    }),
  });

/** The sum of a person's active placements, in percent of full time. */
export const makeShareEntity = (table: CoreTable) =>
  new Entity({
    name: 'share',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), percent: number() }),
  });

export const makeMarkEntity = (table: CoreTable) =>
  new Entity({
    name: 'mark',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), mark: any().savedAs('d'), expiresAt: number() }),
  });

export const makeOutboxEntity = (table: CoreTable) =>
  new Entity({
    name: 'outbox-message',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), message: any().savedAs('d'), outboxPk: string(), outboxSk: string() }),
  });

export const makeTenantKeyEntity = (table: CoreTable) =>
  new Entity({
    name: 'tenant-key',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), wrappedKey: binary().savedAs('k') }),
  });

const makeAuditTable = (dynamodb: DynamoDBDocumentClient, name: string) =>
  new Table({
    documentClient: dynamodb,
    name,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });

export const makeAuditEntity = (table: ReturnType<typeof makeAuditTable>) =>
  new Entity({
    name: 'audit-entry',
    table,
    ...bare,
    schema: item({
      ...keyAttributes(),
      eventId: string(),
      at: string(),
      actor: string(),
      deed: string(),
      subjects: any(),
      facts: any(),
      correlationId: string(),
    }),
  });

/** Entries of the ledger of erasures, in the same table. */
export const makeLedgerEntity = (table: ReturnType<typeof makeAuditTable>) =>
  new Entity({
    name: 'ledger-entry',
    table,
    ...bare,
    schema: item({ ...keyAttributes(), entry: any().savedAs('d') }),
  });

export const makeEntities = (dynamodb: DynamoDBDocumentClient, coreTable: string, auditTable: string) => {
  const core = makeCoreTable(dynamodb, coreTable);
  const audit = makeAuditTable(dynamodb, auditTable);
  return {
    dynamodb,
    coreTable,
    core,
    document: makeDocumentEntity(core),
    part: makePartEntity(core),
    person: makePersonEntity(core),
    share: makeShareEntity(core),
    mark: makeMarkEntity(core),
    outbox: makeOutboxEntity(core),
    audit: makeAuditEntity(audit),
    ledger: makeLedgerEntity(audit),
  };
};
export type Entities = ReturnType<typeof makeEntities>;
