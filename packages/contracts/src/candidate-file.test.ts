import { describe, expect, test } from 'vitest';
import {
  CANDIDATE_COLUMN_KEYS,
  CANDIDATE_COLUMNS,
  classifyHeader,
  FORBIDDEN_SUBJECT_LABELS,
  FORBIDDEN_SUBJECTS,
  normaliseHeader,
} from './candidate-file.ts';

describe('the headers of the candidate file', () => {
  test.each(CANDIDATE_COLUMN_KEYS)('%s is known by its own header in any case and with extra spaces', (key) => {
    const { header } = CANDIDATE_COLUMNS[key];
    const spaced = `  ${header.replaceAll(' ', ' \u00a0 ')}\t`;
    for (const written of [header, header.toUpperCase(), header.toLowerCase(), spaced, header.normalize('NFD')]) {
      expect(classifyHeader(written)).toEqual({ kind: 'known', key });
    }
  });

  test('no two columns have the same header, also when normalised', () => {
    const headers = CANDIDATE_COLUMN_KEYS.map((key) => normaliseHeader(CANDIDATE_COLUMNS[key].header));
    expect(new Set(headers).size).toBe(CANDIDATE_COLUMN_KEYS.length);
  });

  test.each([
    { header: 'Diagnos', subject: 'health' },
    { header: 'DIAGNOSKOD', subject: 'health' },
    { header: 'Hälsa', subject: 'health' },
    { header: 'Sjukskriven sedan', subject: 'health' },
    { header: 'Funktionsnedsättning', subject: 'health' },
    { header: 'Health status', subject: 'health' },
    { header: 'Disability', subject: 'health' },
    { header: 'Läkarintyg', subject: 'health' },
    { header: 'Nedsatt arbetsförmåga', subject: 'health' },
    { header: 'Etnicitet', subject: 'ethnicity' },
    { header: 'Födelseland', subject: 'ethnicity' },
    { header: 'Country of birth', subject: 'ethnicity' },
    { header: 'Nationalitet', subject: 'ethnicity' },
    { header: 'Religion', subject: 'religion' },
    { header: 'Trossamfund', subject: 'religion' },
    { header: 'Fackförbund', subject: 'union' },
    { header: 'Facklig tillhörighet', subject: 'union' },
    { header: 'Union', subject: 'union' },
    { header: 'Politisk åsikt', subject: 'politics' },
    { header: 'Sexuell läggning', subject: 'sexuality' },
    { header: 'Brott', subject: 'crime' },
    { header: 'Utdrag ur belastningsregistret', subject: 'crime' },
    { header: 'Criminal record', subject: 'crime' },
    { header: 'Inkomst', subject: 'income' },
    { header: 'Lön', subject: 'income' },
    { header: 'Salary', subject: 'income' },
    { header: 'Försörjningsstöd', subject: 'income' },
  ])('$header looks like $subject and refuses the file', ({ header, subject }) => {
    expect(classifyHeader(header)).toEqual({ kind: 'forbidden', subject });
  });

  test('every forbidden subject has a name in both languages', () => {
    for (const subject of FORBIDDEN_SUBJECTS) expect(FORBIDDEN_SUBJECT_LABELS[subject].sv).not.toBe('');
  });

  test.each([
    'Avbrott i studier',
    'Arbetsbelastning',
    'Sjuksköterskelegitimation',
    'Lönebidrag',
    'Handläggare',
    'Kontor',
    'Kommun',
    'Anställd',
    'Kassavana',
    'Ursprunglig anvisning',
    'Domän',
    'Rastrutiner',
    'Tröja',
    'Parti- och minuthandel?',
    'Namn',
  ])('%s is merely unknown: the sender may have it ignored', (header) => {
    expect(classifyHeader(header)).toEqual({ kind: 'unknown' });
  });

  test.each(['', '  ', '\ufeff', '\u00a0'])('a header of nothing (%j) is blank', (header) => {
    expect(classifyHeader(header)).toEqual({ kind: 'blank' });
  });
});
