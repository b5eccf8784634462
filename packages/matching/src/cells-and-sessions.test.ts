import type { Requirement } from '@gruppstart/domain/requirements/requirement';
import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { compileRun } from './compiled-run.ts';
import type { MatchCandidate, MatchInput, MatchPlace } from './model.ts';
import { pairEvidence } from './pair-evidence.ts';
import { judgePairs } from './pairs.ts';
import { runMatching } from './run-matching.ts';
import { aCandidate, anInput, aPlace, asking, cohortId, placeId } from './test-support/inputs.ts';
import { proposedFor, unplacedFor } from './test-support/outcomes.ts';

const hours = (weekday: number) => ({ weekday, fromMinute: 480, toMinute: 720 });
const halves = [
  { sharePercent: 50, weekdays: [1, 2] },
  { sharePercent: 50, weekdays: [3, 4] },
] as const;
const shared = (changes: Partial<MatchPlace> = {}) => aPlace(1, { sharePercent: 100, sharedSeat: halves, ...changes });

/** Parts of the first place that the first candidate may have. */
const partsFor = (candidate: Partial<MatchCandidate>, place: MatchPlace): string[] => {
  const run = compileRun(canonicalInput(anInput({ candidates: [aCandidate(1, candidate)], places: [place] })));
  return Array.from(judgePairs(run).edgeCell, (cell) => run.cells[cell]!.seatPart);
};

describe('a seat that two people can share', () => {
  test.each([
    [50, 100, ['whole', 'first', 'second']],
    [50, 75, ['first', 'second']],
    [75, 100, ['whole']],
    [null, null, ['whole', 'first', 'second']],
  ] as const)('is judged by the share of each part: from %s to %s %% may have %j', (from, to, parts) => {
    expect(partsFor({ shareFromPercent: from, shareToPercent: to }, shared())).toEqual(parts);
  });

  test.each([
    [1, ['second']],
    [3, ['first']],
    [5, ['whole', 'first', 'second']],
  ] as const)(
    'has of the hours those on the weekdays of each part: engaged on weekday %i may have %j',
    (day, parts) => {
      const place = shared({ weeklyHours: [1, 2, 3, 4].map(hours) });
      expect(partsFor({ engagements: [hours(day)] }, place)).toEqual(parts);
    },
  );

  test.each([[[]], [[hours(1)]]])(
    'of hours %j none is in the second part: they are agreed with the person',
    (weeklyHours) => {
      const run = compileRun(canonicalInput(anInput({ places: [shared({ weeklyHours })] })));
      const topics = run.cells.map(({ criteria }) => criteria.some(({ topicKey }) => topicKey === 'engagements'));
      expect(topics).toEqual([weeklyHours.length > 0, weeklyHours.length > 0, false]);
      const { verdicts } = pairEvidence(run, 0, 2, 0);
      expect(verdicts.map(({ kind }) => kind)).not.toContain('engagements');
    },
  );

  test('has free seats by what is taken of each part', () => {
    const run = compileRun(canonicalInput(anInput({ places: [shared({ seats: 3, taken: 1, takenSecond: 3 })] })));
    expect(run.cells.map(({ seatPart, freeSeats }) => [seatPart, freeSeats])).toEqual([
      ['whole', 0],
      ['first', 2],
      ['second', 0],
    ]);
  });

  test('counts a candidate once, by the part that fits best', () => {
    const input = anInput({
      candidates: [
        aCandidate(1, { shareFromPercent: 50, shareToPercent: 75 }),
        aCandidate(2, { shareFromPercent: null, shareToPercent: null }),
        aCandidate(3, { shareFromPercent: 50, shareToPercent: null }),
        aCandidate(4, { shareFromPercent: 75, shareToPercent: 80 }),
        aCandidate(5, { engagements: [hours(1)] }),
        aCandidate(6, { engagements: [hours(1), hours(3)] }),
      ],
      places: [shared({ weeklyHours: [1, 3].map(hours) })],
    });
    const [place] = runMatching(input).places;
    expect(place).toMatchObject({ eligible: 4, eligibleWithChecks: 2 });
    const cost = (kind: string) => place?.criteria.find(({ topic }) => topic.kind === kind);
    expect(cost('share')).toMatchObject({ excluded: 1, excludedAlone: 1, unknown: 2 });
    expect(cost('engagements')).toMatchObject({ excluded: 1, excludedAlone: 1, unknown: 0 });
  });

  test('who fits only a part has that part as the nearest', () => {
    const input = anInput({
      candidates: [aCandidate(1, { shareToPercent: 50, licences: [] })],
      places: [shared({ requirements: [asking({ kind: 'licence', licence: 'B' })] })],
    });
    expect(unplacedFor(input)).toMatchObject({
      reasons: [{ kind: 'no-eligible-place', openPlaces: 1, excludedBy: [{ topic: { kind: 'licence' }, alone: 1 }] }],
      nearest: { placeId: placeId(1), seatPart: 'first', missing: [{ asked: { kind: 'licence' } }] },
    });
  });

  test('is proposed whole to who can have all of it', () => {
    expect(proposedFor(anInput({ places: [shared()] }))).toMatchObject({ placeId: placeId(1), seatPart: 'whole' });
  });

  test('says the same whatever the order of the weekdays', () => {
    const turned = [halves[0], { sharePercent: 50, weekdays: [4, 3] }] as const;
    expect(canonicalInput(anInput({ places: [shared({ sharedSeat: turned })] }))).toEqual(
      canonicalInput(anInput({ places: [shared()] })),
    );
  });
});

describe('a learnable that a session with limited seats gives', () => {
  const hygiene = SkillId.parse('C1qR_L83_nzh');
  const lifting = SkillId.parse('rVUL_AgV_ZTH');
  const skill = (skillId: SkillId, strength: Requirement['strength']) =>
    asking({ kind: 'skill', skillId, minLevel: null }, strength);
  const input = (seats: number | null, changes: Partial<MatchInput> = {}) =>
    anInput({
      places: [aPlace(1, { seats: 9, requirements: [skill(hygiene, 'learnable')] })],
      skillsTaught: [{ skillId: hygiene, seats }],
      ...changes,
    });

  test('may be missing, and costs the points of what is missing', () => {
    const outcome = proposedFor(input(3));
    expect(outcome.parts).toContainEqual({ part: 'requirements', points: 0, maxPoints: 40 });
    expect(outcome.verdicts[0]).toMatchObject({ verdict: 'no', excludes: false, taught: 'session' });
    expect(proposedFor(input(null)).parts).toContainEqual({ part: 'requirements', points: 40, maxPoints: 40 });
  });

  test('shuts out when the session has no seats at all', () => {
    expect(unplacedFor(input(0)).reasons).toMatchObject([{ kind: 'no-eligible-place' }]);
    expect(unplacedFor(input(0)).nearest?.missing).toMatchObject([{ taught: null }]);
  });

  test('is a need of that session for who lacks it, and for nobody else', () => {
    const run = compileRun(
      canonicalInput(
        anInput({
          candidates: [
            aCandidate(1),
            aCandidate(2, { skills: [{ skillId: hygiene, level: null }] }),
            aCandidate(3, { skills: null }),
          ],
          places: [
            aPlace(1, { requirements: [skill(hygiene, 'learnable'), skill(lifting, 'learnable')] }),
            aPlace(2, { requirements: [skill(hygiene, 'wish')] }),
          ],
          skillsTaught: [hygiene, lifting].map((skillId) => ({ skillId, seats: 2 })),
          weights: { ...anInput().weights, minimumFitPercent: 0 },
        }),
      ),
    );
    const bitOf = (skillId: SkillId) => 1 << run.sessions.findIndex((session) => session.skillId === skillId);
    const { edgeStart, edgeSessions } = judgePairs(run);
    const rowOf = (c: number) => Array.from(edgeSessions.slice(edgeStart[c], edgeStart[c + 1]));
    expect(rowOf(0)).toEqual([bitOf(hygiene) | bitOf(lifting), 0]);
    expect(rowOf(1)).toEqual([bitOf(lifting), 0]);
    expect(rowOf(2)).toEqual([0, 0]);
  });

  test.each([null, 4])('is summed up per start as people who need the session (seats: %s)', (seats) => {
    const people = [
      aCandidate(1),
      aCandidate(2),
      aCandidate(3, { skills: null }),
      aCandidate(4, { skills: [{ skillId: hygiene, level: null }] }),
    ];
    expect(runMatching(input(seats, { candidates: people })).summary.sessionNeeds).toEqual([
      { cohortId: cohortId(1), skillId: hygiene, need: 2, notStated: 1, seats },
    ]);
  });
});
