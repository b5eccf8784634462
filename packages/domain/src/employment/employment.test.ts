import { describe, expect, test } from 'vitest';
import { localDate } from '../shared/local-date.ts';
import { aPlacement, idOf } from '../test-support/builders.ts';
import { Organisation, PLACEMENT_STATUSES, placementStatus } from './employment.ts';

const EMPLOYED = idOf('employment');
/** The first day of work is 25 January. */
const TABLE = [
  { employmentId: null, today: '2027-01-24', status: 'planned' },
  { employmentId: null, today: '2027-01-25', status: 'planned' },
  { employmentId: null, today: '2027-06-01', status: 'planned' },
  { employmentId: EMPLOYED, today: '2027-01-24', status: 'employed' },
  { employmentId: EMPLOYED, today: '2027-01-25', status: 'working' },
  { employmentId: EMPLOYED, today: '2027-06-01', status: 'working' },
] as const;

describe('the status of a placement', () => {
  test.each(TABLE)('with employment $employmentId on $today is $status', ({ employmentId, today, status }) => {
    expect(placementStatus(aPlacement({ employmentId }), localDate(today))).toBe(status);
  });

  test('takes every member of the closed set and no other', () => {
    expect(new Set(TABLE.map(({ status }) => status))).toEqual(new Set(PLACEMENT_STATUSES));
  });

  test.each([0, 101, 49.5])('a share of %s percent is none', (sharePercent) => {
    expect(() => aPlacement({ sharePercent })).toThrow();
  });
});

test.each([
  ['212000-2353', true],
  [null, true],
  ['2120002353', false],
  ['16212000-2353', false],
  ['', false],
])('an organisation number %j: %s', (organisationNumber, fits) => {
  expect(Organisation.safeParse({ name: 'Resurscentrum', organisationNumber }).success).toBe(fits);
});
