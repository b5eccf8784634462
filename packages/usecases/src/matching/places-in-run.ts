import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { MatchPair, MatchPlace } from '@gruppstart/matching/model';
import { allPages } from '../all-pages.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';
import type { PeopleInRun } from './people-in-run.ts';

/** Seats that members outside the run will need, by place: an admission promises none, and shows that one exists. */
const reservedSeats = async (
  store: Store,
  tenant: TenantId,
  run: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  { waiting }: Pick<PeopleInRun, 'waiting'>,
): Promise<ReadonlyMap<PlaceId, number>> => {
  const elsewhere = waiting.filter(({ cohortId }) => run.purpose === 'admission' || !run.cohortIds.includes(cohortId));
  const proposals = await store.getMany(
    tenant,
    'proposal',
    elsewhere.map(({ proposalId }) => proposalId),
  );
  const reserved = new Map<PlaceId, number>();
  for (const { value } of proposals) reserved.set(value.placeId, (reserved.get(value.placeId) ?? 0) + 1);
  return reserved;
};

const placeOf = (
  { value, seatsTaken }: Stored<Documents['place']>,
  unitName: string,
  reserved: number,
): readonly MatchPlace[] => {
  if (value.occupationId === null) return [];
  const seats = value.seats ?? 0;
  const taken = Math.min(seats, seatsTaken + reserved);
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
      seats,
      taken,
      takenSecond: taken,
      sharedSeat: null,
      supervisorHours: 0,
    },
  ];
};

/** Every open place, less the seats that people outside the run hold or will need. */
export const placesInRun = async (
  store: Store,
  tenant: TenantId,
  run: Pick<MatchRun, 'purpose' | 'cohortIds'>,
  people: Pick<PeopleInRun, 'waiting'>,
  today: LocalDate,
): Promise<readonly MatchPlace[]> => {
  const reserved = await reservedSeats(store, tenant, run, people);
  const open = (await allPages((page) => store.list(tenant, { list: 'places' }, page))).filter(
    ({ value }) => placeStatus(value, today) === 'open',
  );
  const units = await store.getMany(tenant, 'unit', [...new Set(open.map(({ value }) => value.unitId))]);
  const nameOf = new Map(units.map(({ value }) => [value.id, value.name]));
  return open.flatMap((place) =>
    placeOf(place, nameOf.get(place.value.unitId) ?? place.value.unitId, reserved.get(place.value.id) ?? 0),
  );
};

/** Pairs where the person or the unit has said no, or a decision did: they are not proposed to each other again. */
export const ruledOut = async (
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
