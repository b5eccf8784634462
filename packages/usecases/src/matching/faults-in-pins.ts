import type { ProblemItem } from '@gruppstart/contracts/problem';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { requestStatus } from '@gruppstart/domain/matching/named-request';
import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { Pin } from '@gruppstart/domain/matching/run-policy';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type FreeSeats, freeSeats, pinsFit } from '@gruppstart/matching/pins-fit';
import { isPairBroken } from '@gruppstart/matching/side-constraints/is-pair-broken';
import { type Deed, type Refusal, refusal, todayOf } from '../deed.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';
import { keptApart } from './kept-apart.ts';
import { rulesInForce } from './rules-in-force.ts';

/** What is ordered, with its starts as they are stored. */
export interface RunAsked extends Pick<MatchRun, 'purpose' | 'cohortIds' | 'horizon' | 'policy'> {
  readonly cohorts: readonly Stored<Documents['cohort']>[];
}

const item = (pointer: string, code: string, sv: string, en: string): ProblemItem => ({
  pointer,
  code,
  detail: { sv, en },
});

const pinnedAt = (index: number, field: keyof Pin): string => `/policy/pins/${index}/${field}`;

const byId = <T extends { readonly id: string }>(stored: readonly Stored<T>[]): ReadonlyMap<string, Stored<T>> =>
  new Map(stored.map((each) => [each.value.id, each]));

/** Pins that name somebody or something that is not there, or a start that the run is not for. */
const unknownInPins = (
  pins: readonly Pin[],
  candidates: ReadonlyMap<string, Stored<Documents['candidate']>>,
  places: ReadonlyMap<string, Stored<Documents['place']>>,
  { cohortIds }: Pick<RunAsked, 'cohortIds'>,
): readonly ProblemItem[] =>
  pins.flatMap((pin, index) => {
    const candidate = candidates.get(pin.candidateId);
    return [
      ...(candidate && candidate.value.erasedAt === null
        ? []
        : [
            item(
              pinnedAt(index, 'candidateId'),
              'candidate-unknown',
              'Personen finns inte.',
              'The person does not exist.',
            ),
          ]),
      ...(places.has(pin.placeId)
        ? []
        : [item(pinnedAt(index, 'placeId'), 'place-unknown', 'Platsen finns inte.', 'The place does not exist.')]),
      ...(cohortIds.includes(pin.cohortId)
        ? []
        : [
            item(
              pinnedAt(index, 'cohortId'),
              'cohort-not-in-run',
              'Gruppstarten är inte en av dem som körningen gäller.',
              'The cohort is not one of those that the run is for.',
            ),
          ]),
    ];
  });

/** Whether the run will have the person in its pool for the start. */
const isInPool = async (
  store: Store,
  { actor: { tenant } }: Pick<Deed<never>, 'actor'>,
  purpose: RunAsked['purpose'],
  { candidateId, cohortId }: Pin,
): Promise<boolean> => {
  const [membership, sharePercent] = await Promise.all([
    store.membershipOf(tenant, candidateId),
    store.shareOf(tenant, candidateId),
  ]);
  if ((sharePercent ?? 0) > 0) return false;
  return purpose === 'admission' ? membership === null : membership?.cohortId === cohortId;
};

type Seated = Pick<
  Stored<{ readonly seats: number | null; readonly sharedSeat?: Documents['place']['sharedSeat'] }>,
  'value' | 'seatsTaken' | 'seatsTakenSecond'
>;

const freeAt = ({ value, seatsTaken, seatsTakenSecond }: Seated): FreeSeats =>
  freeSeats(value.seats ?? 0, seatsTaken, seatsTakenSecond ?? seatsTaken);

/** Pins beyond the seats that are free, counted in the order in which the pins stand. */
const overSeats = (
  pins: readonly Pin[],
  field: 'placeId' | 'cohortId',
  seated: ReadonlyMap<string, Seated>,
  text: BilingualText,
): readonly ProblemItem[] => {
  const used = new Map<string, Pin['seatPart'][]>();
  return pins.flatMap((pin, index) => {
    const id = pin[field];
    const parts = [...(used.get(id) ?? []), pin.seatPart];
    used.set(id, parts);
    const of = seated.get(id);
    const fits = of !== undefined && pinsFit(freeAt(of), Boolean(of.value.sharedSeat), parts);
    return fits ? [] : [item(pinnedAt(index, field), 'seats-full', text.sv, text.en)];
  });
};

const breaksRule = (index: number): ProblemItem =>
  item(
    pinnedAt(index, 'candidateId'),
    'pins-break-pair-rule',
    'En parregel säger emot: två ska hållas isär, eller börja tillsammans. Ändra låsningen eller avsluta regeln.',
    'A pair rule is against it: two are to be kept apart, or to begin together. Change the pin or end the rule.',
  );

/** Pins of two people of whom a rule in force says that they cannot both be so. */
const againstRules = (
  pins: readonly Pin[],
  rules: readonly PairRule[],
  purpose: RunAsked['purpose'],
  places: ReadonlyMap<string, Stored<Documents['place']>>,
): readonly ProblemItem[] =>
  rules.flatMap((rule) => {
    const [first, second] = [rule.first, rule.second].map((id) => pins.findIndex((pin) => pin.candidateId === id));
    const [one, other] = [pins[first ?? -1], pins[second ?? -1]];
    if (!one || !other) return [];
    const unitOf = ({ placeId }: Pin) => places.get(placeId)?.value.unitId;
    const where = { isOneStart: one.cohortId === other.cohortId, isOneUnit: unitOf(one) === unitOf(other) };
    if (!isPairBroken(rule, purpose, where)) return [];
    return [breaksRule(Math.max(first ?? -1, second ?? -1))];
  });

/** Pins that bring somebody to where another is already from whom a rule keeps them. */
const pinnedToOthers = async (
  store: Store,
  tenant: TenantId,
  { purpose, policy: { pins } }: Pick<RunAsked, 'purpose' | 'policy'>,
  rules: readonly PairRule[],
  places: ReadonlyMap<string, Stored<Documents['place']>>,
  today: LocalDate,
): Promise<readonly ProblemItem[]> => {
  const ruled = new Set(rules.flatMap(({ first, second }) => [first, second]));
  const items = await Promise.all(
    pins.map(async ({ candidateId, placeId, cohortId }, index): Promise<readonly ProblemItem[]> => {
      const unitId = places.get(placeId)?.value.unitId;
      if (unitId === undefined || !ruled.has(candidateId)) return [];
      const { verdict } = await keptApart(store, tenant, { purpose, candidateId, cohortId, unitId }, today);
      return verdict === 'apart' ? [] : [breaksRule(index)];
    }),
  );
  return items.flat();
};

/** Pins that say they follow a request which was not granted, or is about somebody or something else. */
const ungrantedPins = async (store: Store, tenant: TenantId, pins: readonly Pin[]): Promise<readonly ProblemItem[]> => {
  const requests = byId(
    await store.getMany(
      tenant,
      'namedRequest',
      pins.flatMap(({ namedRequestId }) => namedRequestId ?? []),
    ),
  );
  return pins.flatMap(({ namedRequestId, candidateId, placeId, cohortId }, index) => {
    if (namedRequestId === undefined) return [];
    const request = requests.get(namedRequestId)?.value;
    const isGranted = request !== undefined && requestStatus(request) === 'granted';
    const isOfPair = request?.candidateId === candidateId && request.placeId === placeId;
    if (isGranted && isOfPair && request.decision?.cohortId === cohortId) return [];
    return [
      item(
        pinnedAt(index, 'namedRequestId'),
        'request-not-granted',
        'Ingen beviljad begäran gäller den här personen, platsen och starten. Besluta om begäran först, eller lås utan den.',
        'No granted request is about this person, place and start. Decide on the request first, or pin without it.',
      ),
    ];
  });
};

/** What stands against the pins as things are today; where facts of another day are used, the matcher finds out. */
export const faultInPins = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  asked: RunAsked,
): Promise<Refusal | null> => {
  const { pins, factsOf } = asked.policy;
  if (pins.length === 0) return null;
  const { tenant } = deed.actor;
  const candidates = byId(
    await store.getMany(
      tenant,
      'candidate',
      pins.map(({ candidateId }) => candidateId),
    ),
  );
  const places = byId(await store.getMany(tenant, 'place', [...new Set(pins.map(({ placeId }) => placeId))]));
  const unknown = unknownInPins(pins, candidates, places, asked);
  if (unknown.length > 0) return refusal('reference-unknown', undefined, unknown);
  const ungranted = await ungrantedPins(store, tenant, pins);
  if (ungranted.length > 0) return refusal('body-invalid', undefined, ungranted);
  const today = todayOf(deed);
  const rules = (await rulesInForce(store, tenant, null)).map(({ value }) => value);
  const together = await pinnedToOthers(store, tenant, asked, rules, places, today);
  if (together.length > 0) return refusal('body-invalid', undefined, together);
  if (factsOf !== null) return null;

  const inPool = await Promise.all(pins.map((pin) => isInPool(store, deed, asked.purpose, pin)));
  const impossible = pins.flatMap((pin, index) => {
    const place = places.get(pin.placeId);
    return [
      ...(inPool[index]
        ? []
        : [
            item(
              pinnedAt(index, 'candidateId'),
              'not-in-pool',
              'Personen är inte en av dem som körningen fördelar: redan med i en start eller placerad, eller inte med i den start som anges.',
              'The person is not one of those whom the run assigns: already in a start or placed, or not in the start named.',
            ),
          ]),
      ...(place && placeStatus(place.value, today) === 'open'
        ? []
        : [item(pinnedAt(index, 'placeId'), 'place-not-open', 'Platsen är inte öppen.', 'The place is not open.')]),
    ];
  });
  impossible.push(...againstRules(pins, rules, asked.purpose, places));
  if (impossible.length > 0) return refusal('body-invalid', undefined, impossible);

  const full = [
    ...overSeats(pins, 'placeId', places, {
      sv: 'Fler är låsta till platsen än den har lediga säten.',
      en: 'More are pinned to the place than it has free seats.',
    }),
    // The members of a placement hold the seats of their start already.
    ...(asked.purpose === 'admission'
      ? overSeats(pins, 'cohortId', byId(asked.cohorts), {
          sv: 'Fler är låsta till gruppstarten än den har lediga säten.',
          en: 'More are pinned to the cohort than it has free seats.',
        })
      : []),
  ];
  return full.length > 0 ? refusal('seats-full', undefined, full) : null;
};
