import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import { describe, expect, test } from 'vitest';
import type { AssignmentSolver } from './assignment/problem.ts';
import { solveByShortestPaths } from './assignment/shortest-paths.ts';
import { canonicalJson } from './canonical-json.ts';
import { CertificateFailure } from './certificate-failure.ts';
import { runMatching } from './run-matching.ts';
import { aBlankCandidate, aCandidate, anInput, placeId, unitId } from './test-support/inputs.ts';
import { proposedFor, unplacedFor } from './test-support/outcomes.ts';

describe('the run as a whole', () => {
  test('an assignment that is not the best is a fault, never a result', () => {
    const lazy: AssignmentSolver = (problem) => {
      const answer = solveByShortestPaths(problem);
      return { ...answer, cellOf: answer.cellOf.map(() => -1) };
    };
    expect(() => runMatching(anInput(), lazy)).toThrow(CertificateFailure);
  });

  test('an input with faults is refused', () => {
    expect(() => runMatching(anInput({ starts: [] }))).toThrow('no-start');
  });

  test('nothing protected can be said: the facts are the questions of the domain, a row of minutes and the start', () => {
    const keys = Object.keys(aBlankCandidate(1)).toSorted();
    expect(keys).toEqual(
      [
        ...PROFILE_FIELDS,
        'knownItems',
        'candidateId',
        'travelRow',
        'assignedCohortId',
        'missedStarts',
        'keptAt',
      ].toSorted(),
    );
    // A record with more in it than the type says gives the same bytes.
    const person = aCandidate(1);
    const more = { ...person, sex: 'kvinna', birthYear: 1961, name: 'Okänd', postcode: '82650', measure: 'OSA' };
    expect(canonicalJson(runMatching(anInput({ candidates: [more] })))).toBe(
      canonicalJson(runMatching(anInput({ candidates: [person] }))),
    );
  });

  test('a travel row is shared by everyone from the same area and says nothing but minutes', () => {
    const travel = [
      [{ unitId: unitId(1), carMinutes: 90, busMinutes: 90 }],
      [{ unitId: unitId(1), carMinutes: 10, busMinutes: 10 }],
    ];
    const input = anInput({
      candidates: [aCandidate(1, { travelRow: 0 }), aCandidate(2, { travelRow: 1 })],
      travel,
    });
    expect(proposedFor(input, 2).placeId).toBe(placeId(1));
    expect(unplacedFor(input, 1).reasons).toMatchObject([{ excludedBy: [{ topic: { kind: 'travel' } }] }]);
  });
});
