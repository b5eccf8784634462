import { join } from 'node:path';
import { listCandidates } from '@gruppstart/contracts/routes/intake-routes';
import { afterAll, describe, expect, test } from 'vitest';
import { BEGINS } from '../journeys/environment.ts';
import { until } from '../journeys/requests.ts';
import { ANNA, buildSmallTown } from '../journeys/small-town.ts';
import { type AwsCall, askAws, askAwsAll } from './ask-aws.ts';
import { type Change, changedAssembly } from './changed-assembly.ts';
import { environmentOf } from './deployed-environment.ts';
import { ACCOUNT_ID, type Deployed, deploy } from './deployment.ts';
import { KNOWN_GAPS } from './known-gaps.ts';
import type { Difference } from './read-back/differences.ts';
import { readBack } from './read-back/read-back.ts';
import { thisRunFolder } from './run-folder.ts';
import { workAround } from './workarounds.ts';

const deployment = await deploy(thisRunFolder());
afterAll(() => deployment.stop());
const { environment, run } = deployment;

/** A failed message is hidden so long at most, and comes so often before it lies with the dead letters. */
const LONGEST_HIDDEN_MS = 7 * 60_000;
const MOST_TRIES = 3;

const GAPS = KNOWN_GAPS.flatMap(({ readBack: patterns = [] }) => patterns);
/** Throws with all of it: the report of a run has no room for two lists side by side. */
const expectNone = (what: string, lines: readonly string[]): void => {
  if (lines.length > 0) throw new Error(`${what}:\n${lines.join('\n')}`);
};
const expectExplained = (differences: readonly Difference[]): void =>
  expectNone(
    'Differs from the template, and no known gap explains it',
    differences
      .filter(({ where }) => !GAPS.some((pattern) => pattern.test(where)))
      .map(({ where, wanted, found }) => `${where}: ${JSON.stringify(wanted)} became ${JSON.stringify(found)}`),
  );

describe('what the command line has deployed', () => {
  test('is what the templates say, property by property, but for known gaps', async () => {
    const { read, differences } = await readBack(deployment, run.assembly);
    expectExplained(differences);
    expect(read).toBeGreaterThan(150);
    const closed = GAPS.filter((pattern) => !differences.some(({ where }) => pattern.test(where)));
    expectNone('Is no gap any more, take it off the list', closed.map(String));
  });

  test('is nothing else', async () => {
    const ids = [...Object.values(deployment.deployed.resources)].flatMap((resources) => [...resources.values()]);
    const made = (type: string) => ids.filter((each) => each.type === type).map(({ physicalId }) => physicalId);
    const [tables, queues, functions, buckets, apis, rules, roles, keys] = await askAws(environment, [
      { service: 'dynamodb', operation: 'list_tables' },
      { service: 'sqs', operation: 'list_queues' },
      { service: 'lambda', operation: 'list_functions' },
      { service: 's3', operation: 'list_buckets' },
      { service: 'apigatewayv2', operation: 'get_apis' },
      { service: 'events', operation: 'list_rules' },
      { service: 'iam', operation: 'list_roles' },
      { service: 'kms', operation: 'list_keys' },
    ]);
    /** The names in a listing, without those of the command line's own stack. */
    const names = (list: unknown, key: string | null): readonly string[] =>
      (Array.isArray(list) ? list : [])
        .map((each) => String(key === null ? each : each[key]))
        .filter((name) => !/^(cdk-hnb659fds-|CDKToolkit)/.test(name))
        .toSorted();
    expect({
      tables: names(tables?.TableNames, null),
      queues: names(queues?.QueueUrls, null),
      functions: names(functions?.Functions, 'FunctionName'),
      buckets: names(buckets?.Buckets, 'Name'),
      apis: names(apis?.Items, 'ApiId'),
      rules: names(rules?.Rules, 'Name'),
      roles: names(roles?.Roles, 'RoleName'),
      keys: names(keys?.Keys, 'KeyId'),
    }).toEqual({
      tables: made('AWS::DynamoDB::Table').toSorted(),
      queues: made('AWS::SQS::Queue').toSorted(),
      functions: made('AWS::Lambda::Function').toSorted(),
      buckets: made('AWS::S3::Bucket').toSorted(),
      apis: made('AWS::ApiGatewayV2::Api').toSorted(),
      rules: made('AWS::Events::Rule').toSorted(),
      roles: made('AWS::IAM::Role').toSorted(),
      keys: made('AWS::KMS::Key').toSorted(),
    });
  });
});

const dataId = (id: string): string => deployment.deployed.resources.GruppstartData.get(id)?.physicalId ?? '';
const roleOf = (name: string): string => {
  const resources = [...deployment.deployed.resources.GruppstartApp];
  const [found] = resources.filter(([id, { type }]) => type === 'AWS::IAM::Role' && id.startsWith(`${name}Role`));
  if (found === undefined) throw new Error(`${name} has no role`);
  return `arn:aws:iam::${ACCOUNT_ID}:role/${found[1].physicalId}`;
};
const makeKeyFor = (use: string): AwsCall => ({
  service: 'kms',
  operation: 'generate_data_key',
  parameters: {
    KeyId: deployment.arnOfKey('VaultKey'),
    KeySpec: 'AES_256',
    EncryptionContext: { tenant: 'soderhamn', use },
  },
});
const sendNothing = (): AwsCall => ({
  service: 'sqs',
  operation: 'send_message_batch',
  parameters: { QueueUrl: deployment.idOf('IntakeQueueDeadLetters'), Entries: [{ Id: 'a', MessageBody: 'b' }] },
});
/** The codes of the refusals; null where there was none. */
const refusals = async (calls: readonly AwsCall[]) =>
  (await askAwsAll(environment, calls)).map((outcome) => ('error' in outcome ? outcome.error : null));
const REFUSED = expect.stringMatching(/^AccessDenied/);

describe('what the emulator refuses and AWS would not', () => {
  const batch = (): AwsCall => ({
    service: 'sqs',
    operation: 'send_message_batch',
    parameters: { QueueUrl: deployment.idOf('IntakeQueue'), Entries: [{ Id: 'a', MessageBody: '{}' }] },
    role: roleOf('IntakeApi'),
  });

  test('is still refused, so that the workarounds are needed, and is not after them', async () => {
    const calls = [batch(), { ...makeKeyFor('person'), role: roleOf('IntakeWorker') }];
    expect(KNOWN_GAPS.filter(({ workedAround }) => workedAround)).toHaveLength(calls.length);
    expect(await refusals(calls)).toEqual([REFUSED, REFUSED]);
    await workAround(deployment);
    expect(await refusals(calls)).toEqual([null, null]);
  });
});

describe('the rights of the roles as they were deployed', () => {
  const get = (table: string): AwsCall => ({
    service: 'dynamodb',
    operation: 'get_item',
    parameters: { TableName: dataId(table), Key: { pk: { S: 'T#x' }, sk: { S: 'x' } } },
  });
  const scan: AwsCall = { service: 'dynamodb', operation: 'scan', parameters: { TableName: dataId('CoreTable') } };
  const put = (Key: string): AwsCall => ({
    service: 's3',
    operation: 'put_object',
    parameters: { Bucket: dataId('Bucket'), Key, Body: 'x' },
  });
  const take: AwsCall = {
    service: 'sqs',
    operation: 'receive_message',
    parameters: { QueueUrl: deployment.idOf('MatchingQueue'), WaitTimeSeconds: 0 },
  };
  const rows: readonly (readonly [role: string, deed: string, call: AwsCall, may: boolean])[] = [
    ...['IntakeApi', 'RequirementsApi', 'CohortsApi', 'IntakeWorker', 'Matcher'].flatMap(
      (role) =>
        [
          [role, 'read core by key', get('CoreTable'), true],
          [role, 'look through core', scan, false],
          [role, 'read the audit', get('AuditTable'), false],
        ] as const,
    ),
    ...['Outbox', 'Docs', 'Grants'].map((role) => [role, 'read core by key', get('CoreTable'), false] as const),
    ...['IntakeApi', 'RequirementsApi', 'Matcher', 'Outbox', 'Docs', 'Grants'].map(
      (role) => [role, 'make a key of the vault', makeKeyFor('person'), false] as const,
    ),
    ['IntakeApi', 'put an upload', put('uploads/x'), true],
    ['IntakeApi', 'put a snapshot', put('snapshots/x'), false],
    ['Matcher', 'put a snapshot', put('snapshots/x'), true],
    ['Matcher', 'put an upload', put('uploads/x'), false],
    ['Matcher', 'take a run', take, true],
    ['CohortsApi', 'take a run', take, false],
    ['Docs', 'send a message', sendNothing(), false],
  ];

  test('let each do its own and nothing of the others', async () => {
    const found = await refusals(rows.map(([role, , call]) => ({ ...call, role: roleOf(role) })));
    const wrong = rows.flatMap(([role, deed, , may], index) => {
      const code = found[index] ?? null;
      const asExpected = may ? code === null : code?.startsWith('AccessDenied');
      return asExpected ? [] : [`${role} ${deed}: must ${may ? '' : 'not '}be let, and was answered with ${code}`];
    });
    expectNone('Rights', wrong);
  });
});

describe('a second deployment, of other templates and with another parameter', () => {
  const CHANGES: readonly Change[] = [
    { stack: 'GruppstartApp', resource: 'IntakeApiFunction', path: ['Properties', 'MemorySize'], value: 1280 },
    {
      stack: 'GruppstartApp',
      resource: 'SendBatchRoute',
      path: ['Properties', 'AuthorizationScopes'],
      value: ['intake.write', 'intake.files'],
    },
    { stack: 'GruppstartData', resource: 'VaultKey', path: ['Properties', 'RotationPeriodInDays'], value: 180 },
  ];
  const idsIn = ({ resources }: Deployed) =>
    Object.fromEntries(Object.entries(resources).map(([stack, byId]) => [stack, Object.fromEntries(byId)]));

  test('keeps what is stored, the names of everything and the address, and makes the changes', async () => {
    const journey = await environmentOf(deployment);
    const { inside, control } = journey;
    const town = await buildSmallTown(journey);
    const busy = async () =>
      (await control.queueDepths()).filter(
        ({ isDeadLetter, waiting, inFlight }) => !isDeadLetter && waiting + inFlight > 0,
      );
    // What the rights were tried with is no message; it comes again each time that its queue has hidden it for long enough.
    for (let tried = 0; tried < MOST_TRIES && (await busy()).length > 0; tried += 1) {
      await control.moveClock({ toMs: control.nowMs() + LONGEST_HIDDEN_MS });
      await until(busy, (queues) => queues.every(({ waiting }) => waiting === 0));
    }
    await until(busy, (queues) => queues.length === 0, 60);
    await inside.sendMessage('IntakeQueueDeadLetters', 'kept');
    const kept = async () => {
      const coordinator = await town.as(ANNA, 'intake');
      const [objects] = await askAws(environment, [
        { service: 's3', operation: 'list_objects_v2', parameters: { Bucket: dataId('Bucket') } },
      ]);
      const keys = Array.isArray(objects?.Contents) ? objects.Contents.map(({ Key, ETag }) => `${Key} ${ETag}`) : [];
      return {
        items: await inside.storedItems(),
        objects: keys.toSorted(),
        deadLetters: await inside.messagesIn('IntakeQueueDeadLetters'),
        candidates: (await coordinator.call(listCandidates, { query: { limit: '100' } })).body,
      };
    };
    const before = await kept();
    const audit = await inside.auditOf('soderhamn');
    expect(audit.length).toBeGreaterThan(20);
    expect(before.items.length).toBeGreaterThan(50);
    expect(before.objects.length).toBeGreaterThan(0);

    const changed = join(run.folder, 'changed-assembly');
    changedAssembly(run.assembly, changed, CHANGES);
    // The command line signs with the machine's clock.
    deployment.clock.moveTo(Date.now());
    const deployed = await deployment.deployAgain(changed, { 'GruppstartApp:LogRetentionDays': '30' });
    deployment.clock.moveTo(Date.parse(BEGINS) + 3_600_000);

    expect(idsIn(deployed)).toEqual(idsIn(deployment.deployed));
    expect(deployed.apiUrl).toBe(deployment.deployed.apiUrl);
    expect(deployed.parameters.LogRetentionDays).toBe('30');
    expect(await kept()).toEqual(before);
    // Reading leaves entries of its own, after those that were there.
    expect((await inside.auditOf('soderhamn')).slice(0, audit.length)).toEqual(audit);
    expectExplained((await readBack({ environment, deployed }, changed)).differences);
  });
});
