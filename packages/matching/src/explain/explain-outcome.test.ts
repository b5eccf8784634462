import { CRITERION_KINDS, PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import type { ProposedOutcome, UnplacedOutcome, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import { NEAR_OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import {
  aBlankCandidate,
  aCandidate,
  anInput,
  aPlace,
  aStart,
  asking,
  CLEANER,
  cohortId,
  placeId,
  SERVICE_ASSISTANT,
} from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { explainProposal, explainUnplaced } from './explain-outcome.ts';
import { EXPLANATION_LANGUAGES, type ExplanationLanguage } from './phrasebook.ts';
import { questionSentences } from './question-text.ts';

const onlyOutcome = (input: MatchInput) => {
  const [outcome] = runMatching(input).candidates;
  if (outcome === undefined) throw new Error('No outcome');
  return outcome;
};
const proposed = (input: MatchInput): ProposedOutcome => {
  const outcome = onlyOutcome(input);
  if (outcome.kind !== 'proposed') throw new Error('Not proposed');
  return outcome;
};
const unplaced = (input: MatchInput): UnplacedOutcome => {
  const outcome = onlyOutcome(input);
  if (outcome.kind !== 'unplaced') throw new Error('Proposed');
  return outcome;
};

const NOBODY = {
  outsideRun: 0,
  pinned: 0,
  earlierStart: 0,
  higherTier: 0,
  morePoints: 0,
  longerWait: 0,
  draw: 0,
  wholeBetter: 0,
};
const hygiene = SKILLS[0]!.id;
const asked = aPlace(1, {
  requirements: [
    asking({ kind: 'licence', licence: 'B' }),
    asking({ kind: 'swedish', minLevel: 'B2' }, 'wish'),
    asking({ kind: 'skill', skillId: hygiene, minLevel: 2 }, 'learnable'),
    asking({ kind: 'experience', occupationId: SERVICE_ASSISTANT, minYears: 2 }, 'wish'),
  ],
});
const input = anInput({
  candidates: [
    aCandidate(1, {
      licences: null,
      experience: [{ occupationId: CLEANER, years: 3 }],
      wishes: [{ kind: 'field', field: 'care' }],
    }),
  ],
  places: [asked],
  skillsTaught: [{ skillId: hygiene, seats: null }],
  nearOccupations: NEAR_OCCUPATIONS,
});

describe('a proposal in words', () => {
  test('in Swedish', () => {
    expect(explainProposal(proposed(input), labelsIn('sv'), 'sv')).toEqual({
      headline: 'Förslag: Serviceassistent, Norrängens äldreboende, start 11 januari 2027.',
      score: [
        'Platsens krav: 25 av 40 poäng.',
        'Erfarenhet: 11 av 15 poäng.',
        'Start, omfattning och tider: 10 av 10 poäng.',
        'Egna önskemål: 20 av 20 poäng.',
        'Restid: 15 av 15 poäng.',
        'Sammanlagt 81 av 100 poäng.',
      ],
      notes: [],
      against: [
        'Svenska, minst B2: finns inte, men är inget krav. Personen har: B1.',
        'Erfarenhet som serviceassistent, minst 2 år: finns inte, men är inget krav. Personen har: 0 år, 3 år som städare (närliggande yrke).',
      ],
      toCheck: ['Körkort B: uppgift saknas.'],
      notStated: [],
      met: [
        'Kan börja i tid till starten 11 januari 2027.',
        'Platsen är öppen när arbetet börjar, 25 januari 2027.',
        'Platsen är på 75 %. Det passar.',
        'Kan arbeta på platsens tider: dag.',
        'Resan tar 20 minuter med bil, inom gränsen på 60.',
        'Platsen är personens önskemål nummer 1.',
      ],
      taught: ['Basala hygienrutiner, minst bra: lärs ut under introduktionen.'],
    });
  });

  test('says of a skill that the person has already that it is there, and not that it is taught', () => {
    const [person] = input.candidates;
    const able = { ...input, candidates: [{ ...person!, skills: [{ skillId: hygiene, level: 3 as const }] }] };
    const text = explainProposal(proposed(able), labelsIn('sv'), 'sv');
    expect(text.taught).toEqual([]);
    expect(text.met).toContain('Basala hygienrutiner, minst bra: finns.');
  });

  test('in English', () => {
    const text = explainProposal(proposed(input), labelsIn('en'), 'en');
    expect(text.headline).toBe('Proposal: Serviceassistent, Norrängens äldreboende, start on 11 January 2027.');
    expect(text.score.at(-1)).toBe('In all 81 of 100 points.');
    expect(text.toCheck).toEqual(['Driving licence B: not stated.']);
    expect(text.taught).toEqual(['Basic hygiene routines, at least good: taught during the introduction.']);
  });
});

describe('what else is said of a proposal', () => {
  const notesOf = (changes: Partial<ProposedOutcome>, language: ExplanationLanguage) =>
    explainProposal({ ...proposed(input), ...changes }, labelsIn(language), language).notes;
  const held = { seatPricePoints: 4, heldBack: { placeId: placeId(2), points: 90, pricePoints: 12 } };
  const moved = { movedFrom: { cohortId: cohortId(1), placeId: placeId(2), seatPart: 'whole' as const } };

  test('a price, and a place that is kept, are named as what they are', () => {
    expect(notesOf(held, 'sv')).toEqual([
      'I fördelningen räknades 4 poäng av för sätet, för det behövs av personer som passar få andra.',
      'Serviceassistent, Norrängens äldreboende, hade gett 90 poäng och har ett ledigt säte. Platsen hålls för personer som passar få andra (12 poäng räknas av där).',
    ]);
    expect(notesOf(held, 'en')).toEqual([
      '4 points were taken off for the seat, because people who fit few others need it.',
      'Serviceassistent, Norrängens äldreboende, would give 90 points and has a free seat. It is kept for people who fit few others (12 points are taken off there).',
    ]);
  });

  test('so is a move away from what an earlier run had proposed', () => {
    expect(notesOf(moved, 'sv')).toEqual([
      'Förslaget är ändrat. I den tidigare körningen var det Serviceassistent, Norrängens äldreboende, start 11 januari 2027.',
    ]);
    expect(notesOf(moved, 'en')).toEqual([
      'The proposal has changed. In the earlier run it was Serviceassistent, Norrängens äldreboende, start on 11 January 2027.',
    ]);
  });

  test.each([
    [['B'], 'Paret är bestämt i förväg.'],
    [[], 'Paret är bestämt i förväg, fast något som krävs inte är uppfyllt.'],
  ] as const)('a pair chosen beforehand says whether a must is broken: licences %j', (licences, sentence) => {
    const pin = { candidateId: input.candidates[0]!.candidateId, placeId: placeId(1), cohortId: cohortId(1) };
    const given = { ...input, candidates: [aCandidate(1, { licences: [...licences] })], pins: [pin] };
    expect(explainProposal(proposed(given), labelsIn('sv'), 'sv').headline).toContain(sentence);
  });
});

describe('no proposal, in words', () => {
  test('says why and what is missing at the nearest place', () => {
    const outcome = unplaced(
      anInput({
        candidates: [aCandidate(1, { licences: [], workingTimes: ['evening'] })],
        places: [asked],
        skillsTaught: [{ skillId: hygiene, seats: null }],
      }),
    );
    expect(explainUnplaced(outcome, labelsIn('sv'), 'sv')).toEqual({
      headline: 'Det finns inget förslag den här gången.',
      reasons: [
        'Inget av det som är öppet (1 plats) passar. Det som hindrar: körkort B (1 plats), arbetstider (1 plats).',
      ],
      nearest: {
        headline: 'Närmast är Serviceassistent, Norrängens äldreboende. Där saknas:',
        missing: ['Arbetstid: dag. Personen kan: kväll.', 'Körkort B: saknas.'],
        toCheck: [],
      },
    });
  });

  test.each([
    { what: 'something asked for', changes: { licences: [] }, over: {}, sentence: 'Där saknas:' },
    {
      what: 'fit in all',
      changes: { swedish: 'A1' as const },
      over: { weights: { ...input.weights, minimumFitPercent: 95 } },
      sentence: 'Inget särskilt saknas där, men det passar för lite sammantaget.',
    },
    {
      what: 'a seat',
      changes: {},
      over: { starts: [aStart(1, { seats: 0 })] },
      sentence: 'Det passar, men alla kunde inte få ett förslag.',
    },
    {
      what: 'a free seat',
      changes: {},
      over: { places: [aPlace(1, { taken: 1 })] },
      sentence: 'Det hade passat, men där finns inget ledigt säte.',
    },
  ])('at the nearest place $what is missing', ({ changes, over, sentence }) => {
    const outcome = unplaced({ ...input, candidates: [aCandidate(1, changes)], ...over });
    expect(explainUnplaced(outcome, labelsIn('sv'), 'sv').nearest?.headline).toBe(
      `Närmast är Serviceassistent, Norrängens äldreboende. ${sentence}`,
    );
  });

  test.each([
    [
      { kind: 'not-available-by-start', availableFrom: '2027-03-01', lastStartDate: '2027-01-11' },
      'Personen kan börja 1 mars 2027. Den sista starten är 11 januari 2027.',
    ],
    [{ kind: 'no-open-place' }, 'Ingen plats är öppen med lediga platser vid de starter som går.'],
    [{ kind: 'ruled-out', places: 2 }, 'Undantaget för den här personen: 2 platser.'],
    [
      { kind: 'under-minimum-fit', places: 1, bestFitPercent: 30, minimumFitPercent: 35 },
      'Passar för lite: 1 plats. Som bäst 30 %, och minst 35 % behövs.',
    ],
    [
      {
        kind: 'seats-taken',
        cohortId: cohortId(1),
        eligiblePlaces: 2,
        seats: 3,
        takenBy: { ...NOBODY, outsideRun: 1, morePoints: 2 },
        takenByFewOthers: 1,
      },
      'Start 11 januari 2027: 2 arbetsplatser passar, men de 3 sätena där är tagna. Så fördelades de: 1 före körningen, 2 efter fler poäng. Av dem gick 1 till någon som passar högst 2 andra platser.',
    ],
    [
      {
        kind: 'cohort-full',
        cohortId: cohortId(1),
        eligiblePlaces: 2,
        seats: 12,
        takenBy: { ...NOBODY, pinned: 1, higherTier: 3, longerWait: 8 },
        takenByFewOthers: 0,
      },
      'Start 11 januari 2027: det finns arbete som passar, men gruppens 12 säten är tagna. Så fördelades de: 1 till dem vars plats låg fast, 3 efter beslut om förtur, 8 efter längre väntan.',
    ],
    [
      { kind: 'limit-chosen', cohortId: cohortId(1), eligiblePlaces: 1, placeAtMost: 13 },
      'Start 11 januari 2027: det finns arbete som passar, men samordnaren har valt att föreslå högst 13 personer.',
    ],
    [
      { kind: 'other-planning', cohortId: cohortId(1), eligiblePlaces: 1, because: 'supervisor-hours' },
      'Start 11 januari 2027: det finns arbete som passar, men handledarna där har inte tid för fler.',
    ],
    [
      { kind: 'other-planning', cohortId: cohortId(1), eligiblePlaces: 1, because: 'session-seats' },
      'Start 11 januari 2027: det finns arbete som passar, men passet som behövs för det är fullt.',
    ],
    [
      { kind: 'other-planning', cohortId: cohortId(1), eligiblePlaces: 1, because: 'group-rule' },
      'Start 11 januari 2027: det finns arbete som passar, men det går inte ihop med hur starten är planerad i övrigt.',
    ],
  ])('%j', (reason, sentence) => {
    const outcome: UnplacedOutcome = {
      ...unplaced(anInput({ places: [] })),
      reasons: [reason as UnplacedReason],
    };
    expect(explainUnplaced(outcome, labelsIn('sv'), 'sv').reasons).toEqual([sentence]);
  });
});

describe('in both languages', () => {
  test.each(EXPLANATION_LANGUAGES)(
    '%s: every outcome of any run becomes whole sentences, each criterion once',
    (language) => {
      fc.assert(
        fc.property(arbitraryInput({ maxStarts: 2 }), (drawn) => {
          for (const outcome of runMatching(drawn).candidates) {
            if (outcome.kind === 'proposed') {
              const text = explainProposal(outcome, labelsIn(language), language);
              const sentences = [...text.against, ...text.toCheck, ...text.notStated, ...text.met, ...text.taught];
              expect(sentences).toHaveLength(outcome.verdicts.length);
              for (const sentence of [text.headline, ...text.score, ...sentences])
                expect(sentence).toMatch(/^[^a-zå]\P{Cn}*\.$/u);
            } else {
              const text = explainUnplaced(outcome, labelsIn(language), language);
              expect(text.reasons).toHaveLength(outcome.reasons.length);
              for (const sentence of text.reasons) expect(sentence).toMatch(/\.$/);
              expect(JSON.stringify(text)).not.toMatch(/undefined|NaN|_/);
            }
          }
        }),
        { numRuns: 150, seed: 20261122 },
      );
    },
  );

  test.each(EXPLANATION_LANGUAGES)('%s: every question has a name', (language) => {
    const topic = { kind: 'travel' } as const;
    const names = PROFILE_FIELDS.map((field) =>
      questionSentences({ field, topic, asked: [] }, labelsIn(language), language),
    );
    expect(new Set(names).size).toBe(PROFILE_FIELDS.length);
  });

  test('a person of whom nothing is known is told what is not stated, never that something is missing', () => {
    const outcome = proposed(
      anInput({
        candidates: [aBlankCandidate(1)],
        places: [{ ...asked, weeklyHours: [{ weekday: 1, fromMinute: 420, toMinute: 960 }] }],
        skillsTaught: [{ skillId: hygiene, seats: null }],
      }),
    );
    const kinds = new Set(outcome.verdicts.map(({ kind }) => kind));
    expect(CRITERION_KINDS.every((kind) => kinds.has(kind))).toBe(true);
    const text = explainProposal(outcome, labelsIn('sv'), 'sv');
    expect(text.against).toEqual([]);
    expect(text.toCheck).toEqual([
      'Det står inte när personen kan börja.',
      'Platsen är på 75 %. Det står inte helt hur mycket personen kan arbeta (?–? %).',
      'Arbetstid: dag. Det står inte när personen kan arbeta.',
      'Det står inte om personen har upptagna tider i veckan.',
      'Restiden dit är inte känd.',
      'Körkort B: uppgift saknas.',
    ]);
    expect(text.notStated).toEqual([
      'Svenska, minst B2: uppgift saknas.',
      'Erfarenhet som serviceassistent, minst 2 år: uppgift saknas.',
      'Det står inte vad personen önskar.',
    ]);
    expect(text.met).toEqual(['Platsen är öppen när arbetet börjar, 25 januari 2027.']);
    expect(outcome.placeId).toBe(placeId(1));
  });
});

describe('seats that are taken, one, none or several', () => {
  const reasonOf = (kind: 'seats-taken' | 'cohort-full', seats: number): UnplacedReason => ({
    kind,
    cohortId: cohortId(1),
    eligiblePlaces: 1,
    seats,
    takenBy: NOBODY,
    takenByFewOthers: 0,
  });
  test.each([
    ['seats-taken', 0, 'där finns inga säten.', 'there are no seats there.'],
    ['seats-taken', 1, 'sätet där är taget.', 'the seat there is taken.'],
    ['seats-taken', 2, 'de 2 sätena där är tagna.', 'the 2 seats there are taken.'],
    ['cohort-full', 0, 'gruppen har inga säten.', 'the group has no seats.'],
    ['cohort-full', 1, 'gruppens enda säte är taget.', 'the only seat of the group is taken.'],
    ['cohort-full', 2, 'gruppens 2 säten är tagna.', 'the 2 seats of the group are taken.'],
  ] as const)('%s, %i', (kind, seats, swedish, english) => {
    const outcome = { ...unplaced(anInput({ places: [] })), reasons: [reasonOf(kind, seats)] };
    const said = (language: 'sv' | 'en') => explainUnplaced(outcome, labelsIn(language), language).reasons[0];
    expect(said('sv')?.endsWith(`, men ${swedish}`)).toBe(true);
    expect(said('en')?.endsWith(`, but ${english}`)).toBe(true);
  });
});
