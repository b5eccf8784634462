import type { SeatHolders, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { localDate } from '@gruppstart/domain/shared/local-date';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { compileRun } from './compiled-run.ts';
import type { MatchCandidate, MatchInput } from './model.ts';
import { judgePairs } from './pairs.ts';
import { runMatching } from './run-matching.ts';
import { placedIn } from './seat-holders.ts';
import { arbitraryInput } from './test-support/arbitrary-inputs.ts';
import { aCandidate, anInput, aPlace, aStart, asking, candidateId, cohortId, placeId } from './test-support/inputs.ts';
import { unplacedFor } from './test-support/outcomes.ts';

const sum = (holders: SeatHolders): number => Object.values(holders).reduce((total, seats) => total + seats, 0);
const held = (holders: SeatHolders) => Object.fromEntries(Object.entries(holders).filter(([, seats]) => seats > 0));

/** What the run says of candidate 1 at the start, by whom the seats are held. */
const takenFrom = (input: MatchInput) => {
  const [reason] = unplacedFor(input, 1).reasons;
  if (reason?.kind !== 'seats-taken' && reason?.kind !== 'cohort-full') throw new Error(`Is ${reason?.kind}`);
  return { kind: reason.kind, seats: reason.seats, takenBy: held(reason.takenBy), few: reason.takenByFewOthers };
};

/** Somebody who wishes for what the place is, and so gets more points than candidate 1 there. */
const keen: Partial<MatchCandidate> = { wishes: [{ kind: 'field', field: 'care' }] };
const loser = aCandidate(1, { wishes: [{ kind: 'field', field: 'school' }] });
const pinned = (number: number, where = 1) => ({
  candidateId: candidateId(number),
  placeId: placeId(where),
  cohortId: cohortId(1),
});

describe('whose the seats are that somebody would have fitted', () => {
  test('of people before the run, pinned ones and those with more points there', () => {
    const input = anInput({
      candidates: [loser, aCandidate(2), aCandidate(3, keen)],
      places: [aPlace(1, { seats: 4, taken: 2, takenSecond: 2 })],
      pins: [pinned(2)],
    });
    expect(takenFrom(input)).toEqual({
      kind: 'seats-taken',
      seats: 4,
      takenBy: { outsideRun: 2, pinned: 1, morePoints: 1 },
      few: 2,
    });
  });

  test('of people in a higher tier, whatever their points', () => {
    const tiers = [1, 2].map((tier) => ({
      tier,
      ground: 'missed-starts' as const,
      atLeast: tier,
      decisionReference: 'RC 2026/1',
    }));
    const input = anInput({
      weights: { ...DEFAULT_WEIGHTS, tiers },
      candidates: [
        aCandidate(1, { ...keen, missedStarts: 1 }),
        aCandidate(2, { wishes: [{ kind: 'field', field: 'school' }], missedStarts: 2 }),
        aCandidate(3, {
          wishes: [
            { kind: 'field', field: 'care' },
            { kind: 'field', field: 'school' },
          ],
          missedStarts: 1,
        }),
      ],
      places: [aPlace(1, { seats: 2 })],
      pins: [pinned(3)],
    });
    expect(takenFrom(input)).toMatchObject({ seats: 2, takenBy: { pinned: 1, higherTier: 1 } });
  });

  test('of people with as many points who have waited longer, or whom the draw chose', () => {
    const since = (day: string) => ({ enrolledSince: localDate(day) });
    const input = anInput({
      candidates: [aCandidate(1), aCandidate(2, since('2025-01-01')), ...[3, 4, 5, 6].map((n) => aCandidate(n))],
      places: [aPlace(1, { seats: 2 })],
    });
    const results = runMatching(input).candidates.flatMap((outcome) =>
      outcome.kind === 'unplaced' ? outcome.reasons : [],
    );
    expect(results).toHaveLength(4);
    for (const reason of results) expect(reason).toMatchObject({ takenBy: { longerWait: 1, draw: 1, outsideRun: 0 } });
  });

  test('of people in a higher tier', () => {
    const input = anInput({
      candidates: [aCandidate(1), aCandidate(2, { missedStarts: 3, enrolledSince: localDate('2020-01-01') })],
      weights: {
        ...anInput().weights,
        tiers: [{ tier: 1, ground: 'missed-starts', atLeast: 3, decisionReference: 'KS 2026/0123' }],
      },
    });
    expect(takenFrom(input).takenBy).toEqual({ higherTier: 1 });
  });

  test('of people of an earlier start, at the later one', () => {
    const later = { startDate: localDate('2027-02-08'), firstWorkingDay: localDate('2027-02-22'), preliminary: true };
    const input = anInput({
      starts: [aStart(1), aStart(2, later)],
      candidates: [{ ...loser, availableFrom: localDate('2027-02-01') }, aCandidate(2)],
    });
    expect(takenFrom(input)).toMatchObject({ seats: 1, takenBy: { earlierStart: 1 } });
  });

  test('in a full start: of its members, compared with the best free place', () => {
    const input = anInput({
      starts: [aStart(1, { seats: 3, taken: 1 })],
      candidates: [loser, aCandidate(2, keen), aCandidate(3)],
      places: [aPlace(1, { seats: 9 })],
      pins: [pinned(3)],
    });
    expect(takenFrom(input)).toEqual({
      kind: 'cohort-full',
      seats: 3,
      takenBy: { outsideRun: 1, pinned: 1, morePoints: 1 },
      few: 2,
    });
  });

  test.each([
    { others: 2, few: 1 },
    { others: 3, few: 0 },
  ])('a holder who fits $others other places fits few of them: $few', ({ others, few }) => {
    const driving = [asking({ kind: 'licence', licence: 'B' })];
    const input = anInput({
      starts: [aStart(1, { seats: 1 })],
      candidates: [{ ...loser, licences: [] }, aCandidate(2, keen)],
      places: [
        aPlace(1, { field: 'care' }),
        ...Array.from({ length: others }, (_, index) => aPlace(index + 2, { requirements: driving })),
      ],
    });
    expect(takenFrom(input)).toMatchObject({ kind: 'seats-taken', few });
  });
});

describe('a seat that two people share', () => {
  const place = aPlace(1, {
    seats: 3,
    sharePercent: 100,
    sharedSeat: [
      { sharePercent: 50, weekdays: [1, 2] },
      { sharePercent: 50, weekdays: [3, 4] },
    ],
  });
  const later = { startDate: localDate('2027-02-08'), firstWorkingDay: localDate('2027-02-22'), preliminary: true };
  const input = canonicalInput(
    anInput({
      starts: [aStart(1), aStart(2, later)],
      candidates: [1, 2, 3, 4].map((n) => aCandidate(n)),
      places: [place],
    }),
  );
  const run = compileRun(input);
  const [WHOLE, FIRST_PART, SECOND_PART] = [0, 1, 2];
  const placed = (startOf: readonly number[], pinned: readonly number[] = [0, 0, 0, 0]) =>
    placedIn(run, judgePairs(run), {
      startOf: Int32Array.from(startOf),
      cellOf: Int32Array.from([WHOLE, FIRST_PART, SECOND_PART, SECOND_PART]),
      pinned: Uint8Array.from(pinned),
      starts: [],
    });

  test('is held in both parts by who has it whole, else in the own part', () => {
    expect(placed([0, 0, 0, 0]).heldAt(0, 0)).toEqual({ first: [0, 1], second: [0, 2, 3] });
  });

  test('is not yet held by who begins later, unless fixed beforehand', () => {
    const { heldAt } = placed([0, 1, 1, 1], [0, 0, 0, 1]);
    expect(heldAt(0, 0)).toEqual({ first: [0], second: [0, 3] });
    expect(heldAt(1, 0)).toEqual({ first: [0, 1], second: [0, 2, 3] });
  });
});

describe('of shared seats', () => {
  const halfTime: Partial<MatchCandidate> = { shareFromPercent: 25, shareToPercent: 50 };
  const place = aPlace(1, {
    sharePercent: 100,
    sharedSeat: [
      { sharePercent: 50, weekdays: [1, 2] },
      { sharePercent: 50, weekdays: [3, 4] },
    ],
  });

  test('each seat counts once, by who holds the part that would have fitted', () => {
    const input = anInput({
      candidates: [
        { ...loser, ...halfTime },
        aCandidate(2, { ...keen, ...halfTime }),
        aCandidate(3, { ...keen, ...halfTime }),
      ],
      places: [place],
    });
    expect(takenFrom(input)).toEqual({ kind: 'seats-taken', seats: 1, takenBy: { morePoints: 1 }, few: 1 });
  });

  test('who needs a whole seat is told of the part that is used up', () => {
    const input = anInput({
      candidates: [
        { ...loser, shareFromPercent: 100 },
        aCandidate(2, { ...keen, ...halfTime }),
        aCandidate(3, { ...keen, ...halfTime }),
      ],
      places: [place],
    });
    expect(takenFrom(input)).toMatchObject({ seats: 1, takenBy: { morePoints: 1 } });
  });
});

describe('in any run', () => {
  const reasonsOf = (input: MatchInput): readonly UnplacedReason[] =>
    runMatching(input).candidates.flatMap((outcome) => (outcome.kind === 'unplaced' ? outcome.reasons : []));

  test('the holders are exactly the seats, and no more than they fit few others', () => {
    let counted = 0;
    fc.assert(
      fc.property(arbitraryInput({ maxStarts: 3 }), (input) => {
        for (const reason of reasonsOf(input)) {
          if (reason.kind !== 'seats-taken' && reason.kind !== 'cohort-full') continue;
          counted += 1;
          expect(Math.min(...Object.values(reason.takenBy))).toBeGreaterThanOrEqual(0);
          expect(sum(reason.takenBy)).toBe(reason.seats);
          expect(reason.takenByFewOthers).toBeLessThanOrEqual(reason.seats - reason.takenBy.outsideRun);
        }
      }),
      { numRuns: 800, seed: 20261122 },
    );
    expect(counted).toBeGreaterThan(0);
  });

  test('nobody without a pin holds a seat against points, wait and draw, where nothing else was decided', () => {
    fc.assert(
      fc.property(arbitraryInput({ maxStarts: 3 }), (input) => {
        for (const reason of reasonsOf(input)) {
          expect(reason.kind).not.toBe('other-planning');
          if ('takenBy' in reason) expect(reason.takenBy.wholeBetter).toBe(0);
        }
      }),
      { numRuns: 400, seed: 20261122 },
    );
  });
});
