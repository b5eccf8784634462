import { CertificateFailure } from './certificate-failure.ts';
import { type PairRow, tableWith } from './pair-rows.ts';
import { pointsPlaced } from './points-placed.ts';
import { copySeats } from './side-constraints/seats-left.ts';
import {
  type Ground,
  isExact,
  NOTHING_FOUND,
  type SolvedUnderCharges,
  type StartAsked,
  solveStart,
} from './start-solver.ts';

/** One thing that is otherwise at a start. */
export interface StartChange {
  /** A place that has one more seat. */
  readonly oneMoreSeatAt?: number;
  /** Pairs of some candidates of the run, in the place of those they have. */
  readonly rows?: ReadonlyMap<number, PairRow>;
}

export interface Totals {
  readonly placed: number;
  readonly points: number;
}

/** What a start would come to if one thing were otherwise. */
export interface StartOtherwise {
  /** Pairs, people and seats that were gone through to solve the start, once for each step. */
  readonly effort: number;
  /** How much more would be placed, and of points; null: not found out within so much effort. */
  readonly changeOf: (change: StartChange, effort: number) => Totals | null;
}

/**
 * What may be gone through in all to answer what is asked about the places of a start, and as much again for the call
 * list: a second or two at most. Where it is not enough, what was decided is held as it is.
 */
export const ANEW_EFFORT = 8_000_000;

/** The effort that each of so many questions may cost; null: less than the start itself, so that little would be found out. */
export const effortOfEach = ({ effort }: StartOtherwise, questions: number): number | null => {
  const each = ANEW_EFFORT / Math.max(1, questions);
  return each < effort ? null : each;
};

const STEPS_BESIDE = 4;

/** Null: so little effort found nothing at all. */
const solvedWithin = (solve: () => SolvedUnderCharges): SolvedUnderCharges | null => {
  try {
    return solve();
  } catch (error) {
    if (error instanceof CertificateFailure && error.message === NOTHING_FOUND) return null;
    throw error;
  }
};

/** Whether anything but seats could keep somebody out, if not now then with a seat, a pair or an answer more. */
const mayBind = ({ run }: Ground, { rules, seatsLeft }: StartAsked): boolean =>
  rules.constraints.length > 0 ||
  rules.called.length > 0 ||
  run.sessions.length > 0 ||
  run.places.some(
    ({ firstCell, endCell }, p) =>
      endCell - firstCell > 1 ||
      (seatsLeft.minutesPerPerson[p]! > 0 && seatsLeft.minutes[seatsLeft.unitOfPlace[p]!] !== null),
  );

/**
 * For a start whose people share more than seats: every change is solved anew, since what is decided about hours,
 * sessions, shared seats and pairs may then be decided otherwise. Null where there is nothing but seats: such a start can be
 * asked step by step.
 */
export const startOtherwise = (
  ground: Ground,
  asked: StartAsked,
  solved: SolvedUnderCharges,
  totalSeats: number,
): StartOtherwise | null => {
  if (!mayBind(ground, asked)) return null;
  const { solution, uncharged } = solved;
  const { people } = asked;
  const totalsOf = (table: Ground['table'], cellOf: Int32Array): Totals => ({
    placed: cellOf.reduce((placed, cell) => placed + (cell === -1 ? 0 : 1), 0),
    points: pointsPlaced(table, people, cellOf),
  });
  const now = isExact(solved) ? totalsOf(ground.table, solution.assignment.cellOf) : null;
  const { edgeCell, candidateCount, nodeParent } = solution.problem;
  const size = edgeCell.length + candidateCount + nodeParent.length + 1;
  return {
    // Beside the steps, a start is put together and its proof is checked.
    effort: size * (solution.steps + (uncharged?.steps ?? 0) + STEPS_BESIDE),
    changeOf: ({ oneMoreSeatAt, rows }, effort) => {
      if (now === null) return null;
      const table = rows === undefined ? ground.table : tableWith(ground.table, rows);
      const seatsLeft = copySeats(asked.seatsLeft);
      if (oneMoreSeatAt !== undefined) {
        seatsLeft.first[oneMoreSeatAt]! += 1;
        seatsLeft.second[oneMoreSeatAt]! += 1;
      }
      const other = solvedWithin(() => solveStart({ ...ground, table }, { ...asked, seatsLeft, effort }, totalSeats));
      if (other === null || !isExact(other)) return null;
      const then = totalsOf(table, other.solution.assignment.cellOf);
      return { placed: then.placed - now.placed, points: then.points - now.points };
    },
  };
};
