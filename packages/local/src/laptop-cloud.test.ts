import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { callAws } from './aws-json.ts';
import { type LaptopCloud, type LaptopOptions, startLaptopCloud } from './laptop-cloud.ts';
import { LaptopRefusal } from './laptop-refusal.ts';
import { smallStacks, writeAssembly } from './testing/small-assembly.ts';
import { startSmallIssuer } from './testing/small-issuer.ts';
import { temporaryDirectory } from './testing/temporary-directory.ts';

const CALL = `
const call = async (service, prefix, action, input) => {
  const response = await fetch(process.env['AWS_ENDPOINT_URL_' + service], {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0', 'x-amz-target': prefix + '.' + action, 'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/x/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
const put = (sk, more = {}) => call('DYNAMODB', 'DynamoDB_20120810', 'PutItem', { TableName: process.env.THINGS_TABLE ?? 'Things', Item: { pk: { S: 'p' }, sk: { S: sk }, ...more } });
`;

/** A door that queues what is posted, a worker that stores it (except poison), a schedule that notes the time. */
const BUNDLES = {
  api: `${CALL}
    export const handler = async (event) => {
      if (event.rawPath === '/open/clock') return { statusCode: 200, body: new Date().toISOString() };
      if (event.rawPath === '/open/expiring') await put('expiring', { expiresAt: { N: String(Math.floor(Date.now() / 1000) + 3600) } });
      if (event.rawPath.startsWith('/open/')) return { statusCode: 200, body: event.pathParameters.name };
      await call('SQS', 'AmazonSQS', 'SendMessage', { QueueUrl: process.env.WORK_QUEUE_URL, MessageBody: event.body });
      return { statusCode: 202, body: JSON.stringify({ by: event.requestContext.authorizer.jwt.claims.sub }) };
    };`,
  worker: `${CALL}
    export const handler = async ({ Records }) => {
      const failures = [];
      for (const { body, messageId } of Records) {
        if (body === 'poison') failures.push({ itemIdentifier: messageId });
        else await put('thing-' + body);
      }
      return { batchItemFailures: failures };
    };`,
  minutely: `${CALL} export const handler = async (event) => { console.log('tick ' + event.time); await put('tick'); };`,
};

interface Setup {
  readonly cloud: LaptopCloud;
  readonly dataDir: string;
  readonly start: (options?: Partial<LaptopOptions>) => Promise<LaptopCloud>;
  /** Posts as somebody who may. */
  readonly post: (cloud: LaptopCloud, body: string) => Promise<Response>;
  readonly keys: (cloud: LaptopCloud) => Promise<readonly string[]>;
}

async function setUp(options: Partial<LaptopOptions> = {}): Promise<Setup> {
  const directory = await temporaryDirectory();
  const dataDir = join(directory, 'data');
  await writeAssembly(join(directory, 'assembly'), smallStacks(), BUNDLES);
  const issuer = await startSmallIssuer();
  onTestFinished(() => issuer.stop());
  const start = async (more: Partial<LaptopOptions> = {}): Promise<LaptopCloud> => {
    const cloud = await startLaptopCloud({
      dataDir,
      build: false,
      assemblyDirectory: join(directory, 'assembly'),
      visibilityScale: 0.1,
      schedulesTick: false,
      startLogin: async () => ({ issuer: issuer.url, port: 0, stop: async () => {} }),
      ...options,
      ...more,
    });
    onTestFinished(() => cloud.stop());
    return cloud;
  };
  return {
    cloud: await start(),
    dataDir,
    start,
    async post(cloud, body) {
      const seconds = Math.floor(cloud.nowMs() / 1000);
      const token = await issuer.sign({
        iss: issuer.url,
        aud: 'gruppstart-intake',
        sub: 'user-1',
        scope: 'intake.write',
        iat: seconds,
        exp: seconds + 60,
      });
      return fetch(`${cloud.apiUrl}/things`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      });
    },
    async keys(cloud) {
      const found = (await callAws(cloud.endpoints.dynamodb, 'dynamodb', 'Scan', { TableName: 'Things' })) as {
        Items: { sk: { S: string } }[];
      };
      return found.Items.map(({ sk }) => sk.S).sort();
    },
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('the laptop, wired by a template', () => {
  test('carries a request from the door over the queue to the table, and poison to the dead letters', async () => {
    const { cloud, post, keys } = await setUp();
    const taken = await post(cloud, 'one');
    expect([taken.status, await taken.json()]).toEqual([202, { by: 'user-1' }]);
    await post(cloud, 'poison');
    await post(cloud, 'two');
    await until(async () => {
      const depths = await cloud.queueDepths();
      return depths.find(({ isDeadLetter }) => isDeadLetter)?.waiting === 1;
    });
    expect(await keys(cloud)).toEqual(['thing-one', 'thing-two']);
    expect((await cloud.queueDepths()).find(({ queue }) => queue === 'Work')).toMatchObject({
      waiting: 0,
      inFlight: 0,
    });
    expect((await fetch(`${cloud.apiUrl}/things`, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${cloud.apiUrl}/elsewhere`)).status).toBe(404);
    expect(await (await fetch(`${cloud.apiUrl}/open/hej`)).text()).toBe('hej');
  });

  test('keeps its data and its clock between starts, and forgets both when it starts fresh', async () => {
    const { cloud, start, post, keys } = await setUp();
    await cloud.moveClock({ toMs: Date.parse('2026-12-01T07:00:00Z') });
    await post(cloud, 'kept');
    await until(async () => (await keys(cloud)).includes('thing-kept'));
    await cloud.moveClock({ byDays: 10 });
    await cloud.stop();
    const again = await start();
    expect(await keys(again)).toContain('thing-kept');
    expect(new Date(again.nowMs()).toISOString()).toMatch(/^2026-12-11T07/);
    await again.stop();
    const fresh = await start({ fresh: true, at: Date.parse('2027-01-01T07:00:00Z') });
    expect(await keys(fresh)).toEqual([]);
  });

  test('moves the clock for functions, schedules and expiry at once', async () => {
    const { cloud, dataDir, keys } = await setUp({ at: Date.parse('2026-12-01T07:00:00Z') });
    const seen = async (): Promise<string> => (await fetch(`${cloud.apiUrl}/open/clock`)).text();
    expect(await seen()).toMatch(/^2026-12-01T07/);
    await fetch(`${cloud.apiUrl}/open/expiring`);
    expect(await keys(cloud)).toEqual(['expiring']);
    await cloud.moveClock({ byDays: 14 });
    expect(await seen()).toMatch(/^2026-12-15T07/);
    expect(await keys(cloud)).toEqual(['tick']);
    await cloud.stop();
    expect(await readFile(join(dataDir, 'logs', 'MinutelyFunction.log'), 'utf8')).toMatch(/tick 2026-12-15T07:00/);
  });

  test('fires a schedule at once', async () => {
    const { cloud, keys } = await setUp();
    expect(await cloud.fireSchedule('Minutely')).toMatchObject({ kind: 'answered' });
    expect(await cloud.fireSchedule('Nightly')).toBeNull();
    expect(await keys(cloud)).toEqual(['tick']);
  });

  test('calls a function by its name, as an operator does', async () => {
    const { cloud, keys } = await setUp();
    expect(await cloud.invoke('MinutelyFunction', { time: 'now' })).toMatchObject({ kind: 'answered' });
    expect(await keys(cloud)).toEqual(['tick']);
    expect(() => cloud.invoke('NoFunction', {})).toThrow('no function NoFunction');
  });
});

describe('the controls', () => {
  test('answer only to the secret, and are not on the API’s port', async () => {
    const { cloud, dataDir } = await setUp();
    const { url, secret } = cloud.control;
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${secret}` } });
    for (const authorization of ['', 'Bearer ', 'Bearer wrong', `Basic ${secret}`]) {
      expect((await fetch(`${url}/status`, { headers: { authorization } })).status).toBe(401);
    }
    expect((await fetch(`${cloud.apiUrl}/status`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(
      404,
    );
    expect(await (await ask('/status')).json()).toMatchObject({ apiUrl: cloud.apiUrl, schedules: ['Minutely'] });
    expect(await (await ask('/queues')).json()).toMatchObject([
      { queue: 'Work', isDeadLetter: false },
      { queue: 'DeadWork', isDeadLetter: true },
    ]);
    expect(JSON.parse(await readFile(join(dataDir, 'running.json'), 'utf8'))).toEqual({
      apiUrl: cloud.apiUrl,
      issuer: cloud.issuer,
      queuesUrl: cloud.endpoints.sqs,
      region: 'eu-north-1',
      control: { url, secret },
    });
  });

  test('move the clock and fire schedules', async () => {
    const { cloud, keys } = await setUp();
    const { url, secret } = cloud.control;
    const post = async (path: string, body?: unknown): Promise<[number, unknown]> => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body ?? {}),
        headers: { authorization: `Bearer ${secret}` },
      });
      return [response.status, await response.json()];
    };
    expect(await post('/schedules/Minutely/fire')).toEqual([200, { outcome: 'answered' }]);
    expect(await post('/schedules/Nightly/fire')).toEqual([404, { message: 'no such schedule' }]);
    expect(await keys(cloud)).toEqual(['tick']);
    expect(await post('/clock', { at: '2030-01-02' })).toEqual([
      200,
      { now: expect.stringMatching(/^2030-01-02T07:00/) },
    ]);
    expect(await post('/clock', { byDays: 1.5 })).toEqual([200, { now: expect.stringMatching(/^2030-01-03T19:00/) }]);
    for (const wrong of [{}, { at: 'soon' }, { byDays: '1' }, null, { byDays: null }])
      expect((await post('/clock', wrong))[0]).toBe(400);
  });
});

describe('the start is refused in both languages', () => {
  test('when the port is taken, and nothing is left behind', async () => {
    const { cloud, start, dataDir } = await setUp();
    await cloud.stop();
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => blocker.close(() => resolve())));
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const ports of [{ api: port }, { control: port }]) {
      const refusal = await start({ ports }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(LaptopRefusal);
      expect(refusal).toMatchObject({
        swedish: expect.stringMatching(`${port}.*upptagen`),
        english: expect.stringMatching(`${port}.*taken`),
      });
    }
    const well = await start();
    expect(well.dataDir).toBe(dataDir);
  });

  test('when another run holds the data folder', async () => {
    const { start } = await setUp();
    await expect(start()).rejects.toBeInstanceOf(LaptopRefusal);
  });
});
