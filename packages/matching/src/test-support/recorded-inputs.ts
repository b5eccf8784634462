import { NewWeights } from '@gruppstart/domain/matching/weights';
import type { WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { addDays } from '@gruppstart/domain/shared/local-date';
import * as fc from 'fast-check';
import { findInputFaults } from '../input-faults.ts';
import type { LaterStart, MatchInput, RunResult } from '../model.ts';
import { arbitraryConstrainedInput } from './arbitrary-constrained-inputs.ts';
import { arbitraryCandidate, arbitraryInput } from './arbitrary-inputs.ts';
import { cohortId } from './inputs.ts';

const INPUTS = 60;
const SEED = 20_261_128;

const laterStarts = (input: MatchInput, count: number): readonly LaterStart[] =>
  Array.from({ length: count }, (_, index) => {
    const startDate = addDays(input.starts.at(-1)!.startDate, 14 * (index + 1));
    return {
      cohortId: cohortId(50 + index),
      startDate,
      firstWorkingDay: addDays(startDate, 14),
      seats: 2 + index,
      taken: index,
    };
  });

/** Inputs in which everything happens that a run may be told: nothing here is typical of a municipality. */
export const arbitraryAnything = fc
  .record({
    input: fc.oneof(
      arbitraryConstrainedInput({ maxStarts: 3 }),
      arbitraryInput({ maxStarts: 3, withKeptOut: true, maxPeople: 14 }),
    ),
    later: fc.constantFrom(0, 1, 3),
    past: fc.array(arbitraryCandidate(1), { maxLength: 4 }),
    perStart: fc.constantFrom(1, 2.5),
    scarcityPercent: fc.constantFrom(0, 50, 100),
    tiers: fc.subarray([
      { tier: 1, ground: 'missed-starts', atLeast: 2, decisionReference: 'RC 2026/1' },
      { tier: 2, ground: 'queue-days', atLeast: 600, decisionReference: 'RC 2026/2' },
    ] as const),
    missed: fc.array(fc.nat({ max: 3 }), { minLength: 14, maxLength: 14 }),
    pinned: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 4 })), { maxLength: 2 }),
    kept: fc.array(fc.option(fc.nat({ max: 4 }), { nil: null }), { minLength: 14, maxLength: 14 }),
    movedPersonCostPoints: fc.constantFrom(0, 10, 200),
    placeAtMost: fc.constantFrom(null, null, 1, 3),
  })
  .map((drawn): MatchInput => {
    const { input } = drawn;
    const first = input.starts[0]!.cohortId;
    const startOf = (person: number) => input.candidates[person]?.assignedCohortId ?? first;
    const whole: MatchInput = {
      ...input,
      laterStarts: laterStarts(input, drawn.later),
      expectedArrivals:
        drawn.past.length === 0
          ? null
          : {
              perStart: drawn.perStart,
              profiles: drawn.past.map(
                ({ candidateId: _, assignedCohortId: __, missedStarts: ___, keptAt: ____, ...facts }) => facts,
              ),
            },
      weights: {
        ...input.weights,
        scarcityPercent: drawn.scarcityPercent,
        longWaitDays: 500,
        tiers: [...drawn.tiers] as never,
      },
      candidates: input.candidates.map((candidate, index) => {
        const place = input.places[drawn.kept[index] ?? -1];
        return {
          ...candidate,
          missedStarts: drawn.missed[index]!,
          keptAt:
            place === undefined
              ? null
              : { cohortId: startOf(index), placeId: place.placeId, seatPart: 'whole' as const },
        };
      }),
      policy: {
        movedPersonCostPoints: drawn.movedPersonCostPoints,
        placeAtMost: drawn.placeAtMost ?? input.policy.placeAtMost,
      },
    };
    const pins = drawn.pinned.flatMap(([person, place]) => {
      const [who, where] = [input.candidates[person], input.places[place]];
      return who && where ? [{ candidateId: who.candidateId, placeId: where.placeId, cohortId: startOf(person) }] : [];
    });
    const withPins = { ...whole, pins };
    return findInputFaults(withPins).length === 0 ? withPins : whole;
  });

export const recordedInputs = (): readonly MatchInput[] =>
  fc.sample(arbitraryAnything, { numRuns: INPUTS, seed: SEED });

/** One question of every kind about a run, to whoever and whatever comes first in it. */
export const questionsTo = (input: MatchInput, result: RunResult): readonly WhatIfQuestion[] => {
  const [person, other] = [result.candidates[0]?.candidateId, result.candidates.at(-1)?.candidateId];
  const place = result.places[0]?.placeId;
  if (person === undefined || other === undefined || place === undefined) return [{ kind: 'replay' }];
  const { validTo: _, ...weights } = input.weights;
  const asking = input.places.find(({ requirements }) => requirements.length > 0);
  return [
    { kind: 'replay' },
    {
      kind: 'weights',
      weights: NewWeights.parse({ ...weights, version: 'prov-1', minimumFitPercent: 60, scarcityPercent: 0 }),
    },
    { kind: 'named-request', candidateId: other, placeId: place },
    { kind: 'answer', answer: { candidateId: person, field: 'licences', value: ['B'] } },
    { kind: 'answer', answer: { candidateId: other, field: 'availableFrom', value: input.starts[0]!.startDate } },
    { kind: 'repair', dropOuts: [person], closedPlaces: [place], movedPersonCostPoints: 20 },
    { kind: 'extra-seat', placeId: place },
    ...(asking ? [{ kind: 'without-requirement', placeId: asking.placeId, requirementIndex: 0 } as const] : []),
  ];
};
