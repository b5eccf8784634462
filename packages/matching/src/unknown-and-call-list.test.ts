import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { SKILLS, type SkillId, type SkillLevel } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import type { MatchCandidate } from './model.ts';
import { runMatching } from './run-matching.ts';
import {
  aBlankCandidate,
  aCandidate,
  anInput,
  aPlace,
  asking,
  candidateId,
  cohortId,
  placeId,
  unitId,
} from './test-support/inputs.ts';
import { proposedFor, unplacedFor } from './test-support/outcomes.ts';

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

describe('a question of the call list', () => {
  const [hygiene, cooking] = [SKILLS[0]!.id, SKILLS[1]!.id];
  const skill = (skillId: SkillId, minLevel: SkillLevel | null = null) => asking({ kind: 'skill', skillId, minLevel });

  test('is about one skill, and tells what each place asks of it', () => {
    const input = anInput({
      candidates: [aCandidate(1, { skills: null })],
      places: [
        aPlace(1, { requirements: [skill(hygiene, 3)] }),
        aPlace(2, { requirements: [skill(hygiene)] }),
        aPlace(3, { requirements: [skill(hygiene, 2), skill(cooking)] }),
        aPlace(4, { requirements: [skill(hygiene, 2)] }),
        aPlace(5, { requirements: [asking({ kind: 'skill', skillId: hygiene, minLevel: 4 }, 'wish')] }),
      ],
    });
    const { callList, summary } = runMatching(input);
    const subject = (minLevel: SkillLevel | null) => ({ kind: 'skill', skillId: hygiene, minLevel });
    expect(callList).toMatchObject([
      {
        field: 'skills',
        topic: { kind: 'skill', skillId: hygiene },
        asked: [
          { subject: subject(null), places: 1 },
          { subject: subject(2), places: 2 },
          { subject: subject(3), places: 1 },
        ],
        settles: 4,
        opens: 3,
      },
      {
        field: 'skills',
        topic: { kind: 'skill', skillId: cooking },
        asked: [{ subject: { kind: 'skill', skillId: cooking, minLevel: null }, places: 1 }],
        settles: 1,
        opens: 0,
      },
    ]);
    expect(summary.questions).toBe(2);
  });

  test('is not asked again about a skill that the person was asked about alone, and still about the others', () => {
    const held = { kind: 'skill', skillId: hygiene, held: true, level: 2 } as const;
    const input = anInput({
      candidates: [aCandidate(1, { skills: null, knownItems: [held] })],
      places: [aPlace(1, { requirements: [skill(hygiene, 2), skill(cooking)] })],
    });
    expect(runMatching(input).callList.map(({ topic }) => topic)).toEqual([{ kind: 'skill', skillId: cooking }]);
    const lacking = { ...input, candidates: [aCandidate(1, { skills: null, knownItems: [{ ...held, held: false }] })] };
    expect(unplacedFor(lacking).reasons[0]).toMatchObject({
      kind: 'no-eligible-place',
      excludedBy: [{ topic: { kind: 'skill', skillId: hygiene }, alone: 1 }],
    });
  });

  test('about the level of a skill that is held is asked with the level', () => {
    const input = anInput({
      candidates: [aCandidate(1, { skills: [{ skillId: hygiene, level: null }] })],
      places: [aPlace(1, { requirements: [skill(hygiene, 2)] })],
    });
    expect(runMatching(input).callList).toMatchObject([{ topic: { kind: 'skill', skillId: hygiene }, opens: 1 }]);
  });

  test('holds the proposal of the person when the proposal waits for that very skill', () => {
    const input = anInput({
      candidates: [aCandidate(1, { skills: null })],
      places: [aPlace(1, { requirements: [skill(hygiene)] }), aPlace(2, { requirements: [skill(cooking)], seats: 0 })],
    });
    expect(runMatching(input).callList.map(({ topic, holdsProposal }) => [topic, holdsProposal])).toEqual([
      [{ kind: 'skill', skillId: hygiene }, true],
      [{ kind: 'skill', skillId: cooking }, false],
    ]);
  });

  test('of somebody pinned gains or loses points only: they keep the place whatever they answer', () => {
    const pins = [{ candidateId: candidateId(1), placeId: placeId(1), cohortId: cohortId(1) }];
    const input = anInput({
      candidates: [aCandidate(1, { licences: null })],
      places: [aPlace(1, { requirements: [asking({ kind: 'licence', licence: 'B' })] })],
      pins,
    });
    const pointsIf = (licences: MatchCandidate['licences']) =>
      runMatching({ ...input, candidates: [aCandidate(1, { licences })] }).summary.points;
    const now = runMatching(input).summary.points;
    expect(pointsIf(['B'])).toBeGreaterThan(now);
    expect(runMatching(input).callList).toMatchObject([
      { ifYes: { placed: 0, points: pointsIf(['B']) - now }, ifNo: { placed: 0, points: pointsIf([]) - now } },
    ]);
  });

  test('about one class of licence counts what a yes or no says of other classes', () => {
    const places = (['B', 'C'] as const).map((licence, index) =>
      aPlace(index + 1, { requirements: [asking({ kind: 'licence', licence })] }),
    );
    const input = anInput({ candidates: [aCandidate(1, { licences: null })], places });
    const gains = new Map(
      runMatching(input).callList.map(({ topic, ifYes, ifNo }) => [JSON.stringify(topic), { ifYes, ifNo }]),
    );
    // Without B there is no C: nothing is left.
    expect(gains.get('{"kind":"licence","licence":"B"}')?.ifNo.placed).toBe(-1);
    expect(gains.get('{"kind":"licence","licence":"C"}')?.ifNo.placed).toBe(0);
  });
});

test('of unknown criteria those that could shut out come first', () => {
  const requirements = [asking({ kind: 'licence', licence: 'B' }, 'wish'), asking({ kind: 'licence', licence: 'C' })];
  const { verdicts } = proposedFor(
    anInput({ candidates: [aCandidate(1, { licences: null })], places: [aPlace(1, { requirements })] }),
  );
  expect(verdicts.slice(0, 2)).toMatchObject([{ excludes: true }, { excludes: false }]);
  expect(verdicts.slice(0, 2).map((judged) => judged.verdict)).toEqual(['unknown', 'unknown']);
});

test('of questions that open as much, the one that settles more comes first, then the one a proposal waits for', () => {
  const driving = asking({ kind: 'licence', licence: 'B' });
  const speaking = asking({ kind: 'swedish', minLevel: 'A2' });
  const both = [1, 2].map((number) => aPlace(number, { requirements: [driving, speaking] }));
  const settling = anInput({
    candidates: [aCandidate(1, { licences: null, swedish: null })],
    places: [...both, aPlace(3, { requirements: [driving, speaking] })],
  });
  // Fields come in the order of the profile: the licence before Swedish.
  expect(runMatching(settling).callList.map((entry) => entry.field)).toEqual(['licences', 'swedish']);
  const moreSwedish = anInput({
    candidates: [aCandidate(1, { licences: null, swedish: null, hasCar: null })],
    places: [...both, aPlace(3, { unitId: unitId(2), requirements: [speaking] })],
    travel: [
      [
        { unitId: unitId(1), carMinutes: 20, busMinutes: 30 },
        { unitId: unitId(2), carMinutes: 20, busMinutes: 90 },
      ],
    ],
  });
  expect(runMatching(moreSwedish).callList.map(({ field, settles, opens }) => [field, settles, opens])).toEqual([
    ['swedish', 3, 0],
    ['licences', 2, 0],
    ['hasCar', 1, 0],
  ]);
  const waiting = anInput({
    candidates: [
      aCandidate(1, {
        licences: null,
        enrolledSince: localDate('2020-01-01'),
        wishes: [{ kind: 'field', field: 'school' }],
      }),
      aCandidate(2, { licences: null }),
    ],
    places: [aPlace(1, { requirements: [driving] })],
  });
  expect(runMatching(waiting).callList.map((entry) => [entry.candidateId, entry.holdsProposal])).toEqual([
    [candidateId(2), true],
    [candidateId(1), false],
  ]);
});
