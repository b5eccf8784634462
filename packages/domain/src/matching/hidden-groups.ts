/** A group of fewer people is not shown: the size that the municipality's other figures about people have too. */
export const SMALLEST_GROUP = 10;

/** What decides whether a group can be shown. */
export interface GroupSize<G extends string> {
  readonly group: G;
  readonly people: number;
  /**
   * How many of the group are counted otherwise in figures that stand beside these: in one of the two only, or with a
   * proposal in one only. 0: none, or nothing stands beside.
   */
  readonly differing: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const isSmall = (people: number): boolean => people > 0 && people < SMALLEST_GROUP;

/**
 * Which groups of a dimension are not to be shown. Whoever reads them knows how many there are in all, so what is not
 * shown can be found by subtraction, and so can the difference to the figures beside. Both must be nobody, or at least
 * ten people:
 *
 * 1. A group of one to nine people is hidden, and one that differs by one to nine people from the same group beside.
 * 2. When any is, the empty ones are too: nobody can tell none from few.
 * 3. The next smallest follow until at least two are hidden, with at least ten people and no small difference together.
 * 4. With fewer than two groups left there is nothing to compare: all are hidden.
 *
 * All hidden groups look alike, so that it does not show which were small.
 */
export const groupsToHide = <G extends string>(sizes: readonly GroupSize<G>[]): ReadonlySet<G> => {
  const everyone = new Set(sizes.map(({ group }) => group));
  const mustHide = sizes.some(({ people, differing }) => isSmall(people) || (people > 0 && isSmall(differing)));
  const isHidden = ({ people, differing }: GroupSize<G>): boolean => people < SMALLEST_GROUP || isSmall(differing);
  const hidden = mustHide ? sizes.filter(isHidden) : [];
  const others = sizes.filter((size) => !hidden.includes(size)).toSorted((a, b) => a.people - b.people);
  const isSafe = (): boolean =>
    hidden.length >= 2 &&
    sum(hidden.map(({ people }) => people)) >= SMALLEST_GROUP &&
    !isSmall(sum(hidden.map(({ differing }) => differing)));
  while (mustHide && !isSafe()) {
    const next = others.shift();
    if (next === undefined) return everyone;
    hidden.push(next);
  }
  const shown = others.filter(({ people }) => people > 0);
  return shown.length < 2 ? everyone : new Set(hidden.map(({ group }) => group));
};
