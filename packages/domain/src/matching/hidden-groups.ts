/** A group of fewer people is not shown: the size that the municipality's other figures about people have too. */
export const SMALLEST_GROUP = 10;

/** One to nine people: enough to tell of somebody, too few to tell of a group. */
export const areFew = (people: number): boolean => people > 0 && people < SMALLEST_GROUP;

export interface GroupSize<G extends string> {
  readonly group: G;
  readonly people: number;
}

/**
 * Which groups of a dimension are not to be shown. Whoever reads them knows how many there are in all, so what is not
 * shown can be found by subtraction: that must be nobody, or at least ten people of at least two groups.
 *
 * 1. A group of one to nine people is hidden.
 * 2. When any is, the empty ones are too: nobody can tell none from few.
 * 3. The next smallest follow until at least two are hidden, with at least ten people together. Groups of one size follow
 *    together: which of them was taken would tell which of the hidden was small.
 * 4. With fewer than two groups left there is nothing to compare: all are hidden.
 *
 * All hidden groups look alike, so that it does not show which were small.
 */
export const groupsToHide = <G extends string>(sizes: readonly GroupSize<G>[]): ReadonlySet<G> => {
  const mustHide = sizes.some(({ people }) => areFew(people));
  const hidden = mustHide ? sizes.filter(({ people }) => people < SMALLEST_GROUP) : [];
  const others = sizes.filter((size) => !hidden.includes(size)).toSorted((a, b) => a.people - b.people);
  const hiddenPeople = (): number => hidden.reduce((sum, { people }) => sum + people, 0);
  while (mustHide && others.length > 0 && (hidden.length < 2 || hiddenPeople() < SMALLEST_GROUP)) {
    const next = others[0]?.people;
    hidden.push(...others.splice(0, others.filter(({ people }) => people === next).length));
  }
  const canCompare = others.filter(({ people }) => people > 0).length >= 2;
  return new Set((canCompare ? hidden : sizes).map(({ group }) => group));
};
