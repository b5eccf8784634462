import { describe, expect, test } from 'vitest';
import { localDate } from '../shared/local-date.ts';
import { AT, aPlace } from '../test-support/builders.ts';
import { PLACE_STATUSES, Place, placeStatus } from './place.ts';

const TODAY = localDate('2027-01-11');
const CONFIRMED = [null, AT] as const;
const OCCUPATIONS = [null, 'local_serviceassistent'] as const;
const SEATS = [null, 0, 1, 50] as const;
const LAST_DAYS = [null, '2027-01-10', '2027-01-11', '2027-01-12'] as const;

const everyPlace = CONFIRMED.flatMap((confirmedAt) =>
  OCCUPATIONS.flatMap((occupationId) =>
    SEATS.flatMap((seats) => LAST_DAYS.map((closesAfter) => ({ confirmedAt, occupationId, seats, closesAfter }))),
  ),
);

describe('the status of a place', () => {
  test.each([
    [{}, 'open'],
    [{ seats: 1, closesAfter: '2027-01-11' }, 'open'],
    [{ opensFrom: '2027-08-01' }, 'open'],
    [{ seats: 0 }, 'closed'],
    [{ closesAfter: '2027-01-10' }, 'closed'],
    [{ confirmedAt: null }, 'draft'],
    [{ seats: null }, 'draft'],
    [{ occupationId: null }, 'draft'],
    [{ confirmedAt: null, seats: 0, closesAfter: '2027-01-10' }, 'draft'],
  ])('%j is %s', (changes, status) => {
    expect(placeStatus(aPlace(changes), TODAY)).toBe(status);
  });

  test('is draft exactly while something is unstated, else closed exactly without seats or after the last day', () => {
    for (const facts of everyPlace) {
      const { confirmedAt, occupationId, seats, closesAfter } = facts;
      const unstated = confirmedAt === null || occupationId === null || seats === null;
      const over = seats === 0 || closesAfter === '2027-01-10';
      const whenStated = over ? 'closed' : 'open';
      const expected = unstated ? 'draft' : whenStated;
      expect([facts, placeStatus(aPlace(facts), TODAY)]).toEqual([facts, expected]);
    }
    expect(new Set(everyPlace.map((facts) => placeStatus(aPlace(facts), TODAY)))).toEqual(new Set(PLACE_STATUSES));
  });
});

test.each([
  ['seats left out', { seats: undefined }],
  ['more seats than a place has', { seats: 51 }],
  ['half a seat', { seats: 1.5 }],
  ['a share of nothing', { sharePercent: 0 }],
  ['more than full time', { sharePercent: 101 }],
  ['no working time', { workingTimes: [] }],
  ['more of a supervisor than a week has', { supervisorHoursPerWeek: 41 }],
  ['a status of its own', { status: 'open' }],
  ['a must without a reason', { requirements: [{ subject: { kind: 'licence', licence: 'B' }, strength: 'must' }] }],
])('a place with %s is refused', (_what, changes) => {
  expect(Place.safeParse({ ...aPlace(), ...changes }).success).toBe(false);
});

describe('a seat that two can share', () => {
  const part = (weekdays: readonly number[], sharePercent = 50) => ({ sharePercent, weekdays });
  const faultsOf = (sharedSeat: unknown) =>
    Place.safeParse({ ...aPlace(), sharedSeat }).error?.issues.map(
      ({ path, message }) => `${path.join('/')}: ${message}`,
    );

  test.each([[[part([1, 2, 3]), part([4, 5])]], [[part([1, 2, 3]), part([3, 4, 5])]], [[part([6]), part([7])]]])(
    'may have the parts %j',
    (sharedSeat) => {
      expect(faultsOf(sharedSeat)).toBeUndefined();
    },
  );

  test.each([
    [[part([1, 2, 3]), part([2, 3])], ['sharedSeat: parts-overlap']],
    [[part([1, 1]), part([4])], ['sharedSeat/0/weekdays: weekday-repeated']],
  ])('may not have the parts %j', (sharedSeat, faults) => {
    expect(faultsOf(sharedSeat)).toEqual(faults);
  });

  test.each([[[part([1])]], [[part([1]), part([2]), part([3])]], [[part([]), part([2])]], [[part([0]), part([8])]]])(
    'is not %j',
    (sharedSeat) => {
      expect(faultsOf(sharedSeat)).not.toBeUndefined();
    },
  );

  test.each([0, 100, 12.5])('has no part of %d percent', (sharePercent) => {
    expect(faultsOf([part([1], sharePercent), part([2])])).not.toBeUndefined();
  });
});
