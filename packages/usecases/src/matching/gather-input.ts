import { DEFAULT_PROGRAMME } from '@gruppstart/calendar/default-programme';
import { skillsTaught } from '@gruppstart/calendar/programme-template';
import { nextWorkingDay } from '@gruppstart/calendar/working-days';
import type { MatchRun, RunFailure } from '@gruppstart/domain/matching/match-run';
import { weightsAt } from '@gruppstart/domain/matching/weights';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { NEAR_OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { MatchCandidate, MatchInput, MatchPair, MatchPlace, MatchStart } from '@gruppstart/matching/model';
import { allPages } from '../all-pages.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';
import { daysOfStartsBegun, missedStarts } from './missed-starts.ts';

type CohortDocument = Documents['cohort'];

const lastCourseDay = (cohort: CohortDocument): LocalDate => cohort.courseDays.at(-1) ?? cohort.startDate;

/** The named starts, and as many later ones as the horizon says, in date order. */
const startsOf = (run: MatchRun, cohorts: readonly Stored<CohortDocument>[]): readonly Stored<CohortDocument>[] => {
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
  return [...named, ...later.slice(0, run.horizon)];
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

/** People who are in a start and have no placement yet, by start. */
const waitingMembers = async (store: Store, tenant: TenantId, cohorts: readonly Stored<CohortDocument>[]) => {
  const placements = await allPages((page) => store.list(tenant, { list: 'placements' }, page));
  const placed = new Set(placements.map(({ value }) => value.candidateId));
  const members = await Promise.all(cohorts.map(({ value }) => store.participants(tenant, value.id)));
  const waiting = members.flat().filter(({ candidateId }) => !placed.has(candidateId));
  const people = await store.getMany(
    tenant,
    'candidate',
    waiting.map(({ candidateId }) => candidateId),
  );
  const erased = new Set(people.flatMap(({ value }) => (value.erasedAt === null ? [] : [value.id])));
  return {
    all: new Set(members.flat().map(({ candidateId }) => candidateId)),
    placed,
    // Who was erased stays a member by id and waits for nothing.
    waiting: waiting.filter(({ candidateId }) => !erased.has(candidateId)),
  };
};

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

/** Pairs where the person or the unit has said no, or a decision did: they are not proposed to each other again. */
const ruledOut = async (
  store: Store,
  tenant: TenantId,
  places: readonly MatchPlace[],
): Promise<readonly MatchPair[]> => {
  const pairs: MatchPair[] = [];
  for (const unitId of [...new Set(places.map((place) => place.unitId))]) {
    const proposals = await allPages((page) => store.list(tenant, { list: 'proposals-of-unit', unitId }, page));
    for (const { value } of proposals) {
      if (value.purpose !== 'placement') continue;
      const no = value.answers.person?.answer === 'no' || value.answers.unit?.answer === 'no';
      const declined =
        value.decision?.verdict === 'declined' &&
        (value.decision.reason === 'person-declined' || value.decision.reason === 'unit-declined');
      if (no || declined) pairs.push({ candidateId: value.candidateId, placeId: value.placeId });
    }
  }
  return pairs;
};

const reservedSeats = async (
  store: Store,
  tenant: TenantId,
  waiting: readonly Documents['proposal']['id'][],
): Promise<ReadonlyMap<PlaceId, number>> => {
  const reserved = new Map<PlaceId, number>();
  for (const { value } of await store.getMany(tenant, 'proposal', waiting)) {
    reserved.set(value.placeId, (reserved.get(value.placeId) ?? 0) + 1);
  }
  return reserved;
};

/**
 * Everything a run may know, as it is now. In an admission: everybody who is in no start, and every open place less
 * the seats that those admitted before will need. In a placement: the members of the named starts without a placement.
 * A person with protected identity comes without travel minutes: distance is never computed for them.
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
  const starts = startsOf(run, fresh);
  const [next] = starts;
  const seed = next ? await store.seedOf(tenant, next.value.id) : null;
  if (!next || seed === null) return err('cohort-gone');

  const members = await waitingMembers(store, tenant, fresh);
  const memberOf = new Map(members.waiting.map((each) => [each.candidateId, each]));
  const begun = daysOfStartsBegun(fresh, next.value.startDate, today);
  const pool =
    run.purpose === 'admission'
      ? (await allPages((page) => store.list(tenant, { list: 'candidates' }, page))).filter(
          ({ value }) => value.erasedAt === null && !members.all.has(value.id) && !members.placed.has(value.id),
        )
      : await store.getMany(
          tenant,
          'candidate',
          members.waiting
            .filter(({ cohortId }) => run.cohortIds.includes(cohortId))
            .map(({ candidateId }) => candidateId),
        );
  if (pool.length === 0) return err('no-candidates');

  const holdingElsewhere = members.waiting.filter(
    ({ cohortId }) => run.purpose === 'admission' || !run.cohortIds.includes(cohortId),
  );
  const reserved = await reservedSeats(
    store,
    tenant,
    holdingElsewhere.map(({ proposalId }) => proposalId),
  );
  const open = (await allPages((page) => store.list(tenant, { list: 'places' }, page))).filter(
    ({ value }) => placeStatus(value, today) === 'open',
  );
  const units = await store.getMany(tenant, 'unit', [...new Set(open.map(({ value }) => value.unitId))]);
  const unitNames = new Map(units.map(({ value }) => [value.id, value.name]));
  const places: readonly MatchPlace[] = open.flatMap(({ value, seatsTaken }) =>
    value.occupationId === null
      ? []
      : [
          {
            placeId: value.id,
            unitId: value.unitId,
            unitName: unitNames.get(value.unitId) ?? value.unitId,
            occupationId: value.occupationId,
            field: value.field,
            sharePercent: value.sharePercent,
            workingTimes: value.workingTimes,
            weeklyHours: value.weeklyHours,
            opensFrom: value.opensFrom,
            closesAfter: value.closesAfter,
            requirements: value.requirements,
            seats: value.seats ?? 0,
            taken: Math.min(value.seats ?? 0, seatsTaken + (reserved.get(value.id) ?? 0)),
            takenSecond: Math.min(value.seats ?? 0, seatsTaken + (reserved.get(value.id) ?? 0)),
            sharedSeat: null,
            supervisorHours: 0,
          },
        ],
  );
  if (places.length === 0) return err('no-places');

  const travel = await travelRows(
    store,
    tenant,
    pool.flatMap(({ value }) => (value.profile.postcode === null || value.isProtected ? [] : [value.profile.postcode])),
  );
  const candidates: readonly MatchCandidate[] = pool.map(({ value }) => {
    const { postcode, ...facts } = value.profile;
    const row = postcode === null || value.isProtected ? undefined : travel.rowOf.get(postcode);
    return {
      ...facts,
      candidateId: value.id,
      travelRow: row ?? null,
      assignedCohortId: run.purpose === 'placement' ? (memberOf.get(value.id)?.cohortId ?? null) : null,
      missedStarts: missedStarts(begun, value.createdAt, memberOf.get(value.id)?.since ?? null),
      keptAt: null,
    };
  });
  return ok({
    purpose: run.purpose,
    starts: starts.map((cohort) => startOf(run, cohort)),
    candidates,
    places,
    travel: travel.rows,
    units: [],
    skillsTaught: skillsTaught(DEFAULT_PROGRAMME).map((skillId) => ({ skillId, seats: null })),
    exclusions: run.purpose === 'placement' ? await ruledOut(store, tenant, places) : [],
    pins: [],
    pairRules: [],
    policy: { placeAtMost: null, movedPersonCostPoints: 0 },
    expectedArrivals: null,
    nearOccupations: NEAR_OCCUPATIONS,
    weights: weightsAt(await store.weights(tenant), run.orderedAt),
    seed,
  });
};
