import { canonicalJson, compareText } from './canonical-json.ts';
import type { MatchInput, TravelToUnit } from './model.ts';

const sortedBy = <T>(items: readonly T[], key: (item: T) => string): T[] => {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => compareText(a.key, b.key));
  return keyed.map(({ item }) => item);
};

const sortedOrNull = <T>(items: readonly T[] | null): T[] | null =>
  items === null ? null : sortedBy(items, (item) => canonicalJson(item));

/**
 * The same input with every list whose order has no meaning put in one fixed order, travel rows numbered by first use
 * and equal rows merged. Two inputs that say the same give the same canonical JSON, and so the same snapshot hash.
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
  const candidates = sortedBy(input.candidates, (candidate) => candidate.candidateId).map((candidate) => ({
    ...candidate,
    workingTimes: sortedOrNull(candidate.workingTimes),
    engagements: sortedOrNull(candidate.engagements),
    licences: sortedOrNull(candidate.licences),
    languages: sortedOrNull(candidate.languages),
    skills: sortedOrNull(candidate.skills),
    experience: sortedOrNull(candidate.experience),
    travelRow: renumber(candidate.travelRow),
  }));
  const places = sortedBy(input.places, (place) => place.placeId).map((place) => ({
    ...place,
    workingTimes: sortedBy(place.workingTimes, (time) => time),
    weeklyHours: sortedBy(place.weeklyHours, (span) => canonicalJson(span)),
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
