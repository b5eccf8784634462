import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import type { CandidateOutcome, ProposedOutcome, UnplacedOutcome } from '@gruppstart/domain/matching/outcome';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { describe, expect, test } from 'vitest';
import { CertificateFailure } from './assign-starts.ts';
import type { AssignmentSolver } from './assignment/problem.ts';
import { solveByShortestPaths } from './assignment/shortest-paths.ts';
import { canonicalJson } from './canonical-json.ts';
import type { MatchInput } from './model.ts';
import { runMatching } from './run-matching.ts';
import {
  aBlankCandidate,
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

const outcomeFor = (input: MatchInput, number: number): CandidateOutcome => {
  const outcome = runMatching(input).candidates.find((each) => each.candidateId === candidateId(number));
  if (outcome === undefined) throw new Error(`No outcome for candidate ${number}`);
  return outcome;
};
const proposedFor = (input: MatchInput, number = 1): ProposedOutcome => {
  const outcome = outcomeFor(input, number);
  if (outcome.kind !== 'proposed') throw new Error(`Unplaced: ${JSON.stringify(outcome.reasons)}`);
  return outcome;
};
const unplacedFor = (input: MatchInput, number = 1): UnplacedOutcome => {
  const outcome = outcomeFor(input, number);
  if (outcome.kind !== 'unplaced') throw new Error(`Proposed for ${outcome.placeId}`);
  return outcome;
};

describe('who is placed', () => {
  test('as many as possible comes before points', () => {
    // Person 1 fits both places and suits place 1 best; person 2 fits place 1 only.
    const input = anInput({
      candidates: [
        aCandidate(1, { wishes: [{ kind: 'field', field: 'care' }] }),
        aCandidate(2, { licences: [], wishes: [{ kind: 'field', field: 'school' }] }),
      ],
      places: [aPlace(1), aPlace(2, { field: 'kitchen', requirements: [asking({ kind: 'licence', licence: 'B' })] })],
    });
    expect(proposedFor(input, 1).placeId).toBe(placeId(2));
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
  });

  test('more points come before a longer wait', () => {
    const input = anInput({
      candidates: [
        aCandidate(1, { enrolledSince: localDate('2020-01-01'), wishes: [{ kind: 'field', field: 'school' }] }),
        aCandidate(2, { wishes: [{ kind: 'field', field: 'care' }] }),
      ],
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
    expect(unplacedFor(input, 1).reasons).toEqual([
      { kind: 'seats-taken', cohortId: cohortId(1), eligiblePlaces: 1, seats: 1 },
    ]);
  });

  test('of equal people the one who has waited longest', () => {
    const waits = ['2026-03-02', '2026-03-01', '2026-03-03'];
    const input = anInput({
      candidates: waits.map((since, index) => aCandidate(index + 1, { enrolledSince: localDate(since) })),
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
  });

  test('an unknown wait counts as half of the longest known one', () => {
    const since = (days: number) => localDate(new Date(Date.UTC(2027, 0, 11 - days)).toISOString().slice(0, 10));
    const place = aPlace(1);
    const longWait = aCandidate(1, { enrolledSince: since(400), licences: [] });
    const drivers = (days: number) => [
      aCandidate(2, { enrolledSince: null }),
      aCandidate(3, { enrolledSince: since(days) }),
    ];
    // The longest wait belongs to somebody who cannot drive and so is not in the way.
    const places = [{ ...place, requirements: [asking({ kind: 'licence', licence: 'B' })] }];
    const with199 = anInput({ candidates: [longWait, ...drivers(199)], places });
    const with201 = anInput({ candidates: [longWait, ...drivers(201)], places });
    expect(proposedFor(with199, 2).placeId).toBe(placeId(1));
    expect(proposedFor(with201, 3).placeId).toBe(placeId(1));
  });

  test('of people who are equal in everything, the draw: each about as often, whatever the ids', () => {
    const wins = [0, 0, 0, 0];
    for (let draw = 0; draw < 400; draw += 1) {
      const input = anInput({
        candidates: [1, 2, 3, 4].map((number) => aCandidate(number)),
        seed: draw.toString(16).padStart(32, 'a'),
      });
      const winner = runMatching(input).candidates.findIndex((outcome) => outcome.kind === 'proposed');
      wins[winner]! += 1;
    }
    for (const count of wins) expect(Math.abs(count - 100)).toBeLessThan(35);
  });

  test('the start takes no more than its seats, and says so', () => {
    const input = anInput({
      starts: [aStart(1, { seats: 3, taken: 1 })],
      candidates: [1, 2, 3, 4].map((number) => aCandidate(number)),
      places: [aPlace(1, { seats: 9 })],
    });
    const result = runMatching(input);
    expect(result.summary).toMatchObject({ proposed: 2, unplaced: 2 });
    expect(result.summary.cohorts).toMatchObject([{ seats: 3, takenBefore: 1, proposed: 2 }]);
    for (const outcome of result.candidates)
      if (outcome.kind === 'unplaced')
        expect(outcome.reasons).toEqual([{ kind: 'cohort-full', cohortId: cohortId(1), eligiblePlaces: 1, seats: 3 }]);
  });

  test('in placement people already have their seat in the start, and stay in it', () => {
    const input = anInput({
      purpose: 'placement',
      starts: [aStart(1, { seats: 1, taken: 1 }), aStart(2, { startDate: localDate('2027-02-08') })],
      candidates: [1, 2].map((number) => aCandidate(number, { assignedCohortId: cohortId(number) })),
      places: [aPlace(1, { seats: 2 })],
    });
    expect(proposedFor(input, 1).cohortId).toBe(cohortId(1));
    expect(proposedFor(input, 2).cohortId).toBe(cohortId(2));
  });

  test('the next start is filled first, later ones are preliminary and use the seats that are left', () => {
    const input = anInput({
      starts: [
        aStart(1, { seats: 1 }),
        aStart(2, {
          startDate: localDate('2027-02-08'),
          firstWorkingDay: localDate('2027-02-22'),
          preliminary: true,
        }),
      ],
      candidates: [
        aCandidate(1, { availableFrom: localDate('2027-02-01') }),
        aCandidate(2),
        aCandidate(3, { enrolledSince: localDate('2020-01-01') }),
      ],
      places: [aPlace(1, { seats: 2 })],
    });
    expect(proposedFor(input, 3)).toMatchObject({ cohortId: cohortId(1), preliminary: false });
    const result = runMatching(input);
    expect(result.places).toMatchObject([{ filled: 1, filledPreliminary: 1 }]);
    expect(result.summary).toMatchObject({ proposed: 2, proposedPreliminary: 1, unplaced: 1 });
  });

  test('a pin is kept even against a criterion, takes its seat first, and is marked', () => {
    const input = anInput({
      candidates: [aCandidate(1, { licences: [] }), aCandidate(2)],
      places: [aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] })],
      pins: [{ candidateId: candidateId(1), placeId: placeId(1), cohortId: cohortId(1) }],
    });
    const pinned = proposedFor(input, 1);
    expect(pinned).toMatchObject({ pinned: true, placeId: placeId(1) });
    expect(pinned.verdicts[0]).toMatchObject({ kind: 'requirement', verdict: 'no', excludes: true });
    expect(unplacedFor(input, 2).reasons).toMatchObject([{ kind: 'seats-taken' }]);
  });
});

describe('a learnable', () => {
  const hygiene = { kind: 'skill', skillId: 'C1qR_L83_nzh', minLevel: null } as const;
  const input = (taught: boolean) => {
    const requirement = asking({ ...hygiene, skillId: hygiene.skillId as never }, 'learnable');
    return anInput({
      places: [aPlace(1, { requirements: [requirement] })],
      skillsTaught: taught ? [hygiene.skillId as never] : [],
    });
  };
  test('may be missing and costs nothing when the introduction gives it to all', () => {
    const outcome = proposedFor(input(true));
    expect(outcome.parts).toContainEqual({ part: 'requirements', points: 40, maxPoints: 40 });
    expect(outcome.verdicts).toContainEqual(
      expect.objectContaining({ kind: 'requirement', taught: true, score: null }),
    );
  });
  test('shuts out when the introduction does not give it', () => {
    expect(unplacedFor(input(false)).reasons).toEqual([
      {
        kind: 'no-eligible-place',
        openPlaces: 1,
        excludedBy: [{ topic: { kind: 'skill', skillId: 'C1qR_L83_nzh' }, places: 1, alone: 1 }],
      },
    ]);
  });
});

describe('unknown', () => {
  test('a person of whom nothing is known is proposed with what has to be checked', () => {
    const place = aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] });
    const outcome = proposedFor(anInput({ candidates: [aBlankCandidate(1)], places: [place] }));
    expect(outcome.checks).toEqual([
      { topic: { kind: 'availability' }, source: 'availableFrom' },
      { topic: { kind: 'share' }, source: 'shareFromPercent' },
      { topic: { kind: 'working-times' }, source: 'workingTimes' },
      { topic: { kind: 'travel' }, source: 'travel-table' },
      { topic: { kind: 'licence', licence: 'B' }, source: 'licences' },
    ]);
    expect(outcome.parts).toEqual([
      { part: 'requirements', points: 20, maxPoints: 40 },
      { part: 'experience', points: 15, maxPoints: 15 },
      { part: 'terms', points: 5, maxPoints: 10 },
      { part: 'own-wishes', points: 10, maxPoints: 20 },
      { part: 'commute', points: 7, maxPoints: 15 },
    ]);
    expect(outcome.points).toBe(57);
    expect(outcome.verdicts.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual([
      'availability unknown',
      'share unknown',
      'working-times unknown',
      'travel unknown',
      'requirement unknown',
      'own-wishes unknown',
      'place-window yes',
    ]);
  });

  test('the minimum fit counts every unknown as met', () => {
    const weights = { ...DEFAULT_WEIGHTS, minimumFitPercent: 100 };
    const place = aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] });
    expect(proposedFor(anInput({ candidates: [aBlankCandidate(1)], places: [place], weights })).points).toBe(57);
    const known = anInput({ candidates: [aCandidate(1, { wishes: [{ kind: 'field', field: 'school' }] })], weights });
    expect(unplacedFor(known).reasons).toEqual([
      { kind: 'under-minimum-fit', places: 1, bestFitPercent: 80, minimumFitPercent: 100 },
    ]);
  });

  test('the call list begins with the answer that opens most places', () => {
    const driving = asking({ kind: 'licence', licence: 'B' });
    const input = anInput({
      candidates: [
        aCandidate(1, { licences: null }),
        aCandidate(2, { swedish: null }),
        aCandidate(3, { licences: null, swedish: null }),
      ],
      places: [
        aPlace(1, { requirements: [driving] }),
        aPlace(2, { requirements: [driving] }),
        aPlace(3, { requirements: [driving, asking({ kind: 'swedish', minLevel: 'A2' })] }),
      ],
    });
    const { callList, summary } = runMatching(input);
    expect(callList.map(({ candidateId: id, field, settles, opens }) => [id, field, settles, opens])).toEqual([
      [candidateId(1), 'licences', 3, 3],
      [candidateId(3), 'licences', 3, 2],
      [candidateId(2), 'swedish', 1, 1],
      [candidateId(3), 'swedish', 1, 0],
    ]);
    expect(callList.map((entry) => entry.rank)).toEqual([1, 2, 3, 4]);
    expect(callList[0]?.holdsProposal).toBe(true);
    expect(summary.questions).toBe(4);
  });
});

describe('why somebody has no proposal', () => {
  test('not available by the last start', () => {
    const input = anInput({ candidates: [aCandidate(1, { availableFrom: localDate('2027-03-01') })] });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([
      { kind: 'not-available-by-start', availableFrom: '2027-03-01', lastStartDate: '2027-01-11' },
    ]);
    expect(outcome.nearest?.missing.map((judged) => judged.kind)).toEqual(['availability']);
  });

  test.each([
    ['there is no place', []],
    ['every place is full', [aPlace(1, { seats: 2, taken: 2 })]],
    ['every place is closed', [aPlace(1, { seats: 0 })]],
    ['the place opens later', [aPlace(1, { opensFrom: localDate('2027-05-01') })]],
  ])('no open place: %s', (_, places) => {
    expect(unplacedFor(anInput({ places })).reasons).toEqual([{ kind: 'no-open-place' }]);
  });

  test('each criterion is counted with the places it shuts out, alone and together', () => {
    const night = aPlace(1, { workingTimes: ['night'] });
    const nightFullTime = aPlace(2, { workingTimes: ['night'], sharePercent: 100 });
    const driving = aPlace(3, {
      requirements: [asking({ kind: 'licence', licence: 'B' }), asking({ kind: 'licence', licence: 'B' })],
    });
    const input = anInput({
      candidates: [aCandidate(1, { licences: [], shareToPercent: 80 })],
      places: [night, nightFullTime, driving],
    });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([
      {
        kind: 'no-eligible-place',
        openPlaces: 3,
        excludedBy: [
          { topic: { kind: 'working-times' }, places: 2, alone: 1 },
          { topic: { kind: 'licence', licence: 'B' }, places: 1, alone: 1 },
          { topic: { kind: 'share' }, places: 1, alone: 0 },
        ],
      },
    ]);
    expect(outcome.nearest).toMatchObject({ placeId: placeId(1), cohortId: cohortId(1) });
    expect(outcome.nearest?.missing).toMatchObject([
      { kind: 'working-times', verdict: 'no', found: { workingTimes: ['day'] } },
    ]);
  });

  test('a pair that was ruled out is no pair and never the nearest place', () => {
    const input = anInput({ exclusions: [{ candidateId: candidateId(1), placeId: placeId(1) }] });
    const outcome = unplacedFor(input);
    expect(outcome.reasons).toEqual([{ kind: 'ruled-out', places: 1 }]);
    expect(outcome.nearest).toBeNull();
  });
});

test('a place says what each of its criteria costs in candidates', () => {
  const place = aPlace(1, {
    requirements: [asking({ kind: 'licence', licence: 'B' }), asking({ kind: 'swedish', minLevel: 'C1' }, 'wish')],
  });
  const input = anInput({
    candidates: [
      aCandidate(1, { licences: [] }),
      aCandidate(2, { licences: [], workingTimes: ['night'] }),
      aCandidate(3, { licences: null }),
      aCandidate(4),
    ],
    places: [place],
  });
  const [outcome] = runMatching(input).places;
  expect(outcome).toMatchObject({ seats: 1, filled: 1, eligible: 2, eligibleWithChecks: 1 });
  expect(outcome?.criteria).toContainEqual({
    topic: { kind: 'licence', licence: 'B' },
    requirementIndex: 0,
    excluded: 2,
    excludedAlone: 1,
    unknown: 1,
  });
  expect(outcome?.criteria).toContainEqual(
    expect.objectContaining({ topic: { kind: 'working-times' }, excluded: 1, excludedAlone: 0 }),
  );
  expect(outcome?.criteria.some((cost) => cost.requirementIndex === 1)).toBe(false);
});

describe('the run as a whole', () => {
  test('an assignment that is not the best is a fault, never a result', () => {
    const lazy: AssignmentSolver = (problem) => {
      const answer = solveByShortestPaths(problem);
      return { ...answer, placeOf: answer.placeOf.map(() => -1) };
    };
    expect(() => runMatching(anInput(), lazy)).toThrow(CertificateFailure);
  });

  test('an input with faults is refused', () => {
    expect(() => runMatching(anInput({ starts: [] }))).toThrow('no-start');
  });

  test('nothing protected can be said: the facts are the questions of the domain, a row of minutes and the start', () => {
    const keys = Object.keys(aBlankCandidate(1)).toSorted();
    expect(keys).toEqual([...PROFILE_FIELDS, 'candidateId', 'travelRow', 'assignedCohortId'].toSorted());
    // A record with more in it than the type says gives the same bytes.
    const person = aCandidate(1);
    const more = { ...person, sex: 'kvinna', birthYear: 1961, name: 'Okänd', postcode: '82650', measure: 'OSA' };
    expect(canonicalJson(runMatching(anInput({ candidates: [more] })))).toBe(
      canonicalJson(runMatching(anInput({ candidates: [person] }))),
    );
  });

  test('a travel row is shared by everyone from the same area and says nothing but minutes', () => {
    const travel = [
      [{ unitId: unitId(1), carMinutes: 90, busMinutes: 90 }],
      [{ unitId: unitId(1), carMinutes: 10, busMinutes: 10 }],
    ];
    const input = anInput({
      candidates: [aCandidate(1, { travelRow: 0 }), aCandidate(2, { travelRow: 1 })],
      travel,
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
    expect(unplacedFor(input, 1).reasons).toMatchObject([{ excludedBy: [{ topic: { kind: 'travel' } }] }]);
  });
});
