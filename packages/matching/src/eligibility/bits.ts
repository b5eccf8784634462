/** Sets of candidates as bits: candidate c is bit c % 32 of word c / 32. */
export type BitPlane = Int32Array;

export const wordsFor = (count: number): number => (count + 31) >>> 5;

export const everyoneOf = (count: number): BitPlane => {
  const plane = new Int32Array(wordsFor(count)).fill(-1);
  const rest = count & 31;
  if (rest !== 0) plane[plane.length - 1] = (1 << rest) - 1;
  return plane;
};

/** Planes by index, each made when it is first asked for. */
export const planesBy = (words: number): ((index: number) => BitPlane) => {
  const planes: (BitPlane | undefined)[] = [];
  return (index) => {
    const plane = planes[index] ?? new Int32Array(words);
    planes[index] = plane;
    return plane;
  };
};

/** How many bits of one word are set. */
export const popCount = (word: number): number => {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

export const countOf = (plane: BitPlane): number => {
  let count = 0;
  for (let w = 0; w < plane.length; w += 1) count += popCount(plane[w]!);
  return count;
};

/** Writes the members of a plane into `into`, in rising order, and returns how many there are. */
export const listMembers = (plane: BitPlane, into: Int32Array): number => {
  let count = 0;
  for (let w = 0; w < plane.length; w += 1) {
    const base = w << 5;
    for (let rest = plane[w]!; rest !== 0; rest &= rest - 1) {
      into[count] = base + 31 - Math.clz32(rest & -rest);
      count += 1;
    }
  }
  return count;
};
