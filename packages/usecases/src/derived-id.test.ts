import { createHash } from 'node:crypto';
import { CandidateId, EventId, ID_PREFIXES, type IdKind, ProposalId } from '@gruppstart/domain/shared/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedId } from './derived-id.ts';

const world = { sha256: (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex') };
const anyMaterial = fc.array(fc.string(), { minLength: 1, maxLength: 4 });

test('the same work has the same id, of the right kind', () => {
  fc.assert(
    fc.property(anyMaterial, (material) => {
      const id = derivedId(world, 'proposal', material);
      expect(derivedId(world, 'proposal', [...material])).toBe(id);
      expect(ProposalId.safeParse(id).success).toBe(true);
    }),
  );
});

test('other work, work for another kind, or the same words parted otherwise, has another', () => {
  fc.assert(
    fc.property(anyMaterial, anyMaterial, (some, other) => {
      const tail = (kind: IdKind, material: readonly string[]) => derivedId(world, kind, material).slice(-26);
      const alike = JSON.stringify(some) === JSON.stringify(other);
      expect(tail('event', some) === tail('event', other)).toBe(alike);
      expect(tail('event', some)).not.toBe(tail('proposal', some));
    }),
  );
  expect(derivedId(world, 'event', ['ab', 'c'])).not.toBe(derivedId(world, 'event', ['a', 'bc']));
});

test('uses every character and reaches from the first bit to the last', () => {
  expect(derivedId({ sha256: () => '0'.repeat(64) }, 'event', [])).toBe(`evt_${'0'.repeat(26)}`);
  expect(derivedId({ sha256: () => 'f'.repeat(64) }, 'event', [])).toBe(`evt_${'z'.repeat(26)}`);
  const counted = `${Array.from({ length: 26 }, (_, index) => (index + 3).toString(2).padStart(5, '0')).join('')}${'1'.repeat(126)}`;
  const hex = BigInt(`0b${counted}`).toString(16).padStart(64, '0');
  expect(derivedId({ sha256: () => hex }, 'event', [])).toBe('evt_3456789abcdefghjkmnpqrstvw');
});

test.each(Object.keys(ID_PREFIXES) as IdKind[])('a %s has its own prefix', (kind) => {
  expect(derivedId(world, kind, ['x']).startsWith(`${ID_PREFIXES[kind]}_`)).toBe(true);
});

test('what one kind reads, another does not', () => {
  const id = derivedId(world, 'event', ['x']);
  expect([EventId.safeParse(id).success, CandidateId.safeParse(id).success]).toEqual([true, false]);
});
