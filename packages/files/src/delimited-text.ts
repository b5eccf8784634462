/** What separates cells in the text files that offices send: Swedish Excel, tab text, English Excel, database exports. */
export const DELIMITERS = [';', '\t', ',', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Cells beyond this are not kept, only whether any of them had content: no agreed file is near it. */
export const MAX_CELLS = 256;

/**
 * Line breaks that one quoted cell may hold. Real ones come from Alt+Enter and are few; a quote that is never closed
 * would otherwise swallow every row below it.
 */
export const MAX_LINE_BREAKS_IN_CELL = 20;

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

export interface DelimitedRecord {
  /** The line where the record begins, 1 for the first of the text. */
  readonly line: number;
  /** Null when the quotes of the line do not add up: the line is given up, and the next one is read for itself. */
  readonly cells: readonly string[] | null;
  /** True when there was content beyond MAX_CELLS. */
  readonly overflow: boolean;
}

const isLineBreak = (code: number): boolean => code === LINE_FEED || code === CARRIAGE_RETURN;

/** The position after the line break at `position`; a carriage return and its line feed are one break. */
const afterLineBreak = (text: string, position: number): number =>
  text.charCodeAt(position) === CARRIAGE_RETURN && text.charCodeAt(position + 1) === LINE_FEED
    ? position + 2
    : position + 1;

const endOfLine = (text: string, from: number): number => {
  let position = from;
  while (position < text.length && !isLineBreak(text.charCodeAt(position))) position += 1;
  return position;
};

interface QuotedCell {
  readonly value: string;
  readonly next: number;
  readonly lineBreaks: number;
}

/** Reads the quoted cell that opens at `open`; null when it is not closed as RFC 4180 wants it. */
const readQuotedCell = (text: string, open: number, delimiterCode: number): QuotedCell | null => {
  let lineBreaks = 0;
  let doubled = false;
  let position = open + 1;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      if (text.charCodeAt(position + 1) !== QUOTE) break;
      doubled = true;
      position += 2;
    } else if (isLineBreak(code)) {
      lineBreaks += 1;
      if (lineBreaks > MAX_LINE_BREAKS_IN_CELL) return null;
      position = afterLineBreak(text, position);
    } else {
      position += 1;
    }
  }
  if (position >= text.length) return null;
  const raw = text.slice(open + 1, position);
  let next = position + 1;
  while (text.charCodeAt(next) === SPACE) next += 1;
  const code = text.charCodeAt(next);
  if (next < text.length && code !== delimiterCode && !isLineBreak(code)) return null;
  return { value: doubled ? raw.replaceAll('""', '"') : raw, next, lineBreaks };
};

interface ReadRecord {
  readonly cells: readonly string[];
  readonly overflow: boolean;
  /** At a line break, or at the end of the text. */
  readonly end: number;
  readonly lineBreaks: number;
}

const readRecord = (text: string, start: number, delimiterCode: number): ReadRecord | null => {
  const cells: string[] = [];
  let overflow = false;
  let lineBreaks = 0;
  let position = start;
  for (;;) {
    let value: string;
    if (text.charCodeAt(position) === QUOTE) {
      const quoted = readQuotedCell(text, position, delimiterCode);
      if (quoted === null) return null;
      value = quoted.value;
      lineBreaks += quoted.lineBreaks;
      position = quoted.next;
    } else {
      const from = position;
      while (position < text.length) {
        const code = text.charCodeAt(position);
        if (code === delimiterCode || isLineBreak(code)) break;
        position += 1;
      }
      value = text.slice(from, position);
    }
    if (cells.length < MAX_CELLS) cells.push(value);
    else if (!overflow && value.trim() !== '') overflow = true;
    if (position >= text.length || text.charCodeAt(position) !== delimiterCode) {
      return { cells, overflow, end: position, lineBreaks };
    }
    position += 1;
  }
};

/**
 * Reads delimited text record by record (RFC 4180; CRLF, LF or CR between records). A quote inside an unquoted cell is a
 * character like others. A line whose quotes do not add up becomes one record without cells, and reading goes on at
 * the next line, so that one stray quote costs one row. The time is linear in the length of the text: each line is
 * looked at by at most MAX_LINE_BREAKS_IN_CELL + 1 attempts.
 */
export function* readDelimitedText(text: string, delimiter: Delimiter): Generator<DelimitedRecord, void, undefined> {
  const delimiterCode = delimiter.charCodeAt(0);
  let position = 0;
  let line = 1;
  while (position < text.length) {
    const record = readRecord(text, position, delimiterCode);
    const end = record === null ? endOfLine(text, position) : record.end;
    yield { line, cells: record?.cells ?? null, overflow: record?.overflow ?? false };
    line += 1 + (record?.lineBreaks ?? 0);
    position = end < text.length ? afterLineBreak(text, end) : end;
  }
}

/** True for a line that holds nothing but delimiters and white space, as Excel leaves below a table. */
export const isBlankRecord = (record: DelimitedRecord): boolean =>
  record.cells !== null && !record.overflow && record.cells.every((cell) => cell.trim() === '');
