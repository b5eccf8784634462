const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_CHARACTERS = 10;
const RANDOM_BYTES = 10;

/** The first ten characters of an id made at this time: ids sort by time as text. */
export const ulidTime = (epochMs: number): string => {
  let rest = Math.max(0, Math.floor(epochMs));
  let text = '';
  for (let index = 0; index < TIME_CHARACTERS; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
};

/** 48 bits of time and 80 of chance in 26 characters of lower-case Crockford base32, as the ULID specification lays out. */
export const ulid = (epochMs: number, random: Uint8Array): string => {
  if (random.length !== RANDOM_BYTES) throw new Error(`An id takes ${RANDOM_BYTES} random bytes, got ${random.length}`);
  let bits = 0;
  let pending = 0;
  let text = ulidTime(epochMs);
  for (const byte of random) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((pending >> bits) & 31);
      pending &= (1 << bits) - 1;
    }
  }
  return text;
};
