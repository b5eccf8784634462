import { ID_PREFIXES, type IdKind } from '@gruppstart/domain/shared/ids';
import type { World } from './ports/world.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 26;

/**
 * An id made from what it stands for, so that doing the same work twice makes the same thing and not two. 26 characters
 * of five bits each, from the first 130 bits of a SHA-256.
 */
export const derivedId = (world: Pick<World, 'sha256'>, kind: IdKind, material: readonly string[]): string => {
  const bits = BigInt(`0x${world.sha256(JSON.stringify([kind, ...material]))}`);
  const shift = 256n - 5n;
  const characters = Array.from({ length: ID_LENGTH }, (_, index) =>
    ALPHABET.charAt(Number((bits >> (shift - 5n * BigInt(index))) & 31n)),
  );
  return `${ID_PREFIXES[kind]}_${characters.join('')}`;
};
