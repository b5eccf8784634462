/** A resource in a policy that stands for more than one thing, and why it must. */
export interface StarException {
  /** `*`, or what the resource ends with. */
  readonly ends: string;
  /** Only these actions; empty means that any action may stand with it. */
  readonly actions: readonly string[];
  /** On which policies. */
  readonly on: 'roles' | 'resources';
  readonly reason: string;
}

export const STAR_EXCEPTIONS: readonly StarException[] = [
  {
    ends: '*',
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    on: 'roles',
    reason: 'X-Ray has no resources that a policy could name (Service Authorization Reference, AWS X-Ray).',
  },
  {
    ends: ':*',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: 'roles',
    reason: 'The streams of the function’s own log group; Lambda makes up their names.',
  },
  {
    ends: '/uploads/*',
    actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    on: 'roles',
    reason: 'The key of an uploaded file is not known beforehand; the prefix is.',
  },
  {
    ends: '/snapshots/*',
    actions: ['s3:GetObject', 's3:PutObject'],
    on: 'roles',
    reason: 'A snapshot is named by its own hash; the prefix is known.',
  },
  {
    ends: '*',
    actions: ['kms:*'],
    on: 'resources',
    reason:
      'In a key’s policy the star means the key itself, and what the account may do is said by the roles’ policies.',
  },
  {
    ends: '/*',
    actions: ['s3:*'],
    on: 'resources',
    reason: 'All objects of the bucket, in statements that forbid and never allow.',
  },
];
