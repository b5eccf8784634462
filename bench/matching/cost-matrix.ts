import { checkCertificate } from '@gruppstart/matching/assignment/certificate';
import type { AssignmentProblem } from '@gruppstart/matching/assignment/problem';
import { solveByShortestPaths } from '@gruppstart/matching/assignment/shortest-paths';

/** A square matrix of costs, row by row: each row is to get a column of its own, at the least cost in all. */
export interface CostMatrix {
  readonly size: number;
  readonly costs: Int32Array;
}

/** OR-Library's format for assignment problems: the size, then the costs row by row, parted by any white space. */
export const parseCosts = (text: string): CostMatrix => {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const wrong = words.find((word) => !/^[+-]?\d{1,9}$/.test(word));
  if (wrong !== undefined) throw new Error(`Not a whole number of at most nine digits: ${wrong}`);
  const [size = 0, ...costs] = words.map(Number);
  if (size < 1) throw new Error('The first number must say how many rows there are');
  if (costs.length !== size * size)
    throw new Error(`${size} rows of ${size} make ${size * size} costs, not ${costs.length}`);
  return { size, costs: Int32Array.from(costs) };
};

const problemOf = ({ size, costs }: CostMatrix): AssignmentProblem => ({
  candidateCount: size,
  cellCount: size,
  edgeStart: Int32Array.from({ length: size + 1 }, (_, row) => row * size),
  edgeCell: Int32Array.from({ length: size * size }, (_, edge) => edge % size),
  edgeValue: costs.map((cost) => -cost),
  edgeLot: new Uint16Array(size * size),
  mustPlace: new Uint8Array(size),
  tiers: new Uint8Array(size),
  waitDays: new Int32Array(size),
  lots: new Int32Array(size),
  nodeParent: new Int32Array(size).fill(-1),
  nodeSeats: new Int32Array(size).fill(1),
  totalSeats: size,
});

/** The least cost, proven. */
export const leastCost = (matrix: CostMatrix): number => {
  const problem = problemOf(matrix);
  const check = checkCertificate(problem, solveByShortestPaths(problem));
  if (!check.ok) throw new Error(`The proof failed: ${check.fault}`);
  return 0 - check.facts.value;
};
