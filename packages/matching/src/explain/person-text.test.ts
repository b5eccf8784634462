import type { CriterionTopic } from '@gruppstart/domain/matching/criterion';
import {
  type CandidateOutcome,
  type NearestPlace,
  type ProposedOutcome,
  type UnplacedOutcome,
  UnplacedReason,
} from '@gruppstart/domain/matching/outcome';
import { RUN_PURPOSES } from '@gruppstart/domain/matching/run-purpose';
import type { SharedSeat } from '@gruppstart/domain/requirements/place';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { NEAR_OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatchCandidate, MatchInput } from '../model.ts';
import { runMatching } from '../run-matching.ts';
import { arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import {
  aBlankCandidate,
  aCandidate,
  anInput,
  aPlace,
  asking,
  CLEANER,
  candidateId,
  cohortId,
  placeId,
} from '../test-support/inputs.ts';
import { labelsIn } from '../test-support/labels.ts';
import { proposedFor, unplacedFor } from '../test-support/outcomes.ts';
import { lixOf, sentencesIn } from '../test-support/readability.ts';
import { explainProposal } from './explain-outcome.ts';
import { personText } from './person-text.ts';
import { EXPLANATION_LANGUAGES } from './phrasebook.ts';

const sv = (outcome: CandidateOutcome, purpose: 'admission' | 'placement' = 'admission') =>
  personText(outcome, purpose, labelsIn('sv'), 'sv');
const en = (outcome: CandidateOutcome, purpose: 'admission' | 'placement' = 'admission') =>
  personText(outcome, purpose, labelsIn('en'), 'en');

const [hygiene, secrecy] = [SKILLS[0]!.id, SKILLS[1]!.id];
/** A place that asks for one thing of every kind. */
const demanding = aPlace(1, {
  workingTimes: ['day', 'evening'],
  weeklyHours: [{ weekday: 1, fromMinute: 420, toMinute: 960 }],
  requirements: [
    asking({ kind: 'licence', licence: 'B' }),
    asking({ kind: 'swedish', minLevel: 'B2' }),
    asking({ kind: 'language', language: 'arabiska', minLevel: 'B1' }),
    asking({ kind: 'skill', skillId: secrecy, minLevel: 2 }),
    asking({ kind: 'experience', occupationId: CLEANER, minYears: 2 }),
    asking({ kind: 'skill', skillId: hygiene, minLevel: null }, 'learnable'),
  ],
});
const wishing = aPlace(1, {
  requirements: demanding.requirements.slice(0, 5).map(({ subject }) => asking(subject, 'wish')),
});
const everything: Partial<MatchCandidate> = {
  workingTimes: ['day', 'evening'],
  swedish: 'C1',
  languages: [{ language: 'arabiska', level: 'native' }],
  skills: [{ skillId: secrecy, level: 3 }],
  experience: [{ occupationId: CLEANER, years: 3 }],
  wishes: [{ kind: 'field', field: 'care' }],
};
const nothing = {
  availableFrom: localDate('2027-03-01'),
  shareToPercent: 50,
  workingTimes: ['night'],
  engagements: [{ weekday: 1, fromMinute: 480, toMinute: 720 }],
  licences: [],
  swedish: 'A1',
  maxTravelMinutes: 10,
  wishes: [{ kind: 'field', field: 'school' }],
} satisfies Partial<MatchCandidate>;
const given = (changes: Partial<MatchCandidate>, over: Partial<MatchInput> = {}): MatchInput =>
  anInput({
    candidates: [aCandidate(1, changes)],
    places: [demanding],
    skillsTaught: [{ skillId: hygiene, seats: null }],
    nearOccupations: NEAR_OCCUPATIONS,
    ...over,
  });

describe('a proposal told to the person', () => {
  test('of an admission: when, what fits, that no place is promised, what to answer', () => {
    expect(sv(proposedFor(given(everything)))).toBe(
      [
        'Vi föreslår att du börjar i gruppen den 11 januari 2027. Det finns jobb som passar dig. Men ingen plats är lovad än.',
        'Du kan börja i tid. Du kan arbeta så mycket som jobbet kräver. Du kan arbeta på de tider som jobbet har. Jobbet krockar inte med dina andra tider. Resan är inte för lång för dig. Du har körkort B. Din svenska räcker. Du kan arabiska. Du kan det här: Sekretess och tystnadsplikt. Du har arbetat som städare. Jobbet är något som du vill ha. Du får lära dig det här i kursen: Basala hygienrutiner.',
        'Vill du vara med? Säg ja eller nej till Resurscentrum.',
        'En dator har räknat på det här, men människor beslutar. Är något fel? Säg det till din handläggare eller Resurscentrum.',
      ].join('\n\n'),
    );
  });

  test('of a placement names the job, and no start', () => {
    const text = sv(proposedFor(given(everything)), 'placement');
    expect(text).toContain('Vi föreslår ett jobb för dig. Jobbet är: Serviceassistent, Norrängens äldreboende.');
    expect(text).toContain('Vill du ha jobbet?');
    expect(text).not.toMatch(/gruppen|lovad/);
    expect(en(proposedFor(given(everything)), 'placement')).toContain('The job is: Serviceassistent');
  });

  test('of a shared seat says which part is meant', () => {
    const outcome: ProposedOutcome = { ...proposedFor(given(everything)), seatPart: 'second' };
    const parts: SharedSeat = [
      { sharePercent: 50, weekdays: [1, 2, 3] },
      { sharePercent: 50, weekdays: [3, 4, 5] },
    ];
    const labels = {
      ...labelsIn('sv'),
      place: () => ({ title: 'Städare', unitName: 'Vågen', shared: { wholePercent: 100, parts } }),
    };
    expect(personText(outcome, 'placement', labels, 'sv')).toContain(
      'Jobbet är: Städare, Vågen. Jobbet är delat, och din del är halva tjänsten ons–fre.',
    );
    expect(personText(outcome, 'admission', labels, 'sv')).not.toContain('delat');
    expect(explainProposal(outcome, labels, 'sv').headline).toBe(
      'Förslag: Städare, Vågen, halva tjänsten ons–fre, start 11 januari 2027.',
    );
  });

  test('only an admission says that no place is promised, and names none', () => {
    const outcome = proposedFor(given(everything));
    expect(sv(outcome)).not.toContain('Norrängen');
    expect(en(outcome)).toContain('no place is promised');
    expect(en(outcome, 'placement')).not.toContain('promised');
  });

  test('says what is not known, and to whom to say it', () => {
    const blank = proposedFor(given({}, { candidates: [aBlankCandidate(1)] }));
    expect(sv(blank).split('\n\n').slice(1, 4)).toEqual([
      'Du får lära dig det här i kursen: Basala hygienrutiner.',
      'Vi vet inte när du kan börja. Vi vet inte hur mycket du kan arbeta. Vi vet inte vilka tider du kan arbeta. Vi vet inte om du har andra tider varje vecka. Vi vet inte om resan är för lång för dig. Vi vet inte om du har körkort B. Vi vet inte hur mycket svenska du kan. Vi vet inte om du kan arabiska. Vi vet inte om du kan det här: Sekretess och tystnadsplikt. Vi vet inte om du har arbetat som städare.',
      'Säg till din handläggare hur det är, så vet vi mer. Vill du vara med? Säg ja eller nej till Resurscentrum.',
    ]);
  });

  test('calls what is not met but not asked as a must good to have', () => {
    const { licences, swedish, wishes } = nothing;
    const weights = { ...anInput().weights, minimumFitPercent: 0 };
    const text = sv(proposedFor(given({ licences, swedish, wishes }, { places: [wishing], weights })));
    expect(text.split('\n\n')[2]).toBe(
      'Det är bra att ha körkort B, men det är inget krav. Mer svenska är bra men inget krav. Det är bra att kunna arabiska, men det är inget krav. Det här är bra att kunna men inget krav: Sekretess och tystnadsplikt. Det är bra att ha arbetat mer som städare, men det är inget krav. Jobbet är inte något som du har sagt att du vill ha.',
    );
  });

  test('that a coordinator chose, or that has changed, or is early, says so', () => {
    const pins = [{ candidateId: candidateId(1), placeId: placeId(1), cohortId: cohortId(1) }];
    const outcome: ProposedOutcome = {
      ...proposedFor(given({ ...everything, licences: [] }, { pins })),
      movedFrom: { cohortId: cohortId(1), placeId: placeId(2), seatPart: 'whole' },
      preliminary: true,
    };
    expect(sv(outcome)).toContain(
      'En samordnare har valt det här för dig. Det är inte samma förslag som förra gången. Det här är tidigt och kan ändras.',
    );
    expect(sv(outcome)).toContain('Jobbet kräver körkort B.');
    expect(sv(outcome)).not.toContain('Säg ja eller nej');
  });

  test('who has no wishes is not told that the job is one', () => {
    expect(sv(proposedFor(given({ ...everything, wishes: [] })))).not.toContain('vill ha');
  });
});

describe('no proposal, told to the person', () => {
  test('says why, what was nearest, what is lacking there, and what could change it', () => {
    expect(sv(unplacedFor(given({ ...everything, licences: [], swedish: 'A2', maxTravelMinutes: 10 })))).toBe(
      [
        'Du fick inget förslag den här gången. Vi tittade på ett jobb, men inget passade.',
        'Det här var närmast: Serviceassistent, Norrängens äldreboende. Resan tar 20 minuter, och du vill resa högst 10. Jobbet kräver körkort B. Jobbet kräver mer svenska än du har nu.',
        'Kan du resa längre? Säg det till din handläggare. Har du körkort B, eller tar du det snart? Säg det till din handläggare. Fråga din handläggare om en kurs i svenska.',
        'En dator har räknat på det här, men människor beslutar. Är något fel? Säg det till din handläggare eller Resurscentrum.',
      ].join('\n\n'),
    );
  });

  test('in English too', () => {
    expect(en(unplacedFor(given({ ...everything, licences: [] })))).toContain(
      'This was nearest: Serviceassistent, Norrängens äldreboende. The job needs driving licence B.',
    );
  });

  test('who only lacks a seat is told that the job fits, and to ask when the next group begins', () => {
    const pins = [{ candidateId: candidateId(2), placeId: placeId(1), cohortId: cohortId(1) }];
    const text = sv(unplacedFor(given({}, { candidates: [aCandidate(1, everything), aCandidate(2)], pins })));
    expect(text).toContain('Det fanns jobb som passade dig, men inte till alla.');
    expect(text).toContain('Det jobbet passar dig, men alla kunde inte få ett förslag.');
    expect(text).toContain('Fråga Resurscentrum när nästa grupp börjar.');
  });

  test('who fits only a place that was full beforehand is told just that, and not that others got it', () => {
    const drives = { subject: { kind: 'licence', licence: 'C' }, strength: 'must', reason: 'Kör ut mat' } as const;
    const places = [aPlace(1, { taken: 1 }), aPlace(2, { requirements: [drives] })];
    const outcome = unplacedFor(given(everything, { places }));
    expect(outcome).toMatchObject({
      reasons: [{ kind: 'no-eligible-place' }],
      nearest: { placeId: placeId(1), missing: [] },
    });
    expect(sv(outcome)).toContain('Det jobbet hade passat dig, men där finns ingen ledig plats nu.');
    expect(en(outcome)).toContain('That job would have fitted you, but there is no free place now.');
  });

  test('who fits too little is not told that the job fits', () => {
    const { licences, swedish, wishes } = nothing;
    const weights = { ...anInput().weights, minimumFitPercent: 90 };
    const text = sv(unplacedFor(given({ licences, swedish, wishes }, { places: [wishing], weights })));
    expect(text).toContain('Vi såg ett jobb som passade dig för lite.');
    expect(text).toContain('Det jobbet passade dig för lite.');
    expect(text).not.toContain('Det jobbet passar dig');
  });

  test('who was ruled out of a place is told neither by whom nor where', () => {
    const exclusions = [{ candidateId: candidateId(1), placeId: placeId(1) }];
    expect(
      sv(unplacedFor(given(everything, { exclusions })))
        .split('\n\n')
        .slice(0, 2),
    ).toEqual([
      'Du fick inget förslag den här gången. Vi kan inte föreslå ett jobb som annars passar dig.',
      'Vill du veta varför? Fråga Resurscentrum. Fråga Resurscentrum när nästa grupp börjar.',
    ]);
  });
});

/** Texts over every reason, every topic that can be lacking, unknown or met, and both purposes. */
describe('in easy words', () => {
  const lacking = unplacedFor(given(nothing));
  const topics: readonly CriterionTopic[] = lacking.nearest!.missing.map((judged) =>
    judged.kind === 'requirement' ? judged.asked : { kind: judged.kind },
  );
  const nobody = {
    outsideRun: 0,
    pinned: 0,
    earlierStart: 0,
    higherTier: 0,
    morePoints: 0,
    longerWait: 0,
    draw: 0,
    wholeBetter: 0,
  };
  const start = { cohortId: cohortId(1), eligiblePlaces: 2 };
  const taken = { seats: 2, takenBy: { ...nobody, morePoints: 2 }, takenByFewOthers: 1 };
  const reasons: readonly UnplacedReason[] = [
    { kind: 'not-available-by-start', availableFrom: localDate('2027-03-01'), lastStartDate: localDate('2027-01-11') },
    { kind: 'no-open-place' },
    { kind: 'no-eligible-place', openPlaces: 14, excludedBy: topics.map((topic) => ({ topic, places: 3, alone: 1 })) },
    { kind: 'ruled-out', places: 2 },
    { kind: 'under-minimum-fit', places: 3, bestFitPercent: 30, minimumFitPercent: 35 },
    { kind: 'seats-taken', ...start, ...taken },
    { kind: 'cohort-full', ...start, ...taken },
    { kind: 'limit-chosen', ...start, placeAtMost: 13 },
    { kind: 'other-planning', ...start, because: 'group-rule' },
  ];
  const nearest: NearestPlace = {
    placeId: placeId(1),
    seatPart: 'whole',
    cohortId: cohortId(1),
    points: 80,
    maxPoints: 100,
    missing: [],
    checks: [],
  };
  const unplaced = (reason: UnplacedReason, changes: Partial<UnplacedOutcome> = {}): UnplacedOutcome => ({
    kind: 'unplaced',
    candidateId: candidateId(1),
    reasons: [reason],
    nearest,
    ...changes,
  });
  const outcomes: readonly (readonly [string, CandidateOutcome])[] = [
    ...reasons.flatMap((reason) => [
      [reason.kind, unplaced(reason)] as const,
      [`${reason.kind} without a nearest place`, unplaced(reason, { nearest: null })] as const,
      ...lacking.nearest!.missing.map(
        (judged) =>
          [
            `${reason.kind} for want of ${judged.kind === 'requirement' ? judged.asked.kind : judged.kind}`,
            unplaced(reason, { nearest: { ...nearest, missing: [judged] } }),
          ] as const,
      ),
      ...topics.map(
        (topic) =>
          [
            `${reason.kind}, not knowing ${topic.kind}`,
            unplaced(reason, { nearest: { ...nearest, checks: [{ topic, source: 'skills' }] } }),
          ] as const,
      ),
    ]),
    ['everything lacking', lacking],
    ['everything met', proposedFor(given(everything))],
    ['nothing known', proposedFor(given({}, { candidates: [aBlankCandidate(1)] }))],
  ];

  test('every reason and every topic that can be lacking is tried', () => {
    expect(reasons.map(({ kind }) => kind)).toEqual(UnplacedReason.options.map((option) => option.shape.kind.value));
    expect(new Set(topics.map(({ kind }) => kind)).size).toBe(10);
  });

  test.each(EXPLANATION_LANGUAGES)(
    '%s: no sentence has more than 20 words, in the mean under 12, LIX under 40',
    (language) => {
      const texts = outcomes.flatMap(([name, outcome]) =>
        RUN_PURPOSES.map((purpose) => ({
          name: `${name}, ${purpose}`,
          text: personText(outcome, purpose, labelsIn(language), language),
        })),
      );
      const hard = texts.flatMap(({ name, text }) => {
        const lengths = sentencesIn(text).map((words) => words.length);
        const mean = lengths.reduce((sum, words) => sum + words, 0) / lengths.length;
        const measured = { name, longest: Math.max(...lengths), mean, lix: lixOf(text) };
        return measured.longest > 20 || measured.mean >= 12 || measured.lix >= 40 ? [measured] : [];
      });
      expect(hard).toEqual([]);
    },
  );

  test.each(EXPLANATION_LANGUAGES)('%s: no points, codes, levels or numbers of others in any run', (language) => {
    fc.assert(
      fc.property(arbitraryInput({ maxStarts: 2 }), (input) => {
        for (const outcome of runMatching(input).candidates) {
          const text = personText(outcome, input.purpose, labelsIn(language), language);
          expect(text).not.toMatch(/undefined|NaN|null|_|poäng|points|%|[ABC][12]\b/);
          for (const paragraph of text.split('\n\n')) expect(paragraph).toMatch(/^\p{Lu}.*[.?]$/u);
          expect(Math.max(...sentencesIn(text).map((words) => words.length))).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });
});
