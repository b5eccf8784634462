import { createCohort, getRun, orderRun } from '@gruppstart/contracts/routes/cohorts-routes';
import { getBatch, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { createPlace, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { CohortId, TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { figuresIn, metricFaults } from '@gruppstart/edge/test-support/metric-line';
import { makeWorld } from '@gruppstart/store/world';
import { orderRun as orderRunDeed } from '@gruppstart/usecases/matching/order-run';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOfPeople } from '../../builders/candidate-files.ts';
import { type Inside, type JourneyControl, openEnvironment } from '../../journeys/environment.ts';
import { type LogLine, linesLogged } from '../../journeys/log-lines.ts';
import { ask, problemIn, type RawAnswer, until } from '../../journeys/requests.ts';
import { ANNA, asIn, CARE_HOME, easyPlace, KARIN } from '../../journeys/small-town.ts';

const environment = await openEnvironment();
afterAll(() => environment.close());
const as = asIn(environment);
const insideOf = (): Inside => {
  if (environment.inside === null) throw new Error('Only where one can look inside');
  return environment.inside;
};
const controlOf = (): JourneyControl => {
  if (environment.control === null) throw new Error('Only where there are levers');
  return environment.control;
};
const onLaptop = environment.inside !== null && environment.control !== null;

const FUNCTIONS = [
  'IntakeApiFunction',
  'RequirementsApiFunction',
  'CohortsApiFunction',
  'IntakeWorkerFunction',
  'MatcherFunction',
  'OutboxFunction',
  'GrantsFunction',
] as const;

/** Lines of a function about one deed. */
const linesOf = (functionName: string, id: string, atLeast: number): Promise<readonly LogLine[]> =>
  linesLogged(insideOf(), functionName, ({ correlationId }) => correlationId === id, atLeast);
const auditOf = async (correlationId: string) =>
  (await insideOf().auditOf('soderhamn')).filter((entry) => entry.correlationId === correlationId);
const idOf = (answer: RawAnswer): string => answer.headers.get('apigw-requestid') ?? 'none';
const sumOf = (lines: readonly LogLine[], name: string): number =>
  lines.reduce((sum, line) => sum + (figuresIn(line)[name] ?? 0), 0);

/** More rows than one message takes, so that the second message comes from the worker itself. */
const PEOPLE = 205;
const REFUSED = 2;
/** Cells with a fault in the first two rows. */
const file = new Uint8Array(fileOfPeople(PEOPLE, (index) => (index < REFUSED ? { shareFrom: '700' } : {})));

describe.skipIf(!onLaptop)('a batch', () => {
  let correlationId = '';
  let batchId = '';
  beforeAll(async () => {
    const sent = await ask(environment, KARIN, sendBatch, { body: file });
    correlationId = idOf(sent);
    batchId = String(JSON.parse(sent.text).id);
    const caseworker = await as(KARIN, 'intake');
    await until(
      async () => (await caseworker.call(getBatch, { params: { batchId } })).body,
      ({ status }) => status === 'finished',
      90,
    );
  });

  test('is told of by the door under the id that the sender was answered with', async () => {
    const [line, ...more] = await linesOf('IntakeApiFunction', correlationId, 1);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      level: 'info',
      service: 'intake-api',
      event: 'request-answered',
      route: 'sendBatch',
      status: 202,
      tenant: 'soderhamn',
      coldStart: expect.any(Boolean),
      durationMs: expect.any(Number),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('keeps that id in the worker, message after message, and counts its rows once', async () => {
    const lines = await linesOf('IntakeWorkerFunction', correlationId, 2);
    expect(lines).toMatchObject([
      { service: 'intake-worker', event: 'message-handled', batchId, fromRow: 0 },
      { service: 'intake-worker', event: 'message-handled', batchId, fromRow: 200 },
    ]);
    expect([sumOf(lines, 'RowsTaken'), sumOf(lines, 'RowsRefused')]).toEqual([PEOPLE - REFUSED, REFUSED]);
    for (const line of lines) expect(figuresIn(line).QueueAgeMs).toBeGreaterThanOrEqual(0);
  });

  test('keeps it in every audit entry', async () => {
    const deeds = Map.groupBy(await auditOf(correlationId), ({ deed }) => deed);
    const counted = Object.fromEntries([...deeds].map(([deed, entries]) => [deed, entries.length]));
    expect(counted).toEqual({ 'batch-received': 1, 'candidate-created': PEOPLE - REFUSED, 'batch-finished': 1 });
    const all = (await insideOf().auditOf('soderhamn')).filter(({ subjects }) => subjects.includes(batchId));
    expect(new Set(all.map((entry) => entry.correlationId))).toEqual(new Set([correlationId]));
  });
});

describe.skipIf(!onLaptop)('a run', () => {
  let cohortId = '';
  beforeAll(async () => {
    const unit = { name: 'Solgården', field: 'care', postcode: '82630', municipalityCode: '2182' } as const;
    const units = await as(ANNA, 'requirements');
    await units.call(putUnit, { params: { unitId: CARE_HOME }, body: unit });
    await units.call(createPlace, { body: easyPlace(CARE_HOME, 2) });
    const start = { name: 'Gruppstart januari', startDate: '2027-01-11', seats: 12 };
    cohortId = (await (await as(ANNA, 'cohorts')).call(createCohort, { body: start })).body.id;
  });
  const ended = async (runId: string) => {
    const coordinator = await as(ANNA, 'cohorts');
    return until(
      async () => (await coordinator.call(getRun, { params: { runId } })).body,
      ({ status }) => status !== 'working',
      90,
    );
  };
  const isMeasured = (line: LogLine | undefined): void => {
    expect(figuresIn(line ?? {})).toEqual({
      QueueAgeMs: expect.any(Number),
      RunDurationMs: expect.any(Number),
      RunCandidates: PEOPLE - REFUSED,
      RunPlaces: 1,
    });
  };

  test('that is ordered has one id from the door to the matcher and in the audit', async () => {
    const body = { purpose: 'admission', cohortIds: [cohortId], horizon: 0 };
    const ordered = await ask(environment, ANNA, orderRun, { body });
    const correlationId = idOf(ordered);
    const runId = String(JSON.parse(ordered.text).id);
    await ended(runId);
    const [asked] = await linesOf('CohortsApiFunction', correlationId, 1);
    expect(asked).toMatchObject({ event: 'request-answered', route: 'orderRun', service: 'cohorts-api' });
    const made = await linesOf('MatcherFunction', correlationId, 1);
    expect(made).toMatchObject([{ event: 'message-handled', service: 'matcher', runId, made: 'result', tries: 1 }]);
    isMeasured(made[0]);
    expect((await auditOf(correlationId)).map(({ deed }) => deed)).toEqual(['run-ordered', 'run-finished']);
  });

  test('whose door died before it was sent keeps its id through the sweep', async () => {
    const correlationId = 'the-door-died';
    const dead = { flush: async () => {}, resend: async () => ({ sent: 0, failed: 0 }) };
    const ordered = await orderRunDeed({ store: insideOf().store, world: makeWorld(), outbox: dead })(
      {
        actor: {
          tenant: TenantId.parse('soderhamn'),
          userId: UserId.parse('user-1p6gz8n3vb'),
          permission: {
            roles: ['coordinator'],
            wholeTenant: true,
            unitIds: [],
            offices: [],
            mayResolveProtected: false,
          },
        },
        now: Instant.parse(new Date(controlOf().nowMs()).toISOString()),
        correlationId,
        expected: null,
        mark: () => null,
      },
      { purpose: 'admission', cohortIds: [CohortId.parse(cohortId)], horizon: 0 },
    );
    if (!ordered.ok) throw new Error(ordered.error.code);
    // Two minutes on, the schedule has been due by itself.
    await controlOf().moveClock({ byDays: 2 / (24 * 60) });
    await ended(ordered.value.value.id);
    const [made] = await linesOf('MatcherFunction', correlationId, 1);
    expect(made).toMatchObject({ event: 'message-handled', runId: ordered.value.value.id });
    isMeasured(made);
    expect((await auditOf(correlationId)).map(({ deed }) => deed)).toEqual(['run-ordered', 'run-finished']);
    const sweeps = await until(
      () => insideOf().logOf('OutboxFunction'),
      (lines) => sumOf(lines, 'OutboxSent') > 0,
    );
    expect([sumOf(sweeps, 'OutboxSent'), sumOf(sweeps, 'OutboxLeft')]).toEqual([1, 0]);
    expect(sweeps.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });
});

describe.skipIf(!onLaptop)('what a user can tell the support', () => {
  test('stands in the refusal and leads to the line with its code', async () => {
    const refused = await ask(environment, KARIN, getBatch, { params: { batchId: `batch_${'0'.repeat(26)}` } });
    const problem = problemIn(refused);
    expect(problem.correlationId).toBe(idOf(refused));
    const lines = await linesOf('IntakeApiFunction', problem.correlationId, 1);
    expect(lines).toMatchObject([
      { event: 'request-refused', route: 'getBatch', status: 404, code: 'not-found', tenant: 'soderhamn' },
    ]);
    expect(figuresIn(lines[0] ?? {})).toEqual({ Refusals: 1 });
  });

  test('leads to the trace of the request too', async () => {
    const trace = '1-67412d8f-0123456789abcdef01234567';
    const answer = await fetch(`${environment.apiUrl}/v1/batches`, {
      headers: {
        authorization: `Bearer ${await environment.token(KARIN, 'intake')}`,
        'x-amzn-trace-id': `Root=${trace};Sampled=1`,
      },
    });
    const [line] = await linesOf('IntakeApiFunction', answer.headers.get('apigw-requestid') ?? '', 1);
    expect(line).toMatchObject({ traceId: trace });
  });
});

describe.skipIf(!onLaptop)('whatever a function prints', () => {
  test.each(FUNCTIONS)('%s prints lines that say who speaks, and measurements that CloudWatch takes', async (name) => {
    const lines = (await insideOf().logOf(name)).filter(({ type }) => type === undefined);
    for (const line of lines) {
      expect(line).toMatchObject({
        time: expect.stringMatching(/^\d{4}-.+Z$/),
        level: expect.stringMatching(/^(?:info|warn|error)$/),
        service: expect.any(String),
        event: expect.any(String),
        requestId: expect.any(String),
      });
      if ('_aws' in line) expect(metricFaults(JSON.stringify(line))).toEqual([]);
    }
    expect(lines.length).toBeGreaterThan(0);
    // One environment at least was new, and none is new twice.
    expect(lines.some(({ coldStart }) => coldStart === true)).toBe(true);
  });
});
