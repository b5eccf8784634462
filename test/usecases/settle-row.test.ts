import type { Batch } from '@gruppstart/domain/intake/batch';
import { Candidate } from '@gruppstart/domain/intake/candidate';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { PersonRecord } from '@gruppstart/domain/intake/person';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import { OfficeId } from '@gruppstart/domain/shared/ids';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { type Cells, OTHER_NUMBERS, taken } from '@gruppstart/files/test-support/candidate-file-text';
import { allPages } from '@gruppstart/usecases/all-pages';
import { type RowDeps, settleAcceptedRow, settleRejectedRow } from '@gruppstart/usecases/intake/settle-row';
import type { Stored } from '@gruppstart/usecases/ports/store';
import { describe, expect, test } from 'vitest';
import { keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { aBatch, aRejectedRow, aTenant, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const depsAt = (now: string = NOW): RowDeps => ({
  store: environment().store,
  vault: environment().newVault(),
  world: worldAt(now),
});

/** Takes a row as the only one of a batch of its own. */
const settle = async (
  tenant: TenantId,
  cells: Cells,
  {
    batch = aBatch(),
    row = 0,
    now = NOW,
    deps = depsAt(now),
  }: { batch?: Batch; row?: number; now?: string; deps?: RowDeps } = {},
) => {
  const task = { tenant, batch, row, now: instant(now), correlationId: 'c-1' };
  await settleAcceptedRow(deps, task, taken(cells));
  const outcome = (await deps.store.settledRows(tenant, batch.id)).get(row);
  if (!outcome || outcome.outcome === 'rejected') throw new Error('The row was not taken');
  return outcome;
};

interface Known {
  readonly candidate: Stored<Candidate>;
  readonly person: PersonRecord;
  readonly personVersion: number;
  readonly references: readonly string[];
}
const known = async (tenant: TenantId, id: CandidateId): Promise<Known> => {
  const { store, newVault } = environment();
  const candidate = await store.get(tenant, 'candidate', id);
  const sealed = (await store.sealedPersons(tenant, [id])).get(id);
  if (!candidate || !sealed) throw new Error('Nobody is there');
  const referrals = await allPages((page) =>
    store.list(tenant, { list: 'referrals-of-candidate', candidateId: id }, page),
  );
  return {
    candidate,
    person: await newVault().open(tenant, id, sealed.value),
    personVersion: sealed.version,
    references: referrals.map(({ value }) => `${value.officeId} ${value.reference}`).toSorted(),
  };
};
const candidatesOf = (tenant: TenantId) =>
  allPages((page) => environment().store.list(tenant, { list: 'candidates' }, page));
const LATER = '2027-01-05T08:00:00.000Z';

describe('a row about somebody new', () => {
  test('makes a candidate, a referral and a sealed person, and says so', async () => {
    const tenant = aTenant();
    const batch = aBatch();
    const outcome = await settle(tenant, {}, { batch });
    const row: ParsedRow = taken({});
    const found = await known(tenant, outcome.candidateId);
    expect(outcome).toMatchObject({
      line: row.line,
      outcome: 'created',
      contactWithheld: false,
      warnings: row.warnings,
    });
    expect(found.candidate).toMatchObject({
      version: 1,
      value: { profile: row.profile, isProtected: false, createdAt: NOW },
    });
    expect(found.person).toEqual(row.person);
    expect(found.references).toEqual([`${batch.officeId} R-1`]);
    const audit = await environment().auditOf(tenant);
    expect(audit).toMatchObject([
      { deed: 'candidate-created', actor: batch.sentBy, subjects: [batch.id, outcome.candidateId, outcome.referralId] },
    ]);
    expect(JSON.stringify([found.candidate, outcome, audit])).not.toMatch(/Anna|Ek|9973|578/);
  });

  test('without a number is known by office, reference and day of birth', async () => {
    const tenant = aTenant();
    const cells = { personalNumber: '', birthDate: '1970-09-26' };
    const first = await settle(tenant, cells);
    const again = await settle(tenant, cells);
    const elsewhere = await settle(tenant, cells, { batch: aBatch({ officeId: OfficeId.parse('af-102') }) });
    const otherDay = await settle(tenant, { ...cells, birthDate: '1970-09-27' });
    expect([again.outcome, again.candidateId]).toEqual(['unchanged', first.candidateId]);
    expect([elsewhere.outcome, otherDay.outcome]).toEqual(['created', 'created']);
  });

  test('is somebody else in another organisation', async () => {
    const [here, there] = [await settle(aTenant(), {}), await settle(aTenant(), {})];
    expect([here.outcome, there.outcome]).toEqual(['created', 'created']);
    expect(here.candidateId).not.toBe(there.candidateId);
  });
});

describe('a row about somebody known', () => {
  test('that says nothing new changes nothing', async () => {
    const tenant = aTenant();
    const first = await settle(tenant, {});
    const before = await known(tenant, first.candidateId);
    const again = await settle(tenant, {}, { now: LATER });
    expect(again).toMatchObject({ outcome: 'unchanged', candidateId: first.candidateId, referralId: first.referralId });
    expect(await known(tenant, first.candidateId)).toEqual(before);
    expect(await environment().auditOf(tenant)).toHaveLength(1);
  });

  test.each([
    ['a new phone number', { phone: '070-578 16 95' }, { candidate: 1, person: 2 }],
    ['a new name', { familyName: 'Ekström' }, { candidate: 1, person: 2 }],
    ['a new wish', { wishes: 'skola' }, { candidate: 2, person: 1 }],
    ['a new language of interpretation', { interpreterLanguage: 'pashto' }, { candidate: 2, person: 1 }],
    ['both', { phone: '070-578 16 95', licences: 'C' }, { candidate: 2, person: 2 }],
  ])('%s is taken over, and only what it is about is written', async (_what, cells: Cells, versions) => {
    const tenant = aTenant();
    const first = await settle(tenant, {});
    const again = await settle(tenant, cells, { now: LATER });
    expect(again).toMatchObject({ outcome: 'updated', candidateId: first.candidateId, referralId: first.referralId });
    const now = await known(tenant, first.candidateId);
    expect({ candidate: now.candidate.version, person: now.personVersion }).toEqual(versions);
    expect(now.candidate.value.profile).toEqual(taken(cells).profile);
    expect(now.candidate.value.updatedAt).toBe(versions.candidate === 2 ? LATER : NOW);
    expect(now.person).toEqual(taken(cells).person);
  });

  test('under a new reference, or from another office, is one more referral', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, {});
    const newReference = await settle(tenant, { reference: 'R-2' });
    const newOffice = await settle(tenant, {}, { batch: aBatch({ officeId: OfficeId.parse('af-102') }) });
    expect([newReference.outcome, newOffice.outcome]).toEqual(['updated', 'updated']);
    expect((await known(tenant, candidateId)).references).toEqual(['af-101 R-1', 'af-101 R-2', 'af-102 R-1']);
  });

  test('with empty cells keeps what was known: empty is unknown, not no', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, {});
    const before = await known(tenant, candidateId);
    const kept = ['reference', 'personalNumber', 'givenName', 'familyName'];
    const empty = Object.fromEntries(
      Object.keys(EVERY_CELL_EMPTY)
        .filter((key) => !kept.includes(key))
        .map((key) => [key, '']),
    );
    const again = await settle(tenant, empty, { now: LATER });
    expect(again.outcome).toBe('unchanged');
    expect(await known(tenant, candidateId)).toEqual(before);
  });

  test('a stated none replaces what was known', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, { licences: 'B' });
    await settle(tenant, { licences: 'inget' });
    expect((await known(tenant, candidateId)).candidate.value.profile.licences).toEqual([]);
  });

  test('keeps what was answered about single things, until a list says it all', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, { skills: '', licences: '' });
    const { value, version } = (await known(tenant, candidateId)).candidate;
    const licence = { kind: 'licence', licence: 'B', held: false } as const;
    const skill = { kind: 'skill', skillId: SKILLS[0]?.id, held: true, level: 3 } as const;
    const told = Candidate.parse({ ...value, profile: { ...value.profile, knownItems: [skill, licence] } });
    await keepAll(environment().store, tenant, [{ change: 'save', kind: 'candidate', value: told, expected: version }]);
    await settle(tenant, { skills: '', licences: '', maxTravelMinutes: '60' }, { now: LATER });
    expect((await known(tenant, candidateId)).candidate.value.profile.knownItems).toEqual([skill, licence]);
    await settle(tenant, { skills: 'Hygienstädning', licences: '' }, { now: LATER });
    expect((await known(tenant, candidateId)).candidate.value.profile.knownItems).toEqual([licence]);
  });

  test('keeps skill names that the vocabulary lacks, also when the cell holds nothing else', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, { skills: 'Hygienstädning:3' });
    expect((await known(tenant, candidateId)).candidate.value.unmatchedSkills).toEqual([]);
    await settle(tenant, { skills: 'Truckkort' });
    const { profile, unmatchedSkills } = (await known(tenant, candidateId)).candidate.value;
    expect(unmatchedSkills).toEqual(['Truckkort']);
    expect(profile.skills).toEqual([{ skillId: 'N9ho_NPL_JBg', level: 3 }]);
  });
});

const EVERY_CELL_EMPTY = {
  postcode: '',
  phone: '',
  email: '',
  possibleMeasures: '',
  measureValidUntil: '',
  enrolledSince: '',
  availableFrom: '',
  shareFrom: '',
  shareTo: '',
  workingTimes: '',
  engagements: '',
  licences: '',
  swedish: '',
  languages: '',
  interpreterLanguage: '',
  skills: '',
  experience: '',
  wishes: '',
  maxTravelMinutes: '',
  hasCar: '',
  supportNeeds: '',
} as const;

describe('one person under two identities', () => {
  const ROW = { reference: 'M2', givenName: 'Aa', familyName: 'Bb' };

  test.each([
    ['first without a number, then with', [{ personalNumber: '', birthDate: '1970-09-26' }, {}]],
    ['first with a number, then without', [{}, { personalNumber: '', birthDate: '1970-09-26' }]],
    [
      'without a number, the reference in other letters',
      [
        { personalNumber: '', birthDate: '1970-09-26' },
        { personalNumber: '', birthDate: '1970-09-26', reference: 'm2' },
      ],
    ],
  ])('%s, is one candidate', async (_what, cells) => {
    const tenant = aTenant();
    const outcomes = [];
    for (const each of cells) {
      const number = 'personalNumber' in each ? {} : { personalNumber: '19700926-9973', birthDate: '' };
      outcomes.push(await settle(tenant, { ...ROW, ...number, ...each }));
    }
    expect(new Set(outcomes.map(({ candidateId }) => candidateId)).size).toBe(1);
    expect(await candidatesOf(tenant)).toHaveLength(1);
  });

  test('two numbers under one reference and day are two people', async () => {
    const tenant = aTenant();
    const one = await settle(tenant, { ...ROW, personalNumber: '19700926-9973', birthDate: '' });
    const other = await settle(tenant, { ...ROW, personalNumber: '19970203-9927', birthDate: '' });
    expect(other.candidateId).not.toBe(one.candidateId);
  });
});

test('a new end of the share that contradicts the known one replaces both: they are one fact', async () => {
  const tenant = aTenant();
  await settle(tenant, { shareFrom: '75', shareTo: '100' });
  const { candidateId } = await settle(tenant, { shareFrom: '', shareTo: '50' });
  const { profile } = (await known(tenant, candidateId)).candidate.value;
  expect([profile.shareFromPercent, profile.shareToPercent]).toEqual([null, 50]);
});

describe('a protected identity', () => {
  const PROTECTED: Cells = { protection: 'sekretessmarkering' };
  const withheld = { contact: [null, null], postcode: null, isProtected: true };
  const shownOf = ({ candidate, person }: Known) => ({
    contact: [person.phone, person.email],
    postcode: candidate.value.profile.postcode,
    isProtected: candidate.value.isProtected,
  });

  test('is taken without contact and postcode, and the row says that they were withheld', async () => {
    const tenant = aTenant();
    const outcome = await settle(tenant, PROTECTED);
    expect(outcome).toMatchObject({ outcome: 'created', contactWithheld: true });
    expect(shownOf(await known(tenant, outcome.candidateId))).toEqual(withheld);
  });

  test('that comes to be known later takes away what earlier files had brought', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, {});
    const again = await settle(tenant, PROTECTED);
    expect(again).toMatchObject({ outcome: 'updated', contactWithheld: true });
    expect(shownOf(await known(tenant, candidateId))).toEqual(withheld);
  });

  test('is not lifted by any file', async () => {
    const tenant = aTenant();
    const { candidateId } = await settle(tenant, { protection: 'skyddad folkbokföring' });
    const again = await settle(tenant, { protection: 'Nej' });
    expect(again).toMatchObject({ outcome: 'unchanged', contactWithheld: true });
    expect(shownOf(await known(tenant, candidateId))).toEqual(withheld);
  });
});

describe('the same at the same time', () => {
  test('two batches with the same people end as one candidate each', async () => {
    const tenant = aTenant();
    const numbers = OTHER_NUMBERS;
    const batches = [
      aBatch(),
      aBatch({ officeId: OfficeId.parse('af-102') }),
      aBatch({ officeId: OfficeId.parse('af-103') }),
    ];
    const outcomes = await Promise.all(
      batches.flatMap((batch) =>
        numbers.map((personalNumber, row) => settle(tenant, { personalNumber, reference: `R-${row}` }, { batch, row })),
      ),
    );
    expect(await candidatesOf(tenant)).toHaveLength(numbers.length);
    expect(new Set(outcomes.map(({ candidateId }) => candidateId)).size).toBe(numbers.length);
    expect(outcomes.filter(({ outcome }) => outcome === 'created')).toHaveLength(numbers.length);
    for (const { value } of await candidatesOf(tenant)) {
      expect((await known(tenant, value.id)).references.map((reference) => reference.split(' ')[0])).toEqual([
        'af-101',
        'af-102',
        'af-103',
      ]);
    }
  });

  test('a row that is delivered again, later or at once, settles nothing twice', async () => {
    const tenant = aTenant();
    const batch = aBatch();
    const [first, second] = await Promise.all([settle(tenant, {}, { batch }), settle(tenant, {}, { batch })]);
    const before = await known(tenant, first.candidateId);
    const third = await settle(tenant, { phone: '070-578 16 95' }, { batch, now: LATER });
    expect([second, third]).toEqual([first, first]);
    expect(await candidatesOf(tenant)).toHaveLength(1);
    expect((await known(tenant, first.candidateId)).candidate).toEqual(before.candidate);
    expect(await environment().auditOf(tenant)).toHaveLength(1);
  });

  test('a row that keeps losing is failed, so that it is tried again', async () => {
    const tenant = aTenant();
    await settle(tenant, {});
    const deps = depsAt();
    const blind = { ...deps, store: { ...deps.store, findIdentities: async () => new Map() } };
    await expect(settle(tenant, {}, { deps: blind })).rejects.toThrow('kept losing');
    expect(await candidatesOf(tenant)).toHaveLength(1);
  });
});

describe('a row that was refused', () => {
  const task = (tenant: TenantId, batch: Batch) => ({ tenant, batch, row: 3, now: NOW, correlationId: 'c-1' });
  const refused = aRejectedRow(5);
  const error = refused.outcome === 'rejected' ? refused.error : null;

  test('is settled with its error, once', async () => {
    const tenant = aTenant();
    const batch = aBatch();
    if (!error) throw new Error('The builder made no error');
    await settleRejectedRow(depsAt(), task(tenant, batch), error);
    await settleRejectedRow(depsAt(), task(tenant, batch), { ...error, code: 'name-missing' });
    expect([...(await environment().store.settledRows(tenant, batch.id))]).toEqual([
      [3, { line: 5, outcome: 'rejected', error }],
    ]);
    expect(await candidatesOf(tenant)).toEqual([]);
  });

  test('is failed when it could not be settled, so that it is not lost', async () => {
    const deps = depsAt();
    const busy = {
      ...deps,
      store: { ...deps.store, commit: async () => ({ ok: false, refusal: { kind: 'conflict' } }) as const },
    };
    if (!error) throw new Error('The builder made no error');
    await expect(settleRejectedRow(busy, task(aTenant(), aBatch()), error)).rejects.toThrow('conflict');
  });
});
