import { Candidate } from '@gruppstart/domain/intake/candidate';
import { LICENCE_CLASSES } from '@gruppstart/domain/intake/driving-licence';
import { LANGUAGE_LEVELS } from '@gruppstart/domain/intake/language-level';
import { WORKING_TIMES } from '@gruppstart/domain/intake/working-times';
import { TenantId } from '@gruppstart/domain/shared/ids';
import { FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { makeDynamodb } from './dynamodb-client.ts';
import { makeEntities } from './entities.ts';
import { packCandidate, unpackCandidate } from './stored-candidate.ts';
import { USUAL_CANDIDATE } from './testdata/usual-candidate.ts';
import { itemsOfChange } from './transaction-items.ts';

const known = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => known(fc.array(arbitrary, { maxLength }));
const aDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const aWord = fc.stringMatching(/^[a-zåäö][a-zåäö' -]{1,20}$/u);
const aCode = fc.constantFrom('C1qR_L83_nzh', 'kj4Q_nLh_u8Q', 'local_barnpassning');
const aPercent = fc.integer({ min: 1, max: 100 });

const aProfile = fc.record({
  enrolledSince: known(aDay),
  availableFrom: known(aDay),
  shareFromPercent: known(aPercent),
  shareToPercent: known(aPercent),
  workingTimes: list(fc.constantFrom(...WORKING_TIMES), 4),
  engagements: list(
    fc
      .record({
        weekday: fc.integer({ min: 1, max: 7 }),
        fromMinute: fc.integer({ min: 0, max: 1439 }),
        minutes: fc.integer({ min: 1, max: 1440 }),
      })
      .map(({ weekday, fromMinute, minutes }) => ({
        weekday,
        fromMinute,
        toMinute: Math.min(1440, fromMinute + minutes),
      })),
    5,
  ),
  licences: list(fc.constantFrom(...LICENCE_CLASSES), 5),
  swedish: known(fc.constantFrom(...LANGUAGE_LEVELS)),
  languages: list(fc.record({ language: aWord, level: known(fc.constantFrom(...LANGUAGE_LEVELS)) }), 5),
  skills: list(fc.record({ skillId: aCode, level: known(fc.constantFrom(1, 2, 3, 4)) }), 5),
  experience: list(fc.record({ occupationId: aCode, years: fc.integer({ min: 0, max: 60 }) }), 5),
  knownItems: fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('skill'),
        skillId: aCode,
        held: fc.boolean(),
        level: known(fc.constantFrom(1, 2, 3, 4)),
      }),
      fc.record({
        kind: fc.constant('language'),
        language: aWord,
        held: fc.boolean(),
        level: known(fc.constantFrom(...LANGUAGE_LEVELS)),
      }),
      fc.record({ kind: fc.constant('licence'), licence: fc.constantFrom(...LICENCE_CLASSES), held: fc.boolean() }),
      fc.record({
        kind: fc.constant('occupation'),
        occupationId: aCode,
        held: fc.boolean(),
        years: fc.integer({ min: 0, max: 60 }),
      }),
    ),
    { maxLength: 5 },
  ),
  wishes: list(
    fc.oneof(
      fc.record({ kind: fc.constant('field'), field: fc.constantFrom(...FIELDS_OF_WORK) }),
      fc.record({ kind: fc.constant('unit'), unitName: fc.string({ minLength: 2, maxLength: 80 }) }),
    ),
    5,
  ),
  maxTravelMinutes: known(fc.integer({ min: 5, max: 240 })),
  hasCar: known(fc.boolean()),
  postcode: known(fc.stringMatching(/^\d{5}$/)),
});

const aCandidate = fc
  .record({
    id: fc.constant(USUAL_CANDIDATE.id),
    profile: aProfile,
    unmatchedSkills: fc.array(fc.string({ maxLength: 80 }), { maxLength: 5 }),
    interpreterLanguage: known(fc.string({ maxLength: 40 })),
    isProtected: fc.boolean(),
    createdAt: fc.constant(USUAL_CANDIDATE.createdAt),
    updatedAt: fc.constant(USUAL_CANDIDATE.updatedAt),
    erasedAt: fc.option(fc.constant(USUAL_CANDIDATE.updatedAt)),
  })
  .map((candidate) => Candidate.parse(candidate));

/** Size as the service counts it (Developer Guide, "Item sizes and formats"): names and values, 3 bytes and 1 an element more for lists. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return 3 + value.reduce((total: number, element) => total + 1 + sizeOf(element), 0);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return members.reduce((total, [name, member]) => total + 1 + Buffer.byteLength(name) + sizeOf(member), 3);
  }
  return 1;
};

describe('a stored candidate', () => {
  const dynamodb = makeDynamodb({
    region: 'eu-north-1',
    endpoint: null,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  afterAll(() => dynamodb.destroy());

  it('is read out exactly as it was put in', () => {
    fc.assert(
      fc.property(aCandidate, (candidate) => {
        expect(unpackCandidate(candidate.id, packCandidate(candidate))).toEqual(candidate);
      }),
    );
  });

  it('fits in one write unit of 1,024 bytes, keys included, when it is as full as usual', () => {
    const [planned] = itemsOfChange(makeEntities(dynamodb, 'core', 'audit'), TenantId.parse('soderhamn'), {
      change: 'save',
      kind: 'candidate',
      value: USUAL_CANDIDATE,
      expected: null,
    });
    if (!(planned?.write instanceof PutTransaction)) throw new Error('a new candidate is put');
    const bytes = sizeOf(planned.write.params().Put?.Item);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThanOrEqual(1_024);
  });

  it.each([
    { what: 'an unknown member', document: { ...packCandidate(USUAL_CANDIDATE), name: 'Åsa' } },
    { what: 'a level outside the scale', document: { ...packCandidate(USUAL_CANDIDATE), k: ['C1qR_L83_nzh:9'] } },
    { what: 'a broken engagement', document: { ...packCandidate(USUAL_CANDIDATE), g: ['1'] } },
    { what: 'nothing', document: undefined },
  ])('is refused with $what', ({ document }) => {
    expect(() => unpackCandidate(USUAL_CANDIDATE.id, document)).toThrow();
  });
});
