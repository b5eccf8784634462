import { CANDIDATE_COLUMNS, CANDIDATE_FILE, type CandidateColumnKey } from '@gruppstart/contracts/candidate-file';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { ProtectionKind } from '@gruppstart/domain/intake/person';
import type { RowError, RowErrorCode, RowWarning, RowWarningCode } from '@gruppstart/domain/intake/row-outcome';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { CellReading, CellRefusal } from './cells/cell-reading.ts';
import { cleanCell } from './cells/cell-text.ts';
import { readBirthDate, readDate } from './cells/dates.ts';
import { readExperience } from './cells/experience.ts';
import { birthDateOfNumber, readPersonalNumber, readReference } from './cells/identity.ts';
import { readInterpreterLanguage, readLanguages, readSwedish } from './cells/languages.ts';
import { readLicences } from './cells/licences.ts';
import { readMeasures } from './cells/measures.ts';
import { readEmail, readName, readPhone } from './cells/name-and-contact.ts';
import { readProtection } from './cells/protection.ts';
import { ROW_ERROR_TEXTS, ROW_WARNING_TEXTS } from './cells/row-error-texts.ts';
import { readSharePercent } from './cells/shares.ts';
import { readSkills } from './cells/skills.ts';
import { readSupportNeeds } from './cells/support-needs.ts';
import { readPostcode, readTravelMinutes, readYesNo } from './cells/travel.ts';
import { readWishes } from './cells/wishes.ts';
import { readEngagements, readWorkingTimes } from './cells/working-times.ts';

/** The cells of one person by column, as they came. A column that is not there is an empty cell. */
export type CandidateCells = ReadonlyMap<CandidateColumnKey, string>;

/** Something in a row that keeps it from being taken, and the column to point at. */
export interface RowFault extends CellRefusal {
  readonly key: CandidateColumnKey;
}

export interface RowReading {
  /** What makes the person the same in two rows: the number, or the birth date with the reference. Null: unreadable. */
  readonly personKey: string | null;
  readonly reference: string | null;
  /** Every fault of the row; which one is told is decided by the order of the file's columns. */
  readonly faults: readonly RowFault[];
  /** The row as it is taken; only when there are no faults. */
  readonly row: ParsedRow | null;
}

class RowReader {
  readonly faults: RowFault[] = [];
  readonly warnings: RowWarning[] = [];
  readonly #line: number;
  readonly #cells: CandidateCells;

  constructor(line: number, cells: CandidateCells) {
    this.#line = line;
    this.#cells = cells;
  }

  /** The cleaned text, null when the cell is empty: empty is unknown, never a default. */
  text(key: CandidateColumnKey): string | null {
    const raw = this.#cells.get(key) ?? '';
    if (raw.length > CANDIDATE_FILE.maxCellCharacters) {
      this.fault(key, 'row-unreadable');
      return null;
    }
    const text = cleanCell(raw);
    return text === '' ? null : text;
  }

  read<T>(key: CandidateColumnKey, reader: (text: string) => CellReading<T>): T | null {
    const text = this.text(key);
    if (text === null) return null;
    const reading = reader(text);
    if (reading.ok) return reading.value;
    this.faults.push({ key, ...reading.error });
    return null;
  }

  fault(key: CandidateColumnKey, code: RowErrorCode): void {
    this.faults.push({ key, code, detail: ROW_ERROR_TEXTS[code] });
  }

  hasFault(key: CandidateColumnKey): boolean {
    return this.faults.some((fault) => fault.key === key);
  }

  warn(key: CandidateColumnKey, code: RowWarningCode): void {
    this.warnings.push({
      line: this.#line,
      column: CANDIDATE_COLUMNS[key].header,
      code,
      detail: ROW_WARNING_TEXTS[code],
    });
  }
}

const readIdentity = (reader: RowReader, today: LocalDate) => {
  const reference = reader.read('reference', readReference);
  const personalNumber = reader.read('personalNumber', (text) => readPersonalNumber(text, today));
  const birthDate = reader.read('birthDate', (text) => readBirthDate(text, today));
  const hasNoNumber = personalNumber === null && !reader.hasFault('personalNumber');
  const hasNoBirthDate = birthDate === null && !reader.hasFault('birthDate');
  if (reference === null && !reader.hasFault('reference')) reader.fault('reference', 'reference-missing');
  if (hasNoNumber && hasNoBirthDate) {
    if (reference === null) reader.fault('personalNumber', 'identity-missing');
    else reader.fault('birthDate', 'birth-date-missing');
  }
  if (personalNumber !== null && birthDate !== null && birthDateOfNumber(personalNumber) !== birthDate) {
    reader.warn('birthDate', 'birth-date-differs-from-number');
  }
  let personKey: string | null = null;
  if (personalNumber !== null) personKey = `number ${personalNumber}`;
  else if (hasNoNumber && birthDate !== null && reference !== null) personKey = `birth ${birthDate} ${reference}`;
  // The birth date is only held for those without a number: the number states it already.
  return { reference, personalNumber, birthDate: personalNumber === null ? birthDate : null, personKey };
};

const readRequiredName = (reader: RowReader, key: 'givenName' | 'familyName'): string => {
  const name = reader.read(key, readName);
  if (name === null && !reader.hasFault(key)) reader.fault(key, 'name-missing');
  return name ?? '';
};

/** Telephone, e-mail and postcode; of a person with protected data they are not even read. */
const readContact = (reader: RowReader, protection: ProtectionKind) => {
  if (protection === 'none') {
    return {
      phone: reader.read('phone', readPhone),
      email: reader.read('email', readEmail),
      postcode: reader.read('postcode', readPostcode),
    };
  }
  return { phone: null, email: null, postcode: null };
};

const readShares = (reader: RowReader) => {
  const shareFromPercent = reader.read('shareFrom', readSharePercent);
  const shareToPercent = reader.read('shareTo', readSharePercent);
  if (shareFromPercent !== null && shareToPercent !== null && shareToPercent < shareFromPercent) {
    reader.fault('shareTo', 'share-range-reversed');
  }
  return { shareFromPercent, shareToPercent };
};

/**
 * Reads one person. `line` is where the row begins; `today` decides the century of short personal numbers. The same
 * readers serve the file, the JSON intake and the form for one person.
 */
export const readCandidateRow = (line: number, cells: CandidateCells, today: LocalDate): RowReading => {
  const reader = new RowReader(line, cells);
  const { reference, personalNumber, birthDate, personKey } = readIdentity(reader, today);
  const givenName = readRequiredName(reader, 'givenName');
  const familyName = readRequiredName(reader, 'familyName');
  const protection = reader.read('protection', readProtection) ?? 'none';
  const { phone, email, postcode } = readContact(reader, protection);
  const possibleMeasures = reader.read('possibleMeasures', readMeasures) ?? [];
  const measureValidUntil = reader.read('measureValidUntil', readDate);
  const enrolledSince = reader.read('enrolledSince', readDate);
  const availableFrom = reader.read('availableFrom', readDate);
  const shares = readShares(reader);
  const workingTimes = reader.read('workingTimes', readWorkingTimes);
  const engagements = reader.read('engagements', readEngagements);
  const licences = reader.read('licences', readLicences);
  const swedish = reader.read('swedish', readSwedish);
  const languages = reader.read('languages', readLanguages);
  const interpreterLanguage = reader.read('interpreterLanguage', readInterpreterLanguage);
  const skills = reader.read('skills', readSkills);
  if (skills !== null && skills.unmatched.length > 0) reader.warn('skills', 'skill-unmatched');
  const experience = reader.read('experience', readExperience);
  if (experience !== null && experience.unmatchedCount > 0) reader.warn('experience', 'occupation-unmatched');
  const wishes = reader.read('wishes', readWishes);
  if (wishes !== null && wishes.unmatchedCount > 0) reader.warn('wishes', 'wish-unmatched');
  const maxTravelMinutes = reader.read('maxTravelMinutes', readTravelMinutes);
  const hasCar = reader.read('hasCar', readYesNo);
  const supportText = reader.text('supportNeeds');
  const support = supportText === null ? null : readSupportNeeds(supportText);
  if (support?.otherTextDropped) reader.warn('supportNeeds', 'support-need-not-kept');

  if (reader.faults.length > 0 || reference === null) return { personKey, reference, faults: reader.faults, row: null };
  const row: ParsedRow = {
    line,
    reference,
    person: {
      personalNumber,
      birthDate,
      givenName,
      familyName,
      phone,
      email,
      possibleMeasures,
      measureValidUntil,
      supportNeeds: support?.needs ?? [],
    },
    protection,
    profile: {
      enrolledSince,
      availableFrom,
      ...shares,
      workingTimes,
      engagements,
      licences,
      swedish,
      languages,
      // A cell that holds only names we do not know says nothing about those we know: unknown, not "none".
      skills: skills === null || (skills.skills.length === 0 && skills.unmatched.length > 0) ? null : skills.skills,
      experience:
        experience === null || (experience.experience.length === 0 && experience.unmatchedCount > 0)
          ? null
          : experience.experience,
      knownItems: [],
      wishes: wishes === null || (wishes.wishes.length === 0 && wishes.unmatchedCount > 0) ? null : wishes.wishes,
      maxTravelMinutes,
      hasCar,
      postcode,
    },
    interpreterLanguage,
    unmatchedSkills: skills?.unmatched ?? [],
    warnings: reader.warnings,
  };
  return { personKey, reference, faults: [], row };
};

/** The fault to tell: the first in the order of the file's own columns. */
export const firstFault = (
  faults: readonly RowFault[],
  columnOrder: ReadonlyMap<CandidateColumnKey, number>,
): RowFault | null => {
  let first: RowFault | null = null;
  const place = (fault: RowFault): number => columnOrder.get(fault.key) ?? Number.MAX_SAFE_INTEGER;
  for (const fault of faults) if (first === null || place(fault) < place(first)) first = fault;
  return first;
};

export const toRowError = (line: number, fault: RowFault): RowError => ({
  line,
  column: CANDIDATE_COLUMNS[fault.key].header,
  code: fault.code,
  detail: fault.detail,
});
