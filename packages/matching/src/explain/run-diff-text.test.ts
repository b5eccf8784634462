import {
  PERSON_CHANGES,
  type PersonChange,
  type RunCause,
  type RunStanding,
} from '@gruppstart/domain/matching/run-difference';
import { RunId } from '@gruppstart/domain/shared/ids';
import { describe, expect, test } from 'vitest';
import { candidateId, cohortId, placeId } from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { personDifferenceText, placeDifferenceText, runDifferenceSentences } from './run-diff-text.ts';

const runId = RunId.parse(`run_${'1'.repeat(26)}`);
const totals = (proposed: number, fitPercent: number | null) => ({
  runId,
  proposed,
  points: 0,
  maxPoints: 0,
  fitPercent,
});
const nobody = {
  'no-longer-proposed': 0,
  'newly-proposed': 0,
  moved: 0,
  'points-changed': 0,
  left: 0,
  came: 0,
  same: 0,
};

describe('two runs side by side, in words', () => {
  const causes: RunCause[] = [
    { kind: 'engine', from: 'matching-1', to: 'matching-2' },
    { kind: 'weights', from: 'default-1', to: 'other-1' },
    { kind: 'purpose', from: 'admission', to: 'placement' },
    { kind: 'starts', onlyFrom: [cohortId(1)], onlyTo: [] },
    { kind: 'policy', parts: ['pins', 'placeAtMost', 'keep'] },
    { kind: 'facts' },
    { kind: 'draw' },
  ];
  const ones = {
    'no-longer-proposed': 1,
    'newly-proposed': 1,
    moved: 1,
    'points-changed': 1,
    left: 1,
    came: 1,
    same: 1,
  };
  const twos = {
    'no-longer-proposed': 2,
    'newly-proposed': 2,
    moved: 2,
    'points-changed': 2,
    left: 2,
    came: 2,
    same: 2,
  };
  const all = { from: totals(12, 71), to: totals(14, 69), causes, counts: ones };

  test('in Swedish', () => {
    expect(runDifferenceSentences(all, 'sv')).toEqual([
      'Matchningen räknar inte likadant: matching-1 före, matching-2 efter.',
      'Vikterna är andra: default-1 före, other-1 efter.',
      'Den ena är en antagning och den andra en placering.',
      'De gäller inte samma starter.',
      'Samordnaren har bestämt olika: vilka par som är valda i förväg, hur många som placeras som mest, vad som behålls från en tidigare körning.',
      'Underlaget är taget vid olika tillfällen.',
      'Lotten är en annan.',
      'Förslag: 12 före, 14 efter.',
      'Passning: 71 % före, 69 % efter.',
      'En har inte längre något förslag, en har fått ett förslag, en är flyttad, en har andra poäng på samma plats, en utan förslag är inte längre med, en ny är med utan förslag, för 1 är det likadant.',
    ]);
    expect(runDifferenceSentences({ ...all, counts: twos }, 'sv').at(-1)).toBe(
      '2 har inte längre något förslag, 2 har fått ett förslag, 2 är flyttade, 2 har andra poäng på samma plats, 2 utan förslag är inte längre med, 2 nya är med utan förslag, för 2 är det likadant.',
    );
  });

  test('in English', () => {
    expect(runDifferenceSentences(all, 'en')).toEqual([
      'The matching does not work out the same: matching-1 before, matching-2 after.',
      'The weights are others: default-1 before, other-1 after.',
      'One is an admission and the other a placement.',
      'They are not for the same starts.',
      'The coordinator has decided otherwise: which pairs are chosen beforehand, how many are placed at most, what is kept of an earlier run.',
      'The facts were taken at different times.',
      'The draw is another.',
      'Proposals: 12 before, 14 after.',
      'Fit: 71 % before, 69 % after.',
      'One has no proposal any more, one has got a proposal, one is moved, one has other points at the same place, one without a proposal has left, one has come in without a proposal, for 1 it is the same.',
    ]);
    expect(runDifferenceSentences({ ...all, counts: twos }, 'en').at(-1)).toBe(
      '2 have no proposal any more, 2 have got a proposal, 2 are moved, 2 have other points at the same place, 2 without a proposal have left, 2 have come in without a proposal, for 2 it is the same.',
    );
  });

  test('where nothing can differ, says so; an empty run has no fit', () => {
    const same = { from: totals(0, null), to: totals(0, null), causes: [], counts: nobody };
    expect(runDifferenceSentences(same, 'sv')).toEqual([
      'Underlag, vikter och det som bestämts är desamma, så resultatet är detsamma.',
      'Förslag: 0 före, 0 efter.',
    ]);
    expect(runDifferenceSentences(same, 'en')[0]).toBe(
      'Facts, weights and decisions are the same, so the result is the same.',
    );
  });
});

describe('one person, in words', () => {
  const seat: RunStanding = {
    kind: 'proposed',
    cohortId: cohortId(1),
    placeId: placeId(1),
    seatPart: 'whole',
    points: 70,
  };
  const unplaced: RunStanding = { kind: 'unplaced' };
  const nowhere: RunStanding = { kind: 'not-in-run' };
  const where = 'Serviceassistent, Norrängens äldreboende, start 11 januari 2027';
  const whereEn = 'Serviceassistent, Norrängens äldreboende, start on 11 January 2027';
  const other = {
    ...labelsIn('sv'),
    place: (id: string) => ({
      title: id === placeId(2) ? 'Kökshjälp' : 'Serviceassistent',
      unitName: 'Norrängens äldreboende',
    }),
  };
  const cases: readonly (readonly [PersonChange, RunStanding, RunStanding, string, string])[] = [
    ['newly-proposed', unplaced, seat, `Har fått ett förslag: ${where}.`, `Has got a proposal: ${whereEn}.`],
    [
      'newly-proposed',
      nowhere,
      seat,
      `Är ny i körningen och föreslås: ${where}.`,
      `Is new in the run and is proposed for: ${whereEn}.`,
    ],
    [
      'no-longer-proposed',
      seat,
      unplaced,
      `Har inte längre något förslag. Det var: ${where}.`,
      `Has no proposal any more. It was: ${whereEn}.`,
    ],
    [
      'no-longer-proposed',
      seat,
      nowhere,
      `Är inte längre med i körningen. Förslaget var: ${where}.`,
      `Is no longer in the run. The proposal was: ${whereEn}.`,
    ],
    [
      'moved',
      seat,
      { ...seat, seatPart: 'first' },
      `Samma plats, ${where}, men en annan del av sätet.`,
      `The same place, ${whereEn}, but another part of the seat.`,
    ],
    [
      'points-changed',
      seat,
      { ...seat, points: 74 },
      `Samma plats, ${where}: 70 poäng före, 74 efter.`,
      `The same place, ${whereEn}: 70 points before, 74 after.`,
    ],
    [
      'left',
      unplaced,
      nowhere,
      'Är inte längre med i körningen, och hade inget förslag.',
      'Is no longer in the run, and had no proposal.',
    ],
    ['came', nowhere, unplaced, 'Är ny i körningen, utan förslag.', 'Is new in the run, without a proposal.'],
  ];

  test.each(cases)('%s from %j to %j', (change, from, to, sv, en) => {
    const given = { candidateId: candidateId(1), change, from, to };
    expect(personDifferenceText(given, labelsIn('sv'), 'sv')).toBe(sv);
    expect(personDifferenceText(given, labelsIn('en'), 'en')).toBe(en);
  });

  test('moved to another place names both', () => {
    const given = {
      candidateId: candidateId(1),
      change: 'moved',
      from: seat,
      to: { ...seat, placeId: placeId(2) },
    } as const;
    expect(personDifferenceText(given, other, 'sv')).toBe(
      `Är flyttad från ${where}, till Kökshjälp, Norrängens äldreboende, start 11 januari 2027.`,
    );
    expect(personDifferenceText(given, other, 'en')).toMatch(/^Is moved from Serviceassistent.*, to Kökshjälp/);
  });

  test('every change is tried', () => {
    expect(new Set(cases.map(([change]) => change))).toEqual(new Set(PERSON_CHANGES));
  });
});

test.each([
  [
    { from: { seats: 2, takenBefore: 1, filled: 0 }, to: { seats: 3, takenBefore: 1, filled: 1 } },
    'Serviceassistent, Norrängens äldreboende: 1 av 2 säten fyllda före, 2 av 3 efter.',
    'Serviceassistent, Norrängens äldreboende: 1 of 2 seats filled before, 2 of 3 after.',
  ],
  [
    { from: null, to: { seats: 2, takenBefore: 0, filled: 0 } },
    'Serviceassistent, Norrängens äldreboende: ny i körningen.',
    'Serviceassistent, Norrängens äldreboende: new in the run.',
  ],
  [
    { from: { seats: 2, takenBefore: 0, filled: 0 }, to: null },
    'Serviceassistent, Norrängens äldreboende: inte längre med.',
    'Serviceassistent, Norrängens äldreboende: no longer in the run.',
  ],
])('a place, in words: %j', (fills, sv, en) => {
  const given = { placeId: placeId(1), ...fills };
  expect(placeDifferenceText(given, labelsIn('sv'), 'sv')).toBe(sv);
  expect(placeDifferenceText(given, labelsIn('en'), 'en')).toBe(en);
});
