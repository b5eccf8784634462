import type { MatchRun, RunFailure } from '@gruppstart/domain/matching/match-run';
import type { AnswerValue } from '@gruppstart/domain/proposals/answer';
import type { DecisionReason } from '@gruppstart/domain/proposals/proposal';
import { Decision } from '@gruppstart/domain/proposals/proposal';
import type { Place } from '@gruppstart/domain/requirements/place';
import { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { findInputFaults } from '@gruppstart/matching/input-faults';
import type { MatchInput } from '@gruppstart/matching/model';
import { gatherInput } from '@gruppstart/usecases/matching/gather-input';
import type { Change } from '@gruppstart/usecases/ports/store';
import { describe, expect, test } from 'vitest';
import { keepAll, NOW } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { runsOf } from '../builders/runs.ts';
import { SEED, type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCohortId, aProposalId, aRowOfWeights, aRun, aTenant, aUnit, aUserId } from '../contracts/builders.ts';

const environment = useEnvironment();
const TODAY = LocalDate.parse('2026-12-01');
const aTown = () => smallTown(environment().store, aTenant());

const gather = async (town: SmallTown, over: Partial<MatchRun>): Promise<MatchInput | RunFailure> => {
  const gathered = await gatherInput(environment().store, town.tenant, aRun({ horizon: 0, ...over }), TODAY);
  if (!gathered.ok) return gathered.error;
  expect(findInputFaults(gathered.value)).toEqual([]);
  return gathered.value;
};
const gathered = async (town: SmallTown, over: Partial<MatchRun>): Promise<MatchInput> => {
  const input = await gather(town, over);
  if (typeof input === 'string') throw new Error(`Not gathered: ${input}`);
  return input;
};
const poolOf = (input: MatchInput) => input.candidates.map(({ candidateId }) => candidateId).toSorted();

describe('who is in the pool', () => {
  const populated = async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    const place = await town.place({ seats: 20 });
    const free = [await town.candidate(), await town.candidate({ isProtected: true })];
    const inJanuary = [await town.member(january, place), await town.member(january, place)];
    const inMarch = await town.member(march, place);
    const placedMember = await town.member(january, place);
    await town.placement(placedMember, place);
    const placedAlone = await town.candidate();
    await town.placement(placedAlone, place);
    return { town, january, march, free, inJanuary, inMarch };
  };

  test('of an admission: everybody who is in no start and in no placement, protected or not', async () => {
    const { town, january, march, free } = await populated();
    const input = await gathered(town, { purpose: 'admission', cohortIds: [january.id, march.id] });
    expect(poolOf(input)).toEqual(free.map(({ id }) => id).toSorted());
    expect(input.candidates.map(({ assignedCohortId }) => assignedCohortId)).toEqual([null, null]);
  });

  test('of a placement: the members of the named starts who have no placement yet, each in their own start', async () => {
    const { town, january, march, inJanuary, inMarch } = await populated();
    const one = await gathered(town, { purpose: 'placement', cohortIds: [january.id] });
    expect(poolOf(one)).toEqual(inJanuary.map(({ id }) => id).toSorted());
    const both = await gathered(town, { purpose: 'placement', cohortIds: [january.id, march.id] });
    expect(poolOf(both)).toEqual([...inJanuary, inMarch].map(({ id }) => id).toSorted());
    expect(new Map(both.candidates.map((each) => [each.candidateId, each.assignedCohortId])).get(inMarch.id)).toBe(
      march.id,
    );
  });

  test('is nobody of another organisation', async () => {
    const { january } = await populated();
    expect(await gather(await aTown(), { purpose: 'admission', cohortIds: [january.id] })).toBe('cohort-gone');
  });
});

describe('the starts', () => {
  test('are the named ones and as many later ones as the horizon says, in date order', async () => {
    const town = await aTown();
    await town.place();
    await town.candidate();
    const days = ['2027-05-03', '2027-01-11', '2027-04-06', '2027-03-08', '2027-02-08'];
    const made = new Map<string, Awaited<ReturnType<SmallTown['start']>>>();
    for (const day of days) made.set(day, await town.start(day));
    const idOf = (day: string) => made.get(day)?.id ?? aCohortId();
    const startsAt = async (horizon: number) =>
      (await gathered(town, { cohortIds: [idOf('2027-03-08'), idOf('2027-02-08')], horizon })).starts.map(
        ({ startDate, preliminary }) => [startDate, preliminary],
      );
    expect(await startsAt(0)).toEqual([
      ['2027-02-08', false],
      ['2027-03-08', false],
    ]);
    expect(await startsAt(1)).toEqual([
      ['2027-02-08', false],
      ['2027-03-08', false],
      ['2027-04-06', true],
    ]);
    expect(await startsAt(9)).toHaveLength(4);
  });

  test('of an admission come with the seats that are taken, of a placement with none', async () => {
    const town = await aTown();
    const place = await town.place();
    const january = await town.start('2027-01-11', { seats: 5 });
    await town.candidate();
    await town.member(january, place);
    const startOf = async (purpose: MatchRun['purpose']) =>
      (await gathered(town, { purpose, cohortIds: [january.id] })).starts[0];
    expect(await startOf('admission')).toEqual({
      cohortId: january.id,
      startDate: '2027-01-11',
      firstWorkingDay: '2027-01-12',
      seats: 5,
      taken: 1,
      preliminary: false,
    });
    expect(await startOf('placement')).toMatchObject({ seats: 5, taken: 0 });
  });

  test('bring the seed of the first of them, which was committed before', async () => {
    const town = await aTown();
    await town.place();
    await town.candidate();
    const january = await town.start('2027-01-11');
    expect((await gathered(town, { cohortIds: [january.id] })).seed).toBe(SEED);
  });
});

describe('the places', () => {
  test('are the open ones of every unit, with the unit’s name', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    await town.candidate();
    const open = await town.place();
    const later = await town.place({ opensFrom: LocalDate.parse('2027-06-01') });
    await town.place({ confirmedAt: null });
    await town.place({ seats: 0 });
    await town.place({ closesAfter: LocalDate.parse('2026-11-30') });
    const other = aUnit({ name: 'Björkens förskola' });
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    const elsewhere = await town.place({ unitId: other.id });
    const { places } = await gathered(town, { cohortIds: [january.id] });
    expect(new Map(places.map(({ placeId, unitName }) => [placeId, unitName]))).toEqual(
      new Map([
        [open.id, town.unit.name],
        [later.id, town.unit.name],
        [elsewhere.id, other.name],
      ]),
    );
  });

  test('of an admission are less the seats that those admitted before will need, however many', async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    await town.candidate();
    const [wide, narrow] = [await town.place({ seats: 5 }), await town.place({ seats: 1 })];
    await town.member(january, wide);
    await town.member(march, wide);
    await town.member(january, narrow);
    await town.member(march, narrow);
    const settled = await town.member(january, wide);
    await town.placement(settled, wide);
    const { places } = await gathered(town, { purpose: 'admission', cohortIds: [march.id] });
    const taken = new Map(places.map((place) => [place.placeId, place.taken]));
    expect(taken).toEqual(
      new Map([
        [wide.id, 3],
        [narrow.id, 1],
      ]),
    );
  });

  test('whose seats two can share are less the parts that are held, each for itself', async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    await town.candidate();
    const sharedSeat: Place['sharedSeat'] = [
      { sharePercent: 40, weekdays: [1, 2] },
      { sharePercent: 35, weekdays: [4, 5] },
    ];
    const shared = await town.place({ seats: 6, sharedSeat });
    const plain = await town.place({ seats: 6, sharedSeat });
    for (const place of [shared, plain]) {
      await town.placement(await town.candidate(), place, { seatPart: 'first' });
      await town.placement(await town.candidate(), place, { seatPart: 'whole' });
      for (const part of ['second', 'second', 'second', 'whole', 'first'] as const) {
        await town.member(january, place, {}, part);
      }
    }
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'place', value: { ...plain, sharedSeat: null }, expected: 3 },
    ]);
    const { places } = await gathered(town, { purpose: 'admission', cohortIds: [march.id] });
    const used = new Map(places.map((each) => [each.placeId, [each.taken, each.takenSecond, each.sharedSeat]]));
    expect(used).toEqual(
      new Map([
        [shared.id, [4, 5, sharedSeat]],
        [plain.id, [5, 5, null]],
      ]),
    );
  });

  test('of a placement are less only what people outside the run hold', async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    const place = await town.place({ seats: 5 });
    await town.member(january, place);
    await town.member(january, place);
    await town.member(march, place);
    const takenIn = async (...cohortIds: MatchRun['cohortIds']) =>
      (await gathered(town, { purpose: 'placement', cohortIds })).places[0]?.taken;
    expect(await takenIn(january.id)).toBe(1);
    expect(await takenIn(march.id)).toBe(2);
    expect(await takenIn(january.id, march.id)).toBe(0);
  });
});

describe('the supervisors of a unit', () => {
  test('have the hours that the unit states, less those of everybody who is placed there, at whatever place', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    await town.candidate();
    const other = aUnit({ supervisorHoursPerWeek: 30 });
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    await town.place({ supervisorHoursPerWeek: 3 });
    const near = await town.place({ unitId: other.id, supervisorHoursPerWeek: 5, seats: 9 });
    for (let index = 0; index < 2; index += 1) await town.placement(await town.candidate(), near);
    const closed = await town.place({ unitId: other.id, supervisorHoursPerWeek: 4 });
    await town.placement(await town.candidate(), closed);
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'place', value: { ...closed, closesAfter: TODAY }, expected: 2 },
    ]);
    const { units, places } = await gathered(town, { cohortIds: [january.id] });
    expect(new Map(units.map((unit) => [unit.unitId, [unit.supervisorHours, unit.supervisorHoursTaken]]))).toEqual(
      new Map([
        [town.unit.id, [null, 0]],
        [other.id, [30, 14]],
      ]),
    );
    expect(places.map(({ supervisorHours }) => supervisorHours).toSorted()).toEqual([3, 4, 5]);
  });

  test('are taken up by those admitted before in an admission, and only by those outside the run in a placement', async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    await town.candidate();
    const place = await town.place({ supervisorHoursPerWeek: 2, seats: 9 });
    await town.member(january, place);
    await town.member(january, place);
    await town.member(march, place);
    const takenIn = async (purpose: MatchRun['purpose'], ...cohortIds: MatchRun['cohortIds']) =>
      (await gathered(town, { purpose, cohortIds })).units[0]?.supervisorHoursTaken;
    expect(await takenIn('admission', march.id)).toBe(6);
    expect(await takenIn('placement', january.id)).toBe(2);
    expect(await takenIn('placement', january.id, march.id)).toBe(0);
  });
});

describe('what is known of a person', () => {
  test('is the profile without the postcode, and minutes by a row that says not where', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    await town.place();
    const profile = (await town.candidate()).profile;
    const [near, alike] = [await town.candidate(), await town.candidate()];
    const [far, unknown] = [
      await town.candidate({ profile: { ...profile, postcode: '82010' } }),
      await town.candidate({ profile: { ...profile, postcode: null } }),
    ];
    await keepAll(environment().store, town.tenant, [
      {
        change: 'save-travel-time',
        travelTime: { postcode: '82630', unitId: town.unit.id, carMinutes: 12, busMinutes: null },
      },
    ]);
    const input = await gathered(town, { cohortIds: [january.id] });
    const rowOf = new Map(input.candidates.map(({ candidateId, travelRow }) => [candidateId, travelRow]));
    expect([near, alike, far, unknown].map(({ id }) => rowOf.get(id))).toEqual([0, 0, null, null]);
    expect(input.travel).toEqual([[{ unitId: town.unit.id, carMinutes: 12, busMinutes: null }]]);
    expect(JSON.stringify(input)).not.toMatch(/postcode|82630|82010/);
    const { postcode: _, ...facts } = profile;
    expect(input.candidates.find(({ candidateId }) => candidateId === near.id)).toEqual({
      ...facts,
      candidateId: near.id,
      travelRow: 0,
      assignedCohortId: null,
      missedStarts: 0,
      keptAt: null,
    });
  });

  test('has no minutes for a protected identity, even where a postcode were kept and a neighbour has them', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    await town.place();
    const guarded = await town.candidate({ isProtected: true });
    const travelTime = { postcode: '82630', unitId: town.unit.id, carMinutes: 12, busMinutes: 20 };
    await keepAll(environment().store, town.tenant, [{ change: 'save-travel-time', travelTime }]);
    const alone = await gathered(town, { cohortIds: [january.id] });
    expect(alone.candidates.map(({ travelRow }) => travelRow)).toEqual([null]);
    expect(alone.travel).toEqual([]);
    const neighbour = await town.candidate();
    const { candidates } = await gathered(town, { cohortIds: [january.id] });
    const rowOf = new Map(candidates.map(({ candidateId, travelRow }) => [candidateId, travelRow]));
    expect([rowOf.get(neighbour.id), rowOf.get(guarded.id)]).toEqual([0, null]);
    expect(JSON.stringify(candidates)).not.toMatch(/isProtected/);
  });
});

describe('pairs that were ruled out', () => {
  const said = (answer: AnswerValue) => ({ answer, recordedBy: aUserId(), recordedAt: NOW });
  const answers = { person: null, unit: null, employer: null };
  const declined = (reason: DecisionReason) =>
    Decision.parse({
      id: aProposalId().replace('prop', 'dec'),
      verdict: 'declined',
      reason,
      decidedBy: aUserId(),
      decidedAt: NOW,
    });

  test.each([
    ['the person said no', { answers: { ...answers, person: said('no') } }, true],
    ['the unit said no', { answers: { ...answers, unit: said('no') } }, true],
    ['declined for the person', { decision: declined('person-declined') }, true],
    ['declined for the unit', { decision: declined('unit-declined') }, true],
    ['the employer said no', { answers: { ...answers, employer: said('no') } }, false],
    ['declined for another plan', { decision: declined('other-plan') }, false],
    ['somebody wants to meet', { answers: { ...answers, person: said('meet-first'), unit: said('yes') } }, false],
    ['nobody has answered', {}, false],
    ['the no was to an admission', { purpose: 'admission', answers: { ...answers, person: said('no') } }, false],
  ] as const)('%s: stays out of the next placement: %s', async (_what, over, isRuledOut) => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    const place = await town.place();
    const somebody = await town.member(january, place);
    await town.proposal(somebody, january, place, over);
    const { exclusions } = await gathered(town, { purpose: 'placement', cohortIds: [january.id] });
    expect(exclusions).toEqual(isRuledOut ? [{ candidateId: somebody.id, placeId: place.id }] : []);
  });

  test('stay so for an admission: a place that was said no to is not the seat that it shows', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    const [refused, other] = [await town.place({ seats: 1 }), await town.place({ seats: 1 })];
    const somebody = await town.candidate();
    await town.proposal(somebody, january, refused, { answers: { ...answers, person: said('no') } });
    const runs = runsOf(environment, town.tenant);
    const run = await runs.finish({ cohortIds: [january.id] });
    expect((await runs.input(run)).exclusions).toEqual([{ candidateId: somebody.id, placeId: refused.id }]);
    expect(await runs.outcomes(run.id)).toMatchObject([{ candidateId: somebody.id, placeId: other.id }]);
  });
});

describe('what cannot be run', () => {
  test('a start that is gone, nobody to propose, no open place', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    const admission: Partial<MatchRun> = { purpose: 'admission', cohortIds: [january.id] };
    expect(await gather(town, { cohortIds: [january.id, aCohortId()] })).toBe('cohort-gone');
    expect(await gather(town, admission)).toBe('no-candidates');
    expect(await gather(town, { ...admission, purpose: 'placement' })).toBe('no-candidates');
    await town.candidate();
    await town.place({ seats: 0 });
    expect(await gather(town, admission)).toBe('no-places');
    await town.place();
    expect(await gather(town, admission)).toMatchObject({ purpose: 'admission' });
  });
});

describe('the starts that somebody has missed', () => {
  const NEXT_YEAR = LocalDate.parse('2027-04-01');
  const takenIn = (at: string) => ({ createdAt: Instant.parse(at) });

  test('are those that began with others since the person was taken in, up to the run’s first', async () => {
    const town = await aTown();
    const place = await town.place({ seats: 20 });
    const [january, february, april] = [
      await town.start('2027-01-11'),
      await town.start('2027-02-08'),
      await town.start('2027-04-06'),
    ];
    await town.start('2027-03-01');
    for (const begun of [january, february]) await town.member(begun, place);
    const early = await town.candidate(takenIn('2026-12-01T08:00:00.000Z'));
    const late = await town.candidate(takenIn('2027-01-20T08:00:00.000Z'));
    const missedIn = async (cohort: typeof january) => {
      const run = aRun({ purpose: 'admission', cohortIds: [cohort.id], horizon: 0 });
      const input = await gatherInput(environment().store, town.tenant, run, NEXT_YEAR);
      if (!input.ok) throw new Error(input.error);
      const of = new Map(input.value.candidates.map((each) => [each.candidateId, each.missedStarts]));
      return [of.get(early.id), of.get(late.id)];
    };
    expect(await missedIn(april)).toEqual([2, 1]);
    expect(await missedIn(february)).toEqual([1, 0]);
  });

  test('are those before the day of admission for somebody who is in a start', async () => {
    const town = await aTown();
    const place = await town.place({ seats: 20 });
    const [january, april] = [await town.start('2027-01-11'), await town.start('2027-04-06')];
    await town.member(january, place);
    // A member is one since the day it was taken in, here.
    await town.member(april, place, takenIn('2026-12-01T08:00:00.000Z'));
    const run = aRun({ purpose: 'placement', cohortIds: [april.id], horizon: 0 });
    const input = await gatherInput(environment().store, town.tenant, run, NEXT_YEAR);
    expect(input.ok && input.value.candidates.map((each) => each.missedStarts)).toEqual([0]);
  });
});

describe('those who came lately', () => {
  const uses = (usesPastArrivals: boolean): Change => ({
    change: 'save-weights',
    weights: aRowOfWeights({ validFrom: TODAY, usesPastArrivals }),
  });
  const withMinutes: Change = {
    change: 'save-travel-time',
    travelTime: { postcode: '82630', unitId: aUnit().id, carMinutes: 12, busMinutes: null },
  };
  const town = async (usesPastArrivals: boolean) => {
    const made = await aTown();
    await keepAll(environment().store, made.tenant, [uses(usesPastArrivals), withMinutes]);
    const [january, march] = [await made.start('2027-01-11'), await made.start('2027-03-08')];
    const place = await made.place({ seats: 9 });
    await made.candidate();
    await made.member(january, place, { isProtected: true });
    await made.candidate({ erasedAt: NOW });
    await made.candidate({ createdAt: Instant.parse('2026-06-01T08:00:00.000Z') });
    return { made, january, march };
  };

  test('stand for those who will come, in or out of the pool, when the weights in force say so', async () => {
    const { made, january, march } = await town(true);
    for (const purpose of ['admission', 'placement'] as const) {
      const input = await gathered(made, { purpose, cohortIds: [january.id, march.id] });
      // Two in 120 days, and eight weeks between the starts.
      expect(input.expectedArrivals).toMatchObject({ perStart: 0.9, profiles: { length: 2 } });
      expect(input.expectedArrivals?.profiles.map(({ travelRow }) => travelRow)).toEqual(
        expect.arrayContaining([0, null]),
      );
      expect(Object.keys(input.expectedArrivals?.profiles[0] ?? {})).not.toContain('candidateId');
    }
    expect((await gathered(made, { cohortIds: [january.id] })).expectedArrivals).toBeNull();
  });

  test('stand for nobody otherwise', async () => {
    const { made, january, march } = await town(false);
    expect((await gathered(made, { cohortIds: [january.id, march.id] })).expectedArrivals).toBeNull();
  });
});
