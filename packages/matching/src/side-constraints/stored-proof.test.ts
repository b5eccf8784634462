import { expect, test } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { runMatching } from '../run-matching.ts';
import { aCandidate, anInput, aPlace, candidateId, cohortId } from '../test-support/inputs.ts';
import { randomNumbers } from '../test-support/random-problems.ts';
import { randomStart, type StartShape } from '../test-support/random-starts.ts';
import { checkProof } from './check-proof.ts';
import { searchStart } from './search.ts';
import { proofFrom, type StoredProof, storedProof } from './stored-proof.ts';

const SHAPE: StartShape = {
  candidates: 12,
  places: 8,
  units: 3,
  density: 0.7,
  mostValue: 30,
  maxWait: 90,
  maxTier: 0,
  maxSeats: 2,
  sharedShare: 0.5,
  needs: [120, 180],
  limitedUnitShare: 1,
  timeForShare: 0.6,
  apart: 3,
  together: 3,
  sessions: 1,
  sessionShare: 0.6,
  sessionSeats: 2,
  required: 0,
  totalSeats: 7,
};

test('a proof that was written down as text still proves what it proved', () => {
  for (let instance = 1; instance <= 30; instance += 1) {
    const start = randomStart(randomNumbers(instance), SHAPE);
    const { cellOf, proof } = searchStart(start, 1000)!;
    const text = canonicalJson(storedProof(cohortId(1), start.flow.nodeParent.length, proof));
    const read = proofFrom(JSON.parse(text) as StoredProof);
    expect(checkProof(start, cellOf, read)).toEqual(checkProof(start, cellOf, proof));
  }
});

test('a run has a proof for each start, with and without side constraints, and names nobody in it', () => {
  const plain = anInput({ candidates: [aCandidate(1), aCandidate(2)], places: [aPlace(1)] });
  const rule = { kind: 'together', first: candidateId(1), second: candidateId(2) } as const;
  for (const input of [plain, { ...plain, pairRules: [rule] }]) {
    const { proofs, certificate } = runMatching(input);
    expect(proofs.map((proof) => proof.cohortId)).toEqual(certificate.starts.map((start) => start.cohortId));
    const cases = proofs[0]!.steps.filter(({ kind }) => kind === 'solved' || kind === 'empty');
    expect(cases).toHaveLength(certificate.starts[0]!.cases);
    expect(canonicalJson(proofs)).not.toContain('cand_');
  }
});
