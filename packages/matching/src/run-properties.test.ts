import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import {
  CallListEntry,
  CandidateOutcome,
  Certificate,
  PlaceOutcome,
  RunSummary,
} from '@gruppstart/domain/matching/outcome';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { canonicalJson } from './canonical-json.ts';
import { compileRun } from './compiled-run.ts';
import type { MatchInput } from './model.ts';
import { judgePairs } from './pairs.ts';
import { runMatching } from './run-matching.ts';
import { arbitraryCandidate, arbitraryInput } from './test-support/arbitrary-inputs.ts';

const RUNS = 300;
const anyInput = arbitraryInput({ maxStarts: 3, withKeptOut: true });
const oneStart = arbitraryInput({ maxStarts: 1 });

const check = (property: fc.IRawProperty<unknown>): void => {
  void fc.assert(property, { numRuns: RUNS, seed: 20261122 });
};

const countBy = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

const proposedOf = (input: MatchInput) =>
  runMatching(input).candidates.filter((outcome) => outcome.kind === 'proposed');

/** Eligible pairs of a person and a part of a seat, as text. */
const eligiblePairs = (given: MatchInput): Set<string> => {
  const input = canonicalInput(given);
  const run = compileRun(input);
  const table = judgePairs(run);
  const pairs = new Set<string>();
  for (const [c, candidate] of input.candidates.entries())
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const { place, seatPart } = run.cells[table.edgeCell[e]!]!;
      pairs.add(`${candidate.candidateId} ${input.places[place]!.placeId} ${seatPart}`);
    }
  return pairs;
};

describe('every run', () => {
  test('gives each candidate exactly one outcome, and who is unplaced at least one reason', () => {
    check(
      fc.property(anyInput, (input) => {
        const { candidates, summary } = runMatching(input);
        expect(candidates.map((outcome) => outcome.candidateId)).toEqual(
          input.candidates.map((candidate) => candidate.candidateId).toSorted(),
        );
        for (const outcome of candidates) if (outcome.kind === 'unplaced') expect(outcome.reasons).not.toHaveLength(0);
        expect(summary.proposed + summary.unplaced).toBe(input.candidates.length);
      }),
    );
  });

  test('keeps the seats of places and of starts', () => {
    check(
      fc.property(anyInput, (input) => {
        const proposed = proposedOf(input);
        const perPlace = countBy(proposed.map((outcome) => outcome.placeId));
        for (const place of input.places)
          expect(perPlace.get(place.placeId) ?? 0).toBeLessThanOrEqual(Math.max(0, place.seats - place.taken));
        const perStart = countBy(proposed.map((outcome) => outcome.cohortId));
        if (input.purpose === 'admission')
          for (const start of input.starts)
            expect(perStart.get(start.cohortId) ?? 0).toBeLessThanOrEqual(start.seats - start.taken);
      }),
    );
  });

  test('proposes nobody for a place that a criterion shuts out, that was ruled out, or in another start than theirs or one they are kept out of', () => {
    check(
      fc.property(anyInput, (input) => {
        for (const outcome of proposedOf(input)) {
          expect(outcome.verdicts.filter((judged) => judged.excludes && judged.verdict === 'no')).toEqual([]);
          expect(
            input.exclusions.some(
              (pair) => pair.candidateId === outcome.candidateId && pair.placeId === outcome.placeId,
            ),
          ).toBe(false);
          expect(
            input.startExclusions.some(
              (pair) => pair.candidateId === outcome.candidateId && pair.cohortId === outcome.cohortId,
            ),
          ).toBe(false);
          const own = input.candidates.find((candidate) => candidate.candidateId === outcome.candidateId);
          if (own?.assignedCohortId !== null) expect(outcome.cohortId).toBe(own?.assignedCohortId);
        }
      }),
    );
  });

  test('has parts that add up exactly, within their limits', () => {
    check(
      fc.property(anyInput, (input) => {
        let total = 0;
        for (const outcome of proposedOf(input)) {
          expect(outcome.parts.reduce((sum, part) => sum + part.points, 0)).toBe(outcome.points);
          expect(outcome.parts.reduce((sum, part) => sum + part.maxPoints, 0)).toBe(outcome.maxPoints);
          for (const part of outcome.parts) expect(part.points).toBeLessThanOrEqual(part.maxPoints);
          total += outcome.points;
        }
        const { summary, certificate } = runMatching(input);
        expect(summary.points).toBe(total);
        expect(certificate.starts.reduce((sum, start) => sum + start.points, 0)).toBe(total);
      }),
    );
  });

  test('never scores a part with something unknown in it as zero', () => {
    check(
      fc.property(anyInput, (input) => {
        for (const outcome of proposedOf(input))
          for (const judged of outcome.verdicts) {
            if (judged.verdict !== 'unknown' || judged.score === null) continue;
            const part = outcome.parts.find(({ part: kind }) => kind === judged.score?.part);
            expect(part?.points).toBeGreaterThan(0);
          }
      }),
    );
  });

  test('is written in the words of the domain', () => {
    check(
      fc.property(anyInput, (input) => {
        const result = runMatching(input);
        expect(RunSummary.parse(result.summary)).toEqual(result.summary);
        expect(Certificate.parse(result.certificate)).toEqual(result.certificate);
        for (const outcome of result.candidates) expect(CandidateOutcome.parse(outcome)).toEqual(outcome);
        for (const place of result.places) expect(PlaceOutcome.parse(place)).toEqual(place);
        for (const entry of result.callList) expect(CallListEntry.parse(entry)).toEqual(entry);
      }),
    );
  });

  test('gives the same bytes whatever the order of its lists and of the rows of travel', () => {
    const shuffled = anyInput.chain((input) =>
      fc
        .record({
          starts: fc.shuffledSubarray([...input.starts], { minLength: input.starts.length }),
          candidates: fc.shuffledSubarray([...input.candidates], { minLength: input.candidates.length }),
          places: fc.shuffledSubarray([...input.places], { minLength: input.places.length }),
          exclusions: fc.shuffledSubarray([...input.exclusions], { minLength: input.exclusions.length }),
          startExclusions: fc.shuffledSubarray([...input.startExclusions], { minLength: input.startExclusions.length }),
          nearOccupations: fc.shuffledSubarray([...input.nearOccupations], { minLength: input.nearOccupations.length }),
        })
        .map((lists) => {
          const candidates = lists.candidates.map((candidate) => ({
            ...candidate,
            skills: candidate.skills === null ? null : candidate.skills.toReversed(),
            workingTimes: candidate.workingTimes === null ? null : candidate.workingTimes.toReversed(),
            travelRow: candidate.travelRow === null ? null : 1 - candidate.travelRow,
          }));
          return { input, other: { ...input, ...lists, candidates, travel: input.travel.toReversed() } };
        }),
    );
    check(
      fc.property(shuffled, ({ input, other }) => {
        expect(canonicalJson(canonicalInput(other))).toBe(canonicalJson(canonicalInput(input)));
        expect(canonicalJson(runMatching(other))).toBe(canonicalJson(runMatching(input)));
      }),
    );
  });

  test('leaves nobody eligible out while a fitting seat and a seat in the start are free', () => {
    check(
      fc.property(oneStart, (input) => {
        const result = runMatching(input);
        const free = new Set(
          result.places
            .filter((place) => place.seats - place.takenBefore - place.filled > 0)
            .map((place) => place.placeId as string),
        );
        const [cohort] = result.summary.cohorts;
        const hasRoom =
          input.purpose === 'placement' || (cohort?.proposed ?? 0) < (cohort?.seats ?? 0) - (cohort?.takenBefore ?? 0);
        const pairs = eligiblePairs(input);
        for (const outcome of result.candidates) {
          if (outcome.kind === 'proposed') continue;
          const kinds = outcome.reasons.map((reason) => reason.kind);
          if (kinds.includes('cohort-full')) expect(hasRoom).toBe(false);
          if (!kinds.includes('seats-taken')) continue;
          for (const placeId of free) expect(pairs.has(`${outcome.candidateId} ${placeId} whole`)).toBe(false);
        }
      }),
    );
  });
});

describe('a change for the better never makes it worse', () => {
  test('one more candidate never lowers the number placed at a start', () => {
    check(
      fc.property(oneStart, arbitraryCandidate(99), (input, newcomer) => {
        const assignedCohortId = input.purpose === 'placement' ? input.starts[0]!.cohortId : null;
        const more = { ...input, candidates: [...input.candidates, { ...newcomer, assignedCohortId }] };
        expect(runMatching(more).summary.proposed).toBeGreaterThanOrEqual(runMatching(input).summary.proposed);
      }),
    );
  });

  test('making a must a wish never lowers the number placed at a start', () => {
    check(
      fc.property(oneStart, (input) => {
        const relaxed = {
          ...input,
          places: input.places.map((place) => ({
            ...place,
            requirements: place.requirements.map((requirement) => ({ ...requirement, strength: 'wish' as const })),
          })),
          weights: { ...input.weights, minimumFitPercent: 0 },
        };
        const strict = { ...input, weights: { ...input.weights, minimumFitPercent: 0 } };
        expect(runMatching(relaxed).summary.proposed).toBeGreaterThanOrEqual(runMatching(strict).summary.proposed);
      }),
    );
  });

  test('forgetting a fact never shuts anyone out: unknown is not no', () => {
    check(
      fc.property(anyInput, fc.nat({ max: 7 }), fc.constantFrom(...PROFILE_FIELDS), (input, index, field) => {
        const forgotten = {
          ...input,
          candidates: input.candidates.map((candidate, at) =>
            at === index ? { ...candidate, [field]: null } : candidate,
          ),
        };
        const after = eligiblePairs(forgotten);
        for (const pair of eligiblePairs(input)) expect(after.has(pair)).toBe(true);
      }),
    );
  });
});
