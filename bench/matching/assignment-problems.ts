import type { AssignmentProblem } from '@gruppstart/matching/assignment/problem';
import { randomNumbers } from '@gruppstart/matching/test-support/random-problems';

export interface ProblemShape {
  readonly people: number;
  /** Cells of one seat each. */
  readonly cells: number;
  /** The mean length of a row before cells that were drawn twice are taken out. */
  readonly edgesPerPerson: number;
  /** Tiers are 0 … tiers - 1. */
  readonly tiers: number;
  readonly seed: number;
}

/** People mostly fit places near home. */
const AREAS = 20;
const NEAR_PERCENT = 80;
/** Points of a pair: what makes a place fit everybody, what makes a person fit everywhere, and the pair's own. */
const PLACE_POINTS = 50;
const PERSON_POINTS = 20;
const PAIR_POINTS = 30;
const LONGEST_WAIT = 3_650;

/**
 * Invented people and seats for the solver alone. Some places and people fit better than others everywhere, so that many
 * want the same seats; `people` should be several times `cells` for seats to be scarce.
 */
export const generatedProblem = (shape: ProblemShape): AssignmentProblem => {
  const { people, cells, edgesPerPerson } = shape;
  const random = randomNumbers(shape.seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const placePoints = Array.from({ length: cells }, () => below(PLACE_POINTS + 1));
  const cellsPerArea = Math.floor(cells / AREAS);
  const edgeStart = new Int32Array(people + 1);
  const room = Math.ceil(people * edgesPerPerson * 1.2);
  const edgeCell = new Int32Array(room);
  const edgeValue = new Int32Array(room);
  const edgeLot = new Uint16Array(room);
  const drawnBy = new Int32Array(cells).fill(-1);
  let edges = 0;
  for (let c = 0; c < people; c += 1) {
    const home = below(AREAS);
    const personPoints = below(PERSON_POINTS + 1);
    const drawn: number[] = [];
    for (let count = Math.round(edgesPerPerson * (0.5 + random())); count > 0; count -= 1) {
      const area = below(100) < NEAR_PERCENT ? home : below(AREAS);
      const cell = area * cellsPerArea + below(cellsPerArea);
      if (drawnBy[cell] === c) continue;
      drawnBy[cell] = c;
      drawn.push(cell);
    }
    for (const cell of drawn.sort((a, b) => a - b)) {
      edgeCell[edges] = cell;
      edgeValue[edges] = placePoints[cell]! + personPoints + below(PAIR_POINTS + 1);
      edgeLot[edges] = below(4_096);
      edges += 1;
    }
    edgeStart[c + 1] = edges;
  }
  return {
    candidateCount: people,
    cellCount: cells,
    edgeStart,
    edgeCell: edgeCell.slice(0, edges),
    edgeValue: edgeValue.slice(0, edges),
    edgeLot: edgeLot.slice(0, edges),
    mustPlace: new Uint8Array(people),
    tiers: Uint8Array.from({ length: people }, () => below(shape.tiers)),
    waitDays: Int32Array.from({ length: people }, () => below(LONGEST_WAIT + 1)),
    lots: Int32Array.from({ length: people }, (_, c) => c),
    nodeParent: new Int32Array(cells).fill(-1),
    nodeSeats: new Int32Array(cells).fill(1),
    totalSeats: people,
  };
};
