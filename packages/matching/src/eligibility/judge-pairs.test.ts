import { SCORE_PARTS } from '@gruppstart/domain/matching/score';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { type CompiledRun, compileRun } from '../compiled-run.ts';
import type { MatchInput } from '../model.ts';
import { judgePairs, type PairTable } from '../pairs.ts';
import { arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import { referencePairs } from '../test-support/reference-pairs.ts';

const partPoints = fc.constantFrom(0, 1, 7, 40, 1000);

/** Weights from nothing to the most there can be, minimums from none to all, limits that everything is near. */
const arbitraryWeights = fc.record({
  points: fc.record(Object.fromEntries(SCORE_PARTS.map((part) => [part, partPoints]))),
  minimumFitPercent: fc.constantFrom(0, 1, 35, 50, 70, 99, 100),
  nearTravelMarginMinutes: fc.constantFrom(0, 5, 60),
});

/** Many people, so that bits fill more than one word, and the last one or not. */
const anyInput: fc.Arbitrary<MatchInput> = fc
  .tuple(
    fc.oneof(
      arbitraryInput({ maxStarts: 3, withParts: true, withKeptOut: true }),
      arbitraryInput({ maxStarts: 3, withParts: true, withKeptOut: true, maxPeople: 70 }),
    ),
    arbitraryWeights,
    fc.constantFrom(1, 1, 1, 10),
  )
  .map(([input, weights, times]) => ({
    ...input,
    // As many requirements as a place can have, the same ones again.
    places: input.places.map((place) => ({
      ...place,
      requirements: Array.from({ length: times }, () => place.requirements).flat(),
    })),
    weights: { ...input.weights, ...weights, points: { ...input.weights.points, ...weights.points } },
  }));

const compiled = (input: MatchInput): CompiledRun => compileRun(canonicalInput(input));

/** A table as plain lists, so that a difference is readable. */
const plain = (table: PairTable) => ({
  edgeStart: [...table.edgeStart],
  edgeCell: [...table.edgeCell],
  edgePoints: [...table.edgePoints],
  edgeSessions: [...table.edgeSessions],
  questions: [...table.questions]
    .map(([question, { settles, opens }]) => ({ question, settles: [...settles], opens: [...opens] }))
    .sort((a, b) => a.question - b.question),
  places: table.places.map(({ excluded, excludedAlone, unknown, ...counts }) => ({
    excluded: [...excluded],
    excludedAlone: [...excludedAlone],
    unknown: [...unknown],
    ...counts,
  })),
});

describe('judging everybody at once', () => {
  test('gives the edges, points, needs and counts of judging pair by pair', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const run = compiled(input);
        expect(plain(judgePairs(run))).toEqual(plain(referencePairs(run)));
      }),
      { numRuns: 1000, seed: 20261128 },
    );
  });
});
