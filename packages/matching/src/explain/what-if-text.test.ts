import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import type { Consequences, WhatIfAnswer, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { describe, expect, test } from 'vitest';
import { runMatching } from '../run-matching.ts';
import { aCandidate, anInput, aPlace, candidateId, placeId } from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { answerWhatIf } from '../what-if/answer-what-if.ts';
import { whatIfSentences } from './what-if-text.ts';

const totals = { proposed: 14, points: 994, maxPoints: 1400, fitPercent: 71 };
const nobody = { count: 0, first: [] };
const consequences = (changes: Partial<Consequences> = {}): Consequences => ({
  before: totals,
  after: totals,
  newlyProposed: nobody,
  noLongerProposed: nobody,
  moved: nobody,
  ...changes,
});
const oneMore = consequences({
  after: { ...totals, proposed: 15 },
  newlyProposed: { count: 1, first: [] },
});
const said = (question: WhatIfQuestion, answer: WhatIfAnswer, language: 'sv' | 'en' = 'sv', same = true) =>
  whatIfSentences(question, answer, same, labelsIn(language), language);

test.each([
  [true, 'Körningen gjordes om och blev exakt likadan.', 'The run was made again and came out exactly the same.'],
  [
    false,
    'Körningen gjordes om och blev inte likadan. Tala om det för driften.',
    'The run was made again and did not come out the same. Tell operations.',
  ],
])('a replay says whether it came out the same: %s', (same, sv, en) => {
  expect(said({ kind: 'replay' }, { kind: 'replay' }, 'sv', same)).toEqual([sv]);
  expect(said({ kind: 'replay' }, { kind: 'replay' }, 'en', same)).toEqual([en]);
});

test('other weights are named by their version', () => {
  const { validTo: _, ...weights } = DEFAULT_WEIGHTS;
  const question = { kind: 'weights', weights } as const;
  expect(said(question, { kind: 'weights', consequences: oneMore })).toEqual([
    'Med vikterna default-1:',
    'En person till får plats.',
    'Poäng och passning efteråt är räknade med de andra vikterna. Jämför hur många och vilka som får plats.',
  ]);
});

test('a repair says who and what is gone, and what it does to those who are left', () => {
  const question = {
    kind: 'repair' as const,
    dropOuts: [candidateId(1)],
    closedPlaces: [placeId(1), placeId(2)],
    movedPersonCostPoints: 0,
  };
  const answer = { kind: 'repair', consequences: consequences({ moved: { count: 2, first: [] } }) } as const;
  expect(said(question, answer)).toEqual(['När en person hoppar av och 2 platser stänger:', '2 flyttas.']);
  expect(said(question, answer, 'en')[0]).toBe('When one person drops out and 2 places close:');
  expect(said({ ...question, closedPlaces: [] }, answer)[0]).toBe('När en person hoppar av:');
  expect(said({ ...question, dropOuts: [] }, answer, 'en')[0]).toBe('When 2 places close:');
  expect(said({ ...question, dropOuts: [], closedPlaces: [] }, answer)[0]).toBe('När inget har hänt:');
});

test('one more seat and one requirement less name the place first', () => {
  const place = labelsIn('sv').place(placeId(1));
  const seat = said({ kind: 'extra-seat', placeId: placeId(1) }, { kind: 'extra-seat', consequences: oneMore });
  expect(seat).toEqual([`${place.title}, ${place.unitName}.`, 'Med ett säte till här skulle en person till få plats.']);
  const question = { kind: 'without-requirement', placeId: placeId(1), requirementIndex: 0 } as const;
  const subject = { kind: 'licence', licence: 'B' } as const;
  const answer = (before: number, after: number): WhatIfAnswer => ({
    kind: 'without-requirement',
    subject,
    eligible: { before, after },
    consequences: oneMore,
  });
  expect(said(question, answer(3, 8)).slice(1)).toEqual([
    'Utan kravet ”körkort B” kan 8 i stället för 3 få platsen.',
    'En person till får plats.',
  ]);
  expect(said(question, answer(3, 3))[1]).toBe('Utan kravet ”körkort B” kan lika många (3) få platsen.');
  expect(said(question, answer(3, 3), 'en')[1]).toBe(
    'Without the requirement “driving licence B”, as many (3) can have the place.',
  );
});

describe('what is said of a person', () => {
  const input = anInput({
    candidates: [aCandidate(1), aCandidate(2, { licences: [] })],
    places: [
      aPlace(1, {
        requirements: [{ subject: { kind: 'licence', licence: 'B' }, strength: 'must', reason: 'Kör varje dag' }],
      }),
    ],
  });
  const ask = (question: WhatIfQuestion): WhatIfAnswer => {
    const answered = answerWhatIf(input, runMatching(input), question);
    if (!answered.ok) throw new Error(answered.error);
    return answered.value;
  };

  test('who is named is the price for the others, and what the run itself had against it', () => {
    const question = { kind: 'named-request', candidateId: candidateId(2), placeId: placeId(1) } as const;
    const [where, price, , against, reason] = said(question, ask(question));
    expect(where).toMatch(/, start 11 januari 2027\.$/);
    expect(price).toBe('Att placera personen här kostar: en annan mister sin plats.');
    expect(against).toBe('Körningen hade inte själv föreslagit det:');
    expect(reason).toMatch(/^- .*körkort B/);
  });

  test('who already has the place costs nothing', () => {
    const question = { kind: 'named-request', candidateId: candidateId(1), placeId: placeId(1) } as const;
    expect(said(question, ask(question), 'en').slice(1)).toEqual([
      'To place the person here takes no place from anybody else.',
      'Nothing known keeps the person from having the place.',
    ]);
  });

  test.each([
    ['place-full', /platsens alla säten/, /all seats of the place/],
    ['start-full', /gruppen är fylld/, /the group is filled/],
    ['other-rule', /strider mot något annat/, /goes against something else/],
  ] as const)('who cannot be given the place is told why: %s', (hindrance, sv, en) => {
    const question = { kind: 'named-request', candidateId: candidateId(2), placeId: placeId(1) } as const;
    const answer: WhatIfAnswer = { kind: 'named-request', from: null, request: { possible: false, hindrance } };
    expect(said(question, answer).join()).toMatch(sv);
    expect(said(question, answer, 'en').join()).toMatch(en);
  });

  test('who answers is whether it changes the proposal', () => {
    const hasCar = { candidateId: candidateId(1), field: 'hasCar' as const, value: true };
    const question = { kind: 'answer' as const, answer: hasCar };
    expect(said(question, ask(question))).toEqual([
      'Svaret ändrar inte personens förslag, medan alla andra behåller det de har.',
    ]);
    const answered = ask(question);
    if (answered.kind !== 'answer' || answered.after.kind !== 'proposed') throw new Error('No proposal');
    const better = { ...answered, after: { ...answered.after, points: answered.after.points + 6 } };
    const { points } = answered.after;
    expect(said(question, better)).toEqual([
      `Svaret ändrar inte vilken plats personen får, men passningen: ${points + 6} poäng i stället för ${points}.`,
    ]);
    const none = { kind: 'unplaced' as const, candidateId: candidateId(1), reasons: [], nearest: null };
    expect(said(question, { kind: 'answer', before: none, after: none })).toEqual([
      'Också med svaret är personen utan förslag, medan alla andra behåller det de har.',
    ]);
    const licence = { ...hasCar, field: 'licences' as const, value: [] };
    expect(said({ kind: 'answer', answer: licence }, ask({ kind: 'answer', answer: licence }))).toEqual([
      'Med svaret, medan alla andra behåller det de har:',
    ]);
  });
});

test.each(['weights', 'repair', 'extra-seat', 'without-requirement'] as const)(
  'an answer to another question than the %s that it belongs to is a fault',
  (kind) => {
    const answer =
      kind === 'without-requirement'
        ? {
            kind,
            subject: { kind: 'swedish', minLevel: 'A2' } as const,
            eligible: { before: 0, after: 0 },
            consequences: oneMore,
          }
        : { kind, consequences: oneMore };
    expect(() => said({ kind: 'replay' }, answer)).toThrow(`A ${kind} is no answer to a replay`);
  },
);
