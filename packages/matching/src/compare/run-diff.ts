import type { PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import {
  MAX_DIFFERENCES_NAMED,
  PERSON_CHANGES,
  type PersonChange,
  type PersonDifference,
  type PlaceDifference,
  type RunDifference,
  type RunStanding,
} from '@gruppstart/domain/matching/run-difference';
import type { RunTotals } from '@gruppstart/domain/matching/what-if';
import type { PlaceId, RunId } from '@gruppstart/domain/shared/ids';
import { compareText } from '../canonical-json.ts';
import type { ComparedRun } from './compared-run.ts';
import { runCauses } from './run-causes.ts';

const NOT_IN_RUN: RunStanding = { kind: 'not-in-run' };

/** Null: the same. */
const changeOf = (from: RunStanding, to: RunStanding): PersonChange | null => {
  if (from.kind === 'proposed' && to.kind === 'proposed') {
    const isSameSeat = from.cohortId === to.cohortId && from.placeId === to.placeId && from.seatPart === to.seatPart;
    if (!isSameSeat) return 'moved';
    return from.points === to.points ? null : 'points-changed';
  }
  if (to.kind === 'proposed') return 'newly-proposed';
  if (from.kind === 'proposed') return 'no-longer-proposed';
  if (from.kind === to.kind) return null;
  return to.kind === 'not-in-run' ? 'left' : 'came';
};

const peopleIn = (from: ComparedRun, to: ComparedRun): Pick<RunDifference, 'counts' | 'people'> => {
  const counts: RunDifference['counts'] = {
    'no-longer-proposed': 0,
    'newly-proposed': 0,
    moved: 0,
    'points-changed': 0,
    left: 0,
    came: 0,
    same: 0,
  };
  const people: PersonDifference[] = [];
  for (const candidateId of new Set([...from.people.keys(), ...to.people.keys()])) {
    const before = from.people.get(candidateId) ?? NOT_IN_RUN;
    const after = to.people.get(candidateId) ?? NOT_IN_RUN;
    const change = changeOf(before, after);
    counts[change ?? 'same'] += 1;
    if (change !== null) people.push({ candidateId, change, from: before, to: after });
  }
  people.sort(
    (a, b) =>
      PERSON_CHANGES.indexOf(a.change) - PERSON_CHANGES.indexOf(b.change) || compareText(a.candidateId, b.candidateId),
  );
  return { counts, people: people.slice(0, MAX_DIFFERENCES_NAMED) };
};

type Fill = NonNullable<PlaceDifference['from']>;
const fillOf = ({ seats, takenBefore, filled, filledPreliminary }: PlaceOutcome): Fill => ({
  seats,
  takenBefore,
  filled: filled + filledPreliminary,
});
const isSameFill = (a: Fill | null, b: Fill | null): boolean =>
  a?.seats === b?.seats && a?.takenBefore === b?.takenBefore && a?.filled === b?.filled;

const placesIn = (from: ComparedRun, to: ComparedRun): readonly PlaceDifference[] => {
  const fillsOf = ({ places }: ComparedRun): ReadonlyMap<PlaceId, Fill> =>
    new Map(places.map((place) => [place.placeId, fillOf(place)]));
  const [before, after] = [fillsOf(from), fillsOf(to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((placeId) => ({ placeId, from: before.get(placeId) ?? null, to: after.get(placeId) ?? null }))
    .filter((place) => !isSameFill(place.from, place.to))
    .sort((a, b) => compareText(a.placeId, b.placeId));
};

const totalsOf = ({ runId, summary }: ComparedRun): RunTotals & { readonly runId: RunId } => ({
  runId,
  proposed: summary.proposed,
  points: summary.points,
  maxPoints: summary.maxPoints,
  fitPercent: summary.fitPercent,
});

/** Two finished runs side by side: who stands otherwise, which places are filled otherwise, and why that can be. */
export const diffRuns = (from: ComparedRun, to: ComparedRun): RunDifference => ({
  from: totalsOf(from),
  to: totalsOf(to),
  causes: runCauses(from, to),
  ...peopleIn(from, to),
  places: [...placesIn(from, to)],
});
