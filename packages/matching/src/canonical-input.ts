import { withoutSettledItems } from '@gruppstart/domain/intake/known-item';
import { canonicalJson, compareText } from './canonical-json.ts';
import type { MatchCandidate, MatchFacts, MatchInput, MatchPairRule, SeatPart, TravelToUnit } from './model.ts';

const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] => {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => compareText(a.key, b.key));
  return keyed.map(({ item }) => item);
};

/** A list of facts in the order of its canonical texts; most hold nothing or one thing. */
const sortedFacts = <T>(items: readonly T[]): T[] =>
  items.length < 2 ? [...items] : sortedBy(items, (item) => canonicalJson(item));

const sortedOrNull = <T>(items: readonly T[] | null): T[] | null => (items === null ? null : sortedFacts(items));

/** Only the facts that the type names: nothing else can reach a snapshot. */
const canonicalFacts = (facts: MatchFacts): MatchFacts => ({
  enrolledSince: facts.enrolledSince,
  availableFrom: facts.availableFrom,
  shareFromPercent: facts.shareFromPercent,
  shareToPercent: facts.shareToPercent,
  workingTimes: sortedOrNull(facts.workingTimes),
  engagements: sortedOrNull(facts.engagements),
  licences: sortedOrNull(facts.licences),
  swedish: facts.swedish,
  languages: sortedOrNull(facts.languages),
  skills: sortedOrNull(facts.skills),
  experience: sortedOrNull(facts.experience),
  knownItems: sortedFacts(withoutSettledItems(facts).knownItems),
  wishes: facts.wishes,
  maxTravelMinutes: facts.maxTravelMinutes,
  hasCar: facts.hasCar,
});

const canonicalPart = ({ sharePercent, weekdays }: SeatPart): SeatPart => ({
  sharePercent,
  weekdays: weekdays.toSorted((a, b) => a - b),
});

/** Which part is the first is told by the place, and stays. */
const canonicalParts = ([first, second]: readonly [SeatPart, SeatPart]): readonly [SeatPart, SeatPart] => [
  canonicalPart(first),
  canonicalPart(second),
];

/** A pair has no first and second: the lower id is written first. */
const canonicalPairRule = (rule: MatchPairRule): MatchPairRule => {
  const [first, second] =
    compareText(rule.first, rule.second) <= 0 ? [rule.first, rule.second] : [rule.second, rule.first];
  return { ...rule, first, second };
};

/**
 * The same input with every list whose order has no meaning put in one fixed order, travel rows numbered by first use
 * and equal rows merged. Of a person only the facts that the type names are taken over, so that nothing else can reach a
 * snapshot. Two inputs that say the same give the same canonical JSON, and so the same snapshot hash.
 */
export const canonicalInput = (input: MatchInput): MatchInput => {
  const rows: (readonly TravelToUnit[])[] = [];
  const rowByText = new Map<string, number>();
  const newRow = new Map<number, number>();
  const renumber = (row: number | null): number | null => {
    if (row === null) return null;
    const known = newRow.get(row);
    if (known !== undefined) return known;
    const sorted = sortedBy(input.travel[row] ?? [], (entry) => entry.unitId);
    const text = canonicalJson(sorted);
    const index = rowByText.get(text) ?? rows.push(sorted) - 1;
    rowByText.set(text, index);
    newRow.set(row, index);
    return index;
  };
  const candidates = sortedBy(input.candidates, (candidate) => candidate.candidateId).map(
    (candidate): MatchCandidate => ({
      candidateId: candidate.candidateId,
      ...canonicalFacts(candidate),
      travelRow: renumber(candidate.travelRow),
      assignedCohortId: candidate.assignedCohortId,
      missedStarts: candidate.missedStarts,
      keptAt: candidate.keptAt,
    }),
  );
  const places = sortedBy(input.places, (place) => place.placeId).map((place) => ({
    ...place,
    workingTimes: sortedBy(place.workingTimes, (time) => time),
    weeklyHours: sortedFacts(place.weeklyHours),
    sharedSeat: place.sharedSeat === null ? null : canonicalParts(place.sharedSeat),
  }));
  // In the order of what they say: the number of a row says nothing, and is another once rows are numbered anew.
  const rowText = (row: number | null): string =>
    row === null ? '' : canonicalJson(sortedBy(input.travel[row] ?? [], (entry) => entry.unitId));
  const expected = sortedBy(
    (input.expectedArrivals?.profiles ?? []).map((profile) => ({
      facts: canonicalFacts(profile),
      row: profile.travelRow,
    })),
    ({ facts, row }) => `${canonicalJson(facts)} ${rowText(row)}`,
  ).map(({ facts, row }) => ({ ...facts, travelRow: renumber(row) }));
  return {
    ...input,
    starts: sortedBy(input.starts, (start) => `${start.startDate} ${start.cohortId}`),
    laterStarts: sortedBy(input.laterStarts, (start) => `${start.startDate} ${start.cohortId}`),
    candidates,
    places,
    travel: rows,
    units: sortedBy(input.units, (unit) => unit.unitId),
    skillsTaught: sortedBy(input.skillsTaught, ({ skillId }) => skillId),
    exclusions: sortedBy(input.exclusions, (pair) => `${pair.candidateId} ${pair.placeId}`),
    startExclusions: sortedBy(input.startExclusions, (pair) => `${pair.candidateId} ${pair.cohortId}`),
    pins: sortedBy(input.pins, (pin) => `${pin.candidateId} ${pin.placeId} ${pin.cohortId}`),
    pairRules: sortedFacts(input.pairRules.map(canonicalPairRule)),
    expectedArrivals:
      input.expectedArrivals === null ? null : { perStart: input.expectedArrivals.perStart, profiles: expected },
    nearOccupations: sortedBy(input.nearOccupations, (near) => `${near.from} ${near.to}`),
  };
};
