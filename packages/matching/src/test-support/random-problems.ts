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
  readonly places: number;
  readonly density: number;
  readonly maxSeats: number;
  readonly maxPoints: number;
  readonly maxWait: number;
  /** Null: as many as there are people. */
  readonly totalSeats: number | null;
}

export const randomProblem = (random: () => number, shape: ProblemShape): AssignmentProblem => {
  const below = (limit: number): number => Math.floor(random() * limit);
  const edgeStart = new Int32Array(shape.candidates + 1);
  const edgePlace: number[] = [];
  const edgePoints: number[] = [];
  const edgeLot: number[] = [];
  for (let c = 0; c < shape.candidates; c += 1) {
    for (let p = 0; p < shape.places; p += 1) {
      if (random() >= shape.density) continue;
      edgePlace.push(p);
      edgePoints.push(below(shape.maxPoints + 1));
      edgeLot.push(below(4096));
    }
    edgeStart[c + 1] = edgePlace.length;
  }
  const lots = Int32Array.from({ length: shape.candidates }, (_, index) => index);
  for (let index = lots.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    const kept = lots[index]!;
    lots[index] = lots[other]!;
    lots[other] = kept;
  }
  return {
    candidateCount: shape.candidates,
    placeCount: shape.places,
    edgeStart,
    edgePlace: Int32Array.from(edgePlace),
    edgePoints: Int32Array.from(edgePoints),
    edgeLot: Int32Array.from(edgeLot),
    waitDays: Int32Array.from({ length: shape.candidates }, () => below(shape.maxWait + 1)),
    lots,
    seats: Int32Array.from({ length: shape.places }, () => below(shape.maxSeats + 1)),
    totalSeats: shape.totalSeats ?? shape.candidates,
  };
};
