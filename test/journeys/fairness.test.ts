import {
  createCohort,
  type FairnessView,
  getFairnessReport,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { getCandidate } from '@gruppstart/contracts/routes/intake-routes';
import { createPlace, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { PERSONAL_FIELDS, type PersonRecord } from '@gruppstart/domain/intake/person';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchFile, SODERHAMN_FILE } from './candidate-files.ts';
import { type JourneyEnvironment, openEnvironment } from './environment.ts';
import { knownPeople, toldOf } from './permissions/known-people.ts';
import { ask, expectProblem } from './requests.ts';
import {
  ANNA,
  type As,
  asIn,
  CARE_HOME,
  easyPlace,
  finishRun,
  HELENA,
  KARIN,
  MARIA,
  proposalsOf,
  takeBatch,
} from './small-town.ts';

const OTHER_READERS = ['birgitta.processagare', 'david.dataskydd'] as const;
/** Ids end in 26 letters and digits; four digits are the year of a period. */
const ID_OR_NUMBER = /[0-9a-z]{26}|\d{5}/i;

/** How many of each sex were in a run and proposed, from what the coordinator may read of each person. */
interface Counts {
  readonly people: number;
  readonly proposed: number;
}
const SEX_OF_DIGIT = ['woman', 'man'] as const;

describe('how people of different sex and age fare', () => {
  let environment: JourneyEnvironment;
  let as: As;
  let december: RunView;
  /** Who everybody is; null for a person with protected identity, as in the report. */
  const persons = new Map<string, PersonRecord | null>();

  const runFor = async (startDate: string, seats: number): Promise<RunView> => {
    await (await as(MARIA, 'requirements')).call(createPlace, { body: easyPlace(CARE_HOME, seats) });
    const body = { name: `Gruppstart ${startDate}`, startDate, seats };
    const cohort = (await (await as(ANNA, 'cohorts')).call(createCohort, { body })).body;
    return finishRun(as, 'admission', [cohort.id]);
  };
  const reportOf = async ({ id }: RunView, userName: string = ANNA): Promise<FairnessView> =>
    (await (await as(userName, 'cohorts')).call(getFairnessReport, { params: { runId: id } })).body;
  const sexIn = ({ dimensions }: Pick<FairnessView['run'], 'dimensions'>) => {
    const sex = dimensions.find(({ dimension }) => dimension === 'sex');
    if (!sex) throw new Error('The sexes were not compared');
    return sex;
  };
  const countedIn = (part: Pick<FairnessView['run'], 'dimensions'>): Readonly<Record<string, Counts>> =>
    Object.fromEntries(
      sexIn(part).groups.flatMap((each) =>
        each.kind === 'shown' ? [[each.group, { people: each.people, proposed: each.proposed }]] : [],
      ),
    );
  /** The same, counted from the persons and the proposals. */
  const countedOneByOne = async (run: RunView): Promise<Readonly<Record<string, Counts>>> => {
    const proposed = new Set((await proposalsOf(as, run.id)).map(({ candidateId }) => candidateId));
    const known = [...persons].flatMap(([id, person]) => (person?.personalNumber ? [{ id, ...person }] : []));
    const bySex = Object.groupBy(known, ({ personalNumber }) => {
      const digit = Number(personalNumber?.charAt(10)) % 2;
      return SEX_OF_DIGIT[digit] ?? 'woman';
    });
    return Object.fromEntries(
      Object.entries(bySex).map(([sex, all]) => [
        sex,
        { people: all.length, proposed: all.filter(({ id }) => proposed.has(id as never)).length },
      ]),
    );
  };

  beforeAll(async () => {
    environment = await openEnvironment();
    as = asIn(environment);
    const body = {
      name: 'Äldreboendet Solgården',
      field: 'care',
      postcode: '82630',
      municipalityCode: '2182',
    } as const;
    await (await as(ANNA, 'requirements')).call(putUnit, { params: { unitId: CARE_HOME }, body });
    const { rows } = await takeBatch(as, KARIN, batchFile(SODERHAMN_FILE));
    const intake = await as(ANNA, 'intake');
    for (const row of rows) {
      if (row.outcome === 'rejected') continue;
      const { candidateId } = row;
      const { candidate, person } = (await intake.call(getCandidate, { params: { candidateId } })).body;
      persons.set(candidateId, candidate.isProtected ? null : person);
    }
    december = await runFor('2027-01-11', 20);
  });
  afterAll(() => environment.close());

  test('is told of a run in counts that are right, with a sentence for each dimension', async () => {
    const { run, purpose } = await reportOf(december);
    expect([purpose, run.people, run.proposed]).toEqual(['admission', persons.size, 20]);
    expect(countedIn(run)).toEqual(await countedOneByOne(december));
    const unknown = [...persons.values()].filter((person) => !person?.personalNumber).length;
    expect(unknown).toBeGreaterThan(1);
    expect(run.dimensions.map((each) => each.unknown)).toEqual([unknown, unknown]);
    for (const { text, groups, alarm } of run.dimensions) {
      expect(text.sv).toMatch(/^(Kön|Ålder)\. Andel med förslag: /);
      expect(text.en).toMatch(/^(Sex|Age)\. Share with a proposal: /);
      expect([text.sv.includes('Larm: '), text.en.includes('Alarm: ')]).toEqual([alarm, alarm]);
      for (const group of groups) if (group.kind === 'shown') expect(group.people).toBeGreaterThanOrEqual(10);
    }
  });

  test('is told the same to the process owner and the auditor, and to nobody else', async () => {
    for (const userName of OTHER_READERS) expect(await reportOf(december, userName)).toEqual(await reportOf(december));
    const params = { runId: december.id };
    expectProblem(await ask(environment, HELENA, getFairnessReport, { params }), 'not-permitted');
    expectProblem(await ask(environment, 'nils.samordnare', getFairnessReport, { params }), 'not-found');
  });

  test('is told without an id, a name, a number or a day of birth', async () => {
    const params = { runId: december.id };
    const { status, text } = await ask(environment, ANNA, getFairnessReport, { params });
    expect(status).toBe(200);
    expect(text).not.toMatch(ID_OR_NUMBER);
    expect([...persons.keys()].filter((id) => text.includes(id))).toEqual([]);
    expect(toldOf(text, await knownPeople({ as }), PERSONAL_FIELDS)).toEqual([]);
  });

  test('is noted once for each reading, with the purpose and without those who were counted', async () => {
    const { inside } = environment;
    const noted = async () =>
      ((await inside?.auditOf('soderhamn')) ?? []).filter(({ facts }) => facts.purpose === 'compare-groups');
    const before = (await noted()).length;
    await reportOf(december);
    const entries = (await noted()).slice(before);
    const opened = [...persons.values()].filter((person) => person !== null).length;
    expect(entries).toMatchObject(
      inside === null
        ? []
        : [{ deed: 'persons-read', subjects: [december.id], facts: { purpose: 'compare-groups', opened } }],
    );
  });

  test('is empty of earlier months at first', async () => {
    const { twelveMonths } = await reportOf(december);
    expect(twelveMonths).toMatchObject({ runs: 0, people: 0, proposed: 0 });
    expect(twelveMonths.dimensions.map(({ text }) => text.sv)).toEqual([
      'Kön. Visas inte: för få personer att jämföra.',
      'Ålder. Visas inte: för få personer att jämföra.',
    ]);
  });

  test('is told in January of December too', async ({ skip }) => {
    const { control } = environment;
    if (control === null) return skip();
    await control.moveClock({ toMs: Date.parse('2027-01-04T08:00:00+01:00') });
    const january = await runFor('2027-01-25', 40);
    const { run, twelveMonths } = await reportOf(january);
    expect(twelveMonths).toMatchObject({ from: '2026-01-01', to: '2026-12-31', runs: 1, proposed: 20 });
    expect(countedIn(run)).toEqual(await countedOneByOne(january));
    expect(countedIn(twelveMonths)).toEqual(await countedOneByOne(december));
  });
});
