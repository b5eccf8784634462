import { describe, expect, test } from 'vitest';
import { bestOfStart } from '../test-support/enumerated-starts.ts';
import { randomNumbers } from '../test-support/random-problems.ts';
import { randomStart, type StartShape } from '../test-support/random-starts.ts';
import { checkProof } from './check-proof.ts';
import { searchStart } from './search.ts';

const LARGE_LIMIT = 100_000;

/** Few people and few distinct values, so that ties are common and the later objectives decide. */
const tiny = (instance: number): StartShape => ({
  candidates: 6,
  places: 4,
  units: 2,
  density: 0.6,
  mostValue: [1, 5, 50][instance % 3]!,
  maxWait: [0, 3, 500][(instance % 7) % 3]!,
  maxTier: 1,
  maxSeats: 2,
  sharedShare: 0.4,
  needs: [0, 120, 180, 300],
  limitedUnitShare: 0.6,
  timeForShare: 0.7,
  apart: 2,
  together: 2,
  sessions: 2,
  sessionShare: 0.5,
  sessionSeats: 2,
  required: instance % 5 === 0 ? 1 : 0,
  totalSeats: instance % 3 === 0 ? 4 : null,
});

const EVERYTHING: StartShape = {
  candidates: 300,
  places: 150,
  units: 30,
  density: 0.1,
  mostValue: 60,
  maxWait: 900,
  maxTier: 1,
  maxSeats: 2,
  sharedShare: 0.1,
  needs: [120, 180, 240],
  limitedUnitShare: 1,
  timeForShare: 0.8,
  apart: 20,
  together: 15,
  sessions: 2,
  sessionShare: 0.4,
  sessionSeats: 12,
  required: 0,
  totalSeats: 80,
};

describe('a start with side constraints', () => {
  test('400 small ones with everything mixed equal enumeration on every objective, with a proof that holds', () => {
    let withSplits = 0;
    for (let instance = 1; instance <= 400; instance += 1) {
      const start = randomStart(randomNumbers(instance), tiny(instance));
      const found = searchStart(start, LARGE_LIMIT);
      const best = bestOfStart(start);
      if (found === null || best === null) {
        expect(found, `instance ${instance}`).toBe(best);
        continue;
      }
      expect(found.objective, `instance ${instance}`).toEqual(best);
      expect(checkProof(start, found.cellOf, found.proof), `instance ${instance}`).toMatchObject({
        ok: true,
        facts: { objective: best, bound: best },
      });
      if (found.proof.length > 1) withSplits += 1;
    }
    expect(withSplits).toBeGreaterThan(100);
  });

  test('the order in which constraints are named is without effect', () => {
    for (let instance = 1; instance <= 60; instance += 1) {
      const start = randomStart(randomNumbers(instance), tiny(instance));
      const turned = { ...start, constraints: start.constraints.toReversed() };
      expect(searchStart(turned, LARGE_LIMIT)?.objective).toEqual(searchStart(start, LARGE_LIMIT)?.objective);
    }
  });

  test('with some hundred people and a hundred constraints is solved to the end', () => {
    for (const seed of [1, 2]) {
      const start = randomStart(randomNumbers(seed), EVERYTHING);
      const found = searchStart(start, 2000);
      const check = checkProof(start, found!.cellOf, found!.proof);
      expect(check).toMatchObject({ ok: true, facts: { objective: found!.objective, bound: found!.objective } });
    }
  });

  test('stopped early has an assignment that keeps everything and a bound that holds', () => {
    let withGap = 0;
    for (let instance = 1; instance <= 200; instance += 1) {
      const start = randomStart(randomNumbers(instance), { ...tiny(instance), required: 0 });
      const stopped = searchStart(start, 1)!;
      const best = bestOfStart(start)!;
      const check = checkProof(start, stopped.cellOf, stopped.proof);
      if (!check.ok) throw new Error(`${instance}: ${check.fault}`);
      const { objective, bound } = check.facts;
      expect(bound.placed).toBeGreaterThanOrEqual(best.placed);
      expect(objective.placed).toBeLessThanOrEqual(best.placed);
      if (bound.placed > objective.placed) withGap += 1;
    }
    expect(withGap).toBeGreaterThan(5);
  });
});
