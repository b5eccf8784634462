import { expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { canonicalJson } from './canonical-json.ts';
import { aCandidate, anInput, unitId } from './test-support/inputs.ts';

const minutes = (carMinutes: number) => [{ unitId: unitId(1), carMinutes, busMinutes: null }];

test('equal travel rows are one, unused ones are left out, numbers follow the people', () => {
  const input = anInput({
    candidates: [aCandidate(3, { travelRow: 0 }), aCandidate(1, { travelRow: 3 }), aCandidate(2, { travelRow: 1 })],
    travel: [minutes(10), minutes(20), minutes(30), minutes(10)],
  });
  const canonical = canonicalInput(input);
  expect(canonical.travel).toEqual([minutes(10), minutes(20)]);
  expect(canonical.candidates.map(({ travelRow }) => travelRow)).toEqual([0, 1, 0]);
});

test('a person’s wishes and a place’s requirements keep their order', () => {
  const wishes = [
    { kind: 'field', field: 'school' },
    { kind: 'field', field: 'care' },
  ] as const;
  expect(
    canonicalInput(anInput({ candidates: [aCandidate(1, { wishes: [...wishes] })] })).candidates[0]?.wishes,
  ).toEqual(wishes);
});

test('what the type does not name never reaches the snapshot, and a second time changes nothing', () => {
  const more = { ...aCandidate(1), sex: 'kvinna', birthYear: 1961, postcode: '82650' };
  const plain = canonicalJson(canonicalInput(anInput({ candidates: [aCandidate(1)] })));
  const canonical = canonicalInput(anInput({ candidates: [more] }));
  expect(canonicalJson(canonical)).toBe(plain);
  expect(canonicalJson(canonicalInput(canonical))).toBe(plain);
});
