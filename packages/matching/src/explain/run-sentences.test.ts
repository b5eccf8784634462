import type { CriterionTopic } from '@gruppstart/domain/matching/criterion';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { cohortId } from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { callGainSentence } from './call-gain-text.ts';
import { frontierPointText, frontierText } from './frontier-text.ts';
import { EXPLANATION_LANGUAGES } from './phrasebook.ts';
import { criterionCostSentence, oneMoreSeatSentence } from './place-text.ts';
import { namedRequestSentences, type RunChange, runChangeSentences } from './run-change-text.ts';
import { seatPartText } from './seat-part-text.ts';
import { sessionNeedText } from './session-need-text.ts';

describe('the trade between number and fit', () => {
  const most = { placed: 14, fitPercent: 71 };
  const better = { placed: 13, fitPercent: 84 };

  test('is one line, the most placed first', () => {
    expect(frontierText([better, most], 'sv')).toBe('14 placerade, passning 71 %; 13 placerade, passning 84 %.');
    expect(frontierText([most, better], 'en')).toBe('14 placed, fit 71 %; 13 placed, fit 84 %.');
    expect(frontierText([], 'sv')).toBe('');
  });

  test.each([
    [most, '14 placerade, passning 71 %.', '14 placed, fit 71 %.'],
    [
      better,
      '13 placerade, passning 84 %: 1 färre än som mest, passningen 13 procentenheter bättre.',
      '13 placed, fit 84 %: 1 fewer than at most, the fit 13 percentage points better.',
    ],
    [
      { placed: 12, fitPercent: 72 },
      '12 placerade, passning 72 %: 2 färre än som mest, passningen 1 procentenhet bättre.',
      '12 placed, fit 72 %: 2 fewer than at most, the fit 1 percentage point better.',
    ],
    [
      { placed: 12, fitPercent: 71 },
      '12 placerade, passning 71 %: 2 färre än som mest, ingen bättre passning.',
      '12 placed, fit 71 %: 2 fewer than at most, no better fit.',
    ],
  ])('%j says what it costs and gives', (point, sv, en) => {
    expect([frontierPointText(point, most, 'sv'), frontierPointText(point, most, 'en')]).toEqual([sv, en]);
  });
});

describe('what a change does to a run', () => {
  const change = (
    [newly, lost, moved]: readonly [number, number, number],
    fit: readonly [number | null, number | null] = [71, 71],
    points: readonly [number, number] = [900, 900],
  ): RunChange => ({
    before: { points: points[0], fitPercent: fit[0] },
    after: { points: points[1], fitPercent: fit[1] },
    newlyProposed: { count: newly },
    noLongerProposed: { count: lost },
    moved: { count: moved },
  });

  test.each([
    [change([0, 0, 0]), ['Ingen annan påverkas.'], ['Nobody else is affected.']],
    [
      change([1, 1, 1], [71, 69]),
      ['En annan mister sin plats, en person till får plats, en flyttas.', 'Passningen går från 71 till 69 %.'],
      ['One other person loses a place, one more person gets a place, one is moved.', 'The fit goes from 71 to 69 %.'],
    ],
    [
      change([2, 3, 4], [71, 71], [900, 902]),
      ['3 andra mister sin plats, 2 personer till får plats, 4 flyttas.', 'Summan går från 900 till 902 poäng.'],
      ['3 others lose their places, 2 more people get a place, 4 are moved.', 'The sum goes from 900 to 902 points.'],
    ],
    [
      change([2, 0, 0], [null, 80], [0, 160]),
      ['2 personer till får plats.', 'Summan går från 0 till 160 poäng.'],
      ['2 more people get a place.', 'The sum goes from 0 to 160 points.'],
    ],
  ])('%j', (given, sv, en) => {
    expect(runChangeSentences(given, 'sv')).toEqual(sv);
    expect(runChangeSentences(given, 'en')).toEqual(en);
  });

  test('what a named request costs the others', () => {
    const costly = change([0, 1, 2], [71, 70]);
    expect(namedRequestSentences(costly, 'sv')).toEqual([
      'Att placera personen här kostar: en annan mister sin plats, 2 flyttas.',
      'Passningen går från 71 till 70 %.',
    ]);
    expect(namedRequestSentences(costly, 'en')[0]).toBe(
      'To place the person here costs: one other person loses a place, 2 are moved.',
    );
    const free = change([0, 0, 0]);
    expect(namedRequestSentences(free, 'sv')).toEqual(['Att placera personen här tar inte platsen från någon annan.']);
    expect(namedRequestSentences(free, 'en')).toEqual(['To place the person here takes no place from anybody else.']);
  });
});

describe('a place', () => {
  test.each([
    [
      { placed: 1, points: 0 },
      'Med en plats till här skulle en person till få plats.',
      'With one more seat here, one more person would get a place.',
    ],
    [
      { placed: 2, points: 0 },
      'Med en plats till här skulle 2 personer till få plats.',
      'With one more seat here, 2 more people would get a place.',
    ],
    [
      { placed: 0, points: 9 },
      'Med en plats till här skulle inte fler få plats, men passningen bli bättre med 9 poäng.',
      'With one more seat here no more people would get a place, but the fit would be better by 9 points.',
    ],
    [
      { placed: 0, points: 0 },
      'En plats till här skulle inte ändra något.',
      'One more seat here would change nothing.',
    ],
  ])('says what one more seat is worth: %j', (worth, sv, en) => {
    expect([oneMoreSeatSentence(worth, 'sv'), oneMoreSeatSentence(worth, 'en')]).toEqual([sv, en]);
  });

  const licence: CriterionTopic = { kind: 'licence', licence: 'B' };
  test.each([
    [
      { topic: licence, requirementIndex: 0, excluded: 12, excludedAlone: 5 },
      3,
      'Kravet körkort B stänger ute 12; för 5 av dem är det enda hindret; utan det skulle 3 fler få plats.',
      'The requirement driving licence B shuts out 12; for 5 of them it is the only hindrance; without it 3 more would get a place.',
    ],
    [
      { topic: { kind: 'travel' } as const, requirementIndex: null, excluded: 2, excludedAlone: 0 },
      0,
      'Villkoret restid stänger ute 2; för ingen av dem är det enda hindret; utan det skulle inte fler få plats.',
      'The condition travel time shuts out 2; for none of them it is the only hindrance; without it no more would get a place.',
    ],
    [
      { topic: licence, requirementIndex: 1, excluded: 4, excludedAlone: 1 },
      null,
      'Kravet körkort B stänger ute 4; för 1 av dem är det enda hindret.',
      'The requirement driving licence B shuts out 4; for 1 of them it is the only hindrance.',
    ],
    [
      { topic: licence, requirementIndex: 1, excluded: 0, excludedAlone: 0 },
      0,
      'Kravet körkort B stänger inte ute någon.',
      'The requirement driving licence B shuts nobody out.',
    ],
  ])('says what a criterion costs: %j, %j', (cost, without, sv, en) => {
    expect(criterionCostSentence(cost, without, labelsIn('sv'), 'sv')).toBe(sv);
    expect(criterionCostSentence(cost, without, labelsIn('en'), 'en')).toBe(en);
  });
});

test.each([
  [
    [7, 1],
    [0, 0],
    'Ett ja öppnar 7 platser och ger en placering; ett nej ändrar inget.',
    'A yes opens 7 places and gives one placement; a no changes nothing.',
  ],
  [
    [0, 2],
    [-1, -1],
    'Ett ja ger 2 placeringar; ett nej stänger en plats och tar bort en placering.',
    'A yes gives 2 placements; a no shuts one place and takes away one placement.',
  ],
  [
    [1, 0],
    [-3, -2],
    'Ett ja öppnar en plats; ett nej stänger 3 platser och tar bort 2 placeringar.',
    'A yes opens one place; a no shuts 3 places and takes away 2 placements.',
  ],
] as const)(
  'a question is worth what yes and no change: %j, %j',
  ([yesPlaces, yesPlaced], [noPlaces, noPlaced], sv, en) => {
    const gains = { yes: { places: yesPlaces, placed: yesPlaced }, no: { places: noPlaces, placed: noPlaced } };
    expect([callGainSentence(gains, 'sv'), callGainSentence(gains, 'en')]).toEqual([sv, en]);
  },
);

test.each([
  [{ sharePercent: 50, weekdays: [1, 2, 3] }, 100, 'halva tjänsten mån–ons', 'half of the job Mon–Wed'],
  [{ sharePercent: 50, weekdays: [4, 5] }, 100, 'halva tjänsten tors, fre', 'half of the job Thu, Fri'],
  [
    { sharePercent: 40, weekdays: [1, 3, 4, 5, 7] },
    75,
    '40 % av heltid mån, ons–fre, sön',
    '40 % of full time Mon, Wed–Fri, Sun',
  ],
  [{ sharePercent: 25, weekdays: [] }, 50, 'halva tjänsten', 'half of the job'],
])('a part of a seat is named by its share and its days: %j of %i', (part, whole, sv, en) => {
  expect([seatPartText(part, whole, 'sv'), seatPartText(part, whole, 'en')]).toEqual([sv, en]);
});

describe('what is needed of a session', () => {
  const need = { cohortId: cohortId(1), skillId: SKILLS[0]!.id, need: 4, notStated: 0, seats: 6 };
  test.each([
    [
      need,
      'Basala hygienrutiner, start 11 januari 2027: 4 behöver passet. Passet har 6 säten.',
      'Basic hygiene routines, start on 11 January 2027: 4 need the session. The session has 6 seats.',
    ],
    [
      { ...need, need: 1, notStated: 2, seats: 1 },
      'Basala hygienrutiner, start 11 januari 2027: 1 behöver passet, för 2 är det inte känt. Passet har ett säte.',
      'Basic hygiene routines, start on 11 January 2027: 1 needs the session, of 2 it is not known. The session has one seat.',
    ],
    [
      { ...need, seats: null },
      'Basala hygienrutiner, start 11 januari 2027: 4 behöver passet. Hela gruppen har passet.',
      'Basic hygiene routines, start on 11 January 2027: 4 need the session. The whole group has the session.',
    ],
  ])('%j', (given, sv, en) => {
    const said = EXPLANATION_LANGUAGES.map((language) => sessionNeedText(given, labelsIn(language), language));
    expect(said).toEqual([sv, en]);
  });
});
