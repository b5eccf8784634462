import { expect } from 'vitest';
import { checkCertificate } from '../assignment/certificate.ts';
import type { Objective } from '../assignment/objective.ts';
import type { AssignmentProblem } from '../assignment/problem.ts';
import { solveByShortestPaths } from '../assignment/shortest-paths.ts';
import { objectiveOf } from './reference-solvers.ts';

/** Solves, proves, and gives what the proof says, which must be what the edges say. */
export const solvedAndProven = (problem: AssignmentProblem, instance: number): Objective => {
  const assignment = solveByShortestPaths(problem);
  const objective = objectiveOf(problem, assignment.cellOf);
  expect(checkCertificate(problem, assignment), `instance ${instance}`).toEqual({
    ok: true,
    facts: { edgesChecked: problem.edgeCell.length, ...objective },
  });
  return objective;
};
