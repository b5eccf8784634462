import {
  CANDIDATE_COLUMN_KEYS,
  CANDIDATE_COLUMNS,
  CANDIDATE_FILE,
  type CandidateColumnKey,
  classifyHeader,
  type FileRefusal,
  type FileRefusalCode,
  FORBIDDEN_SUBJECT_LABELS,
  type ForbiddenSubject,
  normaliseHeader,
} from '@gruppstart/contracts/candidate-file';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import {
  DELIMITERS,
  type DelimitedRecord,
  type Delimiter,
  isBlankRecord,
  MAX_CELLS,
  readDelimitedText,
} from './delimited-text.ts';
import { decodeText, type TextEncoding } from './text-decoding.ts';

export interface HeaderOptions {
  /** The sender knows that some columns are not ours and wants them left unread. Never lets forbidden ones through. */
  readonly ignoreUnknownColumns: boolean;
}

export interface HeaderColumn {
  readonly key: CandidateColumnKey;
  /** 0 for the first cell of a row. */
  readonly index: number;
}

export interface CandidateHeader {
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter;
  /** The line where the header stands; rows count their lines from the top of the file, too. */
  readonly line: number;
  /** In the file's own order. */
  readonly columns: readonly HeaderColumn[];
  /** Places of columns that are not ours and that the sender asked to have ignored. */
  readonly ignoredIndexes: ReadonlySet<number>;
  /** Rows with content below the header. */
  readonly rowCount: number;
}

/** A file whose header holds: the header and the rows, blank lines left out. */
export interface OpenedFile {
  readonly header: CandidateHeader;
  readonly records: readonly DelimitedRecord[];
}

/** Titles and Excel's own `sep=;` may stand above the header; further down nobody would look for it. */
const HEADER_SEARCH_LINES = 10;
const HEADER_SEARCH_CHARACTERS = 100_000;
/** A line with more filled cells is the header or a person, and nobody above a header may be passed over. */
const MAX_TITLE_CELLS = 3;
const MAX_HEADER_CHARACTERS = 200;
const MAX_SHOWN_CHARACTERS = 60;

const refusal = (code: FileRefusalCode, columns: readonly string[], detail: BilingualText): FileRefusal => ({
  code,
  columns: [...columns],
  detail,
});

/** A header as it may be shown again. What looks like somebody's data (a file without a header row) becomes a place. */
const shownHeader = (cell: string, index: number): string => {
  const text = cell.replace(/[\p{C}\s]+/gu, ' ').trim();
  const looksLikeData = text.includes('@') || (text.match(/\d/g) ?? []).length >= 5;
  return looksLikeData || text.length > MAX_SHOWN_CHARACTERS ? `kolumn ${index + 1}` : text;
};

const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');

interface FoundHeader {
  readonly delimiter: Delimiter;
  readonly record: DelimitedRecord;
  readonly knownCount: number;
}

const kindOf = (cell: string) => classifyHeader(cell.slice(0, MAX_HEADER_CHARACTERS));

const countKnown = (cells: readonly string[]): number => {
  const keys = new Set<CandidateColumnKey>();
  for (const cell of cells) {
    const kind = kindOf(cell);
    if (kind.kind === 'known') keys.add(kind.key);
  }
  return keys.size;
};

/** The delimiter is the one under which the header says most of our column names: data would mislead (0,5; "a, b"). */
const findHeader = (text: string): FoundHeader | null => {
  const top = text.slice(0, HEADER_SEARCH_CHARACTERS);
  if (!/[^\s;,|"]/.test(top)) return null;
  let best: FoundHeader | null = null;
  for (const delimiter of DELIMITERS) {
    let looked = 0;
    for (const record of readDelimitedText(top, delimiter)) {
      if (isBlankRecord(record)) continue;
      const knownCount = countKnown(record.cells ?? []);
      if (best === null || knownCount > best.knownCount) best = { delimiter, record, knownCount };
      looked += 1;
      const filledCount = (record.cells ?? []).filter((cell) => cell.trim() !== '').length;
      if (looked >= HEADER_SEARCH_LINES || filledCount > MAX_TITLE_CELLS) break;
    }
  }
  return best;
};

const REQUIRED_KEYS = CANDIDATE_COLUMN_KEYS.filter((key) => CANDIDATE_COLUMNS[key].need === 'required');
const IDENTITY_KEYS = CANDIDATE_COLUMN_KEYS.filter((key) => CANDIDATE_COLUMNS[key].need === 'identity');

const missingColumns = (present: ReadonlySet<CandidateColumnKey>): readonly string[] => [
  ...REQUIRED_KEYS.filter((key) => !present.has(key)).map((key) => CANDIDATE_COLUMNS[key].header),
  ...(IDENTITY_KEYS.some((key) => present.has(key))
    ? []
    : [IDENTITY_KEYS.map((key) => CANDIDATE_COLUMNS[key].header).join(' / ')]),
];

const refuseMissing = (missing: readonly string[]): FileRefusal =>
  refusal('header-missing-columns', missing, {
    sv: `Filen saknar kolumner som måste finnas: ${quoted(missing)}. Första raden ska vara rubrikraden, med rubrikerna stavade som i handboken.`,
    en: `The file lacks columns that must be there: ${quoted(missing)}. The first row must be the header row, with the headers spelled as in the handbook.`,
  });

/** Three of our names in a line that no delimiter splits: the cells are separated by something we do not read. */
const namesWithoutDelimiter = (record: DelimitedRecord): boolean => {
  const line = normaliseHeader((record.cells ?? []).join(' ').slice(0, 2_000));
  const named = CANDIDATE_COLUMN_KEYS.filter((key) => line.includes(normaliseHeader(CANDIDATE_COLUMNS[key].header)));
  return named.length >= 3;
};

/** Å, ä and ö as the old DOS code page writes them, read as windows-1252. */
const DOS_LETTERS = /[\u2020\u201e\u201d\u017d\u2122\u008f]/;

const refuseUnfound = (found: FoundHeader): FileRefusal => {
  if (namesWithoutDelimiter(found.record)) {
    return refusal('delimiter-unknown', [], {
      sv: 'Det går inte att se vad som skiljer kolumnerna åt. Använd semikolon, tabb, komma eller lodstreck.',
      en: 'It is not clear what separates the columns. Use semicolon, tab, comma or a vertical bar.',
    });
  }
  return refuseMissing(missingColumns(new Set()));
};

interface HeaderPlaces {
  readonly columns: readonly HeaderColumn[];
  readonly unknown: readonly { readonly index: number; readonly shown: string }[];
  readonly forbidden: readonly { readonly subject: ForbiddenSubject; readonly shown: string }[];
  readonly repeated: readonly string[];
}

const placeHeaders = (cells: readonly string[]): HeaderPlaces => {
  const columns: HeaderColumn[] = [];
  const unknown: { index: number; shown: string }[] = [];
  const forbidden: { subject: ForbiddenSubject; shown: string }[] = [];
  const repeated = new Set<string>();
  for (const [index, cell] of cells.entries()) {
    const kind = kindOf(cell);
    if (kind.kind === 'known') {
      if (columns.some((column) => column.key === kind.key)) repeated.add(CANDIDATE_COLUMNS[kind.key].header);
      else columns.push({ key: kind.key, index });
    } else if (kind.kind === 'forbidden') {
      forbidden.push({ subject: kind.subject, shown: shownHeader(cell, index) });
    } else if (kind.kind === 'unknown') {
      unknown.push({ index, shown: shownHeader(cell, index) });
    }
  }
  return { columns, unknown, forbidden, repeated: [...repeated] };
};

const judgePlaces = (found: FoundHeader, places: HeaderPlaces, options: HeaderOptions): FileRefusal | null => {
  const { columns, unknown, forbidden, repeated } = places;
  if (found.knownCount === 0) return refuseUnfound(found);
  if (found.record.overflow) {
    return refusal('column-unknown', [], {
      sv: `Filen har fler än ${MAX_CELLS} kolumner. Behåll bara kolumnerna i handboken.`,
      en: `The file has more than ${MAX_CELLS} columns. Keep only those of the handbook.`,
    });
  }
  if (forbidden.length > 0) {
    const shown = forbidden.map((column) => column.shown);
    const subjects = [...new Set(forbidden.map((column) => column.subject))].map(
      (subject) => FORBIDDEN_SUBJECT_LABELS[subject],
    );
    return refusal('column-forbidden', shown, {
      sv: `Filen har kolumner som inte får lämnas hit: ${quoted(shown)} (${subjects.map((s) => s.sv).join(', ')}). Inget ur filen är sparat. Ta bort kolumnerna och skicka filen igen.`,
      en: `The file has columns that may not be handed over: ${quoted(shown)} (${subjects.map((s) => s.en).join(', ')}). Nothing of the file has been kept. Remove the columns and send the file again.`,
    });
  }
  const missing = missingColumns(new Set(columns.map((column) => column.key)));
  if (missing.length > 0) {
    const cells = found.record.cells ?? [];
    if (cells.some((cell) => DOS_LETTERS.test(cell.slice(0, MAX_HEADER_CHARACTERS)))) {
      return refusal('encoding-unreadable', missing, {
        sv: 'Å, ä och ö i rubrikerna är förvanskade. Spara filen igen i Excel som "CSV UTF-8 (kommaavgränsad)", inte som "CSV (MS-DOS)".',
        en: 'Å, ä and ö in the headers are garbled. Save the file again in Excel as "CSV UTF-8 (Comma delimited)", not as "CSV (MS-DOS)".',
      });
    }
    return refuseMissing(missing);
  }
  if (repeated.length > 0) {
    return refusal('column-repeated', repeated, {
      sv: `Samma rubrik finns mer än en gång: ${quoted(repeated)}. Behåll en av dem.`,
      en: `The same header occurs more than once: ${quoted(repeated)}. Keep one of them.`,
    });
  }
  if (unknown.length > 0 && !options.ignoreUnknownColumns) {
    const shown = unknown.map((column) => column.shown);
    return refusal('column-unknown', shown, {
      sv: `Filen har kolumner som inte används här: ${quoted(shown)}. Rätta stavningen, ta bort dem, eller ange att okända kolumner ska hoppas över.`,
      en: `The file has columns that are not used here: ${quoted(shown)}. Correct the spelling, remove them, or say that unknown columns are to be ignored.`,
    });
  }
  return null;
};

const fileEmpty = refusal('file-empty', [], { sv: 'Filen är tom.', en: 'The file is empty.' });
const withoutRows = refusal('file-without-rows', [], {
  sv: 'Filen har en rubrikrad men inga personer under den.',
  en: 'The file has a header row but nobody below it.',
});
const tooManyRows = refusal('too-many-rows', [], {
  sv: `Filen har fler än ${CANDIDATE_FILE.maxRows} rader. Dela upp den i flera filer.`,
  en: `The file has more than ${CANDIDATE_FILE.maxRows} rows. Divide it into several files.`,
});

/** Decodes a file, finds its header, judges it and collects the rows. Nothing of a refused file goes further. */
export const openCandidateFile = (bytes: Uint8Array, options: HeaderOptions): Result<OpenedFile, FileRefusal> => {
  if (bytes.length === 0) return err(fileEmpty);
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const found = findHeader(text);
  if (found === null) return err(fileEmpty);
  const places = placeHeaders(found.record.cells ?? []);
  const refused = judgePlaces(found, places, options);
  if (refused !== null) return err(refused);

  const records: DelimitedRecord[] = [];
  for (const record of readDelimitedText(text, found.delimiter)) {
    if (record.line <= found.record.line || isBlankRecord(record)) continue;
    if (records.length >= CANDIDATE_FILE.maxRows) return err(tooManyRows);
    records.push(record);
  }
  if (records.length === 0) return err(withoutRows);
  const header: CandidateHeader = {
    encoding,
    delimiter: found.delimiter,
    line: found.record.line,
    columns: places.columns,
    ignoredIndexes: new Set(places.unknown.map((column) => column.index)),
    rowCount: records.length,
  };
  return ok({ header, records });
};

/**
 * What the door asks before anything is stored: is this a file that we may take at all? Answers with the columns and
 * the number of rows, or with the refusal to show the sender. The number of bytes is the route's own limit.
 */
export const checkHeader = (bytes: Uint8Array, options: HeaderOptions): Result<CandidateHeader, FileRefusal> => {
  const opened = openCandidateFile(bytes, options);
  return opened.ok ? ok(opened.value.header) : opened;
};
