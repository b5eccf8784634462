import type { CallListEntry } from '@gruppstart/domain/matching/outcome';
import { type ProfileAnswer, withAnswer } from '@gruppstart/domain/matching/profile-answer';
import { FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatchInput, RunResult } from './model.ts';
import { runMatching } from './run-matching.ts';
import { arbitraryConstrainedInput } from './test-support/arbitrary-constrained-inputs.ts';
import { arbitraryInput } from './test-support/arbitrary-inputs.ts';
import {
  aCandidate,
  anInput,
  aPlace,
  aStart,
  asking,
  candidateId,
  cohortId,
  placeId,
  unitId,
} from './test-support/inputs.ts';

const RUNS = { numRuns: 150, seed: 20261122 } as const;

/** One start, and no minimum that a changed score could pass or miss. */
const oneStart = arbitraryInput({ maxStarts: 1 }).map((input) => ({
  ...input,
  weights: { ...input.weights, minimumFitPercent: 0 },
}));

/** One start after an earlier run, whose proposals are taxed when they are left: value is then more than points. */
const taxed = fc
  .record({
    input: oneStart,
    kept: fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 8 }),
    movedPersonCostPoints: fc.constantFrom(10, 200),
  })
  .map(({ input, kept, movedPersonCostPoints }) => ({
    ...input,
    policy: { ...input.policy, movedPersonCostPoints },
    candidates: input.candidates.map((candidate, index) => {
      const place = input.places[kept[index]!];
      return {
        ...candidate,
        keptAt:
          place === undefined
            ? null
            : { cohortId: input.starts[0]!.cohortId, placeId: place.placeId, seatPart: 'whole' as const },
      };
    }),
  }));

/** So many people that leaving one of them out leaves most. */
const largerStart = fc
  .array(
    fc.record({
      hasLicence: fc.boolean(),
      wish: fc.constantFrom(...FIELDS_OF_WORK.slice(0, 3)),
      asksLicence: fc.boolean(),
      field: fc.constantFrom(...FIELDS_OF_WORK.slice(0, 3)),
    }),
    { minLength: 6, maxLength: 14 },
  )
  .map((rows) =>
    anInput({
      starts: [aStart(1, { seats: 14 })],
      candidates: rows.map(({ hasLicence, wish }, index) =>
        aCandidate(index + 1, { licences: hasLicence ? ['B'] : [], wishes: [{ kind: 'field', field: wish }] }),
      ),
      places: rows.map(({ asksLicence, field }, index) =>
        aPlace(index + 1, {
          field,
          requirements: asksLicence ? [asking({ kind: 'licence', licence: 'B' })] : [],
        }),
      ),
    }),
  );

const totals = ({ summary }: RunResult) => ({ placed: summary.proposed, points: summary.points });
const change = (before: RunResult, after: RunResult) => ({
  placed: after.summary.proposed - before.summary.proposed,
  points: after.summary.points - before.summary.points,
});
/** One start whose people share seats, hours and sessions, or have rules about two of them. */
const shared = arbitraryConstrainedInput({ maxStarts: 1 }).map((input) => ({
  ...input,
  policy: { ...input.policy, placeAtMost: null },
}));

describe('what a run says would change is what does change', () => {
  test('when a place has one seat more', () => {
    fc.assert(
      fc.property(fc.oneof(oneStart, taxed, shared), (input) => {
        const result = runMatching(input);
        for (const [p, outcome] of result.places.entries()) {
          expect(outcome.isEstimate).toBe(false);
          // A part of a shared seat that is overbooked needs more than one seat.
          const { seats, taken, takenSecond } = input.places.find(({ placeId: id }) => id === outcome.placeId)!;
          if (taken !== takenSecond && Math.max(taken, takenSecond) > seats) continue;
          const places = input.places.map((place) =>
            place.placeId === outcome.placeId ? { ...place, seats: Math.max(place.seats, place.taken) + 1 } : place,
          );
          expect(result.places[p]?.oneMoreSeat).toEqual(change(result, runMatching({ ...input, places })));
        }
      }),
      RUNS,
    );
  });

  test('when a place does without a requirement', () => {
    fc.assert(
      fc.property(fc.oneof(oneStart, shared), (input) => {
        const result = runMatching(input);
        for (const outcome of result.places)
          for (const { requirementIndex, placedWithout } of outcome.criteria) {
            if (requirementIndex === null) continue;
            const places = input.places.map((place) =>
              place.placeId === outcome.placeId
                ? { ...place, requirements: place.requirements.filter((_, index) => index !== requirementIndex) }
                : place,
            );
            expect(placedWithout).toBe(change(result, runMatching({ ...input, places })).placed);
          }
      }),
      RUNS,
    );
  });

  /** The best or worst that somebody can say of one thing in a list; null: the question is about something else. */
  const said = ({ candidateId: id, topic }: CallListEntry, held: boolean): ProfileAnswer | null => {
    switch (topic.kind) {
      case 'skill':
        return { candidateId: id, field: 'skill', value: { skillId: topic.skillId, held, level: 4 } };
      case 'language':
        return { candidateId: id, field: 'language', value: { language: topic.language, held, level: 'native' } };
      case 'licence':
        return { candidateId: id, field: 'licence', value: { licence: topic.licence, held } };
      case 'experience':
        return { candidateId: id, field: 'occupation', value: { occupationId: topic.occupationId, held, years: 40 } };
      default:
        return null;
    }
  };

  test('when somebody answers what they know of one skill, language, licence or occupation', () => {
    const answered = new Map<string, number>();
    fc.assert(
      fc.property(fc.oneof(oneStart, taxed, shared), (input) => {
        const result = runMatching(input);
        for (const entry of result.callList) {
          expect(entry.isEstimate).toBe(false);
          const [yes, no] = [said(entry, true), said(entry, false)];
          if (yes === null || no === null) continue;
          answered.set(yes.field, (answered.get(yes.field) ?? 0) + 1);
          const after = (answer: ProfileAnswer) =>
            runMatching({
              ...input,
              candidates: input.candidates.map((each) =>
                each.candidateId === entry.candidateId ? withAnswer(each, answer) : each,
              ),
            });
          expect(entry.ifYes).toEqual(change(result, after(yes)));
          expect(entry.ifNo).toEqual(change(result, after(no)));
        }
      }),
      { ...RUNS, numRuns: 500 },
    );
    expect([...answered.keys()].sort()).toEqual(['language', 'licence', 'occupation', 'skill']);
  });

  test('when fewer are placed: each point of the trade is what a run comes to that places at most so many', () => {
    let chosen = 0;
    fc.assert(
      fc.property(fc.oneof(oneStart, largerStart), (input) => {
        const result = runMatching(input);
        expect(result.summary.frontier[0] ?? { placed: 0, points: 0 }).toMatchObject(totals(result));
        for (const { placed, points, fitPercent } of result.summary.frontier.slice(1)) {
          chosen += 1;
          const { summary } = runMatching({ ...input, policy: { ...input.policy, placeAtMost: placed } });
          expect({ placed: summary.proposed, points: summary.points, fitPercent: summary.fitPercent }).toEqual({
            placed,
            points,
            fitPercent,
          });
        }
      }),
      { ...RUNS, numRuns: 400 },
    );
    expect(chosen).toBeGreaterThan(0);
  });
});

describe('in a start so large that solving it anew for every question would take long', () => {
  const licence = asking({ kind: 'licence', licence: 'B' });
  const input = anInput({
    starts: [aStart(1, { seats: 40 })],
    candidates: Array.from({ length: 300 }, (_, index) =>
      aCandidate(index + 1, { licences: [null, [], ['B' as const]][index % 3] ?? null }),
    ),
    places: Array.from({ length: 120 }, (_, index) =>
      aPlace(index + 1, { supervisorHours: 4, requirements: [licence, asking({ kind: 'swedish', minLevel: 'A2' })] }),
    ),
    units: [{ unitId: unitId(1), supervisorHours: 100, supervisorHoursTaken: 0 }],
  });

  test('what would change is an estimate where people share more than seats, and is exact where they do not', () => {
    const shared = runMatching(input);
    expect(shared.places.every(({ isEstimate }) => isEstimate)).toBe(true);
    expect(shared.callList.every(({ isEstimate }) => isEstimate)).toBe(true);
    expect(shared.summary.proposed).toBe(25);
    const plain = runMatching({ ...input, units: [] });
    expect(plain.places.some(({ isEstimate }) => isEstimate)).toBe(false);
    expect(plain.callList.some(({ isEstimate }) => isEstimate)).toBe(false);
  });
});

describe('a run that keeps what an earlier one proposed', () => {
  /** Everybody at the place that the run before proposed, in the order of the ids. */
  const keeping = (input: MatchInput, before: RunResult, movedPersonCostPoints: number): MatchInput => {
    const proposed = new Map(
      before.candidates.flatMap((outcome) => (outcome.kind === 'proposed' ? [[outcome.candidateId, outcome]] : [])),
    );
    return {
      ...input,
      policy: { ...input.policy, movedPersonCostPoints },
      candidates: input.candidates.map((candidate) => {
        const kept = proposed.get(candidate.candidateId);
        const { cohortId, placeId, seatPart } = kept ?? {};
        const keptAt = cohortId && placeId && seatPart ? { cohortId, placeId, seatPart } : null;
        return { ...candidate, keptAt };
      }),
    };
  };
  const moved = (result: RunResult) =>
    result.candidates.filter((outcome) => outcome.kind === 'proposed' && outcome.movedFrom !== null).length;

  test('changes nothing when nothing has happened, whatever it costs to move somebody', () => {
    fc.assert(
      fc.property(oneStart, fc.constantFrom(0, 1, 200), (input, cost) => {
        const before = runMatching(input);
        const after = runMatching(keeping(input, before, cost));
        expect(after.candidates).toEqual(before.candidates);
      }),
      RUNS,
    );
  });

  test('places as many as any run after a drop-out, and moves no more people the more a move costs', () => {
    fc.assert(
      fc.property(oneStart, fc.nat(), (input, chosen) => {
        const before = runMatching(input);
        const placed = before.candidates.filter((outcome) => outcome.kind === 'proposed');
        const gone = placed[chosen % Math.max(1, placed.length)]?.candidateId;
        const left = { ...input, candidates: input.candidates.filter((each) => each.candidateId !== gone) };
        const runs = [0, 5, 1000].map((cost) => runMatching(keeping(left, before, cost)));
        for (const run of runs) expect(run.summary.proposed).toBe(runMatching(left).summary.proposed);
        expect(moved(runs[2]!)).toBeLessThanOrEqual(moved(runs[1]!));
        expect(moved(runs[1]!)).toBeLessThanOrEqual(moved(runs[0]!));
      }),
      RUNS,
    );
  });

  test('moves a person where that is the only way to fill the seat, and says from where', () => {
    // The second place is for licence B alone; whoever had it drops out, and the one who is left without fits only the first.
    const input = anInput({
      starts: [aStart(1)],
      candidates: [
        aCandidate(1, { keptAt: { cohortId: cohortId(1), placeId: placeId(1), seatPart: 'whole' } }),
        aCandidate(2, { licences: [] }),
      ],
      places: [
        aPlace(1),
        aPlace(2, {
          requirements: [{ subject: { kind: 'licence', licence: 'B' }, strength: 'must', reason: 'Kör ut mat' }],
        }),
      ],
      policy: { placeAtMost: null, movedPersonCostPoints: 1000 },
    });
    expect(runMatching(input).candidates).toMatchObject([
      { placeId: placeId(2), movedFrom: { cohortId: cohortId(1), placeId: placeId(1) } },
      { candidateId: candidateId(2), placeId: placeId(1), movedFrom: null },
    ]);
  });

  describe('at a place whose seat two people share', () => {
    const shared = aPlace(1, {
      sharePercent: 100,
      sharedSeat: [
        { sharePercent: 50, weekdays: [1, 2, 3] },
        { sharePercent: 50, weekdays: [3, 4, 5] },
      ],
    });
    const at = (seatPart: 'whole' | 'first' | 'second') => ({ cohortId: cohortId(1), placeId: placeId(1), seatPart });
    const run = (movedPersonCostPoints: number, ...kept: readonly (ReturnType<typeof at> | null)[]) =>
      runMatching(
        anInput({
          starts: [aStart(1)],
          candidates: kept.map((keptAt, index) => aCandidate(index + 1, { keptAt })),
          places: [shared],
          policy: { placeAtMost: null, movedPersonCostPoints },
        }),
      ).candidates;

    test('the other days are a move too, which is made where it costs nothing', () => {
      for (const seatPart of ['first', 'second'] as const) {
        expect(run(1000, at(seatPart))).toMatchObject([{ seatPart, movedFrom: null }]);
        expect(run(0, at(seatPart))).toMatchObject([{ seatPart: 'whole', movedFrom: at(seatPart) }]);
      }
    });

    test('two keep the parts that they have, whoever would draw the better lot', () => {
      for (const [one, other] of [
        ['first', 'second'],
        ['second', 'first'],
      ] as const) {
        expect(run(1, at(one), at(other))).toMatchObject([
          { seatPart: one, movedFrom: null },
          { seatPart: other, movedFrom: null },
        ]);
      }
    });

    test('so do those whom a coordinator has pinned there, when the other leaves', () => {
      const pin = (number: number) => ({
        candidateId: candidateId(number),
        placeId: placeId(1),
        cohortId: cohortId(1),
      });
      const pinned = (pins: readonly number[], ...kept: readonly (ReturnType<typeof at> | null)[]) =>
        runMatching(
          anInput({
            starts: [aStart(1)],
            candidates: kept.map((keptAt, index) => aCandidate(index + 1, { keptAt })),
            places: [shared],
            pins: pins.map(pin),
            policy: { placeAtMost: null, movedPersonCostPoints: 1000 },
          }),
        ).candidates;
      for (const seatPart of ['first', 'second'] as const) {
        expect(pinned([1], at(seatPart))).toMatchObject([{ seatPart, pinned: true, movedFrom: null }]);
        const other = seatPart === 'first' ? 'second' : 'first';
        expect(pinned([1, 2], null, at(seatPart))).toMatchObject([{ seatPart: other }, { seatPart, movedFrom: null }]);
      }
      expect(pinned([1, 2], at('whole'), at('second'))).toMatchObject([
        { seatPart: 'first', movedFrom: at('whole') },
        { seatPart: 'second', movedFrom: null },
      ]);
    });

    test('whoever has the whole seat gives up half of it where another can be placed by that', () => {
      const [first, second] = run(1000, at('whole'), null);
      expect(first).toMatchObject({ kind: 'proposed', movedFrom: at('whole') });
      expect(second).toMatchObject({ kind: 'proposed', movedFrom: null });
    });

    test('any seat is kept where it is not divided any more', () => {
      const input = anInput({
        starts: [aStart(1)],
        candidates: [aCandidate(1, { keptAt: at('first') })],
        places: [aPlace(1)],
        policy: { placeAtMost: null, movedPersonCostPoints: 1000 },
      });
      expect(runMatching(input).candidates).toMatchObject([{ seatPart: 'whole', movedFrom: null }]);
    });
  });
});

test('who is in a higher tier is placed before others who would fit better, and never instead of placing more', () => {
  const better = aCandidate(1, { wishes: [{ kind: 'field', field: 'care' }] });
  const waiting = aCandidate(2, { wishes: [{ kind: 'field', field: 'preschool' }], missedStarts: 2 });
  const tiers = [{ tier: 1, ground: 'missed-starts' as const, atLeast: 2, decisionReference: 'KS 2026/118' }];
  const input = anInput({ candidates: [better, waiting], places: [aPlace(1)] });
  const placed = (given: MatchInput) =>
    runMatching(given).candidates.flatMap((each) => (each.kind === 'proposed' ? [each.candidateId] : []));
  expect(placed(input)).toEqual([candidateId(1)]);
  expect(placed({ ...input, weights: { ...input.weights, tiers } })).toEqual([candidateId(2)]);
});
