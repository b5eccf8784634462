import { expect, test } from 'vitest';
import { compareObjectives, OBJECTIVE_ORDER, type Objective } from './objective.ts';

const EQUAL: Objective = { mustPlaced: 5, placed: 5, tiers: 5, value: 5, waitDays: 5, lots: 5, pairLots: 5 };

test.each(OBJECTIVE_ORDER.map((line, index) => ({ line, after: OBJECTIVE_ORDER.slice(index + 1) })))(
  'one more of $line outranks any less of what follows',
  ({ line, after }) => {
    const better = { ...EQUAL, [line]: 6 };
    const worse = { ...EQUAL, ...Object.fromEntries(after.map((later) => [later, 1000])) };
    expect(compareObjectives(better, worse)).toBeGreaterThan(0);
    expect(compareObjectives(worse, better)).toBeLessThan(0);
  },
);

test('equal objectives are neither better nor worse', () => {
  expect(compareObjectives(EQUAL, { ...EQUAL })).toBe(0);
});
