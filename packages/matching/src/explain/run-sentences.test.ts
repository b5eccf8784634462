import type { CriterionTopic } from '@gruppstart/domain/matching/criterion';
import type { SharedSeat } from '@gruppstart/domain/requirements/place';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { cohortId } from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { callGainSentence } from './call-gain-text.ts';
import { frontierText } from './frontier-text.ts';
import { EXPLANATION_LANGUAGES } from './phrasebook.ts';
import { criterionCostSentence, oneMoreSeatSentence, placeSentences } from './place-text.ts';
import { namedRequestSentences, type RunChange, runChangeSentences } from './run-change-text.ts';
import { partIn, withPart } from './seat-part-text.ts';
import { sessionNeedText } from './session-need-text.ts';

test('the trade between number and fit is one line, the most placed first', () => {
  const [most, better] = [
    { placed: 14, fitPercent: 71 },
    { placed: 13, fitPercent: 84 },
  ];
  expect(frontierText([better, most], null, 'sv')).toBe('14 placerade, passning 71 %; 13 placerade, passning 84 %.');
  expect(frontierText([most, better], null, 'en')).toBe('14 placed, fit 71 %; 13 placed, fit 84 %.');
  expect(frontierText([], null, 'sv')).toBe('');
  expect(frontierText([most], localDate('2027-01-11'), 'sv')).toBe(
    'Start 11 januari 2027: 14 placerade, passning 71 %.',
  );
  expect(frontierText([most], localDate('2027-01-11'), 'en')).toBe('Start on 11 January 2027: 14 placed, fit 71 %.');
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
      'Med ett säte till här skulle en person till få plats.',
      'With one more seat here, one more person would get a place.',
    ],
    [
      { placed: 2, points: 0 },
      'Med ett säte till här skulle 2 personer till få plats.',
      'With one more seat here, 2 more people would get a place.',
    ],
    [
      { placed: 0, points: 9 },
      'Med ett säte till här skulle inte fler få plats, men passningen bli bättre med 9 poäng.',
      'With one more seat here no more people would get a place, but the fit would be better by 9 points.',
    ],
    [
      { placed: 0, points: 0 },
      'Ett säte till här skulle inte ändra något.',
      'One more seat here would change nothing.',
    ],
  ])('says what one more seat is worth: %j', (worth, sv, en) => {
    expect([oneMoreSeatSentence(worth, 'sv'), oneMoreSeatSentence(worth, 'en')]).toEqual([sv, en]);
  });

  const licence: CriterionTopic = { kind: 'licence', licence: 'B' };
  const cost = { topic: licence, requirementIndex: 0, excluded: 12, excludedAlone: 5, unknown: 0, placedWithout: 3 };
  test.each([
    [
      cost,
      'Kravet ”körkort B” stänger ute 12; för 5 av dem är det enda hindret; utan det skulle 3 fler få plats.',
      'The requirement “driving licence B” shuts out 12; for 5 of them it is the only hindrance; without it 3 more would get a place.',
    ],
    [
      {
        ...cost,
        topic: { kind: 'travel' } as const,
        requirementIndex: null,
        excluded: 2,
        excludedAlone: 0,
        placedWithout: 0,
      },
      'Villkoret ”restid” stänger ute 2; för ingen av dem är det enda hindret; utan det skulle inte fler få plats.',
      'The condition “travel time” shuts out 2; for none of them it is the only hindrance; without it no more would get a place.',
    ],
  ])('says what a criterion costs: %j', (given, sv, en) => {
    expect(criterionCostSentence(given, labelsIn('sv'), 'sv')).toBe(sv);
    expect(criterionCostSentence(given, labelsIn('en'), 'en')).toBe(en);
  });

  test('says all that it costs, what would place most first, and nothing of what shuts nobody out', () => {
    const criteria = [
      { ...cost, excluded: 9, placedWithout: 0 },
      { ...cost, topic: { kind: 'share' } as const, excluded: 0, excludedAlone: 0, placedWithout: 0 },
      { ...cost, topic: { kind: 'swedish' } as const, excluded: 4, excludedAlone: 1, placedWithout: 1 },
    ];
    const given = { seatPricePoints: 6, oneMoreSeat: { placed: 1, points: 80 }, criteria, isEstimate: false };
    expect(placeSentences(given, labelsIn('sv'), 'sv')).toEqual([
      'Med ett säte till här skulle en person till få plats.',
      '6 poäng räknades av för ett säte här, för det behövs av personer som passar få andra platser.',
      'Kravet ”svenska” stänger ute 4; för 1 av dem är det enda hindret; utan det skulle 1 fler få plats.',
      'Kravet ”körkort B” stänger ute 9; för 5 av dem är det enda hindret; utan det skulle inte fler få plats.',
    ]);
    expect(placeSentences({ ...given, criteria: [] }, labelsIn('en'), 'en')).toEqual([
      'With one more seat here, one more person would get a place.',
      '6 points were taken off for a seat here, because people who fit few other places need it.',
    ]);
    expect(placeSentences({ ...given, seatPricePoints: 0, criteria: [] }, labelsIn('sv'), 'sv')).toHaveLength(1);
  });

  test('says that figures are estimates, and where the exact ones are', () => {
    const given = { seatPricePoints: 0, oneMoreSeat: { placed: 0, points: 0 }, criteria: [], isEstimate: true };
    expect(placeSentences(given, labelsIn('sv'), 'sv').at(-1)).toMatch(/^Siffrorna är uppskattade: .+ En provräkning/);
    expect(placeSentences(given, labelsIn('en'), 'en').at(-1)).toMatch(/^The figures are estimates: .+ A what-if/);
    const nothing = { places: 0, placed: 0, points: 0 };
    const gains = { yes: nothing, no: nothing, isEstimate: true, isYesOrNo: true };
    expect(callGainSentence(gains, 'sv')).toBe(
      'Ett ja ändrar inget; ett nej ändrar inget. Uppskattat; en provräkning ger det exakta.',
    );
    expect(callGainSentence(gains, 'en')).toMatch(/An estimate; a what-if gives the exact figures\.$/);
  });
});

test.each([
  [
    { places: 7, placed: 1, points: 70 },
    { places: 0, placed: 0, points: 0 },
    'Ett ja öppnar 7 platser och ger en placering; ett nej ändrar inget.',
    'A yes opens 7 places and gives one placement; a no changes nothing.',
  ],
  [
    { places: 0, placed: 2, points: 130 },
    { places: -1, placed: -1, points: -80 },
    'Ett ja ger 2 placeringar; ett nej stänger en plats och tar bort en placering.',
    'A yes gives 2 placements; a no shuts one place and takes away one placement.',
  ],
  [
    { places: 1, placed: 0, points: 9 },
    { places: -3, placed: 0, points: -1 },
    'Ett ja öppnar en plats och höjer summan med 9 poäng; ett nej stänger 3 platser och sänker summan med 1 poäng.',
    'A yes opens one place and raises the sum by 9 points; a no shuts 3 places and lowers the sum by 1 point.',
  ],
  [
    { places: 0, placed: 0, points: 0 },
    { places: -2, placed: -2, points: 5 },
    'Ett ja ändrar inget; ett nej stänger 2 platser och tar bort 2 placeringar.',
    'A yes changes nothing; a no shuts 2 places and takes away 2 placements.',
  ],
])('a question is worth what yes and no change: %j, %j', (yes, no, sv, en) => {
  const gains = { yes, no, isEstimate: false, isYesOrNo: true };
  expect([callGainSentence(gains, 'sv'), callGainSentence(gains, 'en')]).toEqual([sv, en]);
});

test('a question that has no yes or no is worth what an answer that fits changes', () => {
  const yes = { places: 2, placed: 0, points: 0 };
  const gains = { yes, no: { ...yes, places: -2 }, isEstimate: false, isYesOrNo: false };
  expect(callGainSentence(gains, 'sv')).toBe(
    'Ett svar som passar öppnar 2 platser; ett som inte passar stänger 2 platser.',
  );
  expect(callGainSentence(gains, 'en')).toBe('An answer that fits opens 2 places; one that does not shuts 2 places.');
});

describe('a part of a seat', () => {
  const named = (wholePercent: number, parts: SharedSeat) => ({
    title: 'Serviceassistent',
    unitName: 'Norrängen',
    shared: { wholePercent, parts },
  });
  const halves: SharedSeat = [
    { sharePercent: 50, weekdays: [1, 2, 3] },
    { sharePercent: 50, weekdays: [4, 5] },
  ];
  const unequal: SharedSeat = [
    { sharePercent: 40, weekdays: [1, 3, 4, 5, 7] },
    { sharePercent: 25, weekdays: [6] },
  ];

  test.each([
    [100, halves, 'first', 'halva tjänsten mån–ons', 'half of the job Mon–Wed'],
    [100, halves, 'second', 'halva tjänsten tors, fre', 'half of the job Thu, Fri'],
    [75, unequal, 'first', '40 % av heltid mån, ons–fre, sön', '40 % of full time Mon, Wed–Fri, Sun'],
    [75, unequal, 'second', '25 % av heltid lör', '25 % of full time Sat'],
    [100, halves, 'whole', null, null],
  ] as const)('of %i percent, %j, %s', (whole, parts, seatPart, sv, en) => {
    const place = named(whole, [...parts] as SharedSeat);
    expect([partIn(place, seatPart, 'sv'), partIn(place, seatPart, 'en')]).toEqual([sv, en]);
  });

  test('is named after the unit, and not at all where the place is no longer divided', () => {
    const { shared, ...undivided } = named(100, halves);
    expect(withPart({ ...undivided, shared }, 'first', 'sv').unitName).toBe('Norrängen, halva tjänsten mån–ons');
    expect(withPart(undivided, 'first', 'sv')).toEqual(undivided);
    expect(withPart({ ...undivided, shared }, 'whole', 'sv').unitName).toBe('Norrängen');
  });
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
