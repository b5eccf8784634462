import { expect, test } from 'vitest';
import { checkProof } from '../side-constraints/check-proof.ts';
import { searchStart } from '../side-constraints/search.ts';
import { randomNumbers } from '../test-support/random-problems.ts';
import { randomStart, type StartShape } from '../test-support/random-starts.ts';

const STARTS = 30;
const MOST_CASES = 2000;

/** So scarce in everything that some starts are solved at once and others by many cases. */
const shape = (seed: number): StartShape => ({
  candidates: 24,
  places: 12,
  units: 4,
  density: 0.4,
  mostValue: seed % 2 === 0 ? 8 : 60,
  maxWait: 300,
  maxTier: 1,
  maxSeats: 2,
  sharedShare: 0.3,
  needs: [120, 180, 240],
  limitedUnitShare: 0.8,
  timeForShare: 0.6,
  apart: 5,
  together: 4,
  sessions: 2,
  sessionShare: 0.5,
  sessionSeats: 4,
  required: 0,
  totalSeats: seed % 3 === 0 ? 12 : null,
});

// What comes out is held elsewhere; this holds how much work it is. Prices, repairs and the choice of what to split change
// no result, and a slip in them would only be felt by whoever waits.
test('a search goes through as many cases as it once did', async () => {
  const lines = Array.from({ length: STARTS }, (_, index) => {
    const start = randomStart(randomNumbers(index + 1), shape(index + 1));
    const found = searchStart(start, MOST_CASES);
    if (found === null) return `${index + 1}: cannot be`;
    expect(checkProof(start, found.cellOf, found.proof)).toMatchObject({ ok: true });
    return `${index + 1}: ${found.proof.length} cases, ${found.objective.placed} placed, value ${found.objective.value}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./searches.txt');
});
