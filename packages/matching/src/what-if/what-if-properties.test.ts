import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import type { Consequences, WhatIfAnswer, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryConstrainedInput } from '../test-support/arbitrary-constrained-inputs.ts';
import { arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import { answerWhatIf } from './answer-what-if.ts';
import { seatsOf } from './consequences.ts';

const RUNS = 150;
const anyInput = arbitraryInput({ maxStarts: 3 });
const oneStart = arbitraryInput({ maxStarts: 1 });

const check = (property: fc.IRawProperty<unknown>): void => {
  void fc.assert(property, { numRuns: RUNS, seed: 20261128 });
};

const ask = <K extends WhatIfQuestion['kind']>(
  input: MatchInput,
  question: Extract<WhatIfQuestion, { kind: K }>,
): Extract<WhatIfAnswer, { kind: K }> => {
  const answered = answerWhatIf(input, runMatching(input), question);
  if (!answered.ok) throw new Error(answered.error);
  return answered.value as Extract<WhatIfAnswer, { kind: K }>;
};

const affected = ({ newlyProposed, noLongerProposed, moved }: Consequences): number =>
  newlyProposed.count + noLongerProposed.count + moved.count;

/** The lists of an answer, applied to what the run proposed, must give what is proposed afterwards. */
const expectAddsUp = ({ before, after, newlyProposed, noLongerProposed }: Consequences, gone = 0): void =>
  expect(after.proposed).toBe(before.proposed + newlyProposed.count - noLongerProposed.count - gone);

describe('a what-if', () => {
  test('changes nothing when nothing is otherwise', () => {
    check(
      fc.property(anyInput, (input) => {
        const before = canonicalJson(input);
        const { validTo: _, ...weights } = input.weights;
        const { consequences } = ask(input, { kind: 'weights', weights });
        expect(consequences.after).toEqual(consequences.before);
        expect(affected(consequences)).toBe(0);
        const repaired = ask(input, { kind: 'repair', dropOuts: [], closedPlaces: [], movedPersonCostPoints: 0 });
        expect(affected(repaired.consequences)).toBe(0);
        expect(canonicalJson(input)).toBe(before);
      }),
    );
  });

  test('about one more seat never ends with fewer proposed, and everybody is accounted for', () => {
    check(
      fc.property(oneStart, fc.nat(), (input, chance) => {
        const place = input.places[chance % Math.max(1, input.places.length)];
        if (!place) return;
        const { consequences } = ask(input, { kind: 'extra-seat', placeId: place.placeId });
        expectAddsUp(consequences);
        expect(consequences.after.proposed - consequences.before.proposed).toBeGreaterThanOrEqual(0);
        expect(consequences.after.proposed - consequences.before.proposed).toBeLessThanOrEqual(1);
        // With one start, the run says the same of the place by itself; a place that is overbooked needs more than one.
        if (place.taken > place.seats) return;
        const told = runMatching(input).places.find(({ placeId }) => placeId === place.placeId);
        expect(told?.oneMoreSeat).toEqual({
          placed: consequences.after.proposed - consequences.before.proposed,
          points: consequences.after.points - consequences.before.points,
        });
      }),
    );
  });

  test('about a place without a requirement never shuts anybody out', () => {
    check(
      fc.property(oneStart, fc.nat(), (input, chance) => {
        const asking = input.places.filter(({ requirements }) => requirements.length > 0);
        const place = asking[chance % Math.max(1, asking.length)];
        if (!place) return;
        const requirementIndex = chance % place.requirements.length;
        // Without what nobody meets, the rest weighs more: only the minimum fit could speak against somebody new.
        const lenient = { ...input, weights: { ...input.weights, minimumFitPercent: 0 } };
        const { eligible, consequences } = ask(lenient, {
          kind: 'without-requirement',
          placeId: place.placeId,
          requirementIndex,
        });
        expect(eligible.after).toBeGreaterThanOrEqual(eligible.before);
        expect(consequences.after.proposed).toBeGreaterThanOrEqual(consequences.before.proposed);
        expectAddsUp(consequences);
      }),
    );
  });

  test('about a named person either gives the place or says what hinders, and tells what it costs the others', () => {
    check(
      fc.property(anyInput, fc.nat(), fc.nat(), (input, who, where) => {
        const candidate = input.candidates[who % Math.max(1, input.candidates.length)];
        const place = input.places[where % Math.max(1, input.places.length)];
        if (!candidate || !place) return;
        const { candidateId } = candidate;
        const { from, request } = ask(input, { kind: 'named-request', candidateId, placeId: place.placeId });
        const seats = seatsOf(runMatching(input));
        expect(from).toEqual(seats.get(candidateId) ?? null);
        if (!request.possible) {
          const free = place.seats - place.taken;
          expect(request.hindrance).toBe(free < 1 ? 'place-full' : 'start-full');
          return;
        }
        const { outcome, obstacles, consequences } = request;
        expect(outcome).toMatchObject({ candidateId, placeId: place.placeId, pinned: true });
        const saysNo = outcome.verdicts.some(({ verdict, excludes }) => verdict === 'no' && excludes);
        if (saysNo) expect(obstacles.length).toBeGreaterThan(0);
        if (from?.placeId === place.placeId && from.cohortId === outcome.cohortId) expect(obstacles).toEqual([]);
        for (const list of [consequences.newlyProposed, consequences.noLongerProposed, consequences.moved])
          expect(list.first.map((change) => change.candidateId)).not.toContain(candidateId);
        expectAddsUp(consequences, from === null ? -1 : 0);
      }),
    );
  });

  test('about what is known already leaves the person where the run put them', () => {
    check(
      fc.property(anyInput, fc.nat(), fc.nat(), (input, who, what) => {
        const candidate = input.candidates[who % Math.max(1, input.candidates.length)];
        const field = PROFILE_FIELDS[what % PROFILE_FIELDS.length];
        if (!candidate || !field || candidate[field] === null) return;
        const { candidateId } = candidate;
        const answer = ProfileAnswer.parse({ candidateId, field, value: candidate[field] });
        const { before, after } = ask(input, { kind: 'answer', answer });
        expect(after.kind).toBe(before.kind);
        // The others are held where they are, so that nobody is left for whom a seat would be kept.
        if (before.kind === 'proposed')
          expect(after).toEqual({ ...before, pinned: false, seatPricePoints: expect.any(Number), heldBack: null });
      }),
    );
  });

  test('about what is known already leaves the person a seat where people share seats, hours, sessions and rules', () => {
    let proposed = 0;
    void fc.assert(
      fc.property(arbitraryConstrainedInput({ maxStarts: 1 }), (input) => {
        for (const { candidateId } of input.candidates) {
          const answer = ProfileAnswer.parse({ candidateId, field: 'engagements', value: [] });
          const { before, after } = ask(input, { kind: 'answer', answer });
          expect(after.kind).toBe(before.kind);
          if (before.kind === 'proposed') proposed += 1;
        }
      }),
      { numRuns: 100, seed: 20261128 },
    );
    expect(proposed).toBeGreaterThan(0);
  });

  test('about dropping out gives the seats of the gone to those who are left', () => {
    check(
      fc.property(oneStart, fc.nat(), (input, who) => {
        const proposed = [...seatsOf(runMatching(input)).keys()];
        const gone = proposed[who % Math.max(1, proposed.length)];
        if (!gone) return;
        const { consequences } = ask(input, {
          kind: 'repair',
          dropOuts: [gone],
          closedPlaces: [],
          movedPersonCostPoints: 0,
        });
        expectAddsUp(consequences, 1);
        expect(consequences.noLongerProposed.count).toBe(0);
        const lists = [consequences.newlyProposed, consequences.moved].flatMap(({ first }) => first);
        expect(lists.map(({ candidateId }) => candidateId)).not.toContain(gone);
      }),
    );
  });

  test('is answered the same whatever the order of the lists', () => {
    check(
      fc.property(anyInput, fc.nat(), (input, where) => {
        const place = input.places[where % Math.max(1, input.places.length)];
        const [first] = input.candidates;
        if (!place || !first) return;
        const turned = {
          ...input,
          candidates: input.candidates.toReversed(),
          places: input.places.toReversed(),
          exclusions: input.exclusions.toReversed(),
          startExclusions: input.startExclusions.toReversed(),
        };
        const questions: readonly WhatIfQuestion[] = [
          { kind: 'extra-seat', placeId: place.placeId },
          { kind: 'named-request', candidateId: first.candidateId, placeId: place.placeId },
          { kind: 'answer', answer: { candidateId: first.candidateId, field: 'hasCar', value: true } },
          { kind: 'repair', dropOuts: [first.candidateId], closedPlaces: [place.placeId], movedPersonCostPoints: 5 },
        ];
        for (const question of questions) {
          const answers = [input, turned].map((each) => answerWhatIf(each, runMatching(each), question));
          expect(canonicalJson(answers[1])).toBe(canonicalJson(answers[0]));
        }
      }),
    );
  });
});
