import { readFileSync } from 'node:fs';

const FOLDER = new URL('../fixtures/batches/', import.meta.url);

/** A file of candidates as its sender wrote it. */
export const batchFile = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(name, FOLDER)));

export const SODERHAMN_FILE = 'kandidater-soderhamn-2027-01.csv';

/** The header and some rows of Söderhamn's file, by their line in it, in the file's own encoding. */
export const someRows = (lines: readonly number[]): Uint8Array<ArrayBuffer> => {
  const all = Buffer.from(batchFile(SODERHAMN_FILE)).toString('latin1').split(/\r?\n/);
  const chosen = [1, ...lines].map((line) => all[line - 1] ?? '');
  return new Uint8Array(Buffer.from(`${chosen.join('\r\n')}\r\n`, 'latin1'));
};
