import {
  CANDIDATE_COLUMN_KEYS,
  CANDIDATE_COLUMNS,
  type CandidateColumnKey,
} from '@gruppstart/contracts/candidate-file';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { RowError } from '@gruppstart/domain/intake/row-outcome';
import { localDate } from '@gruppstart/domain/shared/local-date';
import { isRowError, readCandidateFile } from '../candidate-rows.ts';

/** Files and rows for tests; all people are invented. */
export type Row = ParsedRow | RowError;

export const TODAY = localDate('2026-12-01');
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const read = (bytes: Uint8Array, ignoreUnknownColumns = false) =>
  readCandidateFile(bytes, { today: TODAY, ignoreUnknownColumns });

/** The rows of a file that must not be refused. */
export const rowsOf = (bytes: Uint8Array, ignoreUnknownColumns = false): readonly Row[] => {
  const result = read(bytes, ignoreUnknownColumns);
  if (!result.ok) throw new Error(`The file was refused: ${result.error.code}`);
  return result.value.rows;
};
export const errorsOf = (rows: readonly Row[]) =>
  rows.filter(isRowError).map(({ line, column, code }) => ({ line, column, code }));
export const takenOf = (rows: readonly Row[]): readonly ParsedRow[] =>
  rows.filter((row): row is ParsedRow => !isRowError(row));

/** An invented person with every cell filled in rightly. */
export const GOOD: Readonly<Record<CandidateColumnKey, string>> = {
  reference: 'R-1',
  personalNumber: '19700926-9973',
  birthDate: '',
  givenName: 'Anna',
  familyName: 'Ek',
  phone: '070-578 16 94',
  email: 'anna.ek0@example.se',
  postcode: '826 93',
  possibleMeasures: 'NYSTARTSJOBB',
  measureValidUntil: '2027-06-30',
  enrolledSince: '2023-12-30',
  availableFrom: '46398',
  shareFrom: '0,5',
  shareTo: '100 %',
  workingTimes: 'dag, kväll',
  engagements: 'fre 13:00-16:00',
  licences: 'B',
  swedish: 'SFI C',
  languages: 'dari; engelska A2',
  interpreterLanguage: 'dari',
  skills: 'Hygienstädning:3, Truckkort',
  experience: 'Städare 4 år',
  wishes: 'städ, Förskolan Solrosen',
  maxTravelMinutes: '45',
  hasCar: 'Nej',
  supportNeeds: 'pauser',
  protection: 'Nej',
};
/** Other right numbers of invented people. */
export const OTHER_NUMBERS = ['19641216-9812', '19670113-9963', '19820125-9861', '19890826-9841'] as const;

export type Cells = Partial<Record<CandidateColumnKey, string>>;
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
export const fileOf = (
  rows: readonly Cells[],
  keys: readonly CandidateColumnKey[] = CANDIDATE_COLUMN_KEYS,
): Uint8Array =>
  utf8(
    [
      keys.map((key) => CANDIDATE_COLUMNS[key].header).join(';'),
      ...rows.map((row) => keys.map((key) => quote({ ...GOOD, ...row }[key])).join(';')),
    ].join('\r\n'),
  );
export const oneRow = (cells: Cells): Row => {
  const [row] = rowsOf(fileOf([cells]));
  if (!row) throw new Error('No row');
  return row;
};
export const taken = (cells: Cells): ParsedRow => {
  const row = oneRow(cells);
  if (isRowError(row)) throw new Error(`Rejected: ${row.code}`);
  return row;
};
