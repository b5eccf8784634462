/**
 * Rights that the templates give and that no test ever makes a function use. Each line is a decision: a right that
 * becomes unused, or is used again, changes this file, and the change is seen by whoever reads it.
 */
export interface UnusedRights {
  readonly functions: readonly string[];
  readonly rights: readonly string[];
  /** `sometimes`: whether it is used depends on what happens at the same moment, such as who is first. */
  readonly use: 'never' | 'sometimes';
  /** Why it stays. */
  readonly reason: string;
}

const WITH_DATA = [
  'CohortsApiFunction',
  'GrantsFunction',
  'IntakeApiFunction',
  'IntakeWorkerFunction',
  'MatcherFunction',
  'OutboxFunction',
  'RequirementsApiFunction',
  'RestoreFunction',
];
const THROUGH_DYNAMODB = 'on key/DataKey when kms:ViaService is dynamodb.eu-north-1.amazonaws.com';
const THROUGH_S3 = 'on key/DataKey when kms:ViaService is s3.eu-north-1.amazonaws.com';
const SNAPSHOTS = 'gruppstartdata-bucket/snapshots/*';
const UPLOADS = 'gruppstartdata-bucket/uploads/*';

export const UNUSED_RIGHTS: readonly UnusedRights[] = [
  {
    functions: WITH_DATA,
    rights: [
      'DescribeKey',
      'Encrypt',
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'ReEncryptFrom',
      'ReEncryptTo',
    ].map((deed) => `kms:${deed} ${THROUGH_DYNAMODB}`),
    use: 'never',
    reason:
      'The DynamoDB guide names them among the least that the users of a table with a key of ours need. Reads and writes are known to use Decrypt; that the others can go must be seen in a real account first.',
  },
  {
    functions: ['GrantsFunction', 'IntakeApiFunction', 'MatcherFunction', 'RequirementsApiFunction'],
    rights: ['dynamodb:ConditionCheckItem on table/CoreTable'],
    use: 'never',
    reason:
      'One set of rights to the core table for all who work on it; only cohorts and the intake worker check so today.',
  },
  {
    functions: ['GrantsFunction', 'IntakeWorkerFunction', 'MatcherFunction', 'RequirementsApiFunction'],
    rights: ['dynamodb:DeleteItem on table/CoreTable'],
    use: 'never',
    reason:
      'One set of rights to the core table for all who work on it. The intake worker needs it for a file of more rows than one message takes, which no journey sends; the others delete nothing today.',
  },
  {
    functions: ['GrantsFunction'],
    rights: [
      'dynamodb:BatchGetItem on table/CoreTable',
      'dynamodb:GetItem on table/CoreTable',
      'dynamodb:Query on table/CoreTable',
      'dynamodb:Query on table/CoreTable/index/lists',
      'dynamodb:UpdateItem on table/CoreTable',
    ],
    use: 'never',
    reason: 'One set of rights to the core table for all who work on it; giving rights only puts.',
  },
  {
    functions: ['IntakeApiFunction'],
    rights: [
      `s3:GetObject on ${UPLOADS}`,
      's3:ListBucket on gruppstartdata-bucket',
      `kms:Decrypt ${THROUGH_S3}`,
      'kms:Decrypt on key/VaultKey when kms:EncryptionContext:use is blind-index',
      'kms:GenerateDataKey on key/VaultKey when kms:EncryptionContext:use is blind-index',
      'kms:GenerateDataKey on key/VaultKey when kms:EncryptionContext:use is person',
    ],
    use: 'never',
    reason:
      'For taking one person at the door itself, as JSON or a form, without a file. Until that is there the door only lays files down and shows persons.',
  },
  {
    functions: ['IntakeWorkerFunction'],
    rights: [
      'sqs:SendMessage on IntakeQueue',
      'kms:GenerateDataKey on key/DataKey when kms:ViaService is sqs.eu-north-1.amazonaws.com',
    ],
    use: 'never',
    reason:
      'For a file of more rows than one message takes: the worker sends itself the rest. No journey sends so long a file.',
  },
  {
    functions: ['IntakeWorkerFunction', 'MatcherFunction'],
    rights: ['s3:ListBucket on gruppstartdata-bucket'],
    use: 'sometimes',
    reason: 'Without it S3 answers 403 for an object that is gone; met when a message comes twice at the same moment.',
  },
  {
    functions: ['MatcherFunction'],
    rights: [`s3:GetObject on ${SNAPSHOTS}`, `kms:Decrypt ${THROUGH_S3}`],
    use: 'sometimes',
    reason: 'A run that is delivered again works on the snapshot of the first time; met when that comes to it.',
  },
  {
    functions: ['RestoreFunction'],
    rights: [
      ...['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map(
        (deed) => `dynamodb:${deed} on table/CoreTable`,
      ),
      'dynamodb:Query on table/CoreTable/index/lists',
      'dynamodb:PutItem on table/AuditTable',
      'dynamodb:Query on table/AuditTable when dynamodb:LeadingKeys is ERASURES',
      `kms:Decrypt ${THROUGH_DYNAMODB}`,
    ],
    use: 'never',
    reason:
      'It works only where a restored table stands in place of the core table, and no laptop of the tests has one yet.',
  },
];

/** Functions that call no service, and why that is right. */
export const FUNCTIONS_WITHOUT_CALLS: Readonly<Record<string, string>> = {
  DocsFunction: 'It hands out files of its own bundle and has no rights to data.',
  RestoreFunction:
    'It works only on a restored table, and no laptop of the tests has one yet: its rights are unproven.',
};
