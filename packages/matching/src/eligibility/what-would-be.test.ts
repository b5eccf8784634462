import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { type CompiledRun, compileRun, pairKey, startForPair } from '../compiled-run.ts';
import { isNo } from '../criteria/judgement.ts';
import { pairLot } from '../draw.ts';
import type { MatchCandidate, MatchInput } from '../model.ts';
import { judgePairs } from '../pairs.ts';
import { addToTally, bestPoints, newTally, reachesMinimumFit, totalPoints } from '../score.ts';
import { arbitraryCandidate, arbitraryInput } from '../test-support/arbitrary-inputs.ts';
import { aCandidate, anInput, candidateId, placeId } from '../test-support/inputs.ts';
import { aloneExcludedBy } from './alone-excluded.ts';
import { judgeRow, type RowPerson } from './judge-row.ts';

const anyInput = arbitraryInput({ maxStarts: 3, withParts: true, withKeptOut: true, maxPeople: 40 });
const compiled = (input: MatchInput): CompiledRun => compileRun(canonicalInput(input));

/** The row of a candidate of the run, as the whole table has it. */
const tableRow = (run: CompiledRun, c: number) => {
  const { edgeStart, edgeCell, edgePoints, edgeSessions } = judgePairs(run);
  const of = (values: Int32Array) => [...values.slice(edgeStart[c], edgeStart[c + 1])];
  const cells = of(edgeCell);
  const lots = cells.map((cell) => pairLot(run.candidateLotBases[c]!, run.cellLotBases[cell]!));
  return { cells, points: of(edgePoints), lots, sessions: of(edgeSessions) };
};

const ownRow = (run: CompiledRun, person: RowPerson) => {
  const { cells, points, lots, sessions } = judgeRow(run, person);
  return { cells: [...cells], points: [...points], lots: [...lots], sessions: [...sessions] };
};

describe('the row of one person', () => {
  const assigned = (input: MatchInput, person: MatchCandidate): MatchCandidate => ({
    ...person,
    assignedCohortId: input.purpose === 'placement' ? input.starts[0]!.cohortId : null,
  });

  test('is that of the table, for who is in the run', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const run = compiled(input);
        for (const [c, person] of run.input.candidates.entries()) expect(ownRow(run, person)).toEqual(tableRow(run, c));
      }),
      { numRuns: 100, seed: 20261128 },
    );
  });

  test('is that of the table with the person in it, for who is new or has changed', () => {
    fc.assert(
      fc.property(anyInput, arbitraryCandidate(3), arbitraryCandidate(99), (input, changed, newcomer) => {
        const run = compiled(input);
        for (const drawn of [changed, newcomer]) {
          const person = assigned(input, drawn);
          const others = input.candidates.filter((candidate) => candidate.candidateId !== person.candidateId);
          const withPerson = compiled({ ...input, candidates: [...others, person] });
          const c = withPerson.input.candidates.findIndex(({ candidateId: id }) => id === person.candidateId);
          const { travelRow } = withPerson.input.candidates[c]!;
          // The rows of the other run may be numbered otherwise.
          const minutes = travelRow === null ? null : JSON.stringify(withPerson.input.travel[travelRow]);
          const row = run.input.travel.findIndex((each) => JSON.stringify(each) === minutes);
          fc.pre(minutes === null || row >= 0);
          const own = ownRow(run, { ...person, travelRow: minutes === null ? null : row });
          expect(own).toEqual(tableRow(withPerson, c));
        }
      }),
      { numRuns: 150, seed: 20261128 },
    );
  });

  test('of nobody in particular has no lots and is ruled out nowhere', () => {
    const exclusions = [{ candidateId: candidateId(1), placeId: placeId(1) }];
    const run = compiled(anInput({ exclusions }));
    expect(ownRow(run, aCandidate(1)).cells).toEqual([]);
    expect(ownRow(run, { ...aCandidate(1), candidateId: null })).toMatchObject({ cells: [0], lots: [0] });
  });
});

describe('whom one criterion alone keeps from a cell', () => {
  /** The same, pair by pair. */
  const reference = (run: CompiledRun, cellIndex: number, criterionIndex: number) => {
    const cell = run.cells[cellIndex]!;
    const found: { c: number; points: number; sessions: number }[] = [];
    for (const [c, candidate] of run.candidates.entries()) {
      const start = run.starts[startForPair(candidate, run.places[cell.place]!)]!;
      const judged = cell.criteria.map((criterion) => criterion.judge(candidate.facts, start));
      const noes = judged.flatMap((judgement, k) => (isNo(judgement) && cell.criteria[k]!.excludes ? [k] : []));
      if (noes.length !== 1 || noes[0] !== criterionIndex) continue;
      if (run.ruledOut.has(pairKey(c, cell.place, run.places.length))) continue;
      const tally = newTally();
      let sessions = 0;
      for (const [k, judgement] of judged.entries()) {
        if (k !== criterionIndex && cell.scorePart[k]! >= 0) addToTally(tally, cell.scorePart[k]!, judgement);
        if (isNo(judgement) && cell.sessions[k]! >= 0) sessions |= 1 << cell.sessions[k]!;
      }
      if (reachesMinimumFit(bestPoints(tally, run.weights), run.weights))
        found.push({ c, points: totalPoints(tally, run.weights), sessions });
    }
    return found;
  };

  test('is found with points and needs, as pair by pair', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(0, 35, 70, 100), (input, minimumFitPercent) => {
        const run = compiled({ ...input, weights: { ...input.weights, minimumFitPercent } });
        const aloneExcluded = aloneExcludedBy(run);
        for (const [index, { criteria }] of run.cells.entries())
          for (const k of criteria.keys()) {
            const { who, points, sessions } = aloneExcluded(index, k);
            const found = Array.from(who, (c, i) => ({ c, points: points[i], sessions: sessions[i] }));
            expect(found).toEqual(reference(run, index, k));
          }
      }),
      { numRuns: 150, seed: 20261128 },
    );
  });
});
