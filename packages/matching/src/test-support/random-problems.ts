import type { AssignmentProblem } from '../assignment/problem.ts';

/** A small generator for repeatable random tests (mulberry32): 0 <= x < 1. */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export interface ProblemShape {
  readonly candidates: number;
  readonly cells: number;
  readonly density: number;
  readonly maxSeats: number;
  readonly leastValue?: number;
  readonly mostValue: number;
  readonly maxWait: number;
  /** Groups of cells, and groups of groups; none unless said. */
  readonly groups?: number;
  /** Tiers are 0 … maxTier; 0 unless said. */
  readonly maxTier?: number;
  /** Share of those who must be placed; 0 unless said. */
  readonly mustShare?: number;
  /** Null: as many as there are people. */
  readonly totalSeats: number | null;
}

export const randomProblem = (random: () => number, shape: ProblemShape): AssignmentProblem => {
  const { candidates, cells, mostValue, groups = 0, leastValue = 0, maxTier = 0, mustShare = 0 } = shape;
  const below = (limit: number): number => Math.floor(random() * limit);
  const edgeStart = new Int32Array(candidates + 1);
  const edgeCell: number[] = [];
  const edgeValue: number[] = [];
  const edgeLot: number[] = [];
  for (let c = 0; c < candidates; c += 1) {
    for (let cell = 0; cell < cells; cell += 1) {
      if (random() >= shape.density) continue;
      edgeCell.push(cell);
      edgeValue.push(leastValue + below(mostValue - leastValue + 1));
      edgeLot.push(below(4096));
    }
    edgeStart[c + 1] = edgeCell.length;
  }
  const lots = Int32Array.from({ length: candidates }, (_, index) => index);
  for (let index = lots.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    const kept = lots[index]!;
    lots[index] = lots[other]!;
    lots[other] = kept;
  }
  const cellSeats = Array.from({ length: cells }, () => below(shape.maxSeats + 1));
  return {
    candidateCount: candidates,
    cellCount: cells,
    edgeStart,
    edgeCell: Int32Array.from(edgeCell),
    edgeValue: Int32Array.from(edgeValue),
    edgeLot: Uint16Array.from(edgeLot),
    mustPlace: Uint8Array.from({ length: candidates }, () => (random() < mustShare ? 1 : 0)),
    tiers: Uint8Array.from({ length: candidates }, () => below(maxTier + 1)),
    waitDays: Int32Array.from({ length: candidates }, () => below(shape.maxWait + 1)),
    lots,
    // A group may be in any later group, so that limits lie in each other several levels deep.
    nodeParent: Int32Array.from({ length: cells + groups }, (_, node) => {
      const firstAbove = Math.max(cells, node + 1);
      const parent = firstAbove + below(cells + groups - firstAbove + 1);
      return parent === cells + groups ? -1 : parent;
    }),
    nodeSeats: Int32Array.from(
      { length: cells + groups },
      (_, node) => cellSeats[node] ?? below(2 * shape.maxSeats + 1),
    ),
    totalSeats: shape.totalSeats ?? candidates,
  };
};
