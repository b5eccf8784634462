import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { AGE_BANDS, type GroupsOfPerson, SEXES } from './compared-groups.ts';
import { type ComparedGroup, type CountedPerson, compareGroups, FairnessReport } from './fairness.ts';
import { SMALLEST_GROUP } from './hidden-groups.ts';

let made = 0;
/** So many people of whom so many are proposed; by default all of one age, so that only sex is compared. */
const people = (
  count: number,
  proposed: number,
  groups: Partial<GroupsOfPerson>,
  waitDays: (index: number) => number | null = () => null,
): readonly CountedPerson[] =>
  Array.from({ length: count }, (_, index) => {
    made += 1;
    return {
      key: `p${made}`,
      groups: { sex: null, age: '35-44' as const, ...groups },
      proposed: index < proposed,
      waitDays: waitDays(index),
    };
  });
const women = (count: number, proposed: number, waitDays?: (index: number) => number | null) =>
  people(count, proposed, { sex: 'woman' }, waitDays);
const men = (count: number, proposed: number, waitDays?: (index: number) => number | null) =>
  people(count, proposed, { sex: 'man' }, waitDays);

const bySex = (list: readonly CountedPerson[], beside: readonly CountedPerson[] | null = null) => {
  const [sex] = compareGroups(list, beside).dimensions;
  if (sex === undefined) throw new Error('Nobody compared the sexes');
  return sex;
};
const shownIn = (groups: readonly ComparedGroup[]) => groups.flatMap((each) => (each.kind === 'shown' ? [each] : []));

describe('a share', () => {
  test('is told of each group, rounded down, with its ratio to the highest', () => {
    const { groups, alarm, unknown } = bySex([...women(24, 8), ...men(40, 20), ...people(3, 1, {})]);
    expect(groups).toMatchObject([
      { kind: 'shown', group: 'woman', people: 24, proposed: 8, ratePerMille: 333, ratioPerMille: 666, alarm: true },
      { kind: 'shown', group: 'man', people: 40, proposed: 20, ratePerMille: 500, ratioPerMille: 1000, alarm: false },
    ]);
    expect([alarm, unknown]).toEqual([true, 3]);
  });

  test.each([
    ['8 of 10 beside 10 of 10', [10, 8], [10, 10], 800, false],
    ['79 of 100 beside all', [100, 79], [10, 10], 790, true],
    ['11 of 20 beside 11 of 16', [20, 11], [16, 11], 800, false],
    ['3 of 15 beside 3 of 12', [15, 3], [12, 3], 800, false],
    ['199 of 250 beside 199 of 199', [250, 199], [199, 199], 796, true],
    ['7 of 10 beside 7 of 8: too few to compare', [10, 7], [8, 7], null, false],
    ['none beside some', [30, 0], [30, 1], 0, true],
    ['none beside none', [30, 0], [30, 0], null, false],
    ['799.9 thousandths', [1250, 999], [10, 10], 799, true],
  ] as const)('under four fifths of the highest is an alarm, four fifths is not: %s', (_, own, best, ratio, alarm) => {
    const [group] = shownIn(bySex([...women(own[0], own[1]), ...men(best[0], best[1])]).groups);
    expect([group?.ratioPerMille ?? null, group?.alarm ?? false]).toEqual([ratio, alarm]);
  });

  test('is compared with those shown only: a small group with the highest share raises no alarm', () => {
    const list = [
      ...people(9, 9, { age: 'under-25' }),
      ...people(20, 8, { age: '25-34' }),
      ...people(20, 10, { age: '35-44' }),
      ...people(12, 12, { age: '45-54' }),
    ];
    const [, age] = compareGroups(list, null).dimensions;
    expect(age?.groups).toMatchObject([
      { kind: 'too-few', group: 'under-25' },
      { kind: 'shown', group: '25-34', ratioPerMille: 800 },
      { kind: 'shown', group: '35-44', ratioPerMille: 1000 },
      { kind: 'too-few', group: '45-54' },
      { kind: 'too-few', group: '55-and-over' },
    ]);
    expect(age?.alarm).toBe(false);
  });

  test('of those unknown is neither told nor compared, however many they are', () => {
    const report = bySex([...women(20, 10), ...men(20, 10), ...people(40, 40, {})]);
    expect(report).toMatchObject({ unknown: 40, alarm: false });
    expect(report.groups.map(({ group }) => group)).toEqual(SEXES);
  });

  test('of a group where nobody is: nobody', () => {
    const [, age] = compareGroups(
      [...people(20, 5, { age: '25-34' }), ...people(20, 5, { age: '45-54' })],
      null,
    ).dimensions;
    expect(age?.groups.map(({ kind }) => kind)).toEqual(['nobody', 'shown', 'nobody', 'shown', 'nobody']);
  });
});

describe('the wait', () => {
  const waits = (list: readonly CountedPerson[]) => shownIn(bySex(list).groups).map((each) => each.medianWaitDays);

  test('is the middle one of those proposed and of those not, half a day left out', () => {
    const list = [...women(21, 11, (index) => (index < 11 ? 10 * index : index)), ...men(20, 0, (index) => index)];
    expect(waits(list)).toEqual([
      { proposed: 50, notProposed: 15 },
      { proposed: null, notProposed: 9 },
    ]);
  });

  test('is told of ten people or more whose wait is known', () => {
    const some = (known: number) => [...women(12, 12, (index) => (index < known ? 100 : null)), ...men(12, 0)];
    expect(waits(some(9))[0]).toEqual({ proposed: null, notProposed: null });
    expect(waits(some(10))[0]).toEqual({ proposed: 100, notProposed: null });
  });
});

describe('beside other figures', () => {
  const [ada, ...others] = women(21, 7);
  const them = men(30, 10);
  if (ada === undefined) throw new Error('Nobody is there');

  test('the same people with the same proposals are shown again', () => {
    expect(bySex([ada, ...others, ...them], [...them, ada, ...others]).groups.map(({ kind }) => kind)).toEqual([
      'shown',
      'shown',
    ]);
  });

  test.each([
    ['one woman more', [...others, ...them]],
    ['one woman who is proposed there and not here', [{ ...ada, proposed: !ada.proposed }, ...others, ...them]],
    ['five women and four men fewer', [ada, ...others, ...them, ...women(5, 5), ...men(4, 0)]],
    ['nine whose sex is known and others', [ada, ...others, ...them, ...men(9, 0), ...people(30, 3, {})]],
  ])('%s would be told by subtraction: no group is shown', (_, beside) => {
    expect(bySex([ada, ...others, ...them], beside).groups.map(({ kind }) => kind)).toEqual(['too-few', 'too-few']);
  });

  test('ten people more tell of no one', () => {
    const list = [ada, ...others, ...them, ...women(4, 2), ...men(6, 4)];
    expect(bySex(list, [ada, ...others, ...them]).groups.map(({ kind }) => kind)).toEqual(['shown', 'shown']);
  });
});

describe('whatever the people', () => {
  const someone = fc.record({
    groups: fc.record({
      sex: fc.constantFrom(...SEXES, ...SEXES, null),
      // The first bands are rare, so that groups of every size come.
      age: fc.constantFrom(AGE_BANDS[0], ...AGE_BANDS, ...AGE_BANDS.slice(2), ...AGE_BANDS.slice(2), null),
    }),
    proposed: fc.boolean(),
    waitDays: fc.option(fc.nat({ max: 4000 })),
  });
  const somePeople = fc
    .array(someone, { maxLength: 120, size: 'max' })
    .map((list) => list.map((each, index): CountedPerson => ({ key: `p${index}`, ...each })));

  test('their order changes nothing', () => {
    fc.assert(
      fc.property(somePeople, fc.infiniteStream(fc.nat()), (list, chances) => {
        const order = new Map(list.map(({ key }) => [key, chances.next().value ?? 0]));
        const mixed = list.toSorted((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
        expect(compareGroups(mixed, null)).toEqual(compareGroups(list, null));
      }),
    );
  });

  test('nothing tells how those of hidden groups are divided among them', () => {
    fc.assert(
      fc.property(somePeople, (list) => {
        const report = compareGroups(list, null);
        for (const { dimension, groups } of report.dimensions) {
          const hidden = groups.flatMap(({ kind, group }) => (kind === 'too-few' ? [group] : []));
          const [first, second] = hidden;
          // A group that is hidden alone has nobody to be mixed up with.
          if (second === undefined) continue;
          const swapped = list.map((each) => {
            const own = each.groups[dimension];
            if (own === null || (own !== first && own !== second)) return each;
            return { ...each, groups: { ...each.groups, [dimension]: own === first ? second : first } };
          });
          expect(compareGroups(swapped, null)).toEqual(report);
        }
      }),
    );
  });

  test('what is left when all that is told is taken away is nobody, or ten people in at least two groups', () => {
    fc.assert(
      fc.property(somePeople, (list) => {
        const report = compareGroups(list, null);
        for (const { groups, unknown } of report.dimensions) {
          const shown = shownIn(groups);
          const hidden = groups.filter(({ kind }) => kind === 'too-few');
          const rest = report.people - unknown - shown.reduce((sum, each) => sum + each.people, 0);
          expect(shown.every((each) => each.people >= SMALLEST_GROUP)).toBe(true);
          if (hidden.length === 0) expect(rest).toBe(0);
          else if (shown.length > 0) expect([rest >= SMALLEST_GROUP, hidden.length >= 2]).toEqual([true, true]);
        }
      }),
    );
  });

  test('of two lists side by side, groups are shown when nobody or at least ten people are counted otherwise', () => {
    const nearly = fc.tuple(somePeople, fc.nat({ max: 20 })).map(([list, fewer]) => [list, list.slice(fewer)] as const);
    fc.assert(
      fc.property(nearly, ([list, beside]) => {
        const alone = compareGroups(list, null);
        compareGroups(list, beside).dimensions.forEach((report, index) => {
          const { dimension } = report;
          const left = list.slice(0, list.length - beside.length);
          const differing = left.filter(({ groups }) => groups[dimension] !== null).length;
          const isTold = differing === 0 || differing >= SMALLEST_GROUP;
          if (isTold) expect(report).toEqual(alone.dimensions[index]);
          else expect(report.groups.every(({ kind }) => kind === 'too-few')).toBe(true);
        });
      }),
    );
  });
});

test('the report’s form has no text but codes and two days of the calendar: nobody fits in', () => {
  const texts: unknown[] = [];
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'string' && !('enum' in node) && !('const' in node)) texts.push(node);
    for (const value of Object.values(node)) look(value);
  };
  look(z.toJSONSchema(FairnessReport));
  expect(texts).toMatchObject([{ format: 'date' }, { format: 'date' }]);
});
