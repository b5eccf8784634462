import { describe, expect, test } from 'vitest';
import { AT, idOf } from '../test-support/builders.ts';
import { NewPairRule, PairRule } from './pair-rule.ts';

const [first, second] = [idOf('candidate', 0), idOf('candidate', 1)];
const faultsOf = (value: unknown) =>
  NewPairRule.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);

describe('a rule for two people', () => {
  test.each([
    { kind: 'keep-apart', first, second, apartFrom: 'start' },
    { kind: 'keep-apart', first, second, apartFrom: 'unit' },
    { kind: 'together', first, second, apartFrom: null },
  ])('may be %j', (stated) => {
    expect(faultsOf(stated)).toBeUndefined();
    const kept = { ...stated, id: idOf('pairRule'), madeBy: 'samordnare', madeAt: AT, endedAt: null };
    expect(PairRule.safeParse(kept).success).toBe(true);
  });

  test.each([
    [{ kind: 'keep-apart', first, second, apartFrom: null }, ['apartFrom: apart-from-what']],
    [{ kind: 'together', first, second, apartFrom: 'unit' }, ['apartFrom: apart-from-what']],
    [{ kind: 'together', first, second: first, apartFrom: null }, ['second: pair-of-one']],
  ])('may not be %j', (stated, faults) => {
    expect(faultsOf(stated)).toEqual(faults);
  });

  test.each(['reason', 'note', 'because'])('has no place for a %s', (field) => {
    expect(faultsOf({ kind: 'together', first, second, apartFrom: null, [field]: 'De är syskon' })).not.toBeUndefined();
  });
});
