import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalInput } from './canonical-input.ts';
import { canonicalJson } from './canonical-json.ts';
import type { MatchInput } from './model.ts';
import { aCandidate, anInput, unitId } from './test-support/inputs.ts';
import { arbitraryAnything } from './test-support/recorded-inputs.ts';

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

test('what is canonical stays as it is, and no list of the whole input says anything by its order', () => {
  fc.assert(
    fc.property(arbitraryAnything, (input) => {
      const canonical = canonicalInput(input);
      expect(canonicalJson(canonicalInput(canonical))).toBe(canonicalJson(canonical));
      const last = input.travel.length - 1;
      const turnedRow = <P extends { readonly travelRow: number | null }>(person: P): P => ({
        ...person,
        travelRow: person.travelRow === null ? null : last - person.travelRow,
      });
      const { expectedArrivals } = input;
      const turned: MatchInput = {
        ...input,
        starts: input.starts.toReversed(),
        laterStarts: input.laterStarts.toReversed(),
        candidates: input.candidates.toReversed().map(turnedRow),
        places: input.places.toReversed(),
        travel: input.travel.toReversed(),
        units: input.units.toReversed(),
        skillsTaught: input.skillsTaught.toReversed(),
        exclusions: input.exclusions.toReversed(),
        startExclusions: input.startExclusions.toReversed(),
        pins: input.pins.toReversed(),
        pairRules: input.pairRules.toReversed().map((rule) => ({ ...rule, first: rule.second, second: rule.first })),
        expectedArrivals: expectedArrivals && {
          ...expectedArrivals,
          profiles: expectedArrivals.profiles.toReversed().map(turnedRow),
        },
        nearOccupations: input.nearOccupations.toReversed(),
      };
      expect(canonicalJson(canonicalInput(turned))).toBe(canonicalJson(canonical));
    }),
    { numRuns: 500, seed: 4711 },
  );
});
