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
    functions: ['CohortsApiFunction'],
    rights: ['dynamodb:ConditionCheckItem on table/CoreTable'],
    use: 'sometimes',
    reason: 'A disclosure depends on runs that are being made meanwhile; met when there is one.',
  },
  {
    functions: ['IntakeApiFunction'],
    rights: ['s3:DeleteObject on gruppstartdata-bucket/uploads/*'],
    use: 'sometimes',
    reason:
      'A file is kept before its batch is; it goes again when the same request was there first, at the same moment.',
  },
  {
    functions: ['IntakeWorkerFunction', 'MatcherFunction'],
    rights: ['s3:ListBucket on gruppstartdata-bucket'],
    use: 'sometimes',
    reason: 'Without it S3 answers 403 for an object that is gone; met when a message comes twice at the same moment.',
  },
];

/** Functions that call no service, and why that is right. */
export const FUNCTIONS_WITHOUT_CALLS: Readonly<Record<string, string>> = {
  DocsFunction: 'It hands out files of its own bundle and has no rights to data.',
};
