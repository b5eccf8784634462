import { canonicalJson, compareText } from './canonical-json.ts';
import type { MatchCandidate, MatchInput, TravelToUnit } from './model.ts';

const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] => {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => compareText(a.key, b.key));
  return keyed.map(({ item }) => item);
};

/** A list of facts in the order of its canonical texts; most hold nothing or one thing. */
const sortedFacts = <T>(items: readonly T[]): T[] =>
  items.length < 2 ? [...items] : sortedBy(items, (item) => canonicalJson(item));

const sortedOrNull = <T>(items: readonly T[] | null): T[] | null => (items === null ? null : sortedFacts(items));

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
      enrolledSince: candidate.enrolledSince,
      availableFrom: candidate.availableFrom,
      shareFromPercent: candidate.shareFromPercent,
      shareToPercent: candidate.shareToPercent,
      workingTimes: sortedOrNull(candidate.workingTimes),
      engagements: sortedOrNull(candidate.engagements),
      licences: sortedOrNull(candidate.licences),
      swedish: candidate.swedish,
      languages: sortedOrNull(candidate.languages),
      skills: sortedOrNull(candidate.skills),
      experience: sortedOrNull(candidate.experience),
      wishes: candidate.wishes,
      maxTravelMinutes: candidate.maxTravelMinutes,
      hasCar: candidate.hasCar,
      travelRow: renumber(candidate.travelRow),
      assignedCohortId: candidate.assignedCohortId,
    }),
  );
  const places = sortedBy(input.places, (place) => place.placeId).map((place) => ({
    ...place,
    workingTimes: sortedBy(place.workingTimes, (time) => time),
    weeklyHours: sortedFacts(place.weeklyHours),
  }));
  return {
    ...input,
    starts: sortedBy(input.starts, (start) => `${start.startDate} ${start.cohortId}`),
    candidates,
    places,
    travel: rows,
    skillsTaught: sortedBy(input.skillsTaught, (skillId) => skillId),
    exclusions: sortedBy(input.exclusions, (pair) => `${pair.candidateId} ${pair.placeId}`),
    pins: sortedBy(input.pins, (pin) => `${pin.candidateId} ${pin.placeId} ${pin.cohortId}`),
    nearOccupations: sortedBy(input.nearOccupations, (near) => `${near.from} ${near.to}`),
  };
};
