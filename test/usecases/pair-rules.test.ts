import { endPairRule as endRoute, makePairRule as makeRoute } from '@gruppstart/contracts/routes/matching-rules-routes';
import type { NewPairRule } from '@gruppstart/domain/matching/pair-rule';
import { endPairRule, listPairRules, makePairRule, readPairRule } from '@gruppstart/usecases/matching/pair-rules';
import { MAX_RULES_PER_PERSON } from '@gruppstart/usecases/matching/rules-in-force';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { runsOf } from '../builders/runs.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCandidate, aCandidateId, aPairRule, aTenant } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, world: worldAt() });
const LATER = '2026-12-02T08:00:00.000Z';

const twoPeople = async () => {
  const town = await smallTown(environment().store, aTenant());
  return { town, first: (await town.candidate()).id, second: (await town.candidate()).id };
};
const make = ({ tenant }: SmallTown, input: NewPairRule) => makePairRule(deps())(aDeed(tenant), input);
const end = (
  { tenant }: SmallTown,
  id: Parameters<ReturnType<typeof endPairRule>>[1],
  expected: number | 'any' = 'any',
) => endPairRule(deps())(aDeed(tenant, { now: LATER, expected }), id);

describe('a rule for two people', () => {
  test('is made, listed newest first, ended and kept, and stands in the audit without a reason', async () => {
    const { town, first, second } = await twoPeople();
    const other = (await town.candidate()).id;
    const rule = done(await make(town, { kind: 'keep-apart', first, second, apartFrom: 'unit' }));
    expect(rule).toMatchObject({ version: 1, value: { madeBy: 'samordnare', madeAt: NOW, endedAt: null } });
    const { tenant } = town;
    const later = done(
      await makePairRule(deps())(aDeed(tenant, { now: LATER }), {
        kind: 'together',
        first,
        second: other,
        apartFrom: null,
      }),
    );
    expect(done(await end(town, rule.value.id, 1))).toMatchObject({ version: 2, value: { endedAt: LATER } });
    const listed = done(await listPairRules(deps())(aDeed(tenant), { limit: 10, cursor: null }));
    expect(listed.items.map(({ value }) => [value.id, value.endedAt])).toEqual([
      [later.value.id, null],
      [rule.value.id, LATER],
    ]);
    expect(done(await readPairRule(deps())(aDeed(tenant), rule.value.id)).value.endedAt).toBe(LATER);
    expect((await environment().auditOf(tenant)).map(({ deed, subjects, facts }) => [deed, subjects, facts])).toEqual([
      ['pair-rule-made', [rule.value.id, first, second], { kind: 'keep-apart', apartFrom: 'unit' }],
      ['pair-rule-made', [later.value.id, first, other], { kind: 'together', apartFrom: null }],
      ['pair-rule-ended', [rule.value.id, first, second], {}],
    ]);
  });

  test('with somebody unknown, of another organisation or erased is refused, by which of the two', async () => {
    const { town, first } = await twoPeople();
    const elsewhere = await twoPeople();
    const erased = (await town.candidate({ erasedAt: NOW })).id;
    for (const nobody of [aCandidateId(), elsewhere.first, erased]) {
      const item = { pointer: '/second', code: 'candidate-unknown' };
      const asked = { kind: 'together', apartFrom: null } as const;
      expectRefusal(await make(town, { ...asked, first, second: nobody }), makeRoute, 'reference-unknown', item);
      expectRefusal(await make(town, { ...asked, first: nobody, second: first }), makeRoute, 'reference-unknown', {
        ...item,
        pointer: '/first',
      });
    }
  });

  test('is the only one for the two, in whichever order, until it has ended', async () => {
    const { town, first, second } = await twoPeople();
    const apart: NewPairRule = { kind: 'keep-apart', first, second, apartFrom: 'start' };
    const rule = done(await make(town, apart));
    for (const another of [
      apart,
      { ...apart, apartFrom: 'unit' as const },
      { ...apart, first: second, second: first },
      { kind: 'together' as const, first: second, second: first, apartFrom: null },
    ]) {
      expectRefusal(await make(town, another), makeRoute, 'pair-ruled');
    }
    done(await end(town, rule.value.id));
    expect((await make(town, { kind: 'together', first, second, apartFrom: null })).ok).toBe(true);
  });

  test('is one of fifty at most about a person, ended ones apart', async () => {
    const { town, first } = await twoPeople();
    const { store } = environment();
    const rules = Array.from({ length: MAX_RULES_PER_PERSON }, () => aPairRule({ first }));
    await keepAll(
      store,
      town.tenant,
      rules.map((value) => ({
        change: 'save',
        kind: 'candidate',
        value: aCandidate({ id: value.second }),
        expected: null,
      })),
    );
    await keepAll(
      store,
      town.tenant,
      rules.map((value) => ({ change: 'save', kind: 'pairRule', value, expected: null })),
    );
    const other = (await town.candidate()).id;
    const together = { kind: 'together', apartFrom: null } as const;
    expectRefusal(await make(town, { ...together, first: other, second: first }), makeRoute, 'too-many-rules');
    const [one] = rules;
    if (!one) throw new Error('No rule');
    const ended = { ...one, endedAt: NOW };
    await keepAll(store, town.tenant, [{ change: 'save', kind: 'pairRule', value: ended, expected: 1 }]);
    done(await make(town, { ...together, first: other, second: first }));
  });

  test('is ended once, by its version, and by nobody of another organisation', async () => {
    const { town, first, second } = await twoPeople();
    const rule = done(await make(town, { kind: 'together', first, second, apartFrom: null }));
    const elsewhere = await twoPeople();
    expectRefusal(await end(elsewhere.town, rule.value.id), endRoute, 'not-found');
    expectRefusal(await end(town, rule.value.id, 7), endRoute, 'precondition-failed');
    const ended = done(await end(town, rule.value.id, 1));
    expectRefusal(await end(town, rule.value.id, 1), endRoute, 'precondition-failed');
    expect(done(await end(town, rule.value.id, 2))).toEqual(ended);
    expect((await environment().auditOf(town.tenant)).filter(({ deed }) => deed === 'pair-rule-ended')).toHaveLength(1);
  });
});

describe('a run', () => {
  test('is given the rules in force, and keeps people out of where others are already', async () => {
    const { town, first, second } = await twoPeople();
    const [january, march] = [await town.start('2027-01-11'), await town.start('2027-03-08')];
    const place = await town.place({ seats: 9 });
    const member = await town.member(january, place);
    const placed = await town.candidate();
    await town.placement(placed, place);
    const ended = done(await make(town, { kind: 'together', first, second, apartFrom: null }));
    done(await end(town, ended.value.id));
    done(await make(town, { kind: 'keep-apart', first, second, apartFrom: 'start' }));
    done(await make(town, { kind: 'keep-apart', first: member.id, second, apartFrom: 'start' }));
    done(await make(town, { kind: 'keep-apart', first, second: placed.id, apartFrom: 'unit' }));
    const runs = runsOf(environment, town.tenant);
    const input = await runs.input(await runs.finish({ cohortIds: [january.id, march.id] }));
    expect(input.pairRules).toEqual([{ kind: 'keep-apart', first, second, apartFrom: 'start' }]);
    expect(input.startExclusions).toEqual([{ candidateId: second, cohortId: january.id }]);
    expect(input.exclusions).toEqual([{ candidateId: first, placeId: place.id }]);
  });
});
