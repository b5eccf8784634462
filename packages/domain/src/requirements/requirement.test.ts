import { describe, expect, test } from 'vitest';
import { REQUIREMENT_STRENGTHS, Requirement, RequirementSubject } from './requirement.ts';

const subject = { kind: 'swedish', minLevel: 'B1' };
const faultsOf = (value: unknown) =>
  Requirement.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('/')}: ${message}`);

describe('a requirement', () => {
  test.each(REQUIREMENT_STRENGTHS)('of strength %s may carry a reason', (strength) => {
    expect(faultsOf({ subject, strength, reason: 'Rapporterar skriftligt' })).toBeUndefined();
  });

  test.each(REQUIREMENT_STRENGTHS.filter((strength) => strength !== 'must'))('that is a %s needs none', (strength) => {
    expect(faultsOf({ subject, strength })).toBeUndefined();
  });

  test('that is a must needs one: it shuts people out', () => {
    expect(faultsOf({ subject, strength: 'must' })).toEqual(['reason: must-needs-reason']);
  });

  test.each(['', 'x', '   ', '\n\n\n\t', 'x'.repeat(201)])('%j is no reason', (reason) => {
    expect(faultsOf({ subject, strength: 'must', reason })).not.toBeUndefined();
  });

  test.each(['nice-to-have', '', null])('has no strength %j', (strength) => {
    expect(faultsOf({ subject, strength, reason: 'Rapporterar skriftligt' })).not.toBeUndefined();
  });
});

describe('what may be asked', () => {
  test.each([
    subject,
    { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: null },
    { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: 4 },
    { kind: 'language', language: 'tigrinja', minLevel: null },
    { kind: 'licence', licence: 'B' },
    { kind: 'experience', occupationId: 'local_serviceassistent', minYears: 0 },
  ])('%j', (asked) => {
    expect(RequirementSubject.safeParse(asked).success).toBe(true);
  });

  test.each([
    { kind: 'age', minYears: 18 },
    { kind: 'sex', sex: 'kvinna' },
    { kind: 'citizenship', country: 'SE' },
    { kind: 'health' },
    { kind: 'skill', skillId: 'kj4Q_nLh_u8Q', minLevel: 5 },
    { kind: 'skill', skillId: 'kj4Q_nLh_u8Q' },
    { kind: 'licence', licence: 'Z' },
    { kind: 'experience', occupationId: 'local_serviceassistent', minYears: 41 },
    { ...subject, birthCountry: 'SE' },
  ])('%j may not', (asked) => {
    expect(RequirementSubject.safeParse(asked).success).toBe(false);
  });
});
