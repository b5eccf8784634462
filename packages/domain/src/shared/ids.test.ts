import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import {
  BatchId,
  CandidateId,
  CohortId,
  DecisionId,
  EmploymentId,
  EventId,
  GrantId,
  HelpRequestId,
  ID_PREFIXES,
  type IdKind,
  NamedRequestId,
  OfficeId,
  PairRuleId,
  PlaceId,
  PlacementId,
  ProposalId,
  ReferralId,
  RunId,
  TenantId,
  UnitId,
  UserId,
  WhatIfId,
} from './ids.ts';

const MADE: Readonly<Record<IdKind, z.ZodType>> = {
  candidate: CandidateId,
  referral: ReferralId,
  batch: BatchId,
  place: PlaceId,
  run: RunId,
  proposal: ProposalId,
  decision: DecisionId,
  cohort: CohortId,
  employment: EmploymentId,
  placement: PlacementId,
  helpRequest: HelpRequestId,
  grant: GrantId,
  pairRule: PairRuleId,
  whatIf: WhatIfId,
  namedRequest: NamedRequestId,
  event: EventId,
};
const CHOSEN = { unit: UnitId, tenant: TenantId, user: UserId, office: OfficeId } as const;
const KINDS = Object.keys(ID_PREFIXES) as readonly IdKind[];
const TAIL = '01jd4z8w6k3v9r5t2q7n0m1pxy';

const accepts = (schema: z.ZodType, text: string): boolean => schema.safeParse(text).success;

describe('ids that the product makes', () => {
  test.each(KINDS)('a %s has its own prefix and 26 characters', (kind) => {
    expect(accepts(MADE[kind], `${ID_PREFIXES[kind]}_${TAIL}`)).toBe(true);
  });

  test('no two kinds share a prefix', () => {
    expect(new Set(Object.values(ID_PREFIXES)).size).toBe(KINDS.length);
  });

  test.each(KINDS)('a %s is taken for no other kind', (kind) => {
    const text = `${ID_PREFIXES[kind]}_${TAIL}`;
    expect(KINDS.filter((other) => accepts(MADE[other], text))).toEqual([kind]);
  });

  test.each([
    ['too short', TAIL.slice(1)],
    ['too long', `${TAIL}0`],
    ['upper case', TAIL.toUpperCase()],
    ['a letter that reads like a digit', `${TAIL.slice(0, 25)}i`],
    ['a line break at the end', `${TAIL}\n`],
    ['empty', ''],
  ])('a tail that is %s is refused by every kind', (_why, tail) => {
    expect(KINDS.filter((kind) => accepts(MADE[kind], `${ID_PREFIXES[kind]}_${tail}`))).toEqual([]);
  });
});

test('an id of one kind cannot be handed over as one of another: the compiler refuses', () => {
  const place = PlaceId.parse(`place_${TAIL}`);
  // @ts-expect-error a place is not a candidate
  const candidate: CandidateId = place;
  // @ts-expect-error a text is not an id until it has been read
  const run: RunId = 'run';
  expect([candidate, run]).toEqual([place, 'run']);
});

describe('ids that others choose', () => {
  test.each([
    ['unit', 'unit_norrangen'],
    ['unit', 'unit_2182-17'],
    ['tenant', 'soderhamn'],
    ['tenant', 'steg-mariestad'],
    ['user', 'samordnare.soderhamn'],
    ['user', 'auth0|65f1c0ffee'],
    ['user', '550e8400-e29b-41d4-a716-446655440000'],
    ['user', '104512983450912340123'],
    ['office', 'af-101'],
    ['office', '0417'],
  ] as const)('a %s may be called %s', (kind, text) => {
    expect(accepts(CHOSEN[kind], text)).toBe(true);
  });

  test.each([
    ['unit', 'norrangen'],
    ['unit', 'unit_Norrangen'],
    ['unit', 'unit_ab'.slice(0, 6)],
    ['unit', `unit_${'a'.repeat(61)}`],
    ['tenant', 'Soderhamn'],
    ['tenant', '2182'],
    ['tenant', 'soder#hamn'],
    ['user', 'asa.testsson@example.se'],
    ['user', 'åsa'],
    ['user', 'two words'],
    ['user', 'a'],
    ['office', 'AF 101'],
    ['office', ''],
  ] as const)('a %s may not be called %j', (kind, text) => {
    expect(accepts(CHOSEN[kind], text)).toBe(false);
  });

  const twoDigits = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
  /** A personal or coordination number in any of the usual writings. */
  const personalNumber = fc
    .tuple(
      fc.constantFrom('', '19', '20'),
      twoDigits(0, 99),
      twoDigits(1, 12),
      fc.oneof(twoDigits(1, 31), twoDigits(61, 91)),
      fc.constantFrom('', '-', '+'),
      fc.integer({ min: 0, max: 9999 }).map((number) => String(number).padStart(4, '0')),
    )
    .map((parts) => parts.join(''));

  const isLong = (number: string): boolean => number.replace(/\D/, '').length === 12;
  const WORDS = ['unit_no-', 'soderhamn-', 'af-', 'PNOSE-', 'se:', 'sub|', 'cand_', 'a.b_'];

  test('a personal identity number is no id of any kind, with or without the kind’s own prefix', () => {
    fc.assert(
      fc.property(personalNumber, (number) => {
        const made = KINDS.filter(
          (kind) => accepts(MADE[kind], number) || accepts(MADE[kind], `${ID_PREFIXES[kind]}_${number}`),
        );
        const chosen = Object.entries(CHOSEN).filter(([, schema]) => accepts(schema, number));
        expect([made, chosen, accepts(UnitId, `unit_${number}`)]).toEqual([[], [], false]);
      }),
    );
  });

  test('written in full it is none after any word either', () => {
    fc.assert(
      fc.property(personalNumber.filter(isLong), fc.constantFrom(...WORDS), (number, word) => {
        expect(Object.entries(CHOSEN).filter(([, schema]) => accepts(schema, `${word}${number}`))).toEqual([]);
      }),
    );
  });

  test.each(['198507099805', '8507099805', '850709-9805', '19850769-9801', 'PNOSE-198507099805', 'se:198507099805'])(
    'the login %s is one',
    (text) => {
      expect(accepts(UserId, text)).toBe(false);
    },
  );

  test.each(['-x9Kd03bRZ_1uq', '_x9Kd03bRZ-1uq'])('the login %s, as made of base64url, is none', (text) => {
    expect(accepts(UserId, text)).toBe(true);
  });

  test.each(['198513099805', '2120002353', '198507099805-b', 'u198507099', '850709-980'])(
    'the login %s is none: no such day, an organisation, or digits of another length',
    (text) => {
      expect(accepts(UserId, text)).toBe(true);
    },
  );
});
