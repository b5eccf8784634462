import type { Assignment, AssignmentProblem } from './problem.ts';
import { ABSENT, type AssignmentState, move, rowOf, stateWithPacking, takePart, WITH_GIVEN_ROW } from './state.ts';

/** The assignment as it stands, with prices that pass the certificate on `problemOf` the state. */
export const assignmentOf = (state: AssignmentState): Assignment => {
  const { tree, priceHigh, priceLow } = state;
  const { start, parentOf, parentsFirst } = tree;
  const nodeHigh = new Float64Array(start);
  const nodeLow = new Float64Array(start);
  // An empty node may be cheaper than its parent; what it costs is then what the parent costs.
  const costHigh = priceHigh.slice();
  const costLow = priceLow.slice();
  for (const node of parentsFirst) {
    const parent = parentOf[node]!;
    const high = costHigh[node]! - costHigh[parent]!;
    const low = costLow[node]! - costLow[parent]!;
    if (high > 0 || (high === 0 && low > 0)) {
      nodeHigh[node] = high;
      nodeLow[node] = low;
    } else {
      costHigh[node] = costHigh[parent]!;
      costLow[node] = costLow[parent]!;
    }
  }
  const { part, personHigh, personLow, offerHigh, offerLow } = state;
  const candidateHigh = new Float64Array(part.length);
  const candidateLow = new Float64Array(part.length);
  for (let c = 0; c < part.length; c += 1) {
    if (part[c] === ABSENT) continue;
    candidateHigh[c] = personHigh[c]! - offerHigh[c]!;
    candidateLow[c] = personLow[c]! - offerLow[c]!;
  }
  return {
    cellOf: state.cellOf.slice(),
    prices: {
      packing: state.packing,
      candidateHigh,
      candidateLow,
      nodeHigh,
      nodeLow,
      startHigh: priceHigh[start]!,
      startLow: priceLow[start]!,
    },
  };
};

/**
 * The state of an assignment that passed the certificate of this problem, without a search. What did not pass gives a
 * state that means nothing.
 */
export const stateFrom = (problem: AssignmentProblem, { cellOf, prices }: Assignment): AssignmentState => {
  const state = stateWithPacking(problem, prices.packing);
  const { start, parentOf, parentsFirst } = state.tree;
  state.priceHigh[start] = prices.startHigh;
  state.priceLow[start] = prices.startLow;
  for (const node of parentsFirst) {
    const parent = parentOf[node]!;
    state.priceHigh[node] = prices.nodeHigh[node]! + state.priceHigh[parent]!;
    state.priceLow[node] = prices.nodeLow[node]! + state.priceLow[parent]!;
  }
  for (let c = 0; c < cellOf.length; c += 1) {
    takePart(state, c, prices.candidateHigh[c]!, prices.candidateLow[c]!);
    move(state, c, cellOf[c]!);
  }
  return state;
};

/** The problem that the state is the best answer to: who is absent has no edges. */
export const problemOf = (state: AssignmentState): AssignmentProblem => {
  const { problem, part, mustPlace, seats, tree } = state;
  const changed = {
    ...problem,
    mustPlace: mustPlace.slice(),
    nodeSeats: seats.slice(0, tree.start),
    totalSeats: seats[tree.start]!,
  };
  if (part.every((as) => as === WITH_GIVEN_ROW)) return changed;
  const edgeStart = new Int32Array(problem.candidateCount + 1);
  for (let c = 0; c < problem.candidateCount; c += 1)
    edgeStart[c + 1] = edgeStart[c]! + (part[c] === ABSENT ? 0 : rowOf(state, c).cells.length);
  const edges = edgeStart[problem.candidateCount]!;
  const edgeCell = new Int32Array(edges);
  const edgeValue = new Int32Array(edges);
  const edgeLot = new Uint16Array(edges);
  for (let c = 0; c < problem.candidateCount; c += 1) {
    if (part[c] === ABSENT) continue;
    const { cells, values, lots } = rowOf(state, c);
    edgeCell.set(cells, edgeStart[c]!);
    edgeValue.set(values, edgeStart[c]!);
    edgeLot.set(lots, edgeStart[c]!);
  }
  return { ...changed, edgeStart, edgeCell, edgeValue, edgeLot };
};
