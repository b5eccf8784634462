import type { ProblemItem } from '@gruppstart/contracts/problem';
import { type MatchRun, runStatus } from '@gruppstart/domain/matching/match-run';
import { requestStatus } from '@gruppstart/domain/matching/named-request';
import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { Pin, RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { placeStatus } from '@gruppstart/domain/requirements/place';
import type { RunId, TenantId } from '@gruppstart/domain/shared/ids';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { isPairBroken } from '@gruppstart/matching/side-constraints/is-pair-broken';
import { allPages } from '../all-pages.ts';
import { type Deed, type Refusal, refusal, todayOf } from '../deed.ts';
import type { Documents, Store, Stored } from '../ports/store.ts';

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

/** Pins beyond the seats that are free, counted in the order in which the pins stand. */
const overSeats = (
  pins: readonly Pin[],
  field: 'placeId' | 'cohortId',
  seated: ReadonlyMap<
    string,
    Pick<Stored<{ readonly seats: number | null }>, 'value' | 'seatsTaken' | 'seatsTakenSecond'>
  >,
  text: BilingualText,
): readonly ProblemItem[] => {
  const used = new Map<string, number>();
  return pins.flatMap((pin, index) => {
    const id = pin[field];
    const count = (used.get(id) ?? 0) + 1;
    used.set(id, count);
    const of = seated.get(id);
    // Whoever is pinned gets a whole seat.
    const free = of ? (of.value.seats ?? 0) - Math.max(of.seatsTaken, of.seatsTakenSecond ?? 0) : 0;
    return count > free ? [item(pinnedAt(index, field), 'seats-full', text.sv, text.en)] : [];
  });
};

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
    if (rule.endedAt !== null || !one || !other) return [];
    const unitOf = ({ placeId }: Pin) => places.get(placeId)?.value.unitId;
    const where = { isOneStart: one.cohortId === other.cohortId, isOneUnit: unitOf(one) === unitOf(other) };
    if (!isPairBroken(rule, purpose, where)) return [];
    return [
      item(
        pinnedAt(Math.max(first ?? -1, second ?? -1), 'candidateId'),
        'pins-break-pair-rule',
        'En parregel säger emot: två som är låsta här ska hållas isär, eller börja tillsammans. Ändra en av låsningarna eller avsluta regeln.',
        'A pair rule is against it: two who are pinned here are to be kept apart, or to begin together. Change one of the pins or end the rule.',
      ),
    ];
  });

/** Pins that say they follow a request which was not granted, or is about somebody or something else. */
const ungrantedPins = async (store: Store, tenant: TenantId, pins: readonly Pin[]): Promise<readonly ProblemItem[]> => {
  const requests = byId(
    await store.getMany(
      tenant,
      'namedRequest',
      pins.flatMap(({ namedRequestId }) => namedRequestId ?? []),
    ),
  );
  return pins.flatMap(({ namedRequestId, candidateId, placeId }, index) => {
    if (namedRequestId === undefined) return [];
    const request = requests.get(namedRequestId)?.value;
    const isGranted = request !== undefined && requestStatus(request) === 'granted';
    if (isGranted && request.candidateId === candidateId && request.placeId === placeId) return [];
    return [
      item(
        pinnedAt(index, 'namedRequestId'),
        'request-not-granted',
        'Ingen beviljad begäran gäller den här personen och platsen. Besluta om begäran först, eller lås utan den.',
        'No granted request is about this person and place. Decide on the request first, or pin without it.',
      ),
    ];
  });
};

/** What stands against the pins as things are today; where facts of another day are used, the matcher finds out. */
const faultInPins = async (store: Store, deed: Pick<Deed<never>, 'actor' | 'now'>, asked: RunAsked) => {
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
  if (factsOf !== null) return null;

  const inPool = await Promise.all(pins.map((pin) => isInPool(store, deed, asked.purpose, pin)));
  const today = todayOf(deed);
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
  const rules = await allPages((page) => store.list(tenant, { list: 'pair-rules' }, page));
  impossible.push(
    ...againstRules(
      pins,
      rules.map(({ value }) => value),
      asked.purpose,
      places,
    ),
  );
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

const RUN_UNKNOWN: BilingualText = { sv: 'Körningen finns inte.', en: 'The run does not exist.' };
const NOT_FINISHED: BilingualText = {
  sv: 'Körningen är inte klar. Vänta tills den är det.',
  en: 'The run has not finished. Wait until it has.',
};
const FAILED: BilingualText = { sv: 'Körningen misslyckades.', en: 'The run failed.' };
const OTHER_PURPOSE: BilingualText = {
  sv: 'Körningen har ett annat syfte.',
  en: 'The run is of another purpose.',
};
const OTHER_STARTS: BilingualText = {
  sv: 'Körningen gäller andra starter. Ange samma starter och horisont som den.',
  en: 'The run is for other starts. State the same starts and horizon as it has.',
};

/** Why a run that the policy builds on cannot be used; null: it can. */
const faultInRun = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  runId: RunId,
  pointer: string,
  asked: RunAsked,
  sameStarts: boolean,
): Promise<Refusal | null> => {
  const wrong = (itemCode: string, code: Refusal['code'], detail: BilingualText) =>
    refusal(code, undefined, [{ pointer, code: itemCode, detail }]);
  const stored = await store.get(deed.actor.tenant, 'run', runId);
  if (!stored) return wrong('run-unknown', 'reference-unknown', RUN_UNKNOWN);
  const run = stored.value;
  const status = runStatus(run, deed.now);
  if (status === 'failed') return wrong('run-failed', 'run-failed', FAILED);
  if (status !== 'finished') return wrong('run-not-finished', 'run-not-finished', NOT_FINISHED);
  if (run.purpose !== asked.purpose) return wrong('run-of-other-purpose', 'body-invalid', OTHER_PURPOSE);
  const isSame =
    run.horizon === asked.horizon &&
    run.cohortIds.length === asked.cohortIds.length &&
    run.cohortIds.every((id) => asked.cohortIds.includes(id));
  return sameStarts && !isSame ? wrong('run-of-other-starts', 'body-invalid', OTHER_STARTS) : null;
};

/** Why nothing can be ordered under this policy, with pointers; null: it can. */
export const faultInPolicy = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  asked: RunAsked,
): Promise<Refusal | null> => {
  const { keep, factsOf }: RunPolicy = asked.policy;
  return (
    (keep && (await faultInRun(store, deed, keep.runId, '/policy/keep/runId', asked, false))) ??
    (factsOf && (await faultInRun(store, deed, factsOf, '/policy/factsOf', asked, true))) ??
    (await faultInPins(store, deed, asked))
  );
};
