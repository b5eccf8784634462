import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { PlaceId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { MatchPair, MatchPlace, MatchUnit } from '@gruppstart/matching/model';
import { allPages, eachAtMost } from '../all-pages.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';
import type { PeopleInRun } from './people-in-run.ts';

type PlaceDocument = Documents['place'];

/** What is there for the run to give away. */
export interface PlacesInRun {
  readonly places: readonly MatchPlace[];
  readonly units: readonly MatchUnit[];
}

const countBy = <K>(keys: readonly K[]): ReadonlyMap<K, number> => {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

/** What somebody holds, or is to have: a seat of a place or a part of one. */
interface Held {
  readonly placeId: PlaceId;
  readonly seatPart: SeatPartKind;
}

/**
 * What members outside the run will need, one for each: an admission promises no place, and shows that one exists.
 */
const reservedSeats = async (
  store: Store,
  tenant: TenantId,
  run: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  { waiting }: Pick<PeopleInRun, 'waiting'>,
): Promise<readonly Held[]> => {
  const elsewhere = waiting.filter(({ cohortId }) => run.purpose === 'admission' || !run.cohortIds.includes(cohortId));
  const proposals = await store.getMany(
    tenant,
    'proposal',
    elsewhere.map(({ proposalId }) => proposalId),
  );
  return proposals.map(({ value }) => ({ placeId: value.placeId, seatPart: value.outcome.seatPart }));
};

/** Seats used in their first and in their second part, never more than there are. Where none is shared, both alike. */
const seatsUsed = (
  { value: { id, seats, sharedSeat }, seatsTaken, seatsTakenSecond }: Stored<PlaceDocument>,
  reserved: readonly Held[],
): Pick<MatchPlace, 'taken' | 'takenSecond'> => {
  const without = (part: SeatPartKind): number =>
    reserved.filter(({ placeId, seatPart }) => placeId === id && seatPart !== part).length;
  const within = (used: number): number => Math.min(seats ?? 0, used);
  const taken = within(seatsTaken + without('second'));
  const takenSecond = within((seatsTakenSecond ?? seatsTaken) + without('first'));
  if (sharedSeat !== null) return { taken, takenSecond };
  const used = Math.max(taken, takenSecond);
  return { taken: used, takenSecond: used };
};

const placeOf = (stored: Stored<PlaceDocument>, unitName: string, reserved: readonly Held[]): readonly MatchPlace[] => {
  const { value } = stored;
  if (value.occupationId === null) return [];
  return [
    {
      placeId: value.id,
      unitId: value.unitId,
      unitName,
      occupationId: value.occupationId,
      field: value.field,
      sharePercent: value.sharePercent,
      workingTimes: value.workingTimes,
      weeklyHours: value.weeklyHours,
      opensFrom: value.opensFrom,
      closesAfter: value.closesAfter,
      requirements: value.requirements,
      seats: value.seats ?? 0,
      ...seatsUsed(stored, reserved),
      sharedSeat: value.sharedSeat,
      supervisorHours: value.supervisorHoursPerWeek,
    },
  ];
};

/** Hours a week, by unit, that supervisors have promised to people who are placed there, or are to be. */
const supervisorHoursTaken = async (
  store: Store,
  tenant: TenantId,
  held: readonly PlaceId[],
): Promise<ReadonlyMap<UnitId, number>> => {
  const people = countBy(held);
  const hours = new Map<UnitId, number>();
  // A place may be closed by now, and still be somebody's.
  for (const { value } of await store.getMany(tenant, 'place', [...people.keys()])) {
    const taken = value.supervisorHoursPerWeek * (people.get(value.id) ?? 0);
    hours.set(value.unitId, (hours.get(value.unitId) ?? 0) + taken);
  }
  return hours;
};

/** Every open place, less the seats that people outside the run hold or will need; and its units' supervisors likewise. */
export const placesInRun = async (
  store: Store,
  tenant: TenantId,
  run: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  people: Pick<PeopleInRun, 'waiting' | 'placements'>,
  today: LocalDate,
): Promise<PlacesInRun> => {
  const reserved = await reservedSeats(store, tenant, run, people);
  const open = (await allPages((page) => store.list(tenant, { list: 'places' }, page))).filter(
    ({ value }) => placeStatus(value, today) === 'open',
  );
  const units = await store.getMany(tenant, 'unit', [...new Set(open.map(({ value }) => value.unitId))]);
  const nameOf = new Map(units.map(({ value }) => [value.id, value.name]));
  const hoursTaken = await supervisorHoursTaken(store, tenant, [
    ...people.placements.map(({ placeId }) => placeId),
    ...reserved.map(({ placeId }) => placeId),
  ]);
  return {
    places: open.flatMap((place) => placeOf(place, nameOf.get(place.value.unitId) ?? place.value.unitId, reserved)),
    units: units.map(({ value }) => ({
      unitId: value.id,
      supervisorHours: value.supervisorHoursPerWeek,
      supervisorHoursTaken: hoursTaken.get(value.id) ?? 0,
    })),
  };
};

/** So many units are read at once. */
const UNITS_AT_ONCE = 8;

/**
 * Pairs where the person or the unit has said no to a placement, or a decision did: they are not proposed to each other
 * again, neither for a placement nor as the seat that an admission shows.
 */
export const ruledOut = async (
  store: Store,
  tenant: TenantId,
  places: readonly MatchPlace[],
): Promise<readonly MatchPair[]> => {
  const pairs: MatchPair[] = [];
  const unitIds = [...new Set(places.map((place) => place.unitId))];
  await eachAtMost(unitIds, UNITS_AT_ONCE, async (unitId) => {
    const proposals = await allPages((page) => store.list(tenant, { list: 'proposals-of-unit', unitId }, page));
    for (const { value } of proposals) {
      if (value.purpose !== 'placement') continue;
      const no = value.answers.person?.answer === 'no' || value.answers.unit?.answer === 'no';
      const declined =
        value.decision?.verdict === 'declined' &&
        (value.decision.reason === 'person-declined' || value.decision.reason === 'unit-declined');
      if (no || declined) pairs.push({ candidateId: value.candidateId, placeId: value.placeId });
    }
  });
  return pairs;
};
