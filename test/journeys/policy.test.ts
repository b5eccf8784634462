import {
  createCohort,
  decideOnProposal,
  listOutcomes,
  listPlacements,
  type OutcomeView,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import {
  endPairRule,
  listWeights,
  makePairRule,
  stateWeights,
} from '@gruppstart/contracts/routes/matching-rules-routes';
import { createPlace, getPlace, getUnit, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { CandidateId, CohortId, PlaceId, RunId } from '@gruppstart/domain/shared/ids';
import { afterAll, describe, expect, test } from 'vitest';
import { fileOfPeople } from '../builders/candidate-files.ts';
import { openEnvironment } from './environment.ts';
import { weightsFrom } from './examples.ts';
import { ask, expectProblem } from './requests.ts';
import {
  ANNA,
  admit,
  agree,
  asIn,
  CARE_HOME,
  easyPlace,
  everyItem,
  finishRun,
  KARIN,
  MANAGER_OF,
  MARIA,
  PETER,
  PRESCHOOL,
  proposalsOf,
  takeBatch,
} from './small-town.ts';

const BIRGITTA = 'birgitta.processagare';

const environment = await openEnvironment();
afterAll(() => environment.close());
const as = asIn(environment);

const units = await as(ANNA, 'requirements');
for (const [unitId, name, field] of [
  [CARE_HOME, 'Äldreboendet Solgården', 'care'],
  [PRESCHOOL, 'Förskolan Kotten', 'preschool'],
] as const) {
  const body = { name, field, postcode: '82630', municipalityCode: '2182', supervisorHoursPerWeek: 40 };
  await units.call(putUnit, { params: { unitId }, body });
}
const place = async (manager: string, unitId: string, seats: number, over: object = {}) => {
  const body = { ...easyPlace(unitId, seats), ...over };
  return (await (await as(manager, 'requirements')).call(createPlace, { body })).body.id;
};
const atCare = await place(MARIA, CARE_HOME, 2);
const atPreschool = await place(PETER, PRESCHOOL, 2);
const shared = await place(MARIA, CARE_HOME, 1, {
  title: 'Måltidsbiträde',
  sharedSeat: [
    { sharePercent: 50, weekdays: [1, 2, 3] },
    { sharePercent: 50, weekdays: [3, 4, 5] },
  ],
});

const FULL_TIME = { shareFrom: '100 %', shareTo: '100 %', workingTimes: 'dag', engagements: '' };
const HALF_TIME = { ...FULL_TIME, shareFrom: '50 %', shareTo: '50 %' };
const taken = async (count: number, from: number) => {
  const whole = fileOfPeople(from + count, (index) => (index < 4 ? FULL_TIME : HALF_TIME));
  const { rows } = await takeBatch(as, KARIN, new Uint8Array(whole));
  return rows.slice(from).map((row) => {
    if (row.outcome === 'rejected') throw new Error(`Line ${row.line} was refused: ${row.error.code}`);
    return CandidateId.parse(row.candidateId);
  });
};
/** Four who work full time, and three who work half. */
const people = await taken(7, 0);
const [fullTimers, halfTimers] = [people.slice(0, 4), people.slice(4)];
const [ann, bo] = fullTimers as [CandidateId, CandidateId];

const planned = async (startDate: string) => {
  const coordinator = await as(ANNA, 'cohorts');
  const body = { name: `Gruppstart ${startDate}`, startDate, seats: 12 };
  return CohortId.parse((await coordinator.call(createCohort, { body })).body.id);
};
const january = await planned('2027-01-11');

const outcomesOf = async ({ id }: RunView): Promise<ReadonlyMap<string, OutcomeView['outcome']>> => {
  const coordinator = await as(ANNA, 'cohorts');
  const all = await everyItem(
    async (cursor) =>
      (await coordinator.call(listOutcomes, { params: { runId: id }, query: { limit: '100', ...cursor } })).body,
  );
  return new Map(all.map(({ outcome }) => [outcome.candidateId, outcome]));
};
const proposedIn = async (run: RunView) =>
  [...(await outcomesOf(run)).values()].flatMap((outcome) => (outcome.kind === 'proposed' ? [outcome] : []));
const admission = (policy: Parameters<typeof finishRun>[4] = null) => finishRun(as, 'admission', [january], 0, policy);

/** A run as most are, to compare with. */
const plain = await admission();

describe('a run under a policy', () => {
  test('keeps what the coordinator has pinned, and shows it', async () => {
    const unpinned = (await proposedIn(plain)).find(({ candidateId }) => candidateId === ann);
    const placeId = PlaceId.parse(unpinned?.placeId === atPreschool ? atCare : atPreschool);
    const pins = [{ candidateId: ann, placeId, cohortId: january }];
    const run = await admission({ pins });
    expect(run.policy).toMatchObject({ pins, placeAtMost: null });
    expect((await outcomesOf(run)).get(ann)).toMatchObject({ kind: 'proposed', placeId, pinned: true });
  });

  test('places so many at most, on the facts of an earlier run, whoever has come since', async () => {
    const [newcomer = ''] = await taken(1, 7);
    const factsOf = RunId.parse(plain.id);
    const run = await admission({ factsOf, placeAtMost: 3 });
    expect(run.result?.summary).toMatchObject({ candidates: 7, proposed: 3 });
    expect(run.result?.seed).toBe(plain.result?.seed);
    const outcomes = await outcomesOf(run);
    expect(outcomes.has(newcomer)).toBe(false);
    const reasons = [...outcomes.values()].flatMap((each) => (each.kind === 'unplaced' ? each.reasons : []));
    expect(reasons).toContainEqual(expect.objectContaining({ kind: 'limit-chosen', placeAtMost: 3 }));
    expect((await outcomesOf(await admission())).has(newcomer)).toBe(true);
  });

  test('moves nobody whom it is to keep, when that costs more than it gains', async () => {
    const keep = { runId: RunId.parse(plain.id), movedPersonCostPoints: 1000 };
    const again = await outcomesOf(await admission({ keep }));
    for (const { candidateId, placeId } of await proposedIn(plain)) {
      expect(again.get(candidateId)).toMatchObject({ kind: 'proposed', placeId, movedFrom: null });
    }
  });
});

describe('what runs weigh', () => {
  const today = new Date(environment.control?.nowMs() ?? Date.now()).toLocaleDateString('sv-SE', {
    timeZone: 'Europe/Stockholm',
  });

  test('is stated by the process owner alone, from a day on, and used from then', async () => {
    const row = weightsFrom(today, { longWaitDays: 200 });
    expectProblem(await ask(environment, ANNA, stateWeights, { body: row }), 'not-permitted');
    expect(plain.result?.summary.weightsVersion).toBe('default-1');
    const owner = await as(BIRGITTA, 'cohorts');
    expect((await owner.call(stateWeights, { body: row })).body).toMatchObject({ ...row, inForce: true });
    await owner.call(stateWeights, { body: weightsFrom('2099-01-01') });
    const run = await admission();
    expect(run.result?.summary.weightsVersion).toBe(row.version);
    const { items } = (await (await as(ANNA, 'cohorts')).call(listWeights, {})).body;
    expect(items.map(({ version, inForce }) => [version, inForce])).toEqual([
      ['default-1', false],
      [row.version, true],
      [expect.any(String), false],
    ]);
  });
});

describe('two who are kept apart', () => {
  const coordinator = () => as(ANNA, 'cohorts');
  const unitOf = new Map<string, string>([
    [atCare, CARE_HOME],
    [shared, CARE_HOME],
    [atPreschool, PRESCHOOL],
  ]);

  test('do not begin the same start, and nobody is told why', async () => {
    const body = { kind: 'keep-apart', first: ann, second: bo, apartFrom: 'start' } as const;
    const rule = await (await coordinator()).call(makePairRule, { body });
    const outcomes = await outcomesOf(await admission());
    const both = [ann, bo].map((id) => outcomes.get(id));
    expect(both.map((outcome) => outcome?.kind).toSorted()).toEqual(['proposed', 'unplaced']);
    const left = both.find((outcome) => outcome?.kind === 'unplaced');
    expect(JSON.stringify(left)).not.toContain(left?.candidateId === ann ? bo : ann);
    await (await coordinator()).call(endPairRule, { params: { pairRuleId: rule.body.id }, etag: rule.etag ?? '' });
    const again = await outcomesOf(await admission());
    expect([ann, bo].map((id) => again.get(id)?.kind)).toEqual(['proposed', 'proposed']);
  });

  test('are not proposed for the same unit', async () => {
    const body = { kind: 'keep-apart', first: ann, second: bo, apartFrom: 'unit' } as const;
    await (await coordinator()).call(makePairRule, { body });
    const proposed = await proposedIn(await admission());
    const units = proposed.flatMap(({ candidateId, placeId }) =>
      candidateId === ann || candidateId === bo ? [unitOf.get(placeId)] : [],
    );
    expect(units.toSorted()).toEqual([CARE_HOME, PRESCHOOL]);
  });
});

describe('a seat that two can share', () => {
  test('goes to two who work half time and to no third', async () => {
    const run = await admission();
    const proposals = await proposalsOf(as, run.id);
    // Four come who work half time: the three of the first file and the one who came since.
    const halves = proposals.filter(({ candidateId }) => !fullTimers.some((id) => id === candidateId));
    expect(halves.map(({ placeId, outcome }) => [placeId, outcome.seatPart]).toSorted()).toEqual([
      [shared, 'first'],
      [shared, 'second'],
    ]);
    for (const { id } of proposals) await admit(as, id);

    const placement = await proposalsOf(as, (await finishRun(as, 'placement', [january])).id);
    const coordinator = await as(ANNA, 'cohorts');
    const body = { verdict: 'approved', reason: 'agreed-after-meeting', noConflictOfInterest: true } as const;
    const toShare = placement.filter(({ placeId }) => placeId === shared);
    for (const proposal of toShare) {
      const etag = await agree(as, proposal, MANAGER_OF[proposal.unitId] ?? '');
      await coordinator.call(decideOnProposal, { params: { proposalId: proposal.id }, etag, body });
    }
    const placements = (await coordinator.call(listPlacements, { query: {} })).body.items;
    expect(placements.map((each) => [each.placeId, each.seatPart, each.sharePercent]).toSorted()).toEqual([
      [shared, 'first', 50],
      [shared, 'second', 50],
    ]);
    const known = (await units.call(getPlace, { params: { placeId: shared } })).body;
    expect([known.seatsTaken, known.seatsTakenSecond]).toEqual([1, 1]);

    const third = halfTimers.find((id) => !halves.some(({ candidateId }) => candidateId === id));
    const march = await planned('2027-03-08');
    const later = await outcomesOf(await finishRun(as, 'admission', [march]));
    expect(later.get(third ?? '')?.kind).toBe('unplaced');
  });
});

test('what a unit’s supervisors have time for is stated with the unit', async () => {
  const { body } = await units.call(getUnit, { params: { unitId: CARE_HOME } });
  expect(body.supervisorHoursPerWeek).toBe(40);
});
