import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { withBuildLock } from '@gruppstart/infra/build/build-lock';
import { bindingLicences, misplacedInputs } from '@gruppstart/infra/build/bundle-contents';
import { bundleFunctions } from '@gruppstart/infra/build/bundle-functions';
import { compress, layOutDocsAssets, writeOpenApi } from '@gruppstart/infra/build/docs-assets';
import { forgetBuild, hashInputs, isUpToDate, rememberBuild } from '@gruppstart/infra/build/inputs-hash';
import {
  ordinaryPartition,
  refusingClasses,
  refusingModule,
  shortErrorClasses,
} from '@gruppstart/infra/build/left-out';
import { PROJECT, projectPathsOf } from '@gruppstart/infra/build/project-paths';
import { checkSizes, limitKibibytes, rowOf, sizeTable } from '@gruppstart/infra/build/size-check';
import { validationFindings } from '@gruppstart/infra/build/synth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const runNode = promisify(execFile);

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gruppstart-build-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, content: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

describe('the hash of the inputs', () => {
  beforeEach(() => {
    write('functions/any/src/index.ts', 'export const handler = 1;');
    write('packages/domain/src/rule.ts', 'export const rule = 1;');
    write('infra/src/app.ts', 'stacks();');
    write('package-lock.json', '{}');
  });

  test.each([
    ['functions/any/src/index.ts', 'export const handler = 2;'],
    ['packages/domain/src/rule.ts', 'export const rule = 2;'],
    ['packages/domain/src/calendar.json', '{}'],
    ['infra/src/app.ts', 'otherStacks();'],
    ['package-lock.json', '{"changed":true}'],
    ['tsconfig.json', '{}'],
  ])('changes with %s', (path, content) => {
    const before = hashInputs(root);
    write(path, content);
    expect(hashInputs(root)).not.toBe(before);
  });

  test.each([
    'packages/domain/src/rule.test.ts',
    'packages/domain/README.md',
    'packages/domain/src/testdata/people.ts',
    'packages/local/src/runner.ts',
    'packages/domain/node_modules/library/index.js',
    'test/journeys/way.ts',
    'build/functions/any/index.mjs',
  ])('does not change with %s', (path) => {
    const before = hashInputs(root);
    write(path, 'something');
    expect(hashInputs(root)).toBe(before);
  });

  test('changes when content moves from one file to another', () => {
    write('packages/domain/src/a.ts', 'xy');
    write('packages/domain/src/b.ts', 'z');
    const before = hashInputs(root);
    write('packages/domain/src/a.ts', 'x');
    write('packages/domain/src/b.ts', 'yz');
    expect(hashInputs(root)).not.toBe(before);
  });
});

describe('an earlier build', () => {
  const finish = (synthesized: boolean): void => {
    write('build/functions/any/index.mjs', '');
    if (synthesized) write('build/cloud-assembly/manifest.json', '{}');
    rememberBuild(projectPathsOf(root), { inputs: 'same', synthesized });
  };

  test.each([
    { synthesized: true, inputs: 'same', withTemplates: true, expected: true },
    { synthesized: true, inputs: 'same', withTemplates: false, expected: true },
    { synthesized: false, inputs: 'same', withTemplates: false, expected: true },
    { synthesized: false, inputs: 'same', withTemplates: true, expected: false },
    { synthesized: true, inputs: 'other', withTemplates: true, expected: false },
    { synthesized: true, inputs: 'other', withTemplates: false, expected: false },
  ])(
    'serves: $expected, when made with templates: $synthesized, from the $inputs inputs, wanted with templates: $withTemplates',
    (row) => {
      finish(row.synthesized);
      expect(isUpToDate(projectPathsOf(root), row.inputs, row.withTemplates)).toBe(row.expected);
    },
  );

  test('does not serve when it was never finished, or when its output has been removed', () => {
    const paths = projectPathsOf(root);
    expect(isUpToDate(paths, 'same', false)).toBe(false);
    finish(true);
    forgetBuild(paths);
    expect(isUpToDate(paths, 'same', false)).toBe(false);
    finish(true);
    rmSync(paths.assembly, { recursive: true });
    expect(isUpToDate(paths, 'same', true)).toBe(false);
  });

  test('does not serve when its record cannot be read', () => {
    finish(true);
    write('build/build-record.json', '{"inputs":');
    expect(isUpToDate(projectPathsOf(root), 'same', true)).toBe(false);
  });
});

test('asking whether anything has to be built loads neither esbuild nor aws-cdk-lib', () => {
  const staticImportsOf = (file: string): readonly string[] =>
    [...readFileSync(file, 'utf8').matchAll(/^import .*? from '([^']+)';$/gmsu)].map((match) => String(match[1]));
  const seen = new Set<string>();
  const outside = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const name of staticImportsOf(file)) {
      if (name.startsWith('.')) follow(join(dirname(file), name));
      else outside.add(name);
    }
  };
  follow(join(PROJECT.root, 'infra', 'src', 'build', 'cli.ts'));
  expect(seen.size).toBeGreaterThan(3);
  expect([...outside].filter((name) => !name.startsWith('node:'))).toEqual([]);
});

describe('the lock of the build', () => {
  test('lets one build work at a time', async () => {
    const paths = projectPathsOf(root);
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working -= 1;
    };
    const told: string[] = [];
    await Promise.all([1, 2, 3].map(() => withBuildLock(paths, work, (line) => told.push(line))));
    expect(most).toBe(1);
    expect(told).toHaveLength(2);
  });

  test('is taken over from a process that no longer runs', async () => {
    const { stdout } = await runNode(process.execPath, ['-p', 'process.pid']);
    write('build/lock', stdout.trim());
    expect(await withBuildLock(projectPathsOf(root), async () => 'built')).toBe('built');
  });

  test('is released when the build fails', async () => {
    const paths = projectPathsOf(root);
    const failing = withBuildLock(paths, () => Promise.reject(new Error('wrong')));
    await expect(failing).rejects.toThrow('wrong');
    expect(await withBuildLock(paths, async () => 'built')).toBe('built');
  });
});

describe('bundling', () => {
  const source = `
    import { defaultProvider } from '@aws-sdk/credential-provider-node';
    import { createRequire } from 'node:module';
    export const handler = () => defaultProvider()();
    export const modules = typeof createRequire;`;

  test('takes credentials from the environment of the function and from nowhere else', async () => {
    write('functions/any/src/index.ts', source);
    const paths = projectPathsOf(root);
    await bundleFunctions(paths);
    const bundle = pathToFileURL(join(paths.functions, 'any', 'index.mjs')).href;
    const script = `import { handler } from '${bundle}'; console.log(JSON.stringify(await handler()))`;
    const run = (env: Record<string, string>) =>
      runNode(process.execPath, ['--input-type=module', '-e', script], { env });
    const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(JSON.parse((await run(keys)).stdout)).toEqual({ accessKeyId: 'key', secretAccessKey: 'secret' });
    const withSession = await run({ ...keys, AWS_SESSION_TOKEN: 'session' });
    expect(JSON.parse(withSession.stdout)).toMatchObject({ sessionToken: 'session' });
    await expect(run({ HOME: root })).rejects.toThrow(/AWS_ACCESS_KEY_ID/u);
  });

  test('gives equal bytes for equal sources, wherever they lie', async () => {
    const bytesIn = async (folder: string): Promise<string> => {
      write(`${folder}/functions/any/src/index.ts`, source);
      const paths = projectPathsOf(join(root, folder));
      await bundleFunctions(paths);
      return readFileSync(join(paths.functions, 'any', 'index.mjs'), 'utf8');
    };
    expect(await bytesIn('here')).toBe(await bytesIn('somewhere/else'));
  });

  test('forgets the bundle of a function that is gone', async () => {
    const paths = projectPathsOf(root);
    write('functions/old/src/index.ts', 'export const handler = 1;');
    write('functions/kept/src/index.ts', 'export const handler = 1;');
    await bundleFunctions(paths);
    rmSync(join(root, 'functions/old'), { recursive: true });
    await bundleFunctions(paths);
    expect(readdirSync(paths.functions)).toEqual(['kept']);
    expect(readdirSync(paths.meta)).toEqual(['kept.json']);
  });

  test('says which function has no handler', async () => {
    write('functions/empty/package.json', '{}');
    await expect(bundleFunctions(projectPathsOf(root))).rejects.toThrow(/functions\/empty/u);
  });
});

describe('what is left out of the libraries', () => {
  const bundleAndRun = async (source: string): Promise<unknown> => {
    // Inside the checkout, where the libraries are found.
    const folder = mkdtempSync(join(PROJECT.root, 'node_modules', '.gruppstart-bundle-'));
    try {
      const paths = projectPathsOf(folder);
      mkdirSync(join(folder, 'functions/any/src'), { recursive: true });
      writeFileSync(join(folder, 'functions/any/src/index.ts'), source);
      await bundleFunctions(paths);
      const bundle = pathToFileURL(join(paths.functions, 'any', 'index.mjs')).href;
      const script = `import { handler } from '${bundle}'; console.log(JSON.stringify(await handler()))`;
      return JSON.parse((await runNode(process.execPath, ['--input-type=module', '-e', script])).stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test('is not missed by schemas: they parse, refuse and say why; only JSON schemas cannot be written', async () => {
    const source = `
      import * as z from 'zod';
      const Place = z.strictObject({ name: z.string().min(2).meta({ example: 'x' }), seats: z.int().min(0).max(9) });
      const Kind = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);
      const attempt = (work: () => unknown) => { try { return work(); } catch (error) { return String(error); } };
      export const handler = () => [
        Place.parse({ name: 'Storgatan', seats: 3 }),
        Place.safeParse({ name: '', seats: 99, other: 1 }).error?.issues.map((issue) => issue.code),
        Kind.safeParse({ kind: 'c' }).success,
        z.iso.date().safeParse('2026-02-30').success,
        z.string().refine(() => false, 'own-code').safeParse('').error?.issues[0]?.message,
        attempt(() => Place.toJSONSchema()),
      ];`;
    expect(await bundleAndRun(source)).toEqual([
      { name: 'Storgatan', seats: 3 },
      ['too_small', 'too_big', 'unrecognized_keys'],
      false,
      false,
      'own-code',
      'Error: The writer of JSON schemas is left out of the bundles',
    ]);
  });

  test('is not missed by DynamoDB: calls go out signed, and its errors are of their class with all they carry', async () => {
    const source = `
      import { createServer } from 'node:http';
      import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, PutItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
      const answers: Record<string, [number, object]> = {
        GetItem: [200, { Item: { pk: { S: 'a' } } }],
        PutItem: [400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'The conditional request failed', Item: { pk: { S: 'old' } } }],
        TransactWriteItems: [400, { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException', Message: 'Cancelled', CancellationReasons: [{ Code: 'TransactionConflict' }] }],
      };
      export const handler = async () => {
        const signed: boolean[] = [];
        const server = createServer((request, response) => {
          const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
          signed.push(String(request.headers.authorization).startsWith('AWS4-HMAC-SHA256 Credential=key/'));
          const [status, body] = answers[operation] ?? [500, {}];
          response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
        const endpoint = 'http://127.0.0.1:' + (server.address() as { port: number }).port;
        const client = new DynamoDBClient({ region: 'eu-north-1', endpoint, maxAttempts: 1 });
        const Key = { pk: { S: 'a' } };
        const found = await client.send(new GetItemCommand({ TableName: 'any', Key }));
        const failed = await client.send(new PutItemCommand({ TableName: 'any', Item: Key })).catch((error: unknown) => error);
        const TransactItems = [{ Put: { TableName: 'any', Item: Key } }];
        const cancelled = await client.send(new TransactWriteItemsCommand({ TransactItems })).catch((error: unknown) => error);
        client.destroy();
        server.close();
        return [
          signed,
          found.Item,
          failed instanceof ConditionalCheckFailedException && !(failed instanceof TransactionCanceledException) && [failed.name, failed.$fault, failed.Item, failed.message],
          cancelled instanceof TransactionCanceledException && [cancelled.name, cancelled.CancellationReasons, cancelled instanceof Error],
        ];
      };`;
    expect(await bundleAndRun(source)).toEqual([
      [true, true, true],
      { pk: { S: 'a' } },
      ['ConditionalCheckFailedException', 'client', { pk: { S: 'old' } }, 'The conditional request failed'],
      ['TransactionCanceledException', [{ Code: 'TransactionConflict' }], true],
    ]);
  });

  test('changes only error classes that are of the known pattern to the letter', () => {
    const known = classSource('Gone', '    Item;\n', '        this.Item = opts.Item;\n');
    const other = classSource('Odd', '    $retryable = {};\n', '');
    const short = shortErrorClasses(`import { Any as __BaseException } from "./Any";\n${known}\n${other}\n`);
    expect(short).toContain("export const Gone = make('com.amazonaws.any', 'Gone', 'client', 'Item');");
    expect(short).toContain(other);
    expect(shortErrorClasses(`${other}\n`)).toBe(`${other}\n`);
  });

  test('is not missed by addresses: a region is known without the list of all regions', () => {
    const list = {
      partitions: [
        { id: 'aws-cn', regionRegex: '^cn', outputs: {}, regions: { 'cn-north-1': {} } },
        { id: 'aws', regionRegex: '^eu', outputs: { dnsSuffix: 'amazonaws.com' }, regions: { 'eu-north-1': {} } },
      ],
      version: '1.1',
    };
    const short = ordinaryPartition(`export const partitionsInfo = ${JSON.stringify(list, null, 4)};\n`);
    expect(JSON.parse(short.slice('export const partitionsInfo = '.length, -1))).toEqual({
      partitions: [{ id: 'aws', regionRegex: '^eu', outputs: { dnsSuffix: 'amazonaws.com' }, regions: {} }],
      version: '1.1',
    });
    expect(() => ordinaryPartition('export const other = {};')).toThrow(/not written as it was/u);
    expect(() => ordinaryPartition('export const partitionsInfo = {"partitions":[]};')).toThrow(/ordinary one/u);
  });

  test('stops the build when a library writes its exports in a way that is not known', () => {
    expect(refusingModule('export const a = 1;\nexport function b() {}\n', 'Any')).toContain(
      'refuse as a, refuse as b',
    );
    expect(() => refusingModule('export const a = 1;\nexport * from "./b.js";\n', 'Any')).toThrow(/1 of 2/u);
    expect(() => refusingModule('', 'Any')).toThrow(/0 of 0/u);
  });
});

test('a class that is left out can be made, and refuses to do anything', async () => {
  const source = `import { any } from "./any";
const SIZE = 3;
export class Counter {
    total = 0;
    constructor(start) {
        this.total = start;
    }
    add(count) {
        this.total += count;
    }
    async wait() {
        await any();
    }
}
`;
  const refusing = refusingClasses(source, 'Counter');
  write('counter.mjs', refusing);
  const { Counter } = await import(pathToFileURL(join(root, 'counter.mjs')).href);
  const counter = new Counter(1);
  expect(() => counter.add(1)).toThrow('Counter is left out of the bundles');
  expect(() => counter.wait()).toThrow('Counter is left out of the bundles');
  expect(() => refusingClasses(`${source}export const other = 1;\n`, 'Counter')).toThrow(/1 of 2 exports/u);
  expect(() => refusingClasses('', 'Counter')).toThrow(/0 of 0 exports/u);
});

const classSource = (name: string, fields: string, assignments: string): string =>
  `export class ${name} extends __BaseException {
    static shapeId = "com.amazonaws.any#${name}";
    name = "${name}";
    $fault = "client";
${fields}    constructor(opts) {
        super({
            name: "${name}",
            $fault: "client",
            ...opts,
        });
        Object.setPrototypeOf(this, ${name}.prototype);
${assignments}    }
}`;

test('the reference page’s files lie beside the bundle, compressed, and without traces of the machine', async () => {
  const paths = projectPathsOf(root);
  write('page/swagger-ui.css', 'body{}');
  write('page/swagger-ui-bundle.js', 'page()');
  await writeOpenApi(paths, { openapi: '3.1.0' });
  await layOutDocsAssets(paths, join(root, 'page'));
  const assets = join(paths.functions, 'docs', 'assets');
  const unpacked = (name: string): string => gunzipSync(readFileSync(join(assets, name))).toString();
  expect(readdirSync(assets).toSorted()).toEqual([
    'openapi.json',
    'openapi.json.gz',
    'swagger-ui-bundle.js.gz',
    'swagger-ui.css.gz',
  ]);
  expect(unpacked('swagger-ui.css.gz')).toBe('body{}');
  expect(unpacked('swagger-ui-bundle.js.gz')).toBe('page()');
  expect(unpacked('openapi.json.gz')).toBe(readFileSync(join(assets, 'openapi.json'), 'utf8'));
  expect(JSON.parse(readFileSync(paths.openApi, 'utf8'))).toEqual({ openapi: '3.1.0' });
  // Bytes 4-7 of gzip are a time, byte 9 the operating system.
  expect([...compress(Buffer.from('x')).subarray(4, 10)]).toEqual([0, 0, 0, 0, 2, 255]);
});

describe('the weight of a bundle', () => {
  const accountOf = (bytes: number) => ({
    outputs: {
      'build/functions/any/index.mjs': {
        bytes,
        inputs: {
          'functions/any/src/index.ts': { bytesInOutput: 10 },
          'node_modules/@aws-sdk/client-kms/dist-es/a.js': { bytesInOutput: 30 },
          'node_modules/@aws-sdk/client-kms/dist-es/b.js': { bytesInOutput: 25 },
          'node_modules/zod/index.js': { bytesInOutput: 50 },
        },
      },
    },
  });

  test.each([
    { name: 'intake-api', kibibytes: 470 },
    { name: 'requirements-api', kibibytes: 490 },
    { name: 'cohorts-api', kibibytes: 580 },
    { name: 'docs', kibibytes: 16 },
    { name: 'intake-worker', kibibytes: 440 },
    { name: 'matcher', kibibytes: 520 },
    { name: 'outbox', kibibytes: 400 },
    { name: 'not-there-yet', kibibytes: 400 },
  ])('may be $kibibytes KiB for $name, and not a byte more', ({ name, kibibytes }) => {
    const light = { outputs: { any: { bytes: kibibytes * 1024, inputs: {} } } };
    const heavy = { outputs: { any: { bytes: kibibytes * 1024 + 1, inputs: {} } } };
    expect(limitKibibytes(name)).toBe(kibibytes);
    expect(rowOf(name, light).ok).toBe(true);
    expect(rowOf(name, heavy).ok).toBe(false);
  });

  test('is explained by its largest parts, a library counted as one', () => {
    expect(rowOf('any', accountOf(1)).largest).toEqual([
      { input: '@aws-sdk/client-kms', bytes: 55 },
      { input: 'zod', bytes: 50 },
      { input: 'functions/any/src/index.ts', bytes: 10 },
    ]);
    expect(sizeTable([rowOf('matcher', accountOf(1))])).not.toContain('@aws-sdk/client-kms\n');
    expect(sizeTable([rowOf('matcher', accountOf(9_999_999))])).toContain('@aws-sdk/client-kms\n');
  });

  test('is not well when nothing has been weighed', () => {
    mkdirSync(join(root, 'build', 'meta'), { recursive: true });
    expect(checkSizes(projectPathsOf(root)).ok).toBe(false);
  });
});

describe('what a bundle holds', () => {
  test.each([
    ['matcher', 'node_modules/hono/dist/hono.js', 'hono is no library of matcher'],
    ['matcher', 'packages/access/src/decide.ts', 'no use for packages/access'],
    ['matcher', 'packages/files/src/csv.ts', 'no use for packages/files'],
    ['outbox', 'packages/matching/src/engine.ts', 'no use for packages/matching'],
    ['outbox', 'node_modules/@aws-sdk/client-sqs/dist-es/index.js', '@aws-sdk/client-sqs is no library'],
    ['intake-worker', 'node_modules/hono/dist/hono.js', 'hono is no library'],
    ['intake-api', 'node_modules/personnummer/dist/esm/index.mjs', 'personnummer is no library'],
    ['intake-api', 'functions/cohorts-api/src/index.ts', 'belongs to another function'],
    [
      'cohorts-api',
      'node_modules/@cloud-copilot/iam-simulate/dist/index.js',
      '@cloud-copilot/iam-simulate is no library',
    ],
    ['cohorts-api', 'node_modules/zod/node_modules/fast-check/lib/index.js', 'fast-check is no library'],
    ['cohorts-api', 'packages/local/src/laptop-cloud.ts', 'not for deployment'],
    ['cohorts-api', 'packages/domain/src/test-support/builders.ts', 'not for deployment'],
    ['cohorts-api', 'packages/domain/src/shared/result.test.ts', 'not for deployment'],
    ['docs', 'packages/contracts/src/registry.ts', 'no use for packages/contracts'],
    ['docs', 'node_modules/zod/index.js', 'zod is no library of docs'],
    ['grants', 'node_modules/hono/dist/hono.js', 'hono is no library'],
  ])('%s may not hold %s', (name, input, reason) => {
    expect(misplacedInputs(name, [input])).toEqual([expect.stringContaining(reason)]);
    const account = { outputs: { any: { bytes: 1, inputs: { [input]: { bytesInOutput: 1 } } } } };
    expect(rowOf(name, account).ok).toBe(false);
    expect(sizeTable([rowOf(name, account)])).toContain(reason);
    const leftOut = { outputs: { any: { bytes: 1, inputs: { [input]: { bytesInOutput: 0 } } } } };
    expect(rowOf(name, leftOut).ok, 'what the bundler has thrown out again does no harm').toBe(true);
  });

  test.each([
    ['matcher', 'packages/matching/src/engine.ts'],
    ['matcher', 'node_modules/dynamodb-toolbox/dist/esm/index.js'],
    ['intake-worker', 'node_modules/personnummer/dist/esm/index.mjs'],
    ['cohorts-api', 'node_modules/hono/dist/hono.js'],
    ['docs', 'functions/docs/src/index.ts'],
    ['outbox', 'infra/src/build/in-place-of/endpoint-cache.ts'],
  ])('%s may hold %s', (name, input) => {
    expect(misplacedInputs(name, [input])).toEqual([]);
  });

  test.each([
    ['MIT', true],
    ['Apache-2.0', true],
    ['AGPL-3.0-or-later', false],
    ['GPL-2.0-only', false],
    ['UNLICENSED', false],
    [undefined, false],
  ])('a library with the licence %s may be part of it: %s', (license, allowed) => {
    write('node_modules/@any/library/package.json', JSON.stringify({ license }));
    expect(bindingLicences(root, ['node_modules/@any/library/index.js', 'functions/any/src/index.ts'])).toHaveLength(
      allowed ? 0 : 1,
    );
  });

  test('is not what a library brings along under a folder of its own, unless that may be there too', () => {
    write('node_modules/outer/node_modules/inner/package.json', JSON.stringify({ license: 'AGPL-3.0-only' }));
    write('node_modules/outer/package.json', JSON.stringify({ license: 'MIT' }));
    const inputs = ['node_modules/outer/index.js', 'node_modules/outer/node_modules/inner/index.js'];
    expect(bindingLicences(root, inputs)).toEqual(['inner has the licence AGPL-3.0-only']);
  });
});

describe('findings of a synthesis', () => {
  const reportOf = (violations: readonly object[]): string => JSON.stringify({ pluginReports: [{ violations }] });

  test('count also when they are warnings', () => {
    write('validation-report.json', reportOf([{ ruleName: 'W1', description: 'odd', severity: 'warning' }]));
    expect(validationFindings(root)).toEqual(['warning W1: odd']);
  });

  test('are none when all is explained, but a report that is missing is itself one', () => {
    expect(validationFindings(root)).toHaveLength(1);
    write('validation-report.json', reportOf([]));
    expect(validationFindings(root)).toEqual([]);
  });
});
