import * as fc from 'fast-check';
import type { MatchInput, MatchPairRule } from '../model.ts';
import { arbitraryInput } from './arbitrary-inputs.ts';
import { unitId } from './inputs.ts';

const rule = (people: number) =>
  fc.record({
    kind: fc.constantFrom('start' as const, 'unit' as const, 'together' as const),
    first: fc.nat({ max: people - 1 }),
    step: fc.integer({ min: 1, max: people - 1 }),
  });

/** Random inputs with shared seats, sessions with few seats, supervisors with few hours and rules about two people. */
export const arbitraryConstrainedInput = ({ maxStarts }: { readonly maxStarts: number }): fc.Arbitrary<MatchInput> =>
  arbitraryInput({ maxStarts, withParts: true }).chain((input) => {
    const people = input.candidates.length;
    return fc
      .record({
        needs: fc.array(fc.constantFrom(0, 2, 2.5, 4), { minLength: 5, maxLength: 5 }),
        hours: fc.array(fc.constantFrom(null, 2, 4.5, 8), { minLength: 2, maxLength: 2 }),
        hoursTaken: fc.constantFrom(0, 0, 1),
        rules: people < 2 ? fc.constant([]) : fc.array(rule(people), { maxLength: 3 }),
        placeAtMost: fc.constantFrom(null, null, 2),
      })
      .map(({ needs, hours, hoursTaken, rules, placeAtMost }): MatchInput => {
        const pairRules = new Map<string, MatchPairRule>();
        for (const { kind, first, step } of rules) {
          const pair = [first, (first + step) % people].toSorted((a, b) => a - b);
          const [one, other] = pair.map((index) => input.candidates[index]!.candidateId) as [never, never];
          pairRules.set(
            pair.join(),
            kind === 'together'
              ? { kind, first: one, second: other }
              : { kind: 'keep-apart', first: one, second: other, apartFrom: kind },
          );
        }
        return {
          ...input,
          // Most people fit most places, so that what is scarce is what they share.
          candidates: input.candidates.map((candidate) => ({ ...candidate, engagements: [], maxTravelMinutes: null })),
          places: input.places.map((place, index) => ({
            ...place,
            supervisorHours: needs[index]!,
            workingTimes: ['day' as const],
            requirements: place.requirements.filter(({ strength }) => strength !== 'must'),
          })),
          weights: { ...input.weights, minimumFitPercent: 0 },
          units: hours.map((supervisorHours, index) => ({
            unitId: unitId(index + 1),
            supervisorHours,
            supervisorHoursTaken: hoursTaken,
          })),
          pairRules: [...pairRules.values()],
          policy: { ...input.policy, placeAtMost },
        };
      });
  });
