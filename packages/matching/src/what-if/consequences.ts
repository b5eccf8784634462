import type { ProposedOutcome } from '@gruppstart/domain/matching/outcome';
import {
  type Consequences,
  MAX_NAMED,
  type ProposedSeat,
  type RunTotals,
  type SeatChange,
  type SeatChanges,
} from '@gruppstart/domain/matching/what-if';
import type { CandidateId } from '@gruppstart/domain/shared/ids';
import type { RunResult } from '../model.ts';

const totalsOf = ({ summary }: RunResult): RunTotals => ({
  proposed: summary.proposed,
  points: summary.points,
  maxPoints: summary.maxPoints,
  fitPercent: summary.fitPercent,
});

const seatIn = ({ cohortId, placeId, seatPart }: ProposedOutcome): ProposedSeat => ({ cohortId, placeId, seatPart });

const isSame = (a: ProposedSeat | null, b: ProposedSeat | null): boolean =>
  a?.placeId === b?.placeId && a?.cohortId === b?.cohortId && a?.seatPart === b?.seatPart;

/** What is proposed to whom. */
export const seatsOf = ({ candidates }: RunResult): ReadonlyMap<CandidateId, ProposedSeat> =>
  new Map(
    candidates.flatMap((outcome) =>
      outcome.kind === 'proposed' ? [[outcome.candidateId, seatIn(outcome)] as const] : [],
    ),
  );

const named = (changes: readonly SeatChange[]): SeatChanges => ({
  count: changes.length,
  first: changes.slice(0, MAX_NAMED),
});

/** What the other result means for everybody but those who are left out, by id. The totals are of everybody. */
export const consequencesOf = (
  before: RunResult,
  after: RunResult,
  leftOut: ReadonlySet<CandidateId> = new Set(),
): Consequences => {
  const [seatsBefore, seatsAfter] = [seatsOf(before), seatsOf(after)];
  const newly: SeatChange[] = [];
  const noLonger: SeatChange[] = [];
  const moved: SeatChange[] = [];
  for (const { candidateId } of before.candidates) {
    if (leftOut.has(candidateId)) continue;
    const from = seatsBefore.get(candidateId) ?? null;
    const to = seatsAfter.get(candidateId) ?? null;
    if (from === null && to !== null) newly.push({ candidateId, from, to });
    else if (from !== null && to === null) noLonger.push({ candidateId, from, to });
    else if (!isSame(from, to)) moved.push({ candidateId, from, to });
  }
  return {
    before: totalsOf(before),
    after: totalsOf(after),
    newlyProposed: named(newly),
    noLongerProposed: named(noLonger),
    moved: named(moved),
  };
};
