import { DEFAULT_PROGRAMME } from '@gruppstart/calendar/default-programme';
import { skillsTaught } from '@gruppstart/calendar/programme-template';
import { nextWorkingDay } from '@gruppstart/calendar/working-days';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { MatchRun, RunFailure } from '@gruppstart/domain/matching/match-run';
import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import { weightsAt } from '@gruppstart/domain/matching/weights';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { NEAR_OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { LaterStart, MatchCandidate, MatchInput, MatchStart } from '@gruppstart/matching/model';
import { allPages } from '../all-pages.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';
import { expectedArrivals, recentArrivals } from './expected-arrivals.ts';
import { daysOfStartsBegun, missedStarts } from './missed-starts.ts';
import { pairsInRun, type Whereabouts } from './pairs-in-run.ts';
import { type PeopleInRun, peopleInRun } from './people-in-run.ts';
import { placesInRun, ruledOut } from './places-in-run.ts';
import { rulesInForce } from './rules-in-force.ts';
import { workplacesOf } from './workplaces.ts';

type CohortDocument = Documents['cohort'];

const lastCourseDay = (cohort: CohortDocument): LocalDate => cohort.courseDays.at(-1) ?? cohort.startDate;

/** The named starts, and as many later ones as the horizon says, in date order; and those that come after them. */
const startsOf = (
  run: MatchRun,
  cohorts: readonly Stored<CohortDocument>[],
): { readonly starts: readonly Stored<CohortDocument>[]; readonly later: readonly Stored<CohortDocument>[] } => {
  const inOrder = cohorts.toSorted((a, b) =>
    a.value.startDate < b.value.startDate || (a.value.startDate === b.value.startDate && a.value.id < b.value.id)
      ? -1
      : 1,
  );
  const named = inOrder.filter(({ value }) => run.cohortIds.includes(value.id));
  const lastNamed = named.at(-1)?.value.startDate;
  const later = inOrder.filter(
    ({ value }) => lastNamed !== undefined && value.startDate > lastNamed && !run.cohortIds.includes(value.id),
  );
  return { starts: [...named, ...later.slice(0, run.horizon)], later: later.slice(run.horizon) };
};

const startOf = (run: MatchRun, { value, seatsTaken }: Stored<CohortDocument>): MatchStart => {
  return {
    cohortId: value.id,
    startDate: value.startDate,
    firstWorkingDay: nextWorkingDay(lastCourseDay(value)),
    seats: value.seats,
    // In a placement everybody of the run is in the start already: nobody outside it holds its seats.
    taken: run.purpose === 'admission' ? seatsTaken : 0,
    preliminary: !run.cohortIds.includes(value.id),
  };
};

const laterStartOf = ({ value, seatsTaken }: Stored<CohortDocument>): LaterStart => ({
  cohortId: value.id,
  startDate: value.startDate,
  firstWorkingDay: nextWorkingDay(lastCourseDay(value)),
  seats: value.seats,
  taken: seatsTaken,
});

/** Travel rows are shared by everybody from one postcode; the engine never sees which postcode it is. */
const travelRows = async (
  store: Store,
  tenant: TenantId,
  postcodes: readonly string[],
): Promise<{ readonly rows: MatchInput['travel']; readonly rowOf: ReadonlyMap<string, number> }> => {
  const rows: MatchInput['travel'][number][] = [];
  const rowOf = new Map<string, number>();
  for (const postcode of [...new Set(postcodes)].toSorted()) {
    const times = await store.travelTimes(tenant, postcode);
    if (times.length === 0) continue;
    rowOf.set(postcode, rows.length);
    rows.push(times.map(({ unitId, carMinutes, busMinutes }) => ({ unitId, carMinutes, busMinutes })));
  }
  return { rows, rowOf };
};

/** Null too for a protected identity: distance is never computed for them. */
const postcodeOf = ({ profile, isProtected }: Candidate): string | null => (isProtected ? null : profile.postcode);

const arrivalsUntil = async (store: Store, tenant: TenantId, today: LocalDate): Promise<readonly Candidate[]> => {
  const candidates = await allPages((page) => store.list(tenant, { list: 'candidates' }, page));
  return recentArrivals(
    candidates.map(({ value }) => value),
    today,
  );
};

/** Where everybody is, for the rules about pairs. */
const whereaboutsOf = async (
  store: Store,
  tenant: TenantId,
  { pool, memberOf, placements }: PeopleInRun,
  rules: readonly PairRule[],
  today: LocalDate,
): Promise<Whereabouts> => {
  const people = new Set(rules.flatMap(({ first, second }) => [first, second]));
  return {
    pool: new Set(pool.map(({ value }) => value.id)),
    startOf: new Map([...memberOf].map(([candidateId, { cohortId }]) => [candidateId, cohortId])),
    unitsOf: await workplacesOf(store, tenant, people, placements, today),
  };
};

/**
 * Everything a run may know, as it is now. In an admission: everybody who is in no start, and every open place less
 * the seats that those admitted before will need. In a placement: the members of the named starts without a placement.
 * Pairs that somebody has said no to stay apart in both.
 */
export const gatherInput = async (
  store: Store,
  tenant: TenantId,
  run: MatchRun,
  today: LocalDate,
): Promise<Result<MatchInput, RunFailure>> => {
  const cohorts = await allPages((page) => store.list(tenant, { list: 'cohorts' }, page));
  const named = await store.getMany(tenant, 'cohort', run.cohortIds);
  if (named.length !== run.cohortIds.length) return err('cohort-gone');
  const fresh = [...named, ...cohorts.filter(({ value }) => !run.cohortIds.includes(value.id))];
  const { starts, later } = startsOf(run, fresh);
  const [next] = starts;
  const seed = next ? await store.seedOf(tenant, next.value.id) : null;
  if (!next || seed === null) return err('cohort-gone');

  const people = await peopleInRun(store, tenant, run, fresh);
  const { pool, memberOf } = people;
  if (pool.length === 0) return err('no-candidates');
  const { places, units } = await placesInRun(store, tenant, run, people, today);
  if (places.length === 0) return err('no-places');

  const rules = (await rulesInForce(store, tenant, null)).map(({ value }) => value);
  const pairs = pairsInRun(run.purpose, rules, await whereaboutsOf(store, tenant, people, rules, today), places);
  const begun = daysOfStartsBegun(fresh, next.value.startDate, today);
  const weights = weightsAt(await store.weights(tenant), run.orderedAt);
  const arrivals = weights.usesPastArrivals ? await arrivalsUntil(store, tenant, today) : null;
  const travel = await travelRows(
    store,
    tenant,
    [...pool.map(({ value }) => value), ...(arrivals ?? [])].flatMap((each) => postcodeOf(each) ?? []),
  );
  const travelRowOf = (candidate: Candidate): number | null => {
    const postcode = postcodeOf(candidate);
    return postcode === null ? null : (travel.rowOf.get(postcode) ?? null);
  };
  const candidates: readonly MatchCandidate[] = pool.map(({ value }) => {
    const { postcode: _, ...facts } = value.profile;
    return {
      ...facts,
      candidateId: value.id,
      travelRow: travelRowOf(value),
      assignedCohortId: run.purpose === 'placement' ? (memberOf.get(value.id)?.cohortId ?? null) : null,
      missedStarts: missedStarts(begun, value.createdAt, memberOf.get(value.id)?.since ?? null),
      keptAt: null,
    };
  });
  return ok({
    purpose: run.purpose,
    starts: starts.map((cohort) => startOf(run, cohort)),
    laterStarts: later.map((cohort) => laterStartOf(cohort)),
    candidates,
    places,
    travel: travel.rows,
    units,
    skillsTaught: skillsTaught(DEFAULT_PROGRAMME),
    exclusions: [...(await ruledOut(store, tenant, places)), ...pairs.exclusions],
    startExclusions: pairs.startExclusions,
    pins: [],
    pairRules: pairs.pairRules,
    policy: { placeAtMost: null, movedPersonCostPoints: 0 },
    expectedArrivals:
      arrivals &&
      expectedArrivals(
        arrivals,
        starts.map(({ value }) => value.startDate),
        travelRowOf,
      ),
    nearOccupations: NEAR_OCCUPATIONS,
    weights,
    seed,
  });
};
