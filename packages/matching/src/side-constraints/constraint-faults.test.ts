import { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { findInputFaults } from '../input-faults.ts';
import type { MatchInput } from '../model.ts';
import {
  aCandidate,
  anInput,
  aPlace,
  aStart,
  asking,
  candidateId,
  cohortId,
  placeId,
  unitId,
} from '../test-support/inputs.ts';
import type { ConstraintFault } from './constraint-faults.ts';

const skillId = SkillId.parse('local_pass');
const pin = (person: number, place: number, cohort = 1) => ({
  candidateId: candidateId(person),
  placeId: placeId(place),
  cohortId: cohortId(cohort),
});
const pair = { first: candidateId(1), second: candidateId(2) };
const together = { kind: 'together', ...pair } as const;
const apart = (apartFrom: 'start' | 'unit') => ({ kind: 'keep-apart', ...pair, apartFrom }) as const;
const inOneUnit = { candidates: [aCandidate(1), aCandidate(2)], places: [aPlace(1), aPlace(2)] };
const inTwoUnits = { ...inOneUnit, places: [aPlace(1), aPlace(2, { unitId: unitId(2) })] };
const twoStarts = [aStart(1), aStart(2, { preliminary: true })];
const hours = (supervisorHours: number | null, supervisorHoursTaken = 0) => [
  { unitId: unitId(1), supervisorHours, supervisorHoursTaken },
];
const learning = (seats: number, changes: Parameters<typeof aPlace>[1] = {}) => ({
  candidates: [aCandidate(1), aCandidate(2)],
  places: [
    aPlace(1, {
      seats: 2,
      requirements: [asking({ kind: 'skill', skillId, minLevel: 3 }, 'learnable')],
      ...changes,
    }),
  ],
  skillsTaught: [{ skillId, seats }],
  pins: [pin(1, 1), pin(2, 1)],
});

const cases: readonly (readonly [string, Partial<MatchInput>, ConstraintFault])[] = [
  [
    'a rule about somebody who is not in the run',
    { pairRules: [together] },
    { code: 'pair-rule-unknown', candidateId: candidateId(2) },
  ],
  [
    'a rule about one person',
    { pairRules: [{ ...together, second: candidateId(1) }] },
    { code: 'pair-of-one', first: candidateId(1), second: candidateId(1) },
  ],
  [
    'two who are kept apart and begin together',
    { ...inOneUnit, pairRules: [together, apart('unit')] },
    { code: 'pair-rules-contradict', ...pair },
  ],
  [
    'two pinned into the unit that they are kept apart from',
    { ...inOneUnit, pairRules: [apart('unit')], pins: [pin(1, 1), pin(2, 2)] },
    { code: 'pins-break-pair-rule', ...pair },
  ],
  [
    'two pinned to the start that they are kept apart from',
    { ...inTwoUnits, pairRules: [apart('start')], pins: [pin(1, 1), pin(2, 2)] },
    { code: 'pins-break-pair-rule', ...pair },
  ],
  [
    'two who begin together pinned to different starts',
    { ...inTwoUnits, starts: twoStarts, pairRules: [together], pins: [pin(1, 1), pin(2, 2, 2)] },
    { code: 'pins-break-pair-rule', ...pair },
  ],
  [
    'a place that needs less than no hours',
    { places: [aPlace(1, { supervisorHours: -1 })] },
    { code: 'hours-not-valid', id: placeId(1) },
  ],
  ['a unit with less than no hours', { units: hours(-0.5) }, { code: 'hours-not-valid', id: unitId(1) }],
  ['a unit with hours that are no number', { units: hours(8, Number.NaN) }, { code: 'hours-not-valid', id: unitId(1) }],
  [
    'pins that need more hours than the supervisors have left',
    {
      ...inOneUnit,
      places: [aPlace(1, { seats: 2, supervisorHours: 2.5 })],
      units: hours(6, 1.5),
      pins: [pin(1, 1), pin(2, 1)],
    },
    { code: 'pins-over-supervisor-hours', unitId: unitId(1), minutes: 300, free: 270 },
  ],
  [
    'pins that need more seats than a session has',
    learning(1),
    { code: 'pins-over-session-seats', cohortId: cohortId(1), skillId, pins: 2, seats: 1 },
  ],
];

describe('what people share', () => {
  test.each(cases)('%s is a fault', (_what, changes, fault) => {
    expect(findInputFaults(anInput(changes))).toContainEqual(fault);
  });

  test.each<readonly [string, Partial<MatchInput>]>([
    [
      'two kept apart from a start in one placement and two units',
      {
        ...inTwoUnits,
        purpose: 'placement',
        candidates: [1, 2].map((each) => aCandidate(each, { assignedCohortId: cohortId(1) })),
        pairRules: [apart('start')],
        pins: [pin(1, 1), pin(2, 2)],
      },
    ],
    [
      'two who begin together pinned to one start',
      { ...inTwoUnits, pairRules: [together], pins: [pin(1, 1), pin(2, 2)] },
    ],
    ['one of a pair pinned', { ...inOneUnit, pairRules: [apart('unit')], pins: [pin(1, 1)] }],
    ['the same rule twice', { ...inOneUnit, pairRules: [apart('unit'), apart('start')] }],
    [
      'pins that need just the hours there are',
      { places: [aPlace(1, { supervisorHours: 4 })], units: hours(4), pins: [pin(1, 1)] },
    ],
    [
      'a unit of which no hours are stated',
      { places: [aPlace(1, { supervisorHours: 4 })], units: hours(null), pins: [pin(1, 1)] },
    ],
    ['pins within the seats of a session', learning(2)],
    [
      'pinned people of whom it is not known whether they need the session',
      {
        ...learning(1),
        candidates: [1, 2].map((each) => aCandidate(each, { skills: null })),
      },
    ],
    [
      'pinned people who have the skill, one at a level not stated',
      {
        ...learning(1),
        candidates: [
          aCandidate(1, { skills: [{ skillId, level: 3 }] }),
          aCandidate(2, { skills: [{ skillId, level: null }] }),
        ],
      },
    ],
    [
      'pins where the skill is asked as a wish',
      learning(1, { requirements: [asking({ kind: 'skill', skillId, minLevel: 3 }, 'wish')] }),
    ],
    [
      'two pinned to one seat that can be shared',
      {
        ...inOneUnit,
        places: [
          aPlace(1, {
            sharedSeat: [
              { sharePercent: 50, weekdays: [1] },
              { sharePercent: 50, weekdays: [2] },
            ],
          }),
        ],
        pins: [pin(1, 1), pin(2, 1)],
      },
    ],
  ])('%s is none', (_what, changes) => {
    expect(findInputFaults(anInput(changes))).toEqual([]);
  });
});
