import type { CandidateId, PlaceId } from '@gruppstart/domain/shared/ids';
import type { MatchInput, MatchPlace } from '../model.ts';

/** The input without some people and places, and without what only they took part in. */
export const without = (
  input: MatchInput,
  people: ReadonlySet<CandidateId>,
  places: ReadonlySet<PlaceId> = new Set(),
): MatchInput => ({
  ...input,
  candidates: input.candidates.filter(({ candidateId }) => !people.has(candidateId)),
  places: input.places.filter(({ placeId }) => !places.has(placeId)),
  exclusions: input.exclusions.filter(({ candidateId, placeId }) => !people.has(candidateId) && !places.has(placeId)),
  startExclusions: input.startExclusions.filter(({ candidateId }) => !people.has(candidateId)),
  pins: input.pins.filter(({ candidateId, placeId }) => !people.has(candidateId) && !places.has(placeId)),
  pairRules: input.pairRules.filter(({ first, second }) => !people.has(first) && !people.has(second)),
});

/** The input with one place otherwise; null when it took no part. */
export const withPlace = (
  input: MatchInput,
  placeId: PlaceId,
  change: (place: MatchPlace) => MatchPlace,
): MatchInput | null =>
  input.places.some((place) => place.placeId === placeId)
    ? { ...input, places: input.places.map((place) => (place.placeId === placeId ? change(place) : place)) }
    : null;
