import type { ProposedOutcome } from '@gruppstart/domain/matching/outcome';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryConstrainedInput } from '../test-support/arbitrary-constrained-inputs.ts';

const check = (property: (input: MatchInput) => void): void => {
  fc.assert(fc.property(arbitraryConstrainedInput({ maxStarts: 3 }), property), { numRuns: 250, seed: 20_261_122 });
};

const proposedIn = (input: MatchInput): ProposedOutcome[] =>
  runMatching(input).candidates.filter((outcome) => outcome.kind === 'proposed');

const placeOf = (input: MatchInput, { placeId }: ProposedOutcome) =>
  input.places.find((place) => place.placeId === placeId)!;

describe('whatever people share', () => {
  test('a seat is given whole or to two halves, never more', () => {
    check((input) => {
      const proposed = proposedIn(input);
      for (const { placeId, seats, taken, takenSecond } of input.places) {
        const parts = proposed.filter((outcome) => outcome.placeId === placeId).map(({ seatPart }) => seatPart);
        const count = (without: string): number => parts.filter((part) => part !== without).length;
        expect(count('second')).toBeLessThanOrEqual(Math.max(0, seats - taken));
        expect(count('first')).toBeLessThanOrEqual(Math.max(0, seats - takenSecond));
      }
    });
  });

  test("a unit's supervisors have the hours for everybody who comes", () => {
    check((input) => {
      const proposed = proposedIn(input);
      for (const { unitId, supervisorHours, supervisorHoursTaken } of input.units) {
        if (supervisorHours === null) continue;
        const needed = proposed
          .map((outcome) => placeOf(input, outcome))
          .filter((place) => place.unitId === unitId)
          .reduce((sum, place) => sum + place.supervisorHours, 0);
        expect(needed).toBeLessThanOrEqual(Math.max(0, supervisorHours - supervisorHoursTaken));
      }
    });
  });

  test('a session has a seat for everybody who needs it', () => {
    check((input) => {
      for (const { need, seats } of runMatching(input).summary.sessionNeeds)
        if (seats !== null) expect(need).toBeLessThanOrEqual(seats);
    });
  });

  test('two who are kept apart are, and two who begin together do or do not begin', () => {
    check((input) => {
      const proposed = proposedIn(input);
      for (const rule of input.pairRules) {
        const [first, second] = [rule.first, rule.second].map((id) =>
          proposed.find(({ candidateId }) => candidateId === id),
        );
        if (rule.kind === 'together') {
          if (input.purpose === 'admission') expect(first?.cohortId).toBe(second?.cohortId);
          continue;
        }
        if (first === undefined || second === undefined) continue;
        expect(placeOf(input, first).unitId).not.toBe(placeOf(input, second).unitId);
        if (rule.apartFrom === 'start' && input.purpose === 'admission')
          expect(first.cohortId).not.toBe(second.cohortId);
      }
    });
  });

  test('the proof goes all the way, and whoever is left out of a free seat is told what stands against it', () => {
    check((input) => {
      const { certificate, candidates } = runMatching(input);
      for (const start of certificate.starts)
        expect(start).toMatchObject({ exact: true, gap: { placed: 0, points: 0 } });
      for (const outcome of candidates) {
        if (outcome.kind !== 'unplaced') continue;
        for (const reason of outcome.reasons)
          if (reason.kind === 'other-planning' && reason.because === 'group-rule')
            expect(input.pairRules.some((rule) => [rule.first, rule.second].includes(outcome.candidateId))).toBe(true);
      }
    });
  });

  test('the order in which anything is given is without effect', () => {
    check((input) => {
      const turned: MatchInput = {
        ...input,
        candidates: input.candidates.toReversed(),
        places: input.places.toReversed(),
        units: input.units.toReversed(),
        starts: input.starts.toReversed(),
        skillsTaught: input.skillsTaught.toReversed(),
        pairRules: input.pairRules.toReversed().map((rule) => ({ ...rule, first: rule.second, second: rule.first })),
      };
      expect(canonicalJson(runMatching(turned))).toBe(canonicalJson(runMatching(input)));
    });
  });
});
