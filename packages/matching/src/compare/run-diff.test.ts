import type { RunStanding } from '@gruppstart/domain/matching/run-difference';
import { MAX_DIFFERENCES_NAMED, type PersonChange, RunDifference } from '@gruppstart/domain/matching/run-difference';
import { PLAIN_POLICY, type RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { type CandidateId, RunId } from '@gruppstart/domain/shared/ids';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import { anInput, candidateId, cohortId, placeId } from '../test-support/inputs.ts';
import { type ComparedRun, standingOf } from './compared-run.ts';
import { diffRuns } from './run-diff.ts';

const [FIRST, SECOND] = ['1', '2'].map((digit) => RunId.parse(`run_${digit.repeat(26)}`)) as [RunId, RunId];

const compared = (input: MatchInput, changes: Partial<ComparedRun> = {}): ComparedRun => {
  const { summary, candidates, places } = runMatching(input);
  return {
    runId: FIRST,
    policy: PLAIN_POLICY,
    summary,
    seed: input.seed,
    snapshotHash: null,
    factsFrom: FIRST,
    people: new Map(candidates.map((outcome) => [outcome.candidateId, standingOf(outcome)])),
    places,
    ...changes,
  };
};
const withPeople = (...standings: readonly (readonly [CandidateId, RunStanding])[]): ComparedRun =>
  compared(anInput(), { people: new Map(standings) });

const at = (place: number, changes: Partial<Extract<RunStanding, { kind: 'proposed' }>> = {}): RunStanding => ({
  kind: 'proposed',
  cohortId: cohortId(1),
  placeId: placeId(place),
  seatPart: 'whole',
  points: 70,
  ...changes,
});
const unplaced: RunStanding = { kind: 'unplaced' };
const nowhere: RunStanding = { kind: 'not-in-run' };

describe('of each person the difference says', () => {
  const cases: readonly (readonly [RunStanding, RunStanding, PersonChange | 'same'])[] = [
    [unplaced, at(1), 'newly-proposed'],
    [nowhere, at(1), 'newly-proposed'],
    [at(1), unplaced, 'no-longer-proposed'],
    [at(1), nowhere, 'no-longer-proposed'],
    [at(1), at(2), 'moved'],
    [at(1), at(1, { cohortId: cohortId(2) }), 'moved'],
    [at(1), at(1, { seatPart: 'first' }), 'moved'],
    [at(1), at(1, { points: 71 }), 'points-changed'],
    [at(1), at(1), 'same'],
    [unplaced, unplaced, 'same'],
    [unplaced, nowhere, 'left'],
    [nowhere, unplaced, 'came'],
  ];
  test.each(cases)('from %j to %j: %s', (from, to, change) => {
    const given = (standing: RunStanding) =>
      standing.kind === 'not-in-run' ? withPeople() : withPeople([candidateId(1), standing]);
    const { people, counts } = diffRuns(given(from), given(to));
    expect(people).toEqual(change === 'same' ? [] : [{ candidateId: candidateId(1), change, from, to }]);
    expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([[change, 1]]);
  });

  test('the hardest hit come first, then by id, and a long list is cut where the counts are not', () => {
    const all = Array.from({ length: MAX_DIFFERENCES_NAMED + 5 }, (_, index) => candidateId(index));
    const from = withPeople(...all.map((id, index) => [id, index === 7 ? at(1) : unplaced] as const));
    const to = withPeople(...all.map((id, index) => [id, index === 7 ? unplaced : at(1)] as const));
    const { people, counts } = diffRuns(from, to);
    expect(people).toHaveLength(MAX_DIFFERENCES_NAMED);
    expect(people.slice(0, 3).map(({ candidateId: id }) => id)).toEqual([
      candidateId(7),
      candidateId(0),
      candidateId(1),
    ]);
    expect(counts).toMatchObject({ 'no-longer-proposed': 1, 'newly-proposed': MAX_DIFFERENCES_NAMED + 4 });
  });
});

describe('of each place the difference says', () => {
  const [place] = runMatching(anInput()).places;
  const given = (...changes: readonly Partial<NonNullable<typeof place>>[]) =>
    compared(anInput(), { places: changes.map((change) => ({ ...place!, ...change })) });

  test('how it is filled, committed and preliminary together, and nothing when it is the same', () => {
    const before = given({ seats: 3, filled: 1 }, { placeId: placeId(2), filled: 1 });
    const after = given(
      { seats: 3, filled: 1, filledPreliminary: 1 },
      { placeId: placeId(2), filledPreliminary: 1, filled: 0 },
    );
    expect(diffRuns(before, after).places).toEqual([
      {
        placeId: placeId(1),
        from: { seats: 3, takenBefore: 0, filled: 1 },
        to: { seats: 3, takenBefore: 0, filled: 2 },
      },
    ]);
  });

  test('that it is in one of the runs only', () => {
    const only = { seats: 1, takenBefore: 0, filled: 1 };
    expect(diffRuns(given(), given({})).places).toEqual([{ placeId: placeId(1), from: null, to: only }]);
    expect(diffRuns(given({}), given()).places).toEqual([{ placeId: placeId(1), from: only, to: null }]);
  });
});

describe('why two runs can differ', () => {
  const plain = compared(anInput());
  const pins = [1, 2].map((number) => ({
    candidateId: candidateId(number),
    placeId: placeId(1),
    cohortId: cohortId(1),
  }));
  const policy = (changes: Partial<RunPolicy>): Partial<ComparedRun> => ({ policy: { ...PLAIN_POLICY, ...changes } });
  const summary = (changes: Partial<ComparedRun['summary']>): Partial<ComparedRun> => ({
    summary: { ...plain.summary, ...changes },
  });

  test.each<[Partial<ComparedRun>, unknown[]]>([
    [{}, []],
    [
      summary({ engineVersion: 'matching-0' }),
      [{ kind: 'engine', from: plain.summary.engineVersion, to: 'matching-0' }],
    ],
    [summary({ weightsVersion: 'other-1' }), [{ kind: 'weights', from: 'default-1', to: 'other-1' }]],
    [summary({ purpose: 'placement' }), [{ kind: 'purpose', from: 'admission', to: 'placement' }]],
    [summary({ cohorts: [] }), [{ kind: 'starts', onlyFrom: [cohortId(1)], onlyTo: [] }]],
    [policy({ pins }), [{ kind: 'policy', parts: ['pins'] }]],
    [
      policy({ placeAtMost: 3, keep: { runId: FIRST, movedPersonCostPoints: 5 } }),
      [{ kind: 'policy', parts: ['placeAtMost', 'keep'] }],
    ],
    [policy({ factsOf: FIRST }), []],
    [{ factsFrom: SECOND }, [{ kind: 'facts' }]],
    [{ seed: 'f'.repeat(32) }, [{ kind: 'draw' }]],
  ])('%#: %j', (changes, causes) => {
    expect(diffRuns(plain, { ...plain, ...changes }).causes).toEqual(causes);
  });

  test('facts taken at different times that say the same, under the same policy, are no cause', () => {
    const hash = { snapshotHash: 'a'.repeat(64) };
    expect(diffRuns({ ...plain, ...hash }, { ...plain, ...hash, factsFrom: SECOND }).causes).toEqual([]);
  });

  test('the order in which pins were named is none', () => {
    const [one, other] = [pins, pins.toReversed()].map((each) => ({ ...plain, ...policy({ pins: each }) }));
    expect(diffRuns(one!, other!).causes).toEqual([]);
  });
});

describe('any two runs', () => {
  const MIRRORED: Readonly<Record<PersonChange, PersonChange>> = {
    'no-longer-proposed': 'newly-proposed',
    'newly-proposed': 'no-longer-proposed',
    moved: 'moved',
    'points-changed': 'points-changed',
    left: 'came',
    came: 'left',
  };
  const two = fc.tuple(arbitraryInput({ maxStarts: 2 }), arbitraryInput({ maxStarts: 2 }));
  const check = (property: (first: ComparedRun, second: ComparedRun) => void): void => {
    fc.assert(
      fc.property(two, ([one, other]) => {
        property(compared(one), compared(other, { runId: SECOND, factsFrom: SECOND }));
      }),
      { numRuns: 150, seed: 20261122 },
    );
  };

  test('give a difference that its schema takes; with itself a run has none', () => {
    check((first, second) => {
      expect(RunDifference.parse(diffRuns(first, second))).toEqual(diffRuns(first, second));
      const itself = diffRuns(first, first);
      expect([itself.causes, itself.people, itself.places]).toEqual([[], [], []]);
      expect(itself.counts.same).toBe(first.people.size);
    });
  });

  test('differ backwards as forwards', () => {
    const byId = (a: { candidateId: string }, b: { candidateId: string }) => (a.candidateId < b.candidateId ? -1 : 1);
    check((first, second) => {
      const [there, back] = [diffRuns(first, second), diffRuns(second, first)];
      const mirrored = back.people.map(({ change, from, to, ...rest }) => ({
        ...rest,
        change: MIRRORED[change],
        from: to,
        to: from,
      }));
      expect(mirrored.toSorted(byId)).toEqual(there.people.toSorted(byId));
      expect(back.places.map(({ placeId: id, from, to }) => ({ placeId: id, from: to, to: from }))).toEqual(
        there.places,
      );
      expect([back.from, back.to]).toEqual([there.to, there.from]);
      expect(back.causes.map(({ kind }) => kind)).toEqual(there.causes.map(({ kind }) => kind));
      expect(back.counts.same).toBe(there.counts.same);
    });
  });

  test('count everybody of either once', () => {
    check((first, second) => {
      const { counts, from, to } = diffRuns(first, second);
      const everybody = new Set([...first.people.keys(), ...second.people.keys()]).size;
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(everybody);
      expect(to.proposed - from.proposed).toBe(counts['newly-proposed'] - counts['no-longer-proposed']);
    });
  });
});
