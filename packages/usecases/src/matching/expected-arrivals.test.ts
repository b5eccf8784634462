import { Candidate } from '@gruppstart/domain/intake/candidate';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { AT, idOf } from '@gruppstart/domain/test-support/builders';
import { describe, expect, test } from 'vitest';
import { expectedArrivals, recentArrivals } from './expected-arrivals.ts';

const profile = {
  enrolledSince: '2025-03-17',
  availableFrom: null,
  shareFromPercent: null,
  shareToPercent: null,
  workingTimes: null,
  engagements: null,
  licences: null,
  swedish: null,
  languages: null,
  skills: null,
  experience: null,
  knownItems: [],
  wishes: null,
  maxTravelMinutes: 30,
  hasCar: true,
  postcode: '82630',
};
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Number n of any: ids rise with the numbers. */
const aCandidate = (number: number, over: Partial<Record<keyof Candidate, unknown>> = {}): Candidate =>
  Candidate.parse({
    id: `${idOf('candidate').slice(0, -3)}${[1024, 32, 1].map((unit) => DIGITS[Math.floor(number / unit) % 32]).join('')}`,
    profile,
    unmatchedSkills: [],
    interpreterLanguage: null,
    isProtected: false,
    createdAt: AT,
    updatedAt: AT,
    erasedAt: null,
    ...over,
  });
const noRow = () => null;
const [JANUARY, FEBRUARY, MARCH] = ['2027-01-11', '2027-02-08', '2027-03-01'].map(localDate);
const starts = (...days: readonly (typeof JANUARY)[]) => days.flatMap((day) => day ?? []);

describe('who came lately', () => {
  test.each([
    ['2027-03-31T21:59:00.000Z', true],
    ['2027-03-31T22:01:00.000Z', false],
    ['2026-12-02T08:00:00.000Z', true],
    ['2026-12-01T23:01:00.000Z', true],
    ['2026-12-01T22:59:00.000Z', false],
    ['2026-06-01T08:00:00.000Z', false],
  ])('taken in at %s, looked at on 2027-03-31: %s', (createdAt, isRecent) => {
    const candidates = [aCandidate(1, { createdAt })];
    expect(recentArrivals(candidates, localDate('2027-03-31'))).toHaveLength(isRecent ? 1 : 0);
  });

  test('is nobody who has been erased, and comes by id', () => {
    const candidates = [aCandidate(3), aCandidate(2, { erasedAt: AT }), aCandidate(1)];
    const ids = recentArrivals(candidates, localDate('2026-12-24')).map(({ id }) => id);
    expect(ids).toEqual([aCandidate(1).id, aCandidate(3).id]);
  });
});

describe('who may come for the later starts', () => {
  test('is a profile without id, postcode or wait, and with a row of minutes where there is one', () => {
    const known = aCandidate(1);
    const given = expectedArrivals([known], starts(JANUARY, FEBRUARY), () => 4);
    const { postcode: _, ...facts } = known.profile;
    expect(given?.profiles).toEqual([{ ...facts, enrolledSince: null, travelRow: 4 }]);
    expect(JSON.stringify(given)).not.toMatch(/cand_|82630|2025-03-17|isProtected|createdAt/);
  });

  test.each([
    [120, starts(JANUARY, FEBRUARY), 28],
    [60, starts(JANUARY, FEBRUARY), 14],
    [7, starts(JANUARY, FEBRUARY), 1.6],
    // Four weeks and three: three and a half in the mean.
    [120, starts(JANUARY, FEBRUARY, MARCH), 24.5],
    [0, starts(JANUARY, FEBRUARY), 0],
  ])('%i in 120 days and starts on %j: so many for each, %d', (count, days, perStart) => {
    const arrivals = Array.from({ length: count }, (_, index) => aCandidate(index));
    expect(expectedArrivals(arrivals, days, noRow)).toMatchObject({ perStart, profiles: { length: count } });
  });

  test('is not asked about by a run for one start', () => {
    expect(expectedArrivals([aCandidate(1)], starts(JANUARY), noRow)).toBeNull();
  });

  test('are five hundred profiles at most, evenly spread and the same each time, and all are counted', () => {
    const arrivals = Array.from({ length: 1_250 }, (_, index) =>
      aCandidate(index, { profile: { ...profile, maxTravelMinutes: 5 + (index % 200) } }),
    );
    const given = expectedArrivals(arrivals, starts(JANUARY, FEBRUARY), noRow);
    expect(given?.perStart).toBe(291.7);
    const chosen = given?.profiles.map(({ maxTravelMinutes }) => maxTravelMinutes);
    expect(chosen).toHaveLength(500);
    expect(chosen?.slice(0, 5)).toEqual([5, 7, 10, 12, 15]);
    expect(chosen?.at(-1)).toBe(arrivals[1_247]?.profile.maxTravelMinutes);
    expect(expectedArrivals(arrivals, starts(JANUARY, FEBRUARY), noRow)).toEqual(given);
  });
});
