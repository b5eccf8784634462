import { Requirement } from '@gruppstart/domain/requirements/requirement';
import { OCCUPATIONS, OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { faultInStatement } from './requirement-faults.ts';

const UNKNOWN_SKILL = 'C1qR_L83_nzX';
const skill = (skillId: string, reason?: string) =>
  Requirement.parse({
    subject: { kind: 'skill', skillId, minLevel: null },
    strength: reason === undefined ? 'wish' : 'must',
    ...(reason === undefined ? {} : { reason }),
  });
const itemsOf = (stated: Parameters<typeof faultInStatement>[0]) =>
  (faultInStatement(stated)?.errors ?? []).map(({ pointer, code }) => ({ pointer, code }));

describe('what a manager states', () => {
  test('may name every skill and every occupation of the vocabulary', () => {
    expect(faultInStatement({ requirements: SKILLS.map(({ id }) => skill(id)) })).toBeNull();
    for (const { id } of OCCUPATIONS) expect(faultInStatement({ occupationId: id })).toBeNull();
    expect(faultInStatement({})).toBeNull();
  });

  test('may not ask for a skill or an occupation that nobody can have: it says which and where', () => {
    const worked = Requirement.parse({
      subject: { kind: 'experience', occupationId: 'local_servicessistent', minYears: 1 },
      strength: 'wish',
    });
    const stated = {
      occupationId: OccupationId.parse('local_servicessistent'),
      requirements: [skill('C1qR_L83_nzh'), skill(UNKNOWN_SKILL), worked],
    };
    expect(itemsOf(stated)).toEqual([
      { pointer: '/occupationId', code: 'occupation-unknown' },
      { pointer: '/requirements/1/subject/skillId', code: 'skill-unknown' },
      { pointer: '/requirements/2/subject/occupationId', code: 'occupation-unknown' },
    ]);
  });

  test.each(['Får inte ha diabetes', 'Ingen som går i kyrkan', 'Ring Anna på 070-123 45 67'])(
    'may not give "%s" as the reason of a must, and the answer does not repeat it',
    (reason) => {
      const stated = { requirements: [skill('C1qR_L83_nzh', reason)] };
      expect(itemsOf(stated)).toEqual([{ pointer: '/requirements/0/reason', code: 'free-text-forbidden' }]);
      expect(JSON.stringify(faultInStatement(stated))).not.toContain(reason);
    },
  );

  test('may give a reason that is about the work', () => {
    expect(
      faultInStatement({ requirements: [skill('C1qR_L83_nzh', 'Maten ska vara säker för alla som äter')] }),
    ).toBeNull();
  });

  test('may not have a title about people either', () => {
    expect(itemsOf({ title: 'Plats för sjukskrivna' })).toEqual([{ pointer: '/title', code: 'free-text-forbidden' }]);
  });
});
