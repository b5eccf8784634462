import { LICENCE_CLASSES } from '@gruppstart/domain/intake/driving-licence';
import type { LanguageLevel } from '@gruppstart/domain/intake/language-level';
import type { Verdict } from '@gruppstart/domain/matching/verdict';
import type { Requirement, RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { NEAR_OCCUPATIONS, OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import type { MatchCandidate, MatchPlace, TravelToUnit } from '../model.ts';
import {
  aBlankCandidate,
  aCandidate,
  aPlace,
  aStart,
  asking,
  CLEANER,
  SERVICE_ASSISTANT,
} from '../test-support/inputs.ts';
import { travelCriterion } from './commute.ts';
import type { Criterion } from './criterion.ts';
import { nearMapOf } from './experience.ts';
import { candidateFacts, travelMaps } from './facts.ts';
import { creditOf, isUnknown, verdictOf } from './judgement.ts';
import { ownWishesCriterion } from './own-wishes.ts';
import { requirementCriterion } from './requirement.ts';
import {
  availabilityCriterion,
  engagementsCriterion,
  placeWindowCriterion,
  shareCriterion,
  workingTimesCriterion,
} from './terms.ts';

const start = aStart(1);
const facts = (candidate: MatchCandidate, row: readonly TravelToUnit[] = []) =>
  candidateFacts(candidate, travelMaps([row]));
const judged = (criterion: Criterion, changes: Partial<MatchCandidate>, row: readonly TravelToUnit[] = []) => {
  const judgement = criterion.judge(facts(aCandidate(1, changes), row), start);
  return { verdict: verdictOf(judgement), credit: creditOf(judgement) };
};

describe('terms', () => {
  test.each([
    ['2027-01-11', 'yes'],
    ['2027-01-12', 'no'],
    [null, 'unknown'],
  ] as const)('available from %s for a start on 2027-01-11: %s', (from, verdict) => {
    const availableFrom = from === null ? null : localDate(from);
    expect(judged(availabilityCriterion(), { availableFrom }).verdict).toBe(verdict);
  });

  test.each([
    ['2027-01-25', null, 'yes'],
    ['2027-01-26', null, 'no'],
    ['2027-01-01', '2027-01-25', 'yes'],
    ['2027-01-01', '2027-01-24', 'no'],
  ] as const)('a place open from %s to %s, first shift 2027-01-25: %s', (opens, closes, verdict) => {
    const place = aPlace(1, { opensFrom: localDate(opens), closesAfter: closes === null ? null : localDate(closes) });
    expect(judged(placeWindowCriterion(place), {}).verdict).toBe(verdict);
  });

  test.each([
    [50, 100, 'yes', 'shareFromPercent'],
    [75, 75, 'yes', 'shareFromPercent'],
    [76, 100, 'no', 'shareFromPercent'],
    [25, 74, 'no', 'shareToPercent'],
    [null, 74, 'no', 'shareToPercent'],
    [76, null, 'no', 'shareFromPercent'],
    [null, 100, 'unknown', 'shareFromPercent'],
    [50, null, 'unknown', 'shareToPercent'],
    [null, null, 'unknown', 'shareFromPercent'],
  ] as const)('can work %s to %s %%, the seat is 75 %%: %s, read from %s', (from, to, verdict, source) => {
    const criterion = shareCriterion(aPlace(1));
    const changes = { shareFromPercent: from, shareToPercent: to };
    expect(judged(criterion, changes).verdict).toBe(verdict);
    expect(criterion.source(facts(aCandidate(1, changes)), start)).toBe(source);
  });

  test.each([
    [['day', 'evening'], 'yes'],
    [['evening', 'day', 'night'], 'yes'],
    [['day'], 'no'],
    [[], 'no'],
    [null, 'unknown'],
  ] as const)('a place that needs day and evening, a person who can %s: %s', (times, verdict) => {
    const place = aPlace(1, { workingTimes: ['day', 'evening'] });
    const workingTimes = times === null ? null : [...times];
    expect(judged(workingTimesCriterion(place), { workingTimes }).verdict).toBe(verdict);
  });

  test.each([
    [[{ weekday: 1, fromMinute: 480, toMinute: 720 }], 'no'],
    [[{ weekday: 1, fromMinute: 960, toMinute: 1020 }], 'yes'],
    [[{ weekday: 2, fromMinute: 480, toMinute: 720 }], 'yes'],
    [[], 'yes'],
    [null, 'unknown'],
  ] as const)('engagements %j against Monday 7-16: %s', (engagements, verdict) => {
    const place = aPlace(1, { weeklyHours: [{ weekday: 1, fromMinute: 420, toMinute: 960 }] });
    const criterion = engagementsCriterion(place);
    expect(criterion).not.toBeNull();
    if (criterion === null) return;
    expect(judged(criterion, { engagements: engagements === null ? null : [...engagements] }).verdict).toBe(verdict);
  });

  test('a place without fixed hours does not ask about engagements', () => {
    expect(engagementsCriterion(aPlace(1))).toBeNull();
  });
});

describe('requirements', () => {
  const hygiene = SkillId.parse('C1qR_L83_nzh');
  const verdictFor = (subject: RequirementSubject, changes: Partial<MatchCandidate>) =>
    judged(requirementCriterion(asking(subject), 0, new Map(), nearMapOf(NEAR_OCCUPATIONS)), changes);

  test.each([
    [null, 2, 'unknown', 50],
    [[], 2, 'no', 0],
    [[{ level: 1 }], 2, 'no', 50],
    [[{ level: 2 }], 3, 'no', 66],
    [[{ level: 2 }], 2, 'yes', 100],
    [[{ level: 4 }], 2, 'yes', 100],
    [[{ level: null }], 2, 'unknown', 50],
    [[{ level: null }], null, 'yes', 100],
    [[{ level: 1 }, { level: 3 }], 3, 'yes', 100],
    [[{ level: 3 }, { level: 1 }], 3, 'yes', 100],
    [[{ level: null }, { level: 3 }], 3, 'yes', 100],
    [[{ level: 3 }, { level: null }], 3, 'yes', 100],
  ] as const)('skills %j, level %s asked: %s, credit %s', (held, minLevel, verdict, credit) => {
    const skills = held === null ? null : held.map(({ level }) => ({ skillId: hygiene, level }));
    expect(verdictFor({ kind: 'skill', skillId: hygiene, minLevel }, { skills })).toEqual({ verdict, credit });
  });

  test.each([
    [null, 'B1', 'unknown', 50],
    ['A1', 'B1', 'no', 33],
    ['A2', 'B1', 'no', 66],
    ['B1', 'B1', 'yes', 100],
    ['native', 'C2', 'yes', 100],
    ['C2', 'native', 'no', 85],
  ] as const)('Swedish %s, %s asked: %s, credit %s', (swedish, minLevel, verdict, credit) => {
    expect(verdictFor({ kind: 'swedish', minLevel }, { swedish })).toEqual({ verdict, credit });
  });

  const languageCases: readonly (readonly [LanguageLevel | null | undefined, LanguageLevel | null, Verdict])[] = [
    [undefined, 'A1', 'no'],
    [undefined, null, 'no'],
    [null, 'A1', 'unknown'],
    [null, null, 'yes'],
    ['B2', 'B1', 'yes'],
    ['A1', 'B1', 'no'],
  ];
  test.each(languageCases)('Arabic at %s, %s asked: %s', (level, minLevel, verdict) => {
    const languages = level === undefined ? [] : [{ language: 'Arabiska', level }];
    expect(verdictFor({ kind: 'language', language: 'arabiska', minLevel }, { languages }).verdict).toBe(verdict);
    expect(verdictFor({ kind: 'language', language: 'arabiska', minLevel }, { languages: null }).verdict).toBe(
      'unknown',
    );
  });

  test('each class of licence meets B exactly when it includes B', () => {
    const meeting = LICENCE_CLASSES.filter(
      (licence) => verdictFor({ kind: 'licence', licence: 'B' }, { licences: [licence] }).verdict === 'yes',
    );
    expect(meeting).toEqual(['B', 'BE', 'C1', 'C1E', 'C', 'CE', 'D1', 'D1E', 'D', 'DE']);
    expect(verdictFor({ kind: 'licence', licence: 'B' }, { licences: [] }).verdict).toBe('no');
    expect(verdictFor({ kind: 'licence', licence: 'B' }, { licences: null }).verdict).toBe('unknown');
  });

  describe('about things that somebody was asked about one by one, where the list is not stated', () => {
    const other = SkillId.parse('yV9B_PxJ_TxS');
    const asked: RequirementSubject = { kind: 'skill', skillId: hygiene, minLevel: 2 };
    test.each([
      [{ skillId: hygiene, held: true, level: 3 }, 'yes', 100, { kind: 'skill', level: 3 }],
      [{ skillId: hygiene, held: true, level: 1 }, 'no', 50, { kind: 'skill', level: 1 }],
      [{ skillId: hygiene, held: true, level: null }, 'unknown', 50, { kind: 'skill', level: null }],
      [{ skillId: hygiene, held: false, level: null }, 'no', 0, { kind: 'none' }],
      [{ skillId: other, held: true, level: 4 }, 'unknown', 50, { kind: 'not-stated' }],
      [{ skillId: other, held: false, level: null }, 'unknown', 50, { kind: 'not-stated' }],
    ] as const)('skill %j, level 2 asked: %s, credit %s, found %j', (item, verdict, credit, found) => {
      const changes: Partial<MatchCandidate> = { skills: null, knownItems: [{ kind: 'skill', ...item }] };
      expect(verdictFor(asked, changes)).toEqual({ verdict, credit });
      const criterion = requirementCriterion(asking(asked), 0, new Map(), new Map());
      expect(criterion.explain(facts(aCandidate(1, changes)), start)).toMatchObject({ found });
    });

    test.each([
      ['B', true, ['AM', 'B'], []],
      ['C', true, ['AM', 'B', 'C1', 'C'], []],
      ['B', false, [], ['B', 'BE', 'C1', 'C1E', 'C', 'CE', 'D1', 'D1E', 'D', 'DE']],
      ['AM', false, [], LICENCE_CLASSES],
      ['DE', false, [], ['DE']],
    ] as const)('licence %s, held %s: %j are known to be held, %j not to be', (licence, held, yes, no) => {
      const verdicts = LICENCE_CLASSES.map((each) => ({
        each,
        ...verdictFor(
          { kind: 'licence', licence: each },
          { licences: null, knownItems: [{ kind: 'licence', licence, held }] },
        ),
      }));
      const those = (verdict: Verdict) => verdicts.filter((one) => one.verdict === verdict).map(({ each }) => each);
      expect(those('yes')).toEqual(yes);
      expect(those('no')).toEqual(no);
    });

    test.each([
      [[{ language: 'Arabiska', held: true, level: 'B2' }], 'yes'],
      [[{ language: 'arabiska', held: false, level: null }], 'no'],
      [[{ language: 'polska', held: true, level: 'native' }], 'unknown'],
    ] as const)('languages %j, Arabic at B1 asked: %s', (items, verdict) => {
      const knownItems = items.map((item) => ({ kind: 'language' as const, ...item }));
      const subject = { kind: 'language', language: 'arabiska', minLevel: 'B1' } as const;
      expect(verdictFor(subject, { languages: null, knownItems }).verdict).toBe(verdict);
    });

    test.each([
      [[[SERVICE_ASSISTANT, true, 2]], 'yes', 100],
      [[[SERVICE_ASSISTANT, true, 1]], 'no', 50],
      [[[SERVICE_ASSISTANT, false, 0]], 'no', 0],
      // Near experience that is known counts, but whether there is any in the occupation itself is still to be asked.
      [[[CLEANER, true, 9]], 'unknown', 50],
      [
        [
          [CLEANER, true, 9],
          [SERVICE_ASSISTANT, false, 0],
        ],
        'no',
        75,
      ],
    ] as const)('occupations %j, two years as service assistant asked: %s, credit %s', (items, verdict, credit) => {
      const knownItems = items.map(([occupationId, held, years]) => ({
        kind: 'occupation' as const,
        occupationId,
        held,
        years,
      }));
      const subject = { kind: 'experience', occupationId: SERVICE_ASSISTANT, minYears: 2 } as const;
      expect(verdictFor(subject, { experience: null, knownItems })).toEqual({ verdict, credit });
    });
  });

  const careAssistant = OccupationId.parse('4zLr_jP5_peZ');
  const nurse = OccupationId.parse('bSEB_VKd_Ub3');
  test.each([
    [[[SERVICE_ASSISTANT, 2]], SERVICE_ASSISTANT, 2, 'yes', 100],
    [[[SERVICE_ASSISTANT, 40]], SERVICE_ASSISTANT, 2, 'yes', 100],
    [[[SERVICE_ASSISTANT, 1]], SERVICE_ASSISTANT, 2, 'no', 50],
    [[[CLEANER, 9]], SERVICE_ASSISTANT, 2, 'no', 75],
    [[[CLEANER, 1]], SERVICE_ASSISTANT, 2, 'no', 37],
    [[[careAssistant, 9]], nurse, 2, 'no', 25],
    [[[nurse, 9]], careAssistant, 2, 'no', 0],
    [[[CLEANER, 0]], SERVICE_ASSISTANT, 0, 'no', 75],
    [[[SERVICE_ASSISTANT, 0]], SERVICE_ASSISTANT, 0, 'yes', 100],
    [
      [
        [SERVICE_ASSISTANT, 1],
        [SERVICE_ASSISTANT, 1],
      ],
      SERVICE_ASSISTANT,
      2,
      'yes',
      100,
    ],
    [[], SERVICE_ASSISTANT, 1, 'no', 0],
    [null, SERVICE_ASSISTANT, 1, 'unknown', 50],
  ] as const)(
    'experience %j, %s for %s years asked: %s, credit %s',
    (rows, occupationId, minYears, verdict, credit) => {
      const experience =
        rows === null ? null : rows.map(([occupation, years]) => ({ occupationId: occupation, years }));
      expect(verdictFor({ kind: 'experience', occupationId, minYears }, { experience })).toEqual({ verdict, credit });
    },
  );

  test('of several near occupations the one of most worth is shown', () => {
    const near = nearMapOf([
      { from: careAssistant, to: SERVICE_ASSISTANT, percent: 25 },
      { from: CLEANER, to: SERVICE_ASSISTANT, percent: 75 },
      { from: nurse, to: SERVICE_ASSISTANT, percent: 25 },
    ]);
    const subject = { kind: 'experience', occupationId: SERVICE_ASSISTANT, minYears: 1 } as const;
    const experience = [careAssistant, CLEANER, nurse].map((occupationId) => ({ occupationId, years: 4 }));
    const criterion = requirementCriterion(asking(subject), 0, new Map(), near);
    expect(criterion.explain(facts(aCandidate(1, { experience })), start)).toMatchObject({
      verdict: 'no',
      score: { part: 'experience', creditPercent: 75 },
      found: { kind: 'experience', years: 0, near: { occupationId: CLEANER, years: 4, percent: 75 } },
    });
  });

  test.each([
    ['must', null, true, 'requirements', null],
    ['must', 'cohort', true, 'requirements', null],
    ['must', 'session', true, 'requirements', null],
    ['wish', null, false, 'requirements', null],
    ['wish', 'session', false, 'requirements', null],
    ['learnable', null, true, 'requirements', null],
    ['learnable', 'cohort', false, null, 'cohort'],
    ['learnable', 'session', false, 'requirements', 'session'],
  ] as const)('%s, taught by %s: excludes %s, scored in %s, learnt by %s', (strength, by, excludes, part, learntBy) => {
    const taught = new Map(by === null ? [] : [[hygiene, by]]);
    const requirement: Requirement = asking({ kind: 'skill', skillId: hygiene, minLevel: null }, strength);
    const criterion = requirementCriterion(requirement, 0, taught, new Map());
    expect(criterion).toMatchObject({ excludes, part, learntBy });
    expect(criterion.explain(facts(aCandidate(1)), start)).toMatchObject({ verdict: 'no', taught: by });
  });
});

describe('own wishes', () => {
  const place = aPlace(1, { field: 'kitchen', unitName: 'Köket Vågen' });
  test.each([
    [null, 'unknown', 50],
    [[], 'yes', 100],
    [['kitchen'], 'yes', 100],
    [['care', 'kitchen'], 'yes', 75],
    [['care', 'school', 'kitchen'], 'yes', 67],
    [['care'], 'no', 0],
  ] as const)('wishes %j for a kitchen: %s, credit %s', (fields, verdict, credit) => {
    const wishes = fields === null ? null : fields.map((field) => ({ kind: 'field' as const, field }));
    expect(judged(ownWishesCriterion(place), { wishes })).toEqual({ verdict, credit });
  });

  test('a unit is wished by its name, whatever the case', () => {
    const wishes = [{ kind: 'unit' as const, unitName: 'KÖKET vågen' }];
    expect(judged(ownWishesCriterion(place), { wishes }).verdict).toBe('yes');
  });
});

test('of somebody of whom nothing is known, every criterion that reads a fact of the person is unknown', () => {
  const place: MatchPlace = aPlace(1, {
    weeklyHours: [{ weekday: 1, fromMinute: 420, toMinute: 960 }],
  });
  const subjects: RequirementSubject[] = [
    { kind: 'skill', skillId: SkillId.parse('C1qR_L83_nzh'), minLevel: null },
    { kind: 'swedish', minLevel: 'A1' },
    { kind: 'language', language: 'arabiska', minLevel: null },
    { kind: 'licence', licence: 'AM' },
    { kind: 'experience', occupationId: CLEANER, minYears: 0 },
  ];
  const engagements = engagementsCriterion(place);
  const criteria = [
    availabilityCriterion(),
    shareCriterion(place),
    workingTimesCriterion(place),
    ...(engagements === null ? [] : [engagements]),
    travelCriterion(place, 5),
    ...subjects.map((subject, index) => requirementCriterion(asking(subject), index, new Map(), new Map())),
    ownWishesCriterion(place),
  ];
  expect(criteria).toHaveLength(11);
  const blank = facts(aBlankCandidate(1));
  for (const criterion of criteria) expect(isUnknown(criterion.judge(blank, start)), criterion.topicKey).toBe(true);
});
