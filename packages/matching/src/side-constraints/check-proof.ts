import { compareObjectives, type Objective } from '../assignment/objective.ts';
import { proveCase } from './case-bound.ts';
import { readPrices, readTurns, type Turn } from './case-reading.ts';
import { type ConstrainedStart, edgeTaken, objectiveOf, usedByNode } from './constrained-start.ts';
import type { StartProof } from './proof.ts';

/** What a proof shows of a start's assignment. */
export interface ProofFacts {
  readonly edgesChecked: number;
  /** Cases that were checked; 1 for a start that no side constraint had to split. */
  readonly cases: number;
  readonly objective: Objective;
  /** What no assignment of the start exceeds; equal to `objective` when it is the best there is. */
  readonly bound: Objective;
}

export type ProofFault =
  | 'pair-without-edge'
  | 'node-over-seats'
  | 'start-over-seats'
  | 'required-person-left-out'
  | 'constraint-broken'
  | 'split-of-no-constraint'
  | 'case-missing'
  | 'case-too-many'
  | 'case-not-empty'
  | 'price-proves-nothing'
  | 'case-not-the-best';

export type ProofCheck =
  | { readonly ok: true; readonly facts: ProofFacts }
  | { readonly ok: false; readonly fault: ProofFault; readonly index: number };

const fail = (fault: ProofFault, index: number): ProofCheck => ({ ok: false, fault, index });

/** Whether an assignment keeps everything that was asked of it; the fault when it does not. */
const findBroken = (start: ConstrainedStart, cellOf: Int32Array): ProofCheck | null => {
  const { flow, unitOfCell, constraints } = start;
  let placed = 0;
  for (const [c, cell] of cellOf.entries()) {
    if (cell !== -1) placed += 1;
    if (cell !== -1 && edgeTaken(flow, cellOf, c) === -1) return fail('pair-without-edge', c);
    if (cell === -1 && flow.mustPlace[c] === 1) return fail('required-person-left-out', c);
  }
  if (placed > flow.totalSeats) return fail('start-over-seats', -1);
  const used = usedByNode(flow, cellOf);
  for (const [node, count] of used.entries()) if (count > flow.nodeSeats[node]!) return fail('node-over-seats', node);
  for (const [index, constraint] of constraints.entries()) {
    let isKept: boolean;
    if ('parts' in constraint) {
      const needed = constraint.parts.reduce((sum, { node, need }) => sum + need * used[node]!, 0);
      isKept = needed <= constraint.capacity;
    } else {
      const first = cellOf[constraint.first]!;
      const second = cellOf[constraint.second]!;
      const both = first !== -1 && second !== -1;
      if (constraint.kind === 'together') isKept = both || first === second;
      else isKept = !both || (constraint.from === 'unit' && unitOfCell[first] !== unitOfCell[second]);
    }
    if (!isKept) return fail('constraint-broken', index);
  }
  return null;
};

const isSplitOf = ({ constraints }: ConstrainedStart, step: StartProof[number]): boolean => {
  if (step.kind === 'solved' || step.kind === 'empty') return false;
  const constraint = constraints[step.constraint];
  if (constraint === undefined) return false;
  switch (step.kind) {
    case 'apart':
      return constraint.kind === 'apart' && (constraint.from === 'unit') === step.unit >= 0;
    case 'together':
      return constraint.kind === 'together';
    case 'capacity':
      return 'parts' in constraint && constraint.parts[step.part] !== undefined && Number.isInteger(step.atMost);
  }
};

/**
 * Checks that an assignment keeps every constraint of its start, and that no other is worth more than the bound. It
 * knows nothing of the search: each split covers all assignments by what it means, each case is made anew from its
 * splits, and its flow is proven the best by its prices. So whatever was left out, no assignment is worth more than the
 * best case, or than the assignment itself.
 */
export const checkProof = (start: ConstrainedStart, cellOf: Int32Array, proof: StartProof): ProofCheck => {
  const broken = findBroken(start, cellOf);
  if (broken !== null) return broken;
  const objective = objectiveOf(start.flow, cellOf);
  let bound = objective;
  let edgesChecked = 0;
  let cases = 0;
  /** The turns that lead to the next case; a split is done when both of its sides are. */
  const turns: Turn[] = [];
  let isComplete = false;
  for (const [index, step] of proof.entries()) {
    if (isComplete) return fail('case-too-many', index);
    if (step.kind !== 'solved' && step.kind !== 'empty') {
      if (!isSplitOf(start, step)) return fail('split-of-no-constraint', index);
      turns.push({ branching: step, isSecond: false });
      continue;
    }
    cases += 1;
    const limits = readTurns(start, turns);
    if (limits !== null) {
      if (step.kind === 'empty') return fail('case-not-empty', index);
      const effects = readPrices(start, step.constraintPrices);
      if (effects === null) return fail('price-proves-nothing', index);
      const proven = proveCase(start, limits, effects, step);
      if (proven === null) return fail('case-not-the-best', index);
      edgesChecked += proven.edgesChecked;
      if (proven.bound !== null && compareObjectives(proven.bound, bound) > 0) bound = proven.bound;
    }
    let last = turns.pop();
    while (last?.isSecond) last = turns.pop();
    if (last === undefined) isComplete = true;
    else turns.push({ ...last, isSecond: true });
  }
  return isComplete
    ? { ok: true, facts: { edgesChecked, cases, objective, bound } }
    : fail('case-missing', proof.length);
};
