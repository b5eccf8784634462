import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GroupSize, groupsToHide, SMALLEST_GROUP } from './hidden-groups.ts';

const GROUPS = ['a', 'b', 'c', 'd', 'e'] as const;
type Group = (typeof GROUPS)[number];

const sizesOf = (people: readonly number[]): readonly GroupSize<Group>[] =>
  people.map((count, index) => ({ group: GROUPS[index] ?? 'e', people: count }));
const hiddenIn = (sizes: readonly GroupSize<Group>[]): string => [...groupsToHide(sizes)].toSorted().join('');

describe('what is hidden', () => {
  test.each([
    ['nothing while all are ten or more', [10, 10, 40], ''],
    ['nothing when the others are nobody', [10, 0, 40, 0], ''],
    ['one of nine and the next smallest', [9, 12, 40, 11], 'ad'],
    ['both of two that are next smallest', [9, 12, 12, 40, 50], 'abc'],
    ['all that are next smallest, though it leaves nothing to compare', [10, 10, 10, 1], 'abcd'],
    ['two that are small, when they are ten together', [5, 5, 40, 30], 'ab'],
    ['two that are small and one more, when they are nine together', [5, 4, 40, 30, 20], 'abe'],
    ['with a small one also who are nobody', [0, 3, 40, 30, 20], 'abe'],
    ['both of two, when one is small', [4, 60], 'ab'],
    ['both of two, when one is nobody: the other would be everybody', [0, 60], 'ab'],
    ['the last that would be left alone', [9, 10, 40], 'abc'],
    ['everything of nobody', [0, 0], 'ab'],
    ['the only group that has somebody', [0, 0, 50], 'abc'],
  ])('%s: %j', (_, people, expected) => {
    expect(hiddenIn(sizesOf(people))).toBe(expected);
  });
});

describe('whatever the groups', () => {
  const someSizes = fc
    .array(fc.oneof(fc.nat({ max: 14 }), fc.nat({ max: 300 })), { minLength: 2, maxLength: GROUPS.length })
    .map(sizesOf);
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

  test('subtraction of what is shown from the whole finds nobody, or ten people of at least two groups', () => {
    fc.assert(
      fc.property(someSizes, (sizes) => {
        const hidden = groupsToHide(sizes);
        const left = sizes.filter(({ group }) => hidden.has(group));
        const whole = total(sizes.map(({ people }) => people));
        const rest = whole - total(sizes.filter((size) => !left.includes(size)).map(({ people }) => people));
        if (hidden.size === 0) return rest === 0;
        if (hidden.size === sizes.length) return true;
        return hidden.size >= 2 && rest >= SMALLEST_GROUP;
      }),
    );
  });

  test('what is shown is nobody or at least ten, and there are two to compare or none', () => {
    fc.assert(
      fc.property(someSizes, (sizes) => {
        const hidden = groupsToHide(sizes);
        const shown = sizes.filter(({ group }) => !hidden.has(group));
        for (const { people } of shown) {
          expect(people >= SMALLEST_GROUP || (people === 0 && hidden.size === 0)).toBe(true);
        }
        expect(shown.filter(({ people }) => people > 0).length).not.toBe(1);
      }),
    );
  });

  test('the same groups are hidden when two of the hidden ones change places: nothing tells which was small', () => {
    fc.assert(
      fc.property(someSizes, fc.nat(), fc.nat(), (sizes, one, other) => {
        const hidden = [...groupsToHide(sizes)].toSorted();
        const [first, second] = [hidden[one % hidden.length], hidden[other % hidden.length]];
        const peopleIn = (group: Group | undefined) => sizes.find((size) => size.group === group)?.people ?? 0;
        const swapped = sizes.map(({ group, people }) => {
          if (group === first) return { group, people: peopleIn(second) };
          return { group, people: group === second ? peopleIn(first) : people };
        });
        expect([...groupsToHide(swapped)].toSorted()).toEqual(hidden);
      }),
      { numRuns: 1000 },
    );
  });

  test('as little as possible is hidden: nothing while every group is ten or more', () => {
    const large = fc.array(fc.integer({ min: SMALLEST_GROUP, max: 300 }), { minLength: 2, maxLength: GROUPS.length });
    fc.assert(fc.property(large, (people) => groupsToHide(sizesOf(people)).size === 0));
  });
});
