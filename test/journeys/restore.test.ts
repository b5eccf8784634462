import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import {
  eraseCandidate,
  getCandidate,
  listCandidates,
  previewErasure,
} from '@gruppstart/contracts/routes/intake-routes';
import { listUnits } from '@gruppstart/contracts/routes/requirements-routes';
import { giveDemoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { type LaptopCloud, REGION, startLaptopCloud } from '@gruppstart/local/laptop-cloud';
import { makeDynamodb } from '@gruppstart/store/dynamodb-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { copyAssembly } from '../../bench/cloud/copy-assembly.ts';
import { someRows } from './candidate-files.ts';
import { BEGINS } from './environment.ts';
import { expectNoPersonalData, logsIn } from './log-sink.ts';
import { rememberTokens } from './remembered-tokens.ts';
import { ask, expectProblem } from './requests.ts';
import { ANNA, asIn, KARIN, takeBatch } from './small-town.ts';

const BIRGITTA = 'birgitta.processagare';
const APP_TEMPLATE = 'GruppstartApp.template.json';

const Template = z.looseObject({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z
        .looseObject({ Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }).optional() })
        .optional(),
    }),
  ),
});

/** As a deployment with `--context restoredCoreTable=…` does: whoever works on the table is told that it is a restored one. */
const tellOfRestoredTable = async (assembly: string): Promise<void> => {
  const file = join(assembly, APP_TEMPLATE);
  const template = Template.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables;
    if (Type !== 'AWS::Lambda::Function' || variables?.CORE_TABLE === undefined) continue;
    variables.CORE_TABLE_RESTORED = variables.CORE_TABLE;
  }
  await writeFile(file, JSON.stringify(template));
};

/** Elsewhere nobody can put a table back to what it was. */
describe.skipIf(process.env.JOURNEYS_ENVIRONMENT !== undefined)('a core table that came back from a backup', () => {
  let folder = '';
  let cloud: LaptopCloud;
  let environment: { readonly apiUrl: string; readonly token: ReturnType<typeof rememberTokens> };
  const as = (...who: Parameters<ReturnType<typeof asIn>>) => asIn(environment)(...who);

  const start = async (): Promise<void> => {
    cloud = await startLaptopCloud({
      dataDir: join(folder, 'data'),
      build: false,
      assemblyDirectory: join(folder, 'assembly'),
      at: Date.parse(BEGINS),
      quiet: true,
    });
    environment = { apiUrl: cloud.apiUrl, token: rememberTokens(cloud) };
  };

  const table = () => {
    const name = cloud.model.tables.find((each) => each.name.includes('Core'))?.name;
    const credentials = { accessKeyId: 'laptop', secretAccessKey: 'laptop' };
    return {
      TableName: name,
      dynamodb: makeDynamodb({ region: REGION, endpoint: cloud.endpoints.dynamodb, credentials }),
    };
  };
  type Item = Record<string, unknown>;
  const everything = async (): Promise<readonly Item[]> => {
    const { dynamodb, TableName } = table();
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(new ScanCommand({ TableName, ConsistentRead: true }));
    if (LastEvaluatedKey !== undefined) throw new Error('The table is larger than one page');
    return Items;
  };
  const putBack = async (items: readonly Item[]): Promise<void> => {
    const { dynamodb, TableName } = table();
    for (const { pk, sk } of await everything()) {
      await dynamodb.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    }
    for (const Item of items) await dynamodb.send(new PutCommand({ TableName, Item }));
  };

  const personOf = async (candidateId: string) =>
    (await (await as(ANNA, 'intake')).call(getCandidate, { params: { candidateId } })).body.person;

  let erased = '';
  let kept = '';
  let backup: readonly Item[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journey-restore-'));
    await copyAssembly(join(folder, 'assembly'), () => {});
    await start();
    await giveDemoGrants(cloud);
    await takeBatch(as, KARIN, someRows([9, 10, 13]));
    const people = (await (await as(ANNA, 'intake')).call(listCandidates, { query: {} })).body.items;
    [erased = '', kept = ''] = people.map(({ id }) => id);
    backup = await everything();

    const owner = await as(BIRGITTA, 'intake');
    const params = { candidateId: erased };
    const { etag } = await owner.call(previewErasure, { params });
    const body = { ground: 'upheld-request' as const, reference: 'KS 2026/412' };
    await owner.call(eraseCandidate, { params, etag: etag ?? '', body });
    expect(await personOf(erased)).toBeNull();

    // The table as it was before, and functions that are told so.
    await putBack(backup);
    expect(await personOf(erased)).not.toBeNull();
    await cloud.stop();
    await tellOfRestoredTable(join(folder, 'assembly'));
    await start();
  });

  afterAll(async () => {
    await cloud.stop();
    const printed = await logsIn(join(folder, 'data', 'logs'));
    await rm(folder, { recursive: true, force: true });
    expectNoPersonalData(printed);
  });

  test('is shut at every door until the erasures have been replayed on it', async () => {
    for (const route of [listCandidates, listUnits]) {
      const answer = await ask(environment, ANNA, route);
      expectProblem(answer, 'restore-not-finished');
      expect(answer.headers.get('retry-after')).toBe('60');
    }
  });

  test('opens when the ledger has been gone through, with the erased person gone and everybody else there', async () => {
    const outcome = await cloud.invoke('RestoreFunction', {});
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
    expect(JSON.parse(outcome.payload)).toEqual({ entries: 1, erased: 1, finished: true });
    expect(await personOf(erased)).toBeNull();
    expect(await personOf(kept)).not.toBeNull();
    // The key of the erased person is nowhere in the table, though it was in the backup.
    const sealedOf = (items: readonly Item[]) =>
      items.filter(({ k, ...item }) => k instanceof Uint8Array && JSON.stringify(item).includes(erased));
    expect(sealedOf(backup)).not.toEqual([]);
    expect(sealedOf(await everything())).toEqual([]);
  });

  test('takes no harm from another replay', async () => {
    const before = await everything();
    const outcome = await cloud.invoke('RestoreFunction', {});
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
    expect(JSON.parse(outcome.payload)).toEqual({ entries: 0, erased: 0, finished: true });
    expect(await everything()).toEqual(before);
  });
});
