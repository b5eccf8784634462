import type { FileRefusal } from '@gruppstart/contracts/candidate-file';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';

export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);

const encodingOfMark = (bytes: Uint8Array): TextEncoding | null => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return null;
};

/** Files that are sent as text by mistake: a zip (.xlsx, .ods), an old .xls, a PDF. */
const isOtherKindOfFile = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) ||
  startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) ||
  startsWith(bytes, 0x25, 0x50, 0x44, 0x46);

/** The text, or null when the bytes are not of that encoding. The byte-order mark is left out. */
const decodeStrictly = (bytes: Uint8Array, encoding: TextEncoding): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    // The decoder says "not this encoding" by a TypeError; anything else is a fault.
    if (cause instanceof TypeError) return null;
    throw cause;
  }
};

const unreadable: FileRefusal = {
  code: 'encoding-unreadable',
  columns: [],
  detail: {
    sv: 'Filens tecken går inte att läsa som text. Spara den igen i Excel som "CSV UTF-8 (kommaavgränsad)" och skicka den nya filen.',
    en: 'The characters of the file cannot be read as text. Save it again in Excel as "CSV UTF-8 (Comma delimited)" and send the new file.',
  },
};

const otherKind: FileRefusal = {
  code: 'file-kind-unsupported',
  columns: [],
  detail: {
    sv: 'Det här är inte en textfil (den ser ut som en arbetsbok eller ett PDF-dokument). Öppna den i Excel, välj Spara som och "CSV UTF-8", och skicka den filen.',
    en: 'This is not a text file (it looks like a workbook or a PDF document). Open it in Excel, choose Save as and "CSV UTF-8", and send that file.',
  },
};

/**
 * Bytes to text as Excel in Sweden saves them: what the byte-order mark says, else UTF-8 if every byte agrees, else
 * windows-1252. A NUL in the text means that the guess is wrong (UTF-16 without a mark, a binary file): refused, since
 * every later step would only find strange cells.
 */
export const decodeText = (bytes: Uint8Array): Result<DecodedText, FileRefusal> => {
  if (isOtherKindOfFile(bytes)) return err(otherKind);
  const marked = encodingOfMark(bytes);
  const candidates: readonly TextEncoding[] = marked === null ? ['utf-8', 'windows-1252'] : [marked];
  for (const encoding of candidates) {
    const text = decodeStrictly(bytes, encoding);
    if (text !== null) return text.includes('\0') ? err(unreadable) : ok({ text, encoding });
  }
  return err(unreadable);
};
