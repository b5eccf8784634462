import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { compileRun } from './compiled-run.ts';
import { verdictOf } from './criteria/judgement.ts';
import { findInputFaults } from './input-faults.ts';
import type { MatchInput, MatchPin } from './model.ts';
import { runMatching } from './run-matching.ts';
import { arbitraryInput } from './test-support/arbitrary-inputs.ts';
import { aCandidate, aPlace, asking, cohortId, placeId } from './test-support/inputs.ts';

const RUNS = { numRuns: 200, seed: 20261128 } as const;
const oneStart = arbitraryInput({ maxStarts: 1 });
const anyInput = arbitraryInput({ maxStarts: 3 });

/** Who is proposed for what, as text. */
const proposals = (input: MatchInput): readonly string[] =>
  runMatching(input).candidates.flatMap((outcome) =>
    outcome.kind === 'proposed'
      ? [`${outcome.candidateId} ${outcome.cohortId} ${outcome.placeId} ${outcome.points}`]
      : [],
  );

/** What every criterion of every place says of one person at every start. */
const verdictsOn = (given: MatchInput, person: number): readonly string[] => {
  const run = compileRun(canonicalInput(given));
  const { facts } = run.candidates[person]!;
  return run.cells.flatMap(({ criteria }) =>
    criteria.flatMap((criterion) => run.starts.map((start) => verdictOf(criterion.judge(facts, start)))),
  );
};

describe('an answer', () => {
  test('turns unknowns into verdicts and leaves every verdict that was known: it never makes one wrong', () => {
    let settled = 0;
    fc.assert(
      fc.property(anyInput, fc.nat({ max: 7 }), fc.constantFrom(...PROFILE_FIELDS), (input, index, field) => {
        if (input.candidates.length === 0) return;
        const at = index % input.candidates.length;
        const asked = input.candidates.map((each, c) => (c === at ? { ...each, [field]: null } : each));
        const before = verdictsOn({ ...input, candidates: asked }, at);
        const after = verdictsOn(input, at);
        expect(after).toHaveLength(before.length);
        for (const [criterion, verdict] of before.entries()) {
          if (verdict !== 'unknown') expect(after[criterion]).toBe(verdict);
          else if (after[criterion] !== 'unknown') settled += 1;
        }
      }),
      RUNS,
    );
    expect(settled).toBeGreaterThan(0);
  });
});

describe('pins', () => {
  test('are kept whatever else is asked for, where there are seats for them', () => {
    const pin = fc.record({ person: fc.nat({ max: 7 }), place: fc.nat({ max: 4 }), start: fc.nat({ max: 2 }) });
    let kept = 0;
    fc.assert(
      fc.property(anyInput, fc.array(pin, { minLength: 1, maxLength: 2 }), (input, drawn) => {
        if (input.candidates.length === 0 || input.places.length === 0) return;
        const pins = drawn.map(({ person, place, start }): MatchPin => {
          const { candidateId, assignedCohortId } = input.candidates[person % input.candidates.length]!;
          const { placeId } = input.places[place % input.places.length]!;
          return { candidateId, placeId, cohortId: assignedCohortId ?? cohortId((start % input.starts.length) + 1) };
        });
        const pinned = { ...input, pins };
        if (findInputFaults(pinned).length > 0) return;
        const outcomes = new Map(runMatching(pinned).candidates.map((outcome) => [outcome.candidateId, outcome]));
        for (const each of pins) {
          kept += 1;
          expect(outcomes.get(each.candidateId)).toMatchObject({ kind: 'proposed', pinned: true, ...each });
        }
      }),
      RUNS,
    );
    expect(kept).toBeGreaterThan(0);
  });
});

describe('what makes no difference', () => {
  test('somebody who may go nowhere', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const assignedCohortId = input.purpose === 'placement' ? input.starts[0]!.cohortId : null;
        // No wait at all, so that nobody's unknown wait is reckoned from theirs.
        const enrolledSince = input.starts[0]!.startDate;
        const nobody = aCandidate(99, { assignedCohortId, enrolledSince });
        const exclusions = input.places.map((place) => ({ candidateId: nobody.candidateId, placeId: place.placeId }));
        const more = {
          ...input,
          candidates: [...input.candidates, nobody],
          exclusions: [...input.exclusions, ...exclusions],
        };
        expect(proposals(more)).toEqual(proposals(input));
      }),
      RUNS,
    );
  });

  test('a place that nobody may have', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const closed = aPlace(98, { seats: 3, requirements: [asking({ kind: 'licence', licence: 'DE' })] });
        const people = input.candidates.map((each) => ({ ...each, licences: each.licences ?? [] }));
        const before = { ...input, candidates: people };
        const all = { ...before, places: [...input.places, closed] };
        expect(proposals(all)).toEqual(proposals(before));
      }),
      RUNS,
    );
  });

  test('whether seats that are alike stand at one place or at one place each, but for the draw between them', () => {
    fc.assert(
      fc.property(oneStart, (input) => {
        const split = input.places.flatMap((place, index) =>
          Array.from({ length: Math.max(0, place.seats - place.taken) }, (_, seat) => ({
            ...place,
            placeId: placeId(100 * (index + 1) + seat),
            seats: 1,
            taken: 0,
            takenSecond: 0,
          })),
        );
        const whole = runMatching({ ...input, exclusions: [] });
        const apart = runMatching({ ...input, places: split, exclusions: [] });
        const { proposed, points } = whole.summary;
        expect(apart.summary).toMatchObject({ proposed, points });
      }),
      RUNS,
    );
  });
});
