import { canonicalInput } from '@gruppstart/matching/canonical-input';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { findInputFaults } from '@gruppstart/matching/input-faults';
import { runMatching } from '@gruppstart/matching/run-matching';
import { expect, test } from 'vitest';
import { generatedInput } from './generated-input.ts';

const SHAPE = { candidates: 60, places: 30, startSeats: 20, seed: 1 };

const bytes = (shape: typeof SHAPE): string => canonicalJson(canonicalInput(generatedInput(shape)));

test('the same shape gives the same input, another seed another', () => {
  expect(bytes(SHAPE)).toBe(bytes(SHAPE));
  expect(bytes({ ...SHAPE, seed: 2 })).not.toBe(bytes(SHAPE));
});

test.each([SHAPE, { ...SHAPE, candidates: 1, places: 1 }, { ...SHAPE, seed: 99, candidates: 200 }])(
  'the input of %j has no faults and the asked size',
  (shape) => {
    const input = generatedInput(shape);
    expect(findInputFaults(input)).toEqual([]);
    expect(input.candidates).toHaveLength(shape.candidates);
    expect(input.places).toHaveLength(shape.places);
  },
);

test('the input is neither trivial nor hopeless: some are proposed, some are not, and there are questions', () => {
  const { summary } = runMatching(generatedInput({ ...SHAPE, candidates: 120 }));
  expect(summary.proposed).toBeGreaterThan(0);
  expect(summary.unplaced).toBeGreaterThan(0);
  expect(summary.questions).toBeGreaterThan(0);
});
