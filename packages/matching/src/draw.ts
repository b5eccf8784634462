import { compareText } from './canonical-json.ts';

/** 32 bits of a text, spread evenly (the mixing steps of MurmurHash3 over UTF-16 code units). */
const hash32 = (text: string, start: number): number => {
  let hash = start | 0;
  for (let index = 0; index < text.length; index += 1) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  return finish32(hash ^ text.length);
};

const finish32 = (value: number): number => {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/**
 * Lots for the draw: a permutation of 0 … n-1, the highest wins. A lot depends on the seed and the ids alone, so the
 * order in which people come in, and everything known about them, is without effect.
 */
export const drawLots = (seed: string, ids: readonly string[]): Int32Array => {
  const keyed = ids.map((id, index) => ({
    index,
    id,
    first: hash32(`${seed}|${id}`, 0x2f0b4c47),
    second: hash32(`${id}|${seed}`, 0x5bd1e995),
  }));
  keyed.sort((a, b) => a.first - b.first || a.second - b.second || compareText(a.id, b.id));
  const lots = new Int32Array(ids.length);
  for (const [lot, entry] of keyed.entries()) lots[entry.index] = lot;
  return lots;
};

/** 0 … 4095: which of several equal places a person gets. */
export const PAIR_LOT_LIMIT = 4096;

/** A number per id from which `pairLot` makes the lot of a pair. */
export const lotBases = (seed: string, ids: readonly string[]): Uint32Array =>
  Uint32Array.from(ids, (id) => hash32(`${id}|pair|${seed}`, 0x1b873593));

export const pairLot = (candidateBase: number, placeBase: number): number =>
  finish32(Math.imul(candidateBase, 31) ^ placeBase) & (PAIR_LOT_LIMIT - 1);
