import type { AwsCall } from '@gruppstart/local/recording/aws-call';
import { describe, expect, test } from 'vitest';
import { PLACE } from './concrete-template.ts';
import { type FunctionRights, readTemplateRights } from './policies.ts';
import { type Asker, simulate } from './simulate.ts';

const rights = await readTemplateRights();
const names = rights.functions.map(({ name }) => name);
const of = (name: string): FunctionRights => {
  const found = rights.functions.find((fn) => fn.name === name);
  if (found === undefined) throw new Error(`No template has the function ${name}`);
  return found;
};

const CORE = rights.arnOf('CoreTable');
const AUDIT = rights.arnOf('AuditTable');
const BUCKET = rights.arnOf('Bucket');
const DATA_KEY = rights.arnOf('DataKey');
const VAULT_KEY = rights.arnOf('VaultKey');

const call = (action: string, resource: string, context: AwsCall['context'] = {}): AwsCall => ({
  action,
  resource,
  context,
});
const through = (service: string, region: string = PLACE.region): AwsCall['context'] => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
});
const forUse = (use: string | null): AwsCall['context'] => ({
  'kms:EncryptionContext:tenant': '{id}',
  ...(use === null ? {} : { 'kms:EncryptionContext:use': use }),
});

/** DynamoDB names the partitions to IAM whenever a request has any. */
const inPartitions = (...partitions: readonly string[]): AwsCall['context'] => ({ 'dynamodb:LeadingKeys': partitions });

const OPEN = 'kms:Decrypt';
const SEAL = 'kms:GenerateDataKey';
const KEY_DEEDS = [OPEN, SEAL, 'kms:GenerateDataKeyWithoutPlaintext', 'kms:Encrypt', 'kms:ReEncryptFrom'] as const;
/** The vault's words, one that is not there yet, one in other letters, and none. */
const USES = ['person', 'blind-index', 'disclosure', 'anything-else', 'Person', null] as const;

/** All that may be done with the vault's key: function, deed, use. Everything else is tried and must be refused. */
const VAULT_RIGHTS: Readonly<Record<string, readonly (readonly [deed: string, use: string])[]>> = {
  IntakeApiFunction: [[OPEN, 'person']],
  IntakeWorkerFunction: [
    [OPEN, 'person'],
    [SEAL, 'person'],
    [OPEN, 'blind-index'],
    [SEAL, 'blind-index'],
  ],
  CohortsApiFunction: [
    [OPEN, 'person'],
    [SEAL, 'disclosure'],
  ],
  // A unit's door opens what was disclosed to a unit. It neither seals nor reads who a person is.
  RequirementsApiFunction: [[OPEN, 'disclosure']],
};

describe.each(names)('%s and the key of the vault', (name) => {
  test.each(USES)('for the use %s', async (use) => {
    const allowed: string[] = [];
    for (const deed of KEY_DEEDS) {
      const verdict = await simulate(rights, of(name), call(deed, VAULT_KEY, forUse(use)));
      if (verdict === 'Allowed') allowed.push(deed);
    }
    const expected = (VAULT_RIGHTS[name] ?? []).filter(([, known]) => known === use).map(([deed]) => deed);
    expect(allowed.toSorted()).toEqual(expected.toSorted());
  });

  test('is no way in through a service, nor a key to do away with', async () => {
    for (const service of ['dynamodb', 's3', 'sqs', 'lambda']) {
      const viaService = call(OPEN, VAULT_KEY, through(service));
      expect(await simulate(rights, of(name), viaService)).toBe('ImplicitlyDenied');
    }
    for (const deed of ['ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'CreateGrant', 'DescribeKey']) {
      expect(await simulate(rights, of(name), call(`kms:${deed}`, VAULT_KEY))).toBe('ImplicitlyDenied');
    }
  });
});

test('only functions that the templates have are said to use the vault', () => {
  expect(Object.keys(VAULT_RIGHTS).filter((name) => !names.includes(name))).toEqual([]);
  expect(Object.keys(VAULT_RIGHTS)).not.toEqual(expect.arrayContaining(['MatcherFunction']));
  expect(Object.keys(VAULT_RIGHTS)).not.toEqual(expect.arrayContaining(['OutboxFunction']));
  expect(Object.keys(VAULT_RIGHTS)).not.toEqual(expect.arrayContaining(['DocsFunction']));
});

/** Calls that must be refused, and to whom: named functions, or all but those named. */
interface Refusal {
  readonly what: string;
  readonly to: { readonly only: readonly string[] } | { readonly allBut: readonly string[] };
  readonly calls: readonly AwsCall[];
}

const queue = (id: string): string => rights.arnOf(id);
const everybody = { allBut: [] } as const;

const REFUSALS: readonly Refusal[] = [
  {
    what: 'reading, changing or removing an audit entry',
    to: everybody,
    calls: [
      ...['GetItem', 'BatchGetItem', 'Query', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((deed) =>
        call(`dynamodb:${deed}`, AUDIT, inPartitions('{id}')),
      ),
      call('dynamodb:Scan', AUDIT),
      call('dynamodb:PartiQLSelect', AUDIT),
    ],
  },
  {
    what: 'changing or removing an erasure of the ledger, or reading it together with entries of the audit',
    to: everybody,
    calls: [
      ...['GetItem', 'UpdateItem', 'DeleteItem'].map((deed) =>
        call(`dynamodb:${deed}`, AUDIT, inPartitions('ERASURES')),
      ),
      call('dynamodb:Query', AUDIT, inPartitions('ERASURES', '{id}')),
      call('dynamodb:Query', AUDIT),
    ],
  },
  {
    what: 'reading the ledger of erasures',
    to: { allBut: ['RestoreFunction'] },
    calls: [call('dynamodb:Query', AUDIT, inPartitions('ERASURES'))],
  },
  {
    what: 'adding an audit entry',
    to: { only: ['DocsFunction', 'OutboxFunction'] },
    calls: [call('dynamodb:PutItem', AUDIT)],
  },
  {
    what: 'going through all of the core table, or an index of it',
    to: everybody,
    calls: [CORE, `${CORE}/index/lists`, `${CORE}/index/outbox`].map((table) => call('dynamodb:Scan', table)),
  },
  {
    what: 'the index that crosses tenants',
    to: { allBut: ['OutboxFunction'] },
    calls: [call('dynamodb:Query', `${CORE}/index/outbox`)],
  },
  {
    what: 'reading or writing what the outbox only clears',
    to: { only: ['OutboxFunction'] },
    calls: [
      ...['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'].map((deed) => call(`dynamodb:${deed}`, CORE)),
      call('dynamodb:Query', `${CORE}/index/lists`),
    ],
  },
  {
    what: 'an index that is not there',
    to: everybody,
    calls: [call('dynamodb:Query', `${CORE}/index/another`), call('dynamodb:Query', `${AUDIT}/index/lists`)],
  },
  {
    what: 'any item of any table',
    to: { only: ['DocsFunction'] },
    calls: ['GetItem', 'Query', 'PutItem', 'DeleteItem'].flatMap((deed) =>
      [CORE, AUDIT].map((table) => call(`dynamodb:${deed}`, table)),
    ),
  },
  {
    what: 'another table of the account',
    to: everybody,
    calls: ['GetItem', 'Query', 'PutItem'].map((deed) => call(`dynamodb:${deed}`, `${CORE}2`)),
  },
  {
    what: 'the table itself, its copies and its stream',
    to: everybody,
    calls: [
      ...['DeleteTable', 'UpdateTable', 'UpdateTimeToLive', 'UpdateContinuousBackups', 'CreateBackup'].map((deed) =>
        call(`dynamodb:${deed}`, CORE),
      ),
      call('dynamodb:ExportTableToPointInTime', CORE),
      call('dynamodb:GetRecords', `${CORE}/stream/2026-12-01T00:00:00.000`),
    ],
  },
  {
    what: 'uploaded files',
    to: { allBut: ['IntakeApiFunction', 'IntakeWorkerFunction'] },
    calls: ['GetObject', 'PutObject', 'DeleteObject'].map((deed) => call(`s3:${deed}`, `${BUCKET}/uploads/{id}`)),
  },
  {
    what: 'writing an uploaded file',
    to: { only: ['IntakeWorkerFunction'] },
    calls: [call('s3:PutObject', `${BUCKET}/uploads/{id}`)],
  },
  {
    what: 'inputs of runs',
    to: { allBut: ['MatcherFunction'] },
    calls: ['GetObject', 'PutObject', 'DeleteObject'].map((deed) => call(`s3:${deed}`, `${BUCKET}/snapshots/{id}`)),
  },
  {
    what: 'removing the input of a run',
    to: everybody,
    calls: [call('s3:DeleteObject', `${BUCKET}/snapshots/{id}`)],
  },
  {
    what: 'objects outside the prefixes, and those that only look as if inside',
    to: everybody,
    calls: ['{id}', 'other/{id}', 'Uploads/{id}', 'uploads', 'snapshots2/{id}'].flatMap((key) =>
      ['GetObject', 'PutObject', 'DeleteObject'].map((deed) => call(`s3:${deed}`, `${BUCKET}/${key}`)),
    ),
  },
  {
    what: 'the bucket’s own settings, and objects of another bucket',
    to: everybody,
    calls: [
      ...['PutBucketPolicy', 'DeleteBucket', 'PutLifecycleConfiguration', 'PutEncryptionConfiguration'].map((deed) =>
        call(`s3:${deed}`, BUCKET),
      ),
      call('s3:GetObject', `${BUCKET}2/uploads/{id}`),
    ],
  },
  {
    what: 'sending to the intake queue',
    to: { allBut: ['IntakeApiFunction', 'IntakeWorkerFunction', 'OutboxFunction'] },
    calls: [call('sqs:SendMessage', queue('IntakeQueue'))],
  },
  {
    what: 'sending to the matching queue',
    to: { allBut: ['CohortsApiFunction', 'OutboxFunction', 'RequirementsApiFunction'] },
    calls: [call('sqs:SendMessage', queue('MatchingQueue'))],
  },
  {
    what: 'taking from the intake queue',
    to: { allBut: ['IntakeWorkerFunction'] },
    calls: ['ReceiveMessage', 'DeleteMessage'].map((deed) => call(`sqs:${deed}`, queue('IntakeQueue'))),
  },
  {
    what: 'taking from the matching queue',
    to: { allBut: ['MatcherFunction'] },
    calls: ['ReceiveMessage', 'DeleteMessage'].map((deed) => call(`sqs:${deed}`, queue('MatchingQueue'))),
  },
  {
    what: 'dead letters, emptying a queue and changing it',
    to: everybody,
    calls: [
      ...['IntakeQueueDeadLetters', 'MatchingQueueDeadLetters'].flatMap((id) =>
        ['SendMessage', 'ReceiveMessage', 'DeleteMessage'].map((deed) => call(`sqs:${deed}`, queue(id))),
      ),
      ...['PurgeQueue', 'SetQueueAttributes', 'DeleteQueue'].map((deed) => call(`sqs:${deed}`, queue('IntakeQueue'))),
    ],
  },
  {
    what: 'the data key without a service, in another region, or through a service that is not ours',
    to: everybody,
    calls: [
      ...KEY_DEEDS.map((deed) => call(deed, DATA_KEY)),
      call(OPEN, DATA_KEY, through('dynamodb', 'eu-west-1')),
      call(OPEN, DATA_KEY, through('lambda')),
      call(OPEN, DATA_KEY, through('secretsmanager')),
    ],
  },
  {
    what: 'the data key through S3',
    to: { allBut: ['IntakeApiFunction', 'IntakeWorkerFunction', 'MatcherFunction'] },
    calls: [call(OPEN, DATA_KEY, through('s3')), call(SEAL, DATA_KEY, through('s3'))],
  },
  {
    what: 'the data key through SQS',
    to: { only: ['GrantsFunction', 'DocsFunction'] },
    calls: [call(OPEN, DATA_KEY, through('sqs')), call(SEAL, DATA_KEY, through('sqs'))],
  },
  {
    what: 'making message keys, for one who only takes messages',
    to: { only: ['MatcherFunction'] },
    calls: [call(SEAL, DATA_KEY, through('sqs'))],
  },
  {
    what: 'calling functions, taking other roles and changing rights',
    to: everybody,
    calls: [
      call('lambda:InvokeFunction', `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:GrantsFunction`),
      call('lambda:UpdateFunctionCode', `arn:aws:lambda:${PLACE.region}:${PLACE.accountId}:function:GrantsFunction`),
      call('sts:AssumeRole', of('CohortsApiFunction').roleArn),
      call('iam:PassRole', of('CohortsApiFunction').roleArn),
      call('iam:PutRolePolicy', of('CohortsApiFunction').roleArn),
    ],
  },
];

const refusedTo = ({ to }: Refusal): readonly string[] =>
  'only' in to ? to.only : names.filter((name) => !to.allBut.includes(name));

describe('no function may have', () => {
  test.each(REFUSALS)('$what', async (refusal) => {
    const functions = refusedTo(refusal);
    expect(functions.length).toBeGreaterThan(0);
    const allowed: string[] = [];
    for (const name of functions) {
      for (const tried of refusal.calls) {
        const verdict = await simulate(rights, of(name), tried);
        if (verdict === 'Allowed') allowed.push(`${name}: ${tried.action} on ${tried.resource}`);
      }
    }
    expect(allowed).toEqual([]);
  });

  test('the log of another function', async () => {
    for (const { name } of rights.functions) {
      for (const other of rights.functions.filter((fn) => fn.name !== name)) {
        const stream = `arn:aws:logs:${PLACE.region}:${PLACE.accountId}:log-group:${other.logGroup}:log-stream:any`;
        expect(await simulate(rights, of(name), call('logs:PutLogEvents', stream))).toBe('ImplicitlyDenied');
      }
    }
  });
});

/** One call for each kind of store, that the named function is allowed. */
const POSSIBLE: readonly (readonly [function: string, tried: AwsCall])[] = [
  ['CohortsApiFunction', call('dynamodb:GetItem', CORE)],
  ['IntakeApiFunction', call('s3:PutObject', `${BUCKET}/uploads/{id}`)],
  ['IntakeApiFunction', call('sqs:SendMessage', queue('IntakeQueue'))],
  ['CohortsApiFunction', call(OPEN, VAULT_KEY, forUse('person'))],
];

describe('what a function may do', () => {
  test.each(POSSIBLE)('%s: %o, nobody else may who has no rights of his own', async (name, tried) => {
    const stranger: Asker = {
      roleArn: `arn:aws:iam::${PLACE.accountId}:role/Stranger`,
      policy: { Version: '2012-10-17', Statement: [] },
    };
    expect(await simulate(rights, of(name), tried)).toBe('Allowed');
    expect(await simulate(rights, stranger, tried)).not.toBe('Allowed');
    expect(await simulate(rights, null, tried)).not.toBe('Allowed');
  });

  test('it may only over TLS, and with files only over a TLS that is not broken', async () => {
    const plain = { 'aws:SecureTransport': 'false' };
    const [, put, send] = POSSIBLE.map(([, tried]) => tried);
    if (put === undefined || send === undefined) throw new Error('The table is too short');
    const intake = of('IntakeApiFunction');
    expect(await simulate(rights, intake, { ...put, context: plain })).toBe('ExplicitlyDenied');
    expect(await simulate(rights, intake, { ...send, context: plain })).toBe('ExplicitlyDenied');
    expect(await simulate(rights, intake, { ...put, context: { 's3:TlsVersion': '1.1' } })).toBe('ExplicitlyDenied');
  });
});
