import { describe, expect, test } from 'vitest';
import { type ProblemShape, randomNumbers, randomProblem } from '../test-support/random-problems.ts';
import { objectiveOf } from '../test-support/reference-solvers.ts';
import { checkCertificate } from './certificate.ts';
import { changeMustPlace, changeSeats, changeTotalSeats, replaceRow } from './change.ts';
import { insertCandidate } from './let-in.ts';
import { OBJECTIVE_ORDER, type Objective } from './objective.ts';
import { type Person, probeExtraSeat, probeRow } from './probe.ts';
import type { AssignmentProblem } from './problem.ts';
import type { Row } from './rows.ts';
import { solveAll, solveByShortestPaths } from './shortest-paths.ts';
import { listOffers } from './shortlists.ts';
import { type AssignmentState, copyState, openState } from './state.ts';
import { assignmentOf, problemOf, stateFrom } from './stored.ts';
import { removeCandidate } from './take-out.ts';

type Below = (limit: number) => number;

const RANGE = { leastValue: -100, mostValue: 100, longestWait: 2000 };

const shapeOf = (random: () => number, below: Below): ProblemShape => {
  const candidates = 1 + below(12);
  return {
    candidates,
    cells: 1 + below(7),
    groups: random() < 0.4 ? 0 : 1 + below(4),
    density: 0.2 + 0.8 * random(),
    maxSeats: 1 + below(3),
    leastValue: [0, -3, -100][below(3)]!,
    mostValue: [0, 1, 3, 100][below(4)]!,
    maxWait: [0, 1, 5, 2000][below(4)]!,
    maxTier: [0, 0, 9][below(3)]!,
    mustShare: random() < 0.5 ? 0 : 0.3,
    totalSeats: random() < 0.4 ? null : below(candidates + 1),
  };
};

const rowFor = ({ cellCount }: AssignmentProblem, random: () => number, below: Below): Row => {
  const cells = Array.from({ length: cellCount }, (_, cell) => cell).filter(() => random() < 0.5);
  return {
    cells: Int32Array.from(cells),
    values: Int32Array.from(cells, () => below(201) - 100),
    lots: Uint16Array.from(cells, () => below(4096)),
  };
};

/** One random change; what it was is told when the test fails. */
const changeSomething = (state: AssignmentState, random: () => number, below: Below): string => {
  const c = below(state.problem.candidateCount);
  const node = below(state.tree.start);
  switch (below(7)) {
    case 0:
      removeCandidate(state, c);
      return `remove ${c}`;
    case 1:
      insertCandidate(state, c);
      return `insert ${c}`;
    case 2:
    case 3: {
      const seats = below(5);
      changeSeats(state, node, seats);
      return `${seats} seats of ${node}`;
    }
    case 4: {
      const seats = below(state.problem.candidateCount + 2);
      changeTotalSeats(state, seats);
      return `${seats} seats in all`;
    }
    case 5:
      replaceRow(state, c, rowFor(state.problem, random, below));
      return `row of ${c}`;
    default: {
      const mustPlace = random() < 0.5 ? 1 : 0;
      changeMustPlace(state, c, mustPlace);
      return `must of ${c}`;
    }
  }
};

const provenObjective = (state: AssignmentState, what: string): Objective => {
  const problem = problemOf(state);
  const assignment = assignmentOf(state);
  const objective = objectiveOf(problem, assignment.cellOf);
  expect(checkCertificate(problem, assignment), what).toEqual({
    ok: true,
    facts: { edgesChecked: problem.edgeCell.length, ...objective },
  });
  return objective;
};

const bestObjective = (problem: AssignmentProblem): Objective =>
  objectiveOf(problem, solveByShortestPaths(problem).cellOf);

const difference = (after: Objective, before: Objective): Record<string, number> =>
  Object.fromEntries(OBJECTIVE_ORDER.map((line) => [line, after[line] - before[line]]));

/** The problem with one more person in it. */
const withPerson = (problem: AssignmentProblem, person: Person, row: Row): AssignmentProblem => ({
  ...problem,
  candidateCount: problem.candidateCount + 1,
  edgeStart: Int32Array.of(...problem.edgeStart, problem.edgeCell.length + row.cells.length),
  edgeCell: Int32Array.of(...problem.edgeCell, ...row.cells),
  edgeValue: Int32Array.of(...problem.edgeValue, ...row.values),
  edgeLot: Uint16Array.of(...problem.edgeLot, ...row.lots),
  mustPlace: Uint8Array.of(...problem.mustPlace, person.mustPlace),
  tiers: Uint8Array.of(...problem.tiers, person.tier),
  waitDays: Int32Array.of(...problem.waitDays, person.waitDays),
  lots: Int32Array.of(...problem.lots, person.lot),
});

const withSeat = (problem: AssignmentProblem, node: number): AssignmentProblem => {
  const nodeSeats = problem.nodeSeats.slice();
  if (node === nodeSeats.length) return { ...problem, totalSeats: problem.totalSeats + 1 };
  for (let above = node; above !== -1; above = problem.nodeParent[above]!) nodeSeats[above]! += 1;
  return { ...problem, nodeSeats };
};

describe('a state that is changed step by step', () => {
  test('is after each step proven the best, and the same as a solution from the beginning', () => {
    const random = randomNumbers(41);
    const below: Below = (limit) => Math.floor(random() * limit);
    let steps = 0;
    let ties = 0;
    for (let instance = 0; instance < 300; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      if (random() < 0.8) solveAll(state);
      const done: string[] = [];
      for (let step = 0; step < 25; step += 1) {
        done.push(changeSomething(state, random, below));
        // Offers that are listed now and then must never be believed once they have risen.
        if (step % 3 === 0) listOffers(state);
        const what = `instance ${instance}: ${done.join(', ')}`;
        const objective = provenObjective(state, what);
        const problem = problemOf(state);
        const fresh = solveByShortestPaths(problem);
        expect(objective, what).toEqual(objectiveOf(problem, fresh.cellOf));
        steps += 1;
        if (fresh.cellOf.some((cell, c) => cell !== state.cellOf[c])) ties += 1;
      }
    }
    expect(steps).toBe(7500);
    // Lots leave few assignments that are equal on every line; only there may the two differ.
    expect(ties).toBeLessThan(75);
  });

  test('is not changed through its copies', () => {
    const random = randomNumbers(42);
    const below: Below = (limit) => Math.floor(random() * limit);
    for (let instance = 0; instance < 100; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      solveAll(state);
      const before = [assignmentOf(state), problemOf(state)];
      const copy = copyState(state);
      for (let step = 0; step < 10; step += 1) changeSomething(copy, random, below);
      expect([assignmentOf(state), problemOf(state)]).toEqual(before);
    }
  });

  test('can be taken up again from its stored assignment, and then changes alike', () => {
    const random = randomNumbers(43);
    const below: Below = (limit) => Math.floor(random() * limit);
    for (let instance = 0; instance < 200; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      for (let step = 0; step < 10; step += 1) changeSomething(state, random, below);
      const again = stateFrom(problemOf(state), assignmentOf(state));
      expect(assignmentOf(again)).toEqual(assignmentOf(state));
      for (let step = 0; step < 5; step += 1) {
        const what = `instance ${instance}: ${changeSomething(again, random, below)}`;
        expect(provenObjective(again, what), what).toEqual(bestObjective(problemOf(again)));
      }
    }
  });
});

describe('a state whose offers are listed', () => {
  test('is the best after each drop-out, and answers about seats as one without lists', () => {
    const random = randomNumbers(47);
    const below: Below = (limit) => Math.floor(random() * limit);
    for (let instance = 0; instance < 60; instance += 1) {
      const shape = { ...shapeOf(random, below), candidates: 30 + below(40), density: 0.7 };
      const state = openState(randomProblem(random, shape), RANGE);
      solveAll(state);
      listOffers(state);
      const mended = copyState(state);
      for (let step = 0; step < 8; step += 1) {
        const c = below(shape.candidates);
        removeCandidate(mended, c);
        const what = `instance ${instance}: ${step} without ${c}`;
        expect(mended.offered).not.toBeNull();
        expect(provenObjective(mended, what), what).toEqual(bestObjective(problemOf(mended)));
        const node = below(mended.tree.start);
        const unlisted = { ...copyState(mended), offered: null };
        expect(probeExtraSeat(mended, node).change, what).toEqual(probeExtraSeat(unlisted, node).change);
      }
    }
  });

  test('reads no list once somebody has been let in', () => {
    const problem = randomProblem(randomNumbers(48), {
      candidates: 20,
      cells: 4,
      density: 1,
      maxSeats: 2,
      mostValue: 50,
      maxWait: 10,
      totalSeats: null,
    });
    const state = openState(problem, RANGE);
    solveAll(state);
    removeCandidate(state, 0);
    listOffers(state);
    insertCandidate(state, 0);
    expect(state.offered).toBeNull();
  });
});

describe('a question to a state', () => {
  test('about one more person gives the difference of two solutions, and changes nothing', () => {
    const random = randomNumbers(44);
    const below: Below = (limit) => Math.floor(random() * limit);
    let placed = 0;
    for (let instance = 0; instance < 600; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      solveAll(state);
      for (let step = 0; step < 3; step += 1) changeSomething(state, random, below);
      const problem = problemOf(state);
      const before = assignmentOf(state);
      const person: Person = { mustPlace: random() < 0.2 ? 1 : 0, tier: below(10), waitDays: below(2001), lot: 99 };
      const row = rowFor(problem, random, below);
      const { change, cell } = probeRow(state, person, row);
      const expected = difference(bestObjective(withPerson(problem, person, row)), bestObjective(problem));
      expect(change, `instance ${instance}`).toEqual(expected);
      expect(assignmentOf(state)).toEqual(before);
      expect(row.cells.includes(cell)).toBe(cell !== -1);
      if (cell !== -1) placed += 1;
    }
    expect(placed).toBeGreaterThan(200);
  });

  test('about another row of somebody without a seat gives the difference too', () => {
    const random = randomNumbers(45);
    const below: Below = (limit) => Math.floor(random() * limit);
    let asked = 0;
    for (let instance = 0; instance < 300; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      solveAll(state);
      const { problem } = state;
      const c = state.cellOf.indexOf(-1);
      if (c === -1) continue;
      const row = rowFor(problem, random, below);
      const person: Person = {
        mustPlace: problem.mustPlace[c] === 1 ? 1 : 0,
        tier: problem.tiers[c]!,
        waitDays: problem.waitDays[c]!,
        lot: problem.lots[c]!,
      };
      const { change } = probeRow(state, person, row);
      const before = provenObjective(state, `instance ${instance}`);
      replaceRow(state, c, row);
      expect(change).toEqual(difference(provenObjective(state, `instance ${instance}`), before));
      asked += 1;
    }
    expect(asked).toBeGreaterThan(100);
  });

  test('about one more seat gives the difference of two solutions, and changes nothing', () => {
    const random = randomNumbers(46);
    const below: Below = (limit) => Math.floor(random() * limit);
    let gained = 0;
    for (let instance = 0; instance < 400; instance += 1) {
      const state = openState(randomProblem(random, shapeOf(random, below)), RANGE);
      solveAll(state);
      for (let step = 0; step < 3; step += 1) changeSomething(state, random, below);
      const problem = problemOf(state);
      const before = assignmentOf(state);
      for (let node = 0; node <= state.tree.start; node += 1) {
        const { change, moved } = probeExtraSeat(state, node);
        const expected = difference(bestObjective(withSeat(problem, node)), bestObjective(problem));
        expect(change, `instance ${instance}, node ${node}`).toEqual(expected);
        if (moved > 0) gained += 1;
      }
      expect(assignmentOf(state)).toEqual(before);
    }
    expect(gained).toBeGreaterThan(200);
  });

  test('with a value, a lot or a wait that there is no room for is refused, and so is such a row', () => {
    const state = openState(
      randomProblem(
        randomNumbers(1),
        shapeOf(
          () => 0.5,
          () => 1,
        ),
      ),
      RANGE,
    );
    solveAll(state);
    const before = assignmentOf(state);
    const person: Person = { mustPlace: 0, tier: 0, waitDays: 0, lot: 0 };
    const row = { cells: Int32Array.of(0), values: Int32Array.of(100), lots: Uint16Array.of(4095) };
    for (const wrong of [
      { ...row, values: Int32Array.of(101) },
      { ...row, values: Int32Array.of(-101) },
      { ...row, lots: Uint16Array.of(4096) },
    ]) {
      expect(() => probeRow(state, person, wrong)).toThrow(RangeError);
      expect(() => replaceRow(state, 0, wrong)).toThrow(RangeError);
    }
    expect(() => probeRow(state, { ...person, waitDays: 2001 }, row)).toThrow(RangeError);
    expect(assignmentOf(state)).toEqual(before);
    expect(probeRow(state, { ...person, waitDays: 2000 }, row).change.placed).toBeGreaterThanOrEqual(0);
  });
});
