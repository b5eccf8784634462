import type { CandidateId } from '@gruppstart/domain/shared/ids';
import type { AssignmentSolver } from '../assignment/problem.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type CompiledRun, compileRun } from '../compiled-run.ts';
import { lotBases } from '../draw.ts';
import type { MatchInput } from '../model.ts';
import { judgePairs, type PairTable } from '../pairs.ts';
import type { ComingPool, FittingPlaces, PastPeople } from './coming-pool.ts';
import { seatPrices } from './seat-prices.ts';

/** A place fits by the cell that gives most points. */
const fittingPlaces = (
  run: CompiledRun,
  table: PairTable,
  takesPart: (candidate: number) => boolean,
): FittingPlaces => {
  const edgeStart = new Int32Array(run.candidates.length + 1);
  const edgePlace: number[] = [];
  const edgePoints: number[] = [];
  for (let c = 0; c < run.candidates.length; c += 1) {
    const first = edgePlace.length;
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      if (!takesPart(c)) break;
      const { place } = run.cells[table.edgeCell[e]!]!;
      const last = edgePlace.length - 1;
      if (last >= first && edgePlace[last] === place)
        edgePoints[last] = Math.max(edgePoints[last]!, table.edgePoints[e]!);
      else {
        edgePlace.push(place);
        edgePoints.push(table.edgePoints[e]!);
      }
    }
    edgeStart[c + 1] = edgePlace.length;
  }
  return { edgeStart, edgePlace: Int32Array.from(edgePlace), edgePoints: Int32Array.from(edgePoints) };
};

/** The first start that somebody can join; after the last when there is none. */
const firstStartOf = (run: CompiledRun, candidate: number): number => {
  const { startMask } = run.candidates[candidate]!;
  return startMask === 0 ? run.starts.length : 31 - Math.clz32(startMask & -startMask);
};

/** Past people are judged by the same rules as those of the run, as if each were a candidate of it. */
const pastPeople = ({ input, starts }: CompiledRun): PastPeople | null => {
  const expected = input.expectedArrivals;
  if (expected === null || expected.profiles.length === 0) return null;
  const past: MatchInput = {
    ...input,
    candidates: expected.profiles.map((profile, index) => ({
      ...profile,
      candidateId: `past_${index}` as CandidateId,
      assignedCohortId: null,
      missedStarts: 0,
      keptAt: null,
    })),
    exclusions: [],
    pins: [],
    pairRules: [],
  };
  const run = compileRun(past);
  // Equal profiles draw apart, by how many of them came before in the canonical order.
  const seen = new Map<string, number>();
  const drawIds = expected.profiles.map((profile) => {
    const text = canonicalJson(profile);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return `${text}|${before}`;
  });
  return {
    ...fittingPlaces(run, judgePairs(run), () => true),
    drawKeys: lotBases(input.seed, drawIds),
    expectedAt: Float64Array.from(starts, (_, start) => (start === 0 ? 0 : expected.perStart)),
  };
};

const comingPool = (run: CompiledRun, table: PairTable): ComingPool => {
  const { input, starts, places } = run;
  const pinned = new Set(input.pins.map(({ candidateId }) => candidateId));
  const isFree = (candidate: number): boolean => !pinned.has(input.candidates[candidate]!.candidateId);
  const pinsAt = (of: 'cohortId' | 'placeId', id: string): number => input.pins.filter((pin) => pin[of] === id).length;
  const waitingFor = (cohortId: string): number =>
    input.candidates.filter((each, c) => each.assignedCohortId === cohortId && isFree(c)).length;
  return {
    // In a placement the members hold the seats of their start: as many are looked for as there are members.
    startSeats: Int32Array.from(starts, ({ cohortId, seats, taken }) =>
      input.purpose === 'placement' ? waitingFor(cohortId) : Math.max(0, seats - taken - pinsAt('cohortId', cohortId)),
    ),
    placeSeats: Int32Array.from(places, ({ firstCell, place }) =>
      Math.max(0, run.cells[firstCell]!.freeSeats - pinsAt('placeId', place.placeId)),
    ),
    placeOpens: Int32Array.from(places, ({ startMask }) =>
      startMask === 0 ? starts.length : 31 - Math.clz32(startMask & -startMask),
    ),
    placeCloses: Int32Array.from(places, ({ startMask }) => (startMask === 0 ? -1 : 31 - Math.clz32(startMask))),
    known: {
      ...fittingPlaces(run, table, isFree),
      firstStart: Int32Array.from(run.candidates, (_, c) => firstStartOf(run, c)),
    },
    past: pastPeople(run),
  };
};

/** How many starts after the next one are looked at: what lies further ahead changes the prices little. */
const STARTS_AHEAD = 7;

/** The run as it would be with the starts after its own, so that who can begin only then is judged for them too. */
const lookingAhead = ({ input }: CompiledRun): CompiledRun => {
  const later = input.laterStarts.map((start) => ({ ...start, preliminary: true }));
  return compileRun({ ...input, starts: [...input.starts, ...later].slice(0, STARTS_AHEAD + 1) });
};

/**
 * What a seat of each place is charged at the next start, by the weights in force: 0 everywhere when they charge nothing
 * or when no later start is known.
 */
export const runSeatPrices = (run: CompiledRun, table: PairTable, solve: AssignmentSolver): Int32Array => {
  const { input } = run;
  const { scarcityPercent } = input.weights;
  if (scarcityPercent === 0 || input.starts.length + input.laterStarts.length < 2)
    return new Int32Array(run.places.length);
  const ahead = input.laterStarts.length === 0 ? run : lookingAhead(run);
  const pairs = ahead === run ? table : judgePairs(ahead);
  return seatPrices(comingPool(ahead, pairs), { maxPoints: run.weights.maxPoints, scarcityPercent }, solve);
};
