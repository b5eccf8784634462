import { expect, test } from 'vitest';
import { canonicalInput } from '../canonical-input.ts';
import { compileRun } from '../compiled-run.ts';
import { judgePairs } from '../pairs.ts';
import { aCandidate, anInput, aPlace, asking } from '../test-support/inputs.ts';
import { referencePairs } from '../test-support/reference-pairs.ts';

test('judging everybody at once holds for more candidates than two bytes can number', () => {
  const people = Array.from({ length: 65_600 }, (_, index) =>
    aCandidate(index + 1, {
      shareToPercent: index % 7 === 0 ? null : 100,
      licences: index % 3 === 0 ? [] : ['B'],
      wishes: [{ kind: 'unit', unitName: `Enhet ${index}` }],
    }),
  );
  const places = [
    aPlace(1, { unitName: 'Enhet 65599', requirements: [asking({ kind: 'licence', licence: 'B' })] }),
    aPlace(2, { unitName: 'Enhet 1' }),
  ];
  const run = compileRun(canonicalInput(anInput({ candidates: people, places })));
  const table = judgePairs(run);
  const reference = referencePairs(run);
  for (const part of ['edgeStart', 'edgeCell', 'edgePoints'] as const)
    expect(table[part].findIndex((value, index) => value !== reference[part][index])).toBe(-1);
  expect(table.edgeCell).toHaveLength(reference.edgeCell.length);
  expect(table.places).toEqual(reference.places);
});
