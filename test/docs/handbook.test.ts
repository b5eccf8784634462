import { DEFAULT_PROGRAMME } from '@gruppstart/calendar/default-programme';
import { skillsTaught } from '@gruppstart/calendar/programme-template';
import {
  CANDIDATE_COLUMN_KEYS,
  CANDIDATE_COLUMNS,
  CANDIDATE_FILE,
  FILE_REFUSAL_CODES,
  FORBIDDEN_SUBJECT_LABELS,
} from '@gruppstart/contracts/candidate-file';
import { PROBLEMS } from '@gruppstart/contracts/problem';
import { DOORS } from '@gruppstart/contracts/roles';
import { COHORT_STATUSES } from '@gruppstart/domain/cohorts/cohort';
import { REASONS_FOR } from '@gruppstart/domain/decisions/decide';
import { EMPLOYMENT_FORMS } from '@gruppstart/domain/employment/employment';
import { HELP_SIDES, HELP_TOPICS } from '@gruppstart/domain/follow-up/help-request';
import { MEASURE_FAMILIES } from '@gruppstart/domain/intake/measure';
import { SUPPORT_NEED_LABELS } from '@gruppstart/domain/intake/person';
import { ROW_ERROR_CODES, ROW_OUTCOMES, ROW_WARNING_CODES } from '@gruppstart/domain/intake/row-outcome';
import { WORKING_TIMES } from '@gruppstart/domain/intake/working-times';
import { RUN_FAILURES } from '@gruppstart/domain/matching/match-run';
import { REQUEST_REASONS, REQUEST_REASONS_FOR, REQUEST_STATUSES } from '@gruppstart/domain/matching/named-request';
import { SEAT_PART_KINDS, SeatHolders, UnplacedReason } from '@gruppstart/domain/matching/outcome';
import { APART_FROM, PAIR_RULE_KINDS } from '@gruppstart/domain/matching/pair-rule';
import { PERSON_CHANGES, RunCause } from '@gruppstart/domain/matching/run-difference';
import { RUN_PURPOSES } from '@gruppstart/domain/matching/run-purpose';
import { DEFAULT_WEIGHTS, NewWeights, TIER_GROUNDS } from '@gruppstart/domain/matching/weights';
import { MAX_NAMED, WHAT_IF_FAILURES, WHAT_IF_KINDS } from '@gruppstart/domain/matching/what-if';
import { ANSWER_VALUES } from '@gruppstart/domain/proposals/answer';
import { PROPOSAL_STATUSES } from '@gruppstart/domain/proposals/proposal';
import { REQUIREMENT_STRENGTHS, RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { FIELD_LABELS, FIELDS_OF_WORK } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, test } from 'vitest';
import { DEMO_USERS } from '../../packages/local/src/login/demo-users.ts';
import { ANSWER_ROW_CODES, ITEM_CODES } from './item-codes.ts';
import { codeIn, firstColumnCodes, read, section, tableRows } from './markdown.ts';

const CASEWORKER = read('docs/sv/handlaggare.md');
const MANAGER = read('docs/sv/enhetschef.md');
const CENTRE = read('docs/sv/resurscentrum.md');
const VOCABULARY = read('docs/sv/yrken-och-kompetenser.md');
const ERRORS = read('docs/sv/felmeddelanden.md');

const sorted = (values: Iterable<string>): readonly string[] => [...values].toSorted();
const mentions = (text: string, values: readonly string[]): readonly string[] =>
  values.filter((value) => !text.includes(value));
const inCode = (values: readonly string[]): readonly string[] => values.map((value) => `\`${value}\``);

describe('the page for caseworkers', () => {
  test('describes every column of the file, in order, and whether it must be there', () => {
    const need = { required: 'ja', identity: 'en av två', optional: '' } as const;
    expect(tableRows(section(CASEWORKER, 'Kolumnerna')).slice(0, CANDIDATE_COLUMN_KEYS.length)).toEqual(
      CANDIDATE_COLUMN_KEYS.map((key) => [
        CANDIDATE_COLUMNS[key].header,
        need[CANDIDATE_COLUMNS[key].need],
        expect.stringMatching(/.{10}/),
      ]),
    );
  });

  test.each([
    ['Radfel', ROW_ERROR_CODES],
    ['Varningar', ROW_WARNING_CODES],
    ['När hela filen stoppas', FILE_REFUSAL_CODES],
  ])('explains every code under %s, and none that does not exist', (heading, codes) => {
    const listed = firstColumnCodes(section(CASEWORKER, heading));
    expect(sorted(listed)).toEqual(sorted(codes));
  });

  test('says what to do about every code', () => {
    const rows = tableRows(section(CASEWORKER, '3. Läs hur det gick')).filter(([cell]) => codeIn(cell) !== null);
    expect(rows.length).toBeGreaterThan(ROW_ERROR_CODES.length);
    expect(rows.filter((cells) => cells.some((cell) => cell.length < 5))).toEqual([]);
  });

  test('explains every outcome of a row', () => {
    const rows = firstColumnCodes(section(CASEWORKER, '3. Läs hur det gick'));
    expect(mentions(rows.join(' '), ROW_OUTCOMES)).toEqual([]);
  });

  test('lists everything that may never be in the file', () => {
    const text = section(CASEWORKER, 'Det här får aldrig stå i filen');
    expect(
      mentions(
        text,
        Object.values(FORBIDDEN_SUBJECT_LABELS).map(({ sv }) => sv),
      ),
    ).toEqual([]);
  });

  test('lists the closed lists: measures, support needs, working times', () => {
    const text = section(CASEWORKER, 'Kolumnerna');
    expect(mentions(text, inCode(MEASURE_FAMILIES))).toEqual([]);
    expect(
      mentions(
        text,
        Object.values(SUPPORT_NEED_LABELS).map(({ sv }) => sv),
      ),
    ).toEqual([]);
    expect(mentions(text, inCode(['dag', 'kväll', 'natt', 'helg']))).toEqual([]);
  });

  test('states the limits of a file', () => {
    expect(CASEWORKER).toContain(`högst ${CANDIDATE_FILE.maxFileBytes / 1024 / 1024} MB`);
    expect(CASEWORKER).toContain(`högst ${CANDIDATE_FILE.maxRows / 1000} 000 rader`);
  });
});

describe('the page for unit managers', () => {
  test.each([
    ['Tre sorters krav', REQUIREMENT_STRENGTHS],
    ['Tre sorters krav', RequirementSubject.options.map((option) => option.shape.kind.value)],
    ['Skicka platsen', WORKING_TIMES],
    ['4. Svara på förslag', ANSWER_VALUES],
    ['4. Svara på förslag', PROPOSAL_STATUSES],
    ['Två som delar ett säte', SEAT_PART_KINDS],
    ['Be om en viss person', REQUEST_STATUSES],
    ['Be om en viss person', REQUEST_REASONS],
    ['5. Be om hjälp', HELP_TOPICS],
  ])('names under %s every one of %j', (heading, values) => {
    expect(mentions(section(MANAGER, heading), inCode(values))).toEqual([]);
  });

  test('says what the introduction teaches, neither more nor less', () => {
    const toAll = skillsTaught(DEFAULT_PROGRAMME).filter(({ seats }) => seats === null);
    const taught = new Set<string>(toAll.map(({ skillId }) => skillId));
    const [, text = ''] = /Det här lär introduktionen ut till alla i dag: ([\s\S]*?)\. Sätt dem/.exec(MANAGER) ?? [];
    const flat = text.replaceAll(/\s+/g, ' ');
    expect(sorted(SKILLS.filter(({ label }) => flat.includes(label)).map(({ id }) => id))).toEqual(sorted(taught));
  });
});

describe('the page for the resource centre', () => {
  test.each([
    ['3. Kör antagningen', RUN_PURPOSES],
    ['3. Kör antagningen', RUN_FAILURES],
    ['Provräkna', WHAT_IF_KINDS],
    ['Provräkna', WHAT_IF_FAILURES],
    ['Läs förklaringen', UnplacedReason.options.map((option) => option.shape.kind.value)],
    ['Läs förklaringen', Object.keys(SeatHolders.shape)],
    ['Jämför två körningar', PERSON_CHANGES],
    ['Jämför två körningar', RunCause.options.map((option) => option.shape.kind.value)],
    ['5. Besluta', REASONS_FOR.approved],
    ['5. Besluta', REASONS_FOR.declined],
    ['6. Publicera starten', COHORT_STATUSES],
    ['8. Anställ', EMPLOYMENT_FORMS],
    ['När en enhet ber om en viss person', REQUEST_REASONS_FOR.granted],
    ['När en enhet ber om en viss person', REQUEST_REASONS_FOR.refused],
    ['När en enhet ber om en viss person', REQUEST_STATUSES],
    ['Parregler', PAIR_RULE_KINDS],
    ['Parregler', APART_FROM],
    ['9. Följ upp', HELP_SIDES],
    ['11. Vikter och förtur', TIER_GROUNDS],
    ['11. Vikter och förtur', Object.keys(NewWeights.shape).filter((field) => !/^v/.test(field))],
  ])('names under %s every one of %j', (heading, values) => {
    expect(mentions(section(CENTRE, heading), inCode(values))).toEqual([]);
  });

  test('states how many people a what-if names', () => {
    expect(section(CENTRE, 'Provräkna')).toContain(`Högst ${MAX_NAMED} namnges`);
  });

  test('states the weights that a tenant begins with', () => {
    const { points, minimumFitPercent } = DEFAULT_WEIGHTS;
    const text = section(CENTRE, 'Läs förklaringen');
    const sum = Object.values(points).reduce((total, part) => total + part, 0);
    expect(text).toContain(
      `Platsens krav ${points.requirements}, erfarenhet ${points.experience}, start och tider ${points.terms}, egna önskemål ${points['own-wishes']}, restid ${points.commute}: högst ${sum}.`,
    );
    expect(text).toContain(`når ${minimumFitPercent} procent`);
  });
});

describe('the page about error messages', () => {
  test('explains every problem code with its status, and none that does not exist', () => {
    const rows = tableRows(ERRORS).flatMap(([cell, status, meaning, advice]) => {
      const code = codeIn(cell);
      return code === null || !/^\d{3}$/.test(status ?? '') ? [] : [{ code, status, told: meaning && advice }];
    });
    expect(sorted(rows.map(({ code, status }) => `${code} ${status}`))).toEqual(
      sorted(Object.entries(PROBLEMS).map(([code, { status }]) => `${code} ${status}`)),
    );
    expect(rows.filter(({ told }) => !told)).toEqual([]);
  });

  test('explains every code of an item under errors, and none that does not exist', () => {
    const rows = tableRows(section(ERRORS, 'Koder under `errors`'));
    expect(sorted(rows.map(([cell]) => codeIn(cell) ?? ''))).toEqual(sorted(ITEM_CODES));
    expect(rows.filter((cells) => cells.length !== 3 || cells.some((cell) => cell.length < 8))).toEqual([]);
  });

  test('explains every code of a row in an answer, apart from the rows of a file', () => {
    expect(sorted(firstColumnCodes(section(ERRORS, 'Koder rad för rad')))).toEqual(sorted(ANSWER_ROW_CODES));
  });
});

describe('the page of occupations and skills', () => {
  test('lists what the vocabulary holds', () => {
    expect(tableRows(section(VOCABULARY, 'Verksamhetsområden'))).toEqual(
      FIELDS_OF_WORK.map((field) => [FIELD_LABELS[field].sv, `\`${field}\``]),
    );
    expect(tableRows(section(VOCABULARY, 'Yrken'))).toEqual(
      OCCUPATIONS.map(({ id, label, synonyms }) => [label, synonyms.join('; '), `\`${id}\``]),
    );
    expect(tableRows(section(VOCABULARY, 'Kompetenser'))).toEqual(SKILLS.map(({ id, label }) => [label, `\`${id}\``]));
  });
});

test('the first page of the handbook says which units the invented managers have', () => {
  const rows = tableRows(section(read('docs/sv/README.md'), 'Påhittade användare'));
  const managers = DEMO_USERS.filter(
    ({ tenant, grants }) => tenant === 'soderhamn' && grants.some(({ role }) => role === 'unit-manager'),
  );
  expect(managers.length).toBeGreaterThan(2);
  for (const { userName, grants } of managers) {
    const [, , reach = ''] = rows.find(([cell]) => codeIn(cell) === userName) ?? [];
    const own = grants.filter(({ deputyFor }) => deputyFor === null).flatMap(({ unitIds }) => unitIds);
    expect(sorted([...reach.matchAll(/`(unit_[\w-]+)`/g)].map(([, unit]) => unit ?? ''))).toEqual(sorted(own));
  }
});

test('the first page of the handbook names every door', () => {
  expect(mentions(read('docs/sv/README.md'), inCode(DOORS))).toEqual([]);
});
