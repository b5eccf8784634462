/** What each room may import: the table of the design. `*` is anything. Test files may import more (see the test). */
export interface Room {
  /** Folder from the root of the project. */
  readonly folder: string;
  /** Package names, `node:` for Node's own modules; a trailing `/` allows everything below a scope. */
  readonly mayImport: readonly string[];
}

const STEPS_ALONE = ['zod', '@gruppstart/domain'];

export const ROOMS: readonly Room[] = [
  { folder: 'packages/domain', mayImport: ['zod'] },
  { folder: 'packages/matching', mayImport: STEPS_ALONE },
  { folder: 'packages/calendar', mayImport: STEPS_ALONE },
  { folder: 'packages/access', mayImport: [...STEPS_ALONE, '@gruppstart/contracts'] },
  { folder: 'packages/contracts', mayImport: STEPS_ALONE },
  {
    folder: 'packages/files',
    mayImport: ['@gruppstart/contracts', '@gruppstart/domain', 'personnummer'],
  },
  {
    folder: 'packages/usecases',
    mayImport: [
      '@gruppstart/domain',
      '@gruppstart/matching',
      '@gruppstart/calendar',
      '@gruppstart/access',
      '@gruppstart/contracts',
      '@gruppstart/files',
    ],
  },
  {
    folder: 'packages/store',
    mayImport: [
      '@gruppstart/usecases',
      '@gruppstart/domain',
      '@gruppstart/contracts',
      '@aws-sdk/',
      'aws4fetch',
      'dynamodb-toolbox',
      'zod',
      'node:',
    ],
  },
  {
    folder: 'packages/edge',
    mayImport: [
      '@gruppstart/usecases',
      '@gruppstart/contracts',
      '@gruppstart/access',
      '@gruppstart/domain',
      'hono',
      'zod',
    ],
  },
  {
    folder: 'packages/local',
    mayImport: [
      '@gruppstart/contracts',
      '@gruppstart/store/tables',
      'node:',
      'dynalite',
      'fauxqs',
      'oidc-provider',
      'jose',
      'openid-client',
      'zod',
    ],
  },
  {
    folder: 'packages/operations',
    mayImport: ['@gruppstart/contracts', '@gruppstart/store', '@gruppstart/local', 'zod', 'node:'],
  },
  ...[
    'intake-api',
    'requirements-api',
    'cohorts-api',
    'docs',
    'intake-worker',
    'matcher',
    'outbox',
    'grants',
    'restore',
  ].map((name) => ({
    folder: `functions/${name}`,
    mayImport: [
      '@gruppstart/usecases',
      '@gruppstart/contracts',
      '@gruppstart/access',
      '@gruppstart/store',
      '@gruppstart/edge',
      // Types and status derivations for what is shown; rules stay behind the use cases.
      '@gruppstart/domain',
      '@gruppstart/files',
      'hono',
      'zod',
      ...(name === 'docs' ? ['node:'] : []),
    ],
  })),
  {
    folder: 'infra',
    mayImport: [
      'aws-cdk-lib',
      'cdk-nag',
      'constructs',
      'esbuild',
      'node:',
      '@gruppstart/contracts',
      '@gruppstart/store/tables',
    ],
  },
];

/** The way of a candidate. A step may import earlier steps and what is shared; in both rooms that have steps. */
export const STEPS = [
  'intake',
  'requirements',
  'matching',
  'proposals',
  'decisions',
  'cohorts',
  'introduction',
  'employment',
  'follow-up',
  'ladder',
] as const;
export const ROOMS_WITH_STEPS = ['packages/domain', 'packages/usecases'] as const;
