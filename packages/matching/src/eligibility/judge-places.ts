import { compareText } from '../canonical-json.ts';
import type { CompiledRun } from '../compiled-run.ts';
import { type BitPlane, countOf, everyoneOf, wordsFor } from './bits.ts';
import { cellLevels, countNoes, findQuestions, newQuestions } from './judge-cell.ts';
import { placeSummary, type QuestionCounts, questionCounts } from './place-summary.ts';
import { countCriteria, type JudgedCell, newPlaceTally, type PlaceTally } from './place-tally.ts';
import type { Levels } from './run-levels.ts';
import { cellScorer, type ScoredPeople } from './score-cells.ts';

/** Up to so many candidates, two bytes are enough for each. */
const MOST_SMALL_INDEXES = 65_536;
const SHORTEST_CHUNK = 1 << 8;
const LONGEST_CHUNK = 1 << 16;

/** Who may have one cell, by rising candidate. */
export interface CellEdges {
  readonly who: Uint16Array | Int32Array;
  readonly points: Int32Array;
  /** Null when the cell asks nothing that a session with limited seats gives. */
  readonly sessions: Int32Array | null;
}

export interface JudgedPlaces {
  readonly cells: readonly CellEdges[];
  readonly tallies: readonly PlaceTally[];
  readonly questions: QuestionCounts;
}

/** Places of one unit together: they share the level of travel. */
const byUnit = ({ places }: CompiledRun): number[] =>
  [...places.keys()].sort((a, b) => compareText(places[a]!.place.unitId, places[b]!.place.unitId) || a - b);

/** Copies of what is in arrays that are used again, many after another in few ones that become longer. */
const copier = <A extends Int32Array | Uint16Array>(newArray: (length: number) => A) => {
  let chunk = newArray(0);
  let used = 0;
  return (from: Int32Array, count: number): A => {
    if (used + count > chunk.length) {
      chunk = newArray(Math.max(count, Math.min(LONGEST_CHUNK, Math.max(SHORTEST_CHUNK, 2 * chunk.length))));
      used = 0;
    }
    const copy = chunk.subarray(used, used + count) as A;
    copy.set(from.subarray(0, count));
    used += count;
    return copy;
  };
};

const setOnly = (plane: BitPlane, { count, who }: ScoredPeople): void => {
  plane.fill(0);
  for (let i = 0; i < count; i += 1) plane[who[i]! >>> 5]! |= 1 << (who[i]! & 31);
};

/** Judges everybody at once, place by place. */
export const judgePlaces = (run: CompiledRun, levels: Levels): JudgedPlaces => {
  const count = run.candidates.length;
  const words = wordsFor(count);
  const copyPeople = copier<Int32Array | Uint16Array>((length) =>
    count <= MOST_SMALL_INDEXES ? new Uint16Array(length) : new Int32Array(length),
  );
  const copyPoints = copier((length) => new Int32Array(length));
  const copySessions = copier((length) => new Int32Array(length));
  const everyone = everyoneOf(count);
  const score = cellScorer(run);
  const newPlanes = () => ({ shutOut: new Int32Array(words), byOne: new Int32Array(words) });
  const planesOfCells = [newPlanes(), newPlanes(), newPlanes()];
  const shutOut = new Int32Array(words);
  const eligible = new Int32Array(words);
  const questions = newQuestions(words);
  const summary = placeSummary(words);
  const cells: CellEdges[] = new Array(run.cells.length);
  const { counts, add } = questionCounts(count);
  const tallies = run.places.map(({ criteria }) => newPlaceTally(criteria.length));

  for (const p of byUnit(run)) {
    const { firstCell, endCell, criteria } = run.places[p]!;
    const tally = tallies[p]!;
    const judged = run.cells.slice(firstCell, endCell).map((cell, index): JudgedCell => {
      const ofCell = cellLevels(cell, levels);
      const planes = planesOfCells[index]!;
      countNoes(cell, ofCell, everyone, planes);
      return { cell, levels: ofCell, ...planes };
    });
    shutOut.set(everyone);
    for (const planes of judged) for (let w = 0; w < words; w += 1) shutOut[w]! &= planes.shutOut[w]!;
    countCriteria(criteria, judged, everyone, shutOut, tally);

    summary.clear();
    for (const [index, { cell, levels: ofCell, shutOut: shutOutHere }] of judged.entries()) {
      for (let w = 0; w < words; w += 1) eligible[w] = everyone[w]! & ~shutOutHere[w]!;
      for (const c of run.ruledOutAt[p]!) eligible[c >>> 5]! &= ~(1 << (c & 31));
      const possible = countOf(eligible);
      const people = score(cell, ofCell, eligible, -1);
      if (people.count < possible) setOnly(eligible, people);
      cells[firstCell + index] = {
        who: copyPeople(people.who, people.count),
        points: copyPoints(people.points, people.count),
        sessions: cell.sessions.some((session) => session >= 0) ? copySessions(people.sessions, people.count) : null,
      };
      findQuestions(cell, ofCell, run.levels, questions);
      summary.addCell(eligible, questions);
    }
    summary.countInto(tally, add);
  }
  return { cells, tallies, questions: counts };
};
