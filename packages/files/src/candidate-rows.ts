import type { CandidateColumnKey, FileRefusal } from '@gruppstart/contracts/candidate-file';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { RowError } from '@gruppstart/domain/intake/row-outcome';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { ok, type Result } from '@gruppstart/domain/shared/result';
import { type CandidateHeader, type HeaderOptions, openCandidateFile } from './candidate-header.ts';
import { firstFault, type RowFault, readCandidateRow, toRowError } from './candidate-row.ts';
import { ROW_ERROR_TEXTS } from './cells/row-error-texts.ts';
import type { DelimitedRecord } from './delimited-text.ts';

export interface ReadOptions extends HeaderOptions {
  /** The day of reading in Stockholm; decides the century of short personal numbers. */
  readonly today: LocalDate;
}

export interface CandidateFileRead {
  /** One for each row with content, in the order of the file. */
  readonly rows: readonly (ParsedRow | RowError)[];
}

export const isRowError = (row: ParsedRow | RowError): row is RowError => 'code' in row;

const withoutColumn = (line: number, code: 'row-unreadable' | 'too-many-cells'): RowError => ({
  line,
  column: null,
  code,
  detail: ROW_ERROR_TEXTS[code],
});

/** True when a cell has content where the header has no column: something has shifted, so no cell can be trusted. */
const hasCellOutsideHeader = (record: DelimitedRecord, header: CandidateHeader, used: ReadonlySet<number>): boolean =>
  record.overflow ||
  (record.cells ?? []).some(
    (cell, index) => !used.has(index) && !header.ignoredIndexes.has(index) && cell.trim() !== '',
  );

/** Who and which references the rows above have named, whether those rows were taken or not. */
class SeenInFile {
  readonly #lineByPerson = new Map<string, number>();
  readonly #lineByReference = new Map<string, number>();

  /** The fault when this row names somebody, or a reference, that an earlier row has named; the person before the reference. */
  repetition(line: number, personKey: string | null, reference: string | null): RowFault | null {
    const referenceKey = reference?.toLowerCase() ?? null;
    const personLine = personKey === null ? undefined : this.#lineByPerson.get(personKey);
    const referenceLine = referenceKey === null ? undefined : this.#lineByReference.get(referenceKey);
    if (personKey !== null && personLine === undefined) this.#lineByPerson.set(personKey, line);
    if (referenceKey !== null && referenceLine === undefined) this.#lineByReference.set(referenceKey, line);
    if (personLine !== undefined) {
      return {
        key: personKey?.startsWith('birth') ? 'birthDate' : 'personalNumber',
        code: 'person-repeated-in-file',
        detail: {
          sv: `Samma person finns redan på rad ${personLine} i filen. Behåll en rad per person.`,
          en: `The same person is already on line ${personLine} of the file. Keep one row per person.`,
        },
      };
    }
    if (referenceLine !== undefined) {
      return {
        key: 'reference',
        code: 'reference-repeated-in-file',
        detail: {
          sv: `Samma referens finns redan på rad ${referenceLine} i filen. Varje person ska ha sin egen.`,
          en: `The same reference is already on line ${referenceLine} of the file. Each person must have their own.`,
        },
      };
    }
    return null;
  }
}

/**
 * Reads a candidate file to rows that may be taken and rows that may not, in the order of the file: the same bytes on
 * the same day always give the same answer. A refused file gives no rows at all.
 */
export const readCandidateFile = (bytes: Uint8Array, options: ReadOptions): Result<CandidateFileRead, FileRefusal> => {
  const opened = openCandidateFile(bytes, options);
  if (!opened.ok) return opened;
  const { header, records } = opened.value;
  const used = new Set(header.columns.map((column) => column.index));
  const columnOrder = new Map(header.columns.map((column) => [column.key, column.index]));
  const seen = new SeenInFile();

  const readRecord = (record: DelimitedRecord): ParsedRow | RowError => {
    const { line, cells } = record;
    if (cells === null) return withoutColumn(line, 'row-unreadable');
    if (hasCellOutsideHeader(record, header, used)) return withoutColumn(line, 'too-many-cells');
    const byKey = new Map<CandidateColumnKey, string>();
    for (const { key, index } of header.columns) byKey.set(key, cells[index] ?? '');
    const reading = readCandidateRow(line, byKey, options.today);
    const repetition = seen.repetition(line, reading.personKey, reading.reference);
    const fault = firstFault(repetition === null ? reading.faults : [...reading.faults, repetition], columnOrder);
    if (fault !== null) return toRowError(line, fault);
    // No fault and no row cannot be: the reader answers one or the other.
    return reading.row ?? withoutColumn(line, 'row-unreadable');
  };
  return ok({ rows: records.map(readRecord) });
};
