import type { CohortId } from '@gruppstart/domain/shared/ids';
import type { Packing } from '../assignment/packing.ts';
import type { Branching, CaseEmpty, ConstraintPrice, ProofStep, StartProof } from './proof.ts';

/** A proven case as plain numbers: the seats that cost nothing are left out. */
interface StoredCase {
  readonly kind: 'solved';
  readonly cellOf: readonly number[];
  readonly units: Packing;
  /** Node, and the two parts of its price. */
  readonly seatPrices: readonly (readonly [number, number, number])[];
  readonly startPrice: readonly [number, number];
  readonly constraintPrices: readonly ConstraintPrice[];
  readonly addedLots: number;
}

/**
 * The proof of one start as it is kept beside the snapshot: rows, cells and constraints are numbered as the engine numbers
 * them when it is given that snapshot. Nobody is named in it.
 */
export interface StoredProof {
  readonly cohortId: CohortId;
  /** How many nodes with seats there are. */
  readonly nodes: number;
  readonly steps: readonly (Branching | CaseEmpty | StoredCase)[];
}

export const storedProof = (cohortId: CohortId, nodes: number, proof: StartProof): StoredProof => ({
  cohortId,
  nodes,
  steps: proof.map((step) => {
    if (step.kind !== 'solved') return step;
    const { packing, nodeHigh, nodeLow, startHigh, startLow } = step.prices;
    const seatPrices: (readonly [number, number, number])[] = [];
    for (const [node, high] of nodeHigh.entries())
      if (high !== 0 || nodeLow[node] !== 0) seatPrices.push([node, high, nodeLow[node]!]);
    return {
      kind: 'solved',
      cellOf: Array.from(step.cellOf),
      units: packing,
      seatPrices,
      startPrice: [startHigh, startLow],
      constraintPrices: step.constraintPrices,
      addedLots: step.addedLots,
    };
  }),
});

/** The proof as it can be checked. */
export const proofFrom = ({ nodes, steps }: StoredProof): StartProof =>
  steps.map((step): ProofStep => {
    if (step.kind !== 'solved') return step;
    const nodeHigh = new Float64Array(nodes);
    const nodeLow = new Float64Array(nodes);
    for (const [node, high, low] of step.seatPrices) {
      nodeHigh[node] = high;
      nodeLow[node] = low;
    }
    const [startHigh, startLow] = step.startPrice;
    return {
      kind: 'solved',
      cellOf: Int32Array.from(step.cellOf),
      prices: { packing: step.units, nodeHigh, nodeLow, startHigh, startLow },
      constraintPrices: step.constraintPrices,
      addedLots: step.addedLots,
    };
  });
