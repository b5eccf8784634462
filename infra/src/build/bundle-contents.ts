import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * What a bundle may hold. Libraries are named one by one, so that a tool of ours, or something with a licence that
 * binds the product, cannot slip in behind an import; parts of our own are kept out where a function has no use for
 * them, since each costs every cold start.
 */

/** The SDK's client for DynamoDB with what it stands on. All other services are called by a signed fetch. */
const DYNAMODB = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/core',
  '@aws-sdk/dynamodb-codec',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/middleware-endpoint-discovery',
  '@aws-sdk/util-dynamodb',
  '@aws/lambda-invoke-store',
  '@smithy/core',
  '@smithy/node-http-handler',
  '@smithy/signature-v4',
  '@smithy/types',
  'dynamodb-toolbox',
] as const;
const WORKER = [...DYNAMODB, 'aws4fetch', 'zod'] as const;
const DOOR = [...WORKER, 'hono'] as const;

interface Contents {
  readonly libraries: readonly string[];
  /** Starts of our own paths that have no place in the function. */
  readonly without: readonly string[];
}

/** The doors' own machinery: routes, tokens, problem documents. */
const DOOR_PARTS = ['packages/edge/src/http/', 'packages/access/'] as const;

const CONTENTS: Readonly<Record<string, Contents>> = {
  'intake-api': { libraries: DOOR, without: ['packages/matching/', 'packages/calendar/'] },
  'requirements-api': { libraries: DOOR, without: ['packages/calendar/'] },
  'cohorts-api': { libraries: DOOR, without: [] },
  'intake-worker': {
    libraries: [...WORKER, 'personnummer'],
    without: [...DOOR_PARTS, 'packages/matching/', 'packages/calendar/'],
  },
  matcher: { libraries: WORKER, without: [...DOOR_PARTS, 'packages/files/'] },
  outbox: {
    libraries: WORKER,
    without: [...DOOR_PARTS, 'packages/files/', 'packages/matching/', 'packages/calendar/'],
  },
  // Called by anybody: its own few files and nothing else.
  docs: { libraries: [], without: ['packages/'] },
};

/** A function that is new, or called by an administrator alone: what a worker may hold. */
const OTHERS: Contents = { libraries: WORKER, without: ['packages/access/', 'packages/matching/'] };

/** Never part of what is deployed, whatever imports it. */
const NOWHERE = /^(?:packages\/local|test|bench|scripts)\/|\/test-support\/|\/testdata\/|\.test\.tsx?$/u;

const LIBRARY = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/u;

/** `@aws-sdk/core` of `node_modules/@aws-sdk/core/dist-es/x.js`; null for a file of our own. */
export const libraryOf = (input: string): string | null => LIBRARY.exec(input)?.[1] ?? null;

/** Files that have no place in the bundle of a function, each with the reason. Empty when all is well. */
export const misplacedInputs = (name: string, inputs: readonly string[]): readonly string[] => {
  const { libraries, without } = CONTENTS[name] ?? OTHERS;
  const strangers = new Set<string>();
  for (const input of inputs) {
    const library = libraryOf(input);
    if (library !== null) {
      if (!libraries.includes(library)) strangers.add(`${library} is no library of ${name}`);
    } else if (NOWHERE.test(input)) strangers.add(`${input} is not for deployment`);
    else if (/^functions\//u.test(input) && !input.startsWith(`functions/${name}/`)) {
      strangers.add(`${input} belongs to another function`);
    } else if (without.some((path) => input.startsWith(path))) strangers.add(`${name} has no use for ${input}`);
  }
  return [...strangers].toSorted();
};

/** Licences that ask for nothing but to be named. */
const PERMISSIVE: ReadonlySet<string> = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** Bundled libraries whose licence binds the product, or that state none. */
export const bindingLicences = (root: string, inputs: readonly string[]): readonly string[] => {
  const folders = new Map(
    inputs.flatMap((input) => {
      const folder = LIBRARY.exec(input)?.[0];
      return folder === undefined ? [] : [[folder, libraryOf(input)] as const];
    }),
  );
  return [...folders].flatMap(([folder, library]) => {
    const file = join(root, folder, 'package.json');
    const { license }: { readonly license?: unknown } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    return PERMISSIVE.has(String(license)) ? [] : [`${library} has the licence ${String(license ?? 'unknown')}`];
  });
};
