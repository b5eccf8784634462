import type { AssignmentProblem } from '@gruppstart/matching/assignment/problem';
import { randomNumbers } from '@gruppstart/matching/test-support/random-problems';

export interface ScarceShape {
  readonly people: number;
  readonly places: number;
  readonly edgesPerPerson: number;
  readonly seed: number;
}

const MOST_POINTS = 100;
const LONGEST_WAIT_DAYS = 1_000;
const PAIR_LOTS = 4_096;

/** A region where seats are scarce: one at each place, several people for each, points as a run would give them. */
export const scarceProblem = ({ people, places, edgesPerPerson, seed }: ScarceShape): AssignmentProblem => {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const edgeStart = new Int32Array(people + 1);
  const edgeCell = new Int32Array(people * edgesPerPerson);
  let next = 0;
  for (let c = 0; c < people; c += 1) {
    const cells = new Set<number>();
    while (cells.size < Math.min(edgesPerPerson, places)) cells.add(below(places));
    for (const cell of [...cells].sort((a, b) => a - b)) {
      edgeCell[next] = cell;
      next += 1;
    }
    edgeStart[c + 1] = next;
  }
  return {
    candidateCount: people,
    cellCount: places,
    edgeStart,
    edgeCell: edgeCell.slice(0, next),
    edgeValue: Int32Array.from({ length: next }, () => 35 + below(MOST_POINTS - 34)),
    edgeLot: Uint16Array.from({ length: next }, () => below(PAIR_LOTS)),
    mustPlace: new Uint8Array(people),
    tiers: new Uint8Array(people),
    waitDays: Int32Array.from({ length: people }, () => below(LONGEST_WAIT_DAYS)),
    lots: Int32Array.from({ length: people }, (_, c) => c),
    nodeParent: new Int32Array(places).fill(-1),
    nodeSeats: new Int32Array(places).fill(1),
    totalSeats: people,
  };
};
