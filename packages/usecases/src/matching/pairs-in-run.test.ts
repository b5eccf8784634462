import { PairRule } from '@gruppstart/domain/matching/pair-rule';
import { CandidateId, CohortId, PlaceId, UnitId } from '@gruppstart/domain/shared/ids';
import { AT, idOf } from '@gruppstart/domain/test-support/builders';
import { aPlace } from '@gruppstart/matching/test-support/inputs';
import { describe, expect, test } from 'vitest';
import { pairsInRun, type Whereabouts } from './pairs-in-run.ts';

const [ANN, BO] = [0, 1].map((digit) => CandidateId.parse(idOf('candidate', digit))) as [CandidateId, CandidateId];
const [JANUARY, MARCH] = [0, 1].map((digit) => CohortId.parse(idOf('cohort', digit))) as [CohortId, CohortId];
const [CARE, KITCHEN] = ['unit_norrangen', 'unit_koket'].map((id) => UnitId.parse(id)) as [UnitId, UnitId];
const [DAY, NIGHT, STOVE] = [0, 1, 2].map((digit) => PlaceId.parse(idOf('place', digit))) as [
  PlaceId,
  PlaceId,
  PlaceId,
];
const PLACES = [
  { ...aPlace(1), placeId: DAY, unitId: CARE },
  { ...aPlace(2), placeId: NIGHT, unitId: CARE },
  { ...aPlace(3), placeId: STOVE, unitId: KITCHEN },
];

const aRule = (stated: Partial<Record<keyof PairRule, unknown>>): PairRule =>
  PairRule.parse({
    id: idOf('pairRule'),
    kind: 'keep-apart',
    first: ANN,
    second: BO,
    apartFrom: 'unit',
    madeBy: 'samordnare',
    madeAt: AT,
    endedAt: null,
    ...stated,
  });
const TOGETHER = aRule({ kind: 'together', apartFrom: null });
const APART_IN_STARTS = aRule({ apartFrom: 'start' });
const APART_AT_UNITS = aRule({});

const everybody = (
  pool: readonly CandidateId[],
  startOf: readonly (readonly [CandidateId, CohortId])[] = [],
  unitsOf: readonly (readonly [CandidateId, UnitId])[] = [],
): Whereabouts => ({
  pool: new Set(pool),
  startOf: new Map(startOf),
  unitsOf: new Map(unitsOf.map(([candidateId, unitId]) => [candidateId, new Set([unitId])])),
});
const NOTHING = { pairRules: [], exclusions: [], startExclusions: [] };
const rules = (...pairRules: readonly object[]) => ({ ...NOTHING, pairRules });

describe('two whom an admission assigns', () => {
  const both = everybody([ANN, BO]);
  test.each([
    ['begin together', TOGETHER, rules({ kind: 'together', first: ANN, second: BO })],
    [
      'are kept out of one start',
      APART_IN_STARTS,
      rules({ kind: 'keep-apart', first: ANN, second: BO, apartFrom: 'start' }),
    ],
    [
      'are kept out of one unit',
      APART_AT_UNITS,
      rules({ kind: 'keep-apart', first: ANN, second: BO, apartFrom: 'unit' }),
    ],
    ['are free when the rule has ended', aRule({ endedAt: AT }), NOTHING],
  ])('%s', (_what, rule, expected) => {
    expect(pairsInRun('admission', [rule], both, PLACES)).toEqual(expected);
  });
});

describe('one whom a run assigns, kept apart from another who is elsewhere', () => {
  const inJanuary = everybody([BO], [[ANN, JANUARY]]);
  const atCare = everybody([BO], [[ANN, JANUARY]], [[ANN, CARE]]);
  const notAt = (candidateId: CandidateId, ...places: readonly PlaceId[]) => ({
    ...NOTHING,
    exclusions: places.map((placeId) => ({ candidateId, placeId })),
  });
  const notIn = (candidateId: CandidateId, cohortId: CohortId) => ({
    ...NOTHING,
    startExclusions: [{ candidateId, cohortId }],
  });

  test.each([
    ['in a start: does not begin there', APART_IN_STARTS, inJanuary, notIn(BO, JANUARY)],
    ['in a start, and only units matter: begins anywhere', APART_AT_UNITS, inJanuary, NOTHING],
    ['placed at a unit: gets no place of it', APART_AT_UNITS, atCare, notAt(BO, DAY, NIGHT)],
    ['placed, and only starts matter: does not begin there', APART_IN_STARTS, atCare, notIn(BO, JANUARY)],
    ['nowhere yet: is free', APART_AT_UNITS, everybody([BO]), NOTHING],
    ['nowhere yet, and only starts matter: is free', APART_IN_STARTS, everybody([BO]), NOTHING],
    ['whoever is named first', APART_AT_UNITS, everybody([ANN], [], [[BO, KITCHEN]]), notAt(ANN, STOVE)],
  ])('who is %s', (_what, rule, whereabouts, expected) => {
    expect(pairsInRun('admission', [rule], whereabouts, PLACES)).toEqual(expected);
  });

  test('has nothing to keep out of when neither is assigned, or when the two are to begin together', () => {
    expect(pairsInRun('admission', [APART_AT_UNITS, APART_IN_STARTS], everybody([]), PLACES)).toEqual(NOTHING);
    expect(pairsInRun('admission', [TOGETHER], atCare, PLACES)).toEqual(NOTHING);
  });
});

describe('in a placement, where everybody has their start,', () => {
  const inStarts = (...starts: readonly CohortId[]): readonly (readonly [CandidateId, CohortId])[] =>
    [ANN, BO].map((candidateId, index) => [candidateId, starts[index] ?? JANUARY] as const);
  const apartAtUnits = rules({ kind: 'keep-apart', first: ANN, second: BO, apartFrom: 'unit' });

  test.each([
    ['two who began together are free', TOGETHER, everybody([ANN, BO], inStarts(JANUARY, JANUARY)), NOTHING],
    [
      'two who are in one start all the same are kept out of one unit',
      APART_IN_STARTS,
      everybody([ANN, BO], inStarts(JANUARY, JANUARY)),
      apartAtUnits,
    ],
    [
      'two who are in different starts are free',
      APART_IN_STARTS,
      everybody([ANN, BO], inStarts(JANUARY, MARCH)),
      NOTHING,
    ],
    [
      'two who are kept out of one unit stay so, whatever their starts',
      APART_AT_UNITS,
      everybody([ANN, BO], inStarts(JANUARY, MARCH)),
      apartAtUnits,
    ],
    [
      'somebody is kept out of the unit where the other of the same start is placed',
      APART_IN_STARTS,
      everybody([BO], inStarts(JANUARY, JANUARY), [[ANN, KITCHEN]]),
      { ...NOTHING, exclusions: [{ candidateId: BO, placeId: STOVE }] },
    ],
    [
      'somebody is not kept out of where the other of another start is placed',
      APART_IN_STARTS,
      everybody([BO], inStarts(MARCH, JANUARY), [[ANN, KITCHEN]]),
      NOTHING,
    ],
  ])('%s', (_what, rule, whereabouts, expected) => {
    expect(pairsInRun('placement', [rule], whereabouts, PLACES)).toEqual(expected);
  });
});
