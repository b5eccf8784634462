import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { AUDIT_TABLE, CORE_TABLE, ERASURE_LEDGER } from '@gruppstart/store/tables';
import { describe, expect, test } from 'vitest';
import { FUNCTIONS, type FunctionName, type SynthesizedApp } from './synthesized.ts';
import { type Right, referenceIn, resourcesOf, rightsOf } from './template-reader.ts';

const idOf = (name: FunctionName): string =>
  `${name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Function`;
const CORE = [
  'dynamodb:BatchGetItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];
const CHECK = ['dynamodb:ConditionCheckItem'];
const TAKE = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const SEND = ['sqs:SendMessage'];

/** What each function may do with data. What is not named here must not be there. */
const REVIEWED: Readonly<Record<FunctionName, Readonly<Record<string, readonly string[]>>>> = {
  docs: {},
  'intake-api': {
    'CoreTable.Arn': CORE,
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
    'Bucket.Arn/uploads/*': ['s3:DeleteObject', 's3:PutObject'],
    'IntakeQueue.Arn': SEND,
    'VaultKey.Arn': ['kms:Decrypt'],
  },
  'requirements-api': {
    'CoreTable.Arn': CORE,
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
    'MatchingQueue.Arn': SEND,
    'VaultKey.Arn': ['kms:Decrypt'],
  },
  'cohorts-api': {
    'CoreTable.Arn': [...CORE, ...CHECK],
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
    'MatchingQueue.Arn': SEND,
    'VaultKey.Arn': ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  'intake-worker': {
    'CoreTable.Arn': [...CORE, ...CHECK],
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
    'Bucket.Arn': ['s3:ListBucket'],
    'Bucket.Arn/uploads/*': ['s3:DeleteObject', 's3:GetObject'],
    'IntakeQueue.Arn': [...TAKE, ...SEND],
    'VaultKey.Arn': ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  matcher: {
    'CoreTable.Arn': CORE,
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
    'Bucket.Arn': ['s3:ListBucket'],
    'Bucket.Arn/snapshots/*': ['s3:GetObject', 's3:PutObject'],
    'MatchingQueue.Arn': TAKE,
  },
  outbox: {
    'CoreTable.Arn': ['dynamodb:DeleteItem'],
    'CoreTable.Arn/index/outbox': ['dynamodb:Query'],
    'IntakeQueue.Arn': SEND,
    'MatchingQueue.Arn': SEND,
  },
  grants: {
    'CoreTable.Arn': ['dynamodb:PutItem'],
    'AuditTable.Arn': ['dynamodb:PutItem'],
  },
  restore: {
    'CoreTable.Arn': CORE,
    'CoreTable.Arn/index/lists': ['dynamodb:Query'],
    'AuditTable.Arn': ['dynamodb:PutItem', 'dynamodb:Query'],
  },
};

/** Least rights: what each function may do with data, held against a reviewed list. */
export const describeRights = (synthesized: SynthesizedApp): void => {
  const rights = (name: FunctionName): readonly Right[] => rightsOf(synthesized, idOf(name));
  const rightsOn = (name: FunctionName, resource: string): readonly string[] =>
    rights(name)
      .filter((right) => right.on === resource)
      .map((right) => right.action)
      .toSorted();

  const environmentOf = (name: FunctionName): Readonly<Record<string, string>> => {
    const environment = synthesized.app.Resources[idOf(name)]?.Properties.Environment as
      | { readonly Variables: Readonly<Record<string, unknown>> }
      | undefined;
    return Object.fromEntries(
      Object.entries(environment?.Variables ?? {}).map(([variable, value]) => [
        variable,
        referenceIn(synthesized.data, value),
      ]),
    );
  };

  /** A queue that a function only takes from is read by the service; the function never needs its address. */
  const onlyTaken = (name: FunctionName, id: string): boolean =>
    id.endsWith('Queue') && !rightsOn(name, `${id}.Arn`).includes('sqs:SendMessage');

  describe.each(FUNCTIONS)('%s', (name) => {
    test('may do exactly what was reviewed', () => {
      const own = new Set(rights(name).map((right) => right.on));
      const data = [...own].filter((on) => on !== '*' && on !== 'DataKey.Arn' && !on.includes('Logs'));
      expect(Object.fromEntries(data.map((on) => [on, rightsOn(name, on)]))).toEqual(
        Object.fromEntries(Object.entries(REVIEWED[name]).map(([on, actions]) => [on, actions.toSorted()])),
      );
    });

    test('writes traces and its own log, and nothing else without a resource of ours', () => {
      expect(rightsOn(name, '*')).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
      const logs = rights(name).filter((right) => right.action.startsWith('logs:'));
      expect(new Set(logs.map((right) => right.on)).size).toBe(1);
      expect(rights(name).filter((right) => right.action.includes('*'))).toEqual([]);
    });

    test('uses the data key only through a service that it has rights in', () => {
      const dataKey = rights(name).filter((right) => right.on === 'DataKey.Arn');
      const services = new Set(dataKey.map((right) => right.through));
      const needed = (['dynamodb', 's3', 'sqs'] as const).filter((service) =>
        rights(name).some((right) => right.action.startsWith(`${service}:`)),
      );
      expect([...services].toSorted()).toEqual(needed.map((service) => `${service}.eu-north-1.amazonaws.com`));
      for (const service of services) {
        const deeds = dataKey.filter((right) => right.through === service).map((right) => right.action);
        // Who only lays objects down opens nothing.
        const reads = service !== 's3.eu-north-1.amazonaws.com' || rightsOn(name, 'Bucket.Arn').length > 0;
        expect(deeds).toContain(reads ? 'kms:Decrypt' : 'kms:GenerateDataKey');
        expect(reads || !deeds.includes('kms:Decrypt')).toBe(true);
      }
    });

    test('is told of exactly those resources that it has rights to', () => {
      const told = environmentOf(name);
      const expected = new Set(
        Object.keys(REVIEWED[name])
          .map((on) => on.split('.')[0])
          .filter((id) => !onlyTaken(name, String(id))),
      );
      expect(new Set(Object.values(told))).toEqual(expected);
    });

    test('has a role of its own', () => {
      const roleOf = (other: FunctionName): string =>
        referenceIn(synthesized.data, synthesized.app.Resources[idOf(other)]?.Properties.Role);
      expect(FUNCTIONS.filter((other) => roleOf(other) === roleOf(name))).toEqual([name]);
    });
  });

  test('the names in the environment are those that the functions read', () => {
    const names = new Set(
      FUNCTIONS.flatMap((name) => Object.entries(environmentOf(name)).map(([key, id]) => `${key}=${id}`)),
    );
    expect([...names].toSorted()).toEqual([
      'AUDIT_TABLE=AuditTable',
      'BUCKET=Bucket',
      'CORE_TABLE=CoreTable',
      'INTAKE_QUEUE_URL=IntakeQueue',
      'MATCHING_QUEUE_URL=MatchingQueue',
      'VAULT_KEY_ID=VaultKey',
    ]);
  });

  test('every function of the template is reviewed here, and every policy belongs to one of them', () => {
    const functions = resourcesOf(synthesized.app, 'AWS::Lambda::Function').map(([id]) => id);
    expect(functions.toSorted()).toEqual(FUNCTIONS.map(idOf).toSorted());
    expect(resourcesOf(synthesized.app, 'AWS::IAM::Policy')).toHaveLength(FUNCTIONS.length);
    for (const [, { Properties }] of resourcesOf(synthesized.app, 'AWS::IAM::Role')) {
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });

  test.each(FUNCTIONS)('nothing in %s can read, change or remove an audit entry', (name) => {
    const onAudit = rights(name).filter((right) => right.on.startsWith('AuditTable'));
    const beyondAdding = onAudit.filter((right) => right.action !== 'dynamodb:PutItem').map((right) => right.action);
    expect(beyondAdding).toEqual(name === 'restore' ? ['dynamodb:Query'] : []);
  });

  test('what restore reads of the audit table is the ledger of erasures alone', () => {
    const statements = resourcesOf(synthesized.app, 'AWS::IAM::Policy').flatMap(([, { Properties }]) => {
      const { Statement } = Properties.PolicyDocument as { readonly Statement: readonly Record<string, unknown>[] };
      return Statement.filter(
        ({ Action, Resource }) =>
          Action === 'dynamodb:Query' && referenceIn(synthesized.data, Resource) === 'AuditTable.Arn',
      );
    });
    expect(statements.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [ERASURE_LEDGER] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
  });

  test.each([
    ['intake-api', { 'kms:Decrypt': ['person'] }],
    ['intake-worker', { 'kms:Decrypt': ['person', 'blind-index'], 'kms:GenerateDataKey': ['person', 'blind-index'] }],
    ['cohorts-api', { 'kms:Decrypt': ['person'], 'kms:GenerateDataKey': ['disclosure'] }],
    ['requirements-api', { 'kms:Decrypt': ['disclosure'] }],
  ] as const)('%s uses the vault’s key for nothing but %j', (name, uses) => {
    const vault = rights(name).filter((right) => right.on === 'VaultKey.Arn');
    expect(Object.fromEntries(vault.map((right) => [right.action, right.uses]))).toEqual(uses);
    expect(vault).toHaveLength(Object.keys(uses).length);
  });

  test('the uses of the vault’s key are those that the store writes', () => {
    const source = readFileSync(join(PROJECT.root, 'packages/store/src/vault.ts'), 'utf8');
    const written = new Set([...source.matchAll(/\buse: '([a-z-]+)'/gu)].map((match) => match[1]));
    const allowed = new Set(FUNCTIONS.flatMap((name) => rights(name).flatMap((right) => right.uses)));
    expect(allowed).toEqual(written);
  });

  test('only the outbox reads the index that crosses tenants', () => {
    const readers = FUNCTIONS.filter((name) => rightsOn(name, 'CoreTable.Arn/index/outbox').length > 0);
    expect(readers).toEqual(['outbox']);
  });

  test.each(FUNCTIONS)('%s reaches only indexes that are declared', (name) => {
    const declared = new Set([
      ...CORE_TABLE.indexes.map((index) => `CoreTable.Arn/index/${index.name}`),
      ...AUDIT_TABLE.indexes.map((index) => `AuditTable.Arn/index/${index.name}`),
    ]);
    const reached = rights(name)
      .map((right) => right.on)
      .filter((on) => on.includes('/index/'));
    expect(reached.filter((on) => !declared.has(on))).toEqual([]);
  });
};
