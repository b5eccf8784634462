import {
  eraseCandidate as eraseRoute,
  previewErasure as previewRoute,
} from '@gruppstart/contracts/routes/intake-routes';
import { Erasure } from '@gruppstart/domain/follow-up/erasure';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import { type CandidateId, OfficeId, type TenantId } from '@gruppstart/domain/shared/ids';
import { taken } from '@gruppstart/files/test-support/candidate-file-text';
import { allPages } from '@gruppstart/usecases/all-pages';
import { eraseCandidate, previewErasure } from '@gruppstart/usecases/follow-up/erase-candidate';
import { replayErasures } from '@gruppstart/usecases/follow-up/replay-erasures';
import { listAllCandidates, readCandidate } from '@gruppstart/usecases/intake/read-intake';
import { settleAcceptedRow } from '@gruppstart/usecases/intake/settle-row';
import { gatherInput } from '@gruppstart/usecases/matching/gather-input';
import type { Store } from '@gruppstart/usecases/ports/store';
import { discloseToUnit } from '@gruppstart/usecases/proposals/disclose';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import {
  aBatch,
  aCandidateId,
  anEmployment,
  aPerson,
  aReferral,
  aRun,
  aTenant,
  day,
  instant,
} from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = (store: Store = environment().store) => ({ store, vault: environment().newVault(), world: worldAt() });
const DECIDED: Erasure = { ground: 'retention-decision', reference: 'KS 2026/0123' };

const aParsedRow = (over: Partial<ParsedRow> = {}): ParsedRow => ({ ...taken({}), ...over });
/** Somebody else, who has no number. */
const anotherRow = (): ParsedRow =>
  aParsedRow({
    person: aPerson({ personalNumber: null, birthDate: day('1990-01-01'), givenName: 'Bo' }),
    reference: 'B-2',
  });

/** Takes a row as a file would have it; the candidate that it became. */
const take = async (tenant: TenantId, row = aParsedRow(), store = environment().store): Promise<CandidateId> => {
  const batch = aBatch({ officeId: OfficeId.parse('af-101') });
  await settleAcceptedRow(deps(store), { tenant, batch, row: 0, now: NOW, correlationId: 'c-1' }, row);
  const outcome = (await store.settledRows(tenant, batch.id)).get(0);
  if (outcome?.outcome === undefined || outcome.outcome === 'rejected') throw new Error('The row was not taken');
  return outcome.candidateId;
};

/** Somebody who came by a file, is proposed to a unit, and is disclosed there. */
const somebody = async () => {
  const town = await smallTown(environment().store, aTenant());
  const candidateId = await take(town.tenant);
  const candidate = await environment().store.get(town.tenant, 'candidate', candidateId);
  if (!candidate) throw new Error('The candidate is gone');
  const [place, start] = [await town.place(), await town.start('2027-01-11')];
  const proposal = await town.proposal(candidate.value, start, place);
  const disclosures = environment().newDisclosureVault();
  const asked = { level: 'contact', reason: 'meeting-agreed' } as const;
  done(await discloseToUnit({ ...deps(), disclosures })(aDeed(town.tenant), proposal.id, asked));
  return { town, candidateId, place, start, proposal };
};
const erase = (tenant: TenantId, candidateId: CandidateId, asked = DECIDED, store = environment().store) =>
  eraseCandidate(deps(store))(aDeed(tenant), candidateId, asked);
const preview = (tenant: TenantId, candidateId: CandidateId, store = environment().store) =>
  previewErasure({ store })(aDeed(tenant), candidateId);

/** That nothing of the person is left in the table, and the id is an empty marker. */
const expectErased = async (store: Store, tenant: TenantId, candidateId: CandidateId) => {
  const { value } = (await store.get(tenant, 'candidate', candidateId)) ?? {};
  expect(value).toMatchObject({ id: candidateId, isProtected: false, interpreterLanguage: null, unmatchedSkills: [] });
  expect(value?.erasedAt).not.toBeNull();
  const { knownItems, ...facts } = value?.profile ?? { knownItems: ['somebody'] };
  expect(knownItems).toEqual([]);
  expect(new Set(Object.values(facts))).toEqual(new Set([null]));
  expect(await store.sealedPersons(tenant, [candidateId])).toEqual(new Map());
  expect(await store.disclosuresOfCandidate(tenant, candidateId)).toEqual([]);
  const list = { list: 'referrals-of-candidate', candidateId } as const;
  const referrals = await allPages((page) => store.list(tenant, list, page));
  expect(referrals.map((referral) => referral.value.reference)).toEqual(referrals.map(() => null));
  expect(referrals.length).toBeGreaterThan(0);
};

describe('an erasure', () => {
  test('says beforehand what it would take away, and takes exactly that', async () => {
    const { town, candidateId, proposal } = await somebody();
    const { tenant, unit } = town;
    const { kept, hindrances } = done(await preview(tenant, candidateId));
    expect(hindrances).toEqual([]);
    expect(kept).toMatchObject({ disclosures: 1, candidate: { value: { erasedAt: null } } });
    expect([kept.person !== null, kept.identities.length, kept.referrals.length]).toEqual([true, 2, 1]);

    done(await erase(tenant, candidateId));
    const { store } = environment();
    await expectErased(store, tenant, candidateId);
    expect(await store.findIdentities(tenant, kept.identities)).toEqual(new Map());
    expect(await store.disclosuresOfUnit(tenant, unit.id)).toEqual([]);
    expect((await store.get(tenant, 'proposal', proposal.id))?.value).toMatchObject({ candidateId, disclosure: null });
    const after = done(await preview(tenant, candidateId)).kept;
    expect([after.person, after.identities, after.referrals, after.disclosures]).toEqual([null, [], [], 0]);
  });

  test('leaves no word of the person in the table', async () => {
    const tenant = aTenant();
    const candidateId = await take(tenant, aParsedRow({ reference: 'REF-4711', unmatchedSkills: ['smide'] }));
    const kept = async () => JSON.stringify(await environment().itemsOf(tenant));
    expect(await kept()).toMatch(/REF-4711/);
    expect(await kept()).toMatch(/smide/);
    expect(await kept()).toMatch(/"82693"/);
    done(await erase(tenant, candidateId));
    expect(await kept()).not.toMatch(/REF-4711|smide|"82693"/);
  });

  test('is noted in the ledger with its reference, and in the audit, in the same transaction', async () => {
    const { town, candidateId } = await somebody();
    const { kept } = done(await preview(town.tenant, candidateId));
    done(await erase(town.tenant, candidateId));
    const { ledger } = await environment().restored([]);
    const rows = (await ledger.after(null, 100)).filter(({ entry }) => entry.tenant === town.tenant);
    expect(rows.map(({ entry }) => entry)).toEqual([
      {
        tenant: town.tenant,
        candidateId,
        identities: expect.arrayContaining([...kept.identities]),
        ...DECIDED,
        erasedBy: 'samordnare',
        at: NOW,
      },
    ]);
    expect(await environment().auditOf(town.tenant)).toContainEqual(
      expect.objectContaining({ deed: 'candidate-erased', subjects: [candidateId], facts: DECIDED }),
    );
  });

  test('makes the same person somebody new when it comes again', async () => {
    const tenant = aTenant();
    const row = aParsedRow();
    const first = await take(tenant, row);
    expect(await take(tenant, row)).toBe(first);
    done(await erase(tenant, first));
    expect(await take(tenant, row)).not.toBe(first);
  });

  test('takes the person out of lists and runs, and shows an empty marker to who has the id', async () => {
    const { town, candidateId, start } = await somebody();
    done(await erase(town.tenant, candidateId));
    const { store } = environment();
    const page = { limit: 10, cursor: null };
    expect(done(await listAllCandidates(deps())(aDeed(town.tenant), page)).items).toEqual([]);
    const { person, referrals } = done(await readCandidate(deps())(aDeed(town.tenant), candidateId));
    expect([person, referrals.map(({ reference }) => reference)]).toEqual([null, [null]]);
    const other = await town.candidate();
    const run = aRun({ purpose: 'admission', cohortIds: [start.id] });
    const gathered = await gatherInput(store, town.tenant, run, day('2026-12-01'));
    expect(gathered.ok && gathered.value.candidates.map((each) => each.candidateId)).toEqual([other.id]);
  });

  test('is made once, by its version, of somebody who exists', async () => {
    const { town, candidateId } = await somebody();
    const { tenant } = town;
    const stale = eraseCandidate(deps())(aDeed(tenant, { expected: 7 }), candidateId, DECIDED);
    expectRefusal(await stale, eraseRoute, 'precondition-failed');
    expectRefusal(await erase(tenant, aCandidateId()), eraseRoute, 'not-found');
    expectRefusal(await erase(aTenant(), candidateId), eraseRoute, 'not-found');
    expectRefusal(await preview(aTenant(), candidateId), previewRoute, 'not-found');
    done(await erase(tenant, candidateId));
    expectRefusal(await erase(tenant, candidateId), eraseRoute, 'candidate-erased');
  });

  test('of somebody with more referrals than one transaction holds takes all of them', async () => {
    const { town, candidateId } = await somebody();
    await keepAll(
      environment().store,
      town.tenant,
      Array.from({ length: 130 }, () => ({
        change: 'save',
        kind: 'referral',
        value: aReferral({ candidateId }),
        expected: null,
      })),
    );
    done(await erase(town.tenant, candidateId));
    await expectErased(environment().store, town.tenant, candidateId);
  });

  test('of somebody whom offices have sent under more references than one transaction holds takes all of them', async () => {
    const tenant = aTenant();
    const { store } = environment();
    const candidateId = await take(tenant);
    for (let sent = 0; sent < 170; sent += 1) await take(tenant, aParsedRow({ reference: `REF-${sent}` }));
    const { kept } = done(await preview(tenant, candidateId));
    expect(kept.identities).toHaveLength(172);
    const backup = await environment().itemsOf(tenant);
    done(await erase(tenant, candidateId));
    await expectErased(store, tenant, candidateId);
    expect(await store.findIdentities(tenant, kept.identities)).toEqual(new Map());

    const table = await environment().restored(backup);
    const noted = (await table.ledger.after(null, 1_000)).filter(({ entry }) => entry.tenant === tenant);
    expect(new Set(noted.flatMap(({ entry }) => entry.identities))).toEqual(new Set(kept.identities));
    await replayErasures({ ...table, world: worldAt() })(1_000, 'c-1');
    await expectErased(table.store, tenant, candidateId);
    expect(await table.store.findIdentities(tenant, kept.identities)).toEqual(new Map());
  });

  test('can be made again of what a list did not show the first time', async () => {
    const tenant = aTenant();
    const { store } = environment();
    const candidateId = await take(tenant);
    const behind: Store = { ...store, list: async () => ({ items: [], nextCursor: null }) };
    done(await erase(tenant, candidateId, DECIDED, behind));
    expect(done(await preview(tenant, candidateId)).kept.referrals).toHaveLength(1);
    done(await erase(tenant, candidateId));
    await expectErased(store, tenant, candidateId);
    expectRefusal(await erase(tenant, candidateId), eraseRoute, 'candidate-erased');
  });

  test.each([
    ['KS 2026/0123', true],
    ['Dnr ÄN-2026:17.3', true],
    ['x', false],
    ['850709-9805', false],
    ['19850709-9805', false],
    ['19850709-9805 KS 2026', false],
    ['KS 850709-9805', false],
    ['KS 198507099805 1', false],
    ['KS 19851309-9805', true],
    ['<b>', false],
  ])('takes %s for a reference: %s', (reference, isTaken) => {
    expect(Erasure.safeParse({ ...DECIDED, reference }).success).toBe(isTaken);
  });
});

describe('what hinders an erasure', () => {
  const placed = async (over: Parameters<Awaited<ReturnType<typeof smallTown>>['placement']>[2] = {}) => {
    const { town, candidateId, place } = await somebody();
    const candidate = await environment().store.get(town.tenant, 'candidate', candidateId);
    if (!candidate) throw new Error('The candidate is gone');
    const placement = await town.placement(candidate.value, place, over);
    await keepAll(environment().store, town.tenant, [
      { change: 'take-share', candidateId, percent: placement.sharePercent },
    ]);
    return { town, candidateId, placement };
  };
  const employed = async (endDate: string | null) => {
    const employment = anEmployment({ startDate: day('2026-06-01'), endDate: endDate === null ? null : day(endDate) });
    const setting = await placed({ startDate: day('2026-06-01'), employmentId: employment.id });
    await keepAll(environment().store, setting.town.tenant, [
      { change: 'save', kind: 'employment', value: employment, expected: null },
    ]);
    return setting;
  };

  test.each([
    ['a placement that lies ahead', () => placed({ startDate: day('2026-12-01') }), 'placement-planned'],
    ['an employment until further notice', () => employed(null), 'employment-running'],
    ['an employment on its last day', () => employed('2026-12-01'), 'employment-running'],
  ] as const)('is %s', async (_what, make, code) => {
    const { town, candidateId, placement } = await make();
    expect(done(await preview(town.tenant, candidateId)).hindrances).toEqual([{ code, placementId: placement.id }]);
    expectRefusal(await erase(town.tenant, candidateId), eraseRoute, 'erasure-hindered');
    expect(await environment().store.sealedPersons(town.tenant, [candidateId])).toHaveProperty('size', 1);
  });

  test.each([
    ['a placement that never became an employment', () => placed({ startDate: day('2026-11-30') })],
    ['an employment that has ended', () => employed('2026-11-30')],
  ] as const)('is not %s', async (_what, make) => {
    const { town, candidateId } = await make();
    done(await erase(town.tenant, candidateId));
    await expectErased(environment().store, town.tenant, candidateId);
  });

  test('is a placement made at this very moment, before any list shows it, and none can be made afterwards', async () => {
    const { town, candidateId } = await somebody();
    const { store } = environment();
    const take75 = { change: 'take-share', candidateId, percent: 75 } as const;
    await keepAll(store, town.tenant, [take75]);
    expectRefusal(await erase(town.tenant, candidateId), eraseRoute, 'request-in-flight');

    const other = await somebody();
    const racing: Store = {
      ...store,
      commit: async (tenant, transaction) => {
        if (transaction.changes.some(({ change }) => change === 'note-erasure')) {
          await keepAll(store, tenant, [{ ...take75, candidateId: other.candidateId }]);
        }
        return store.commit(tenant, transaction);
      },
    };
    expectRefusal(await erase(other.town.tenant, other.candidateId, DECIDED, racing), eraseRoute, 'request-in-flight');

    const third = await somebody();
    done(await erase(third.town.tenant, third.candidateId));
    const placing = { ...take75, candidateId: third.candidateId, percent: 1 };
    const late = await store.commit(third.town.tenant, { changes: [placing], mark: null, audit: [], messages: [] });
    expect(late).toMatchObject({ ok: false, refusal: { why: 'full' } });
  });
});

describe('a table that has come back from a backup', () => {
  test('is shut until everybody whom the ledger names is erased again, and others are untouched', async () => {
    const { town, candidateId } = await somebody();
    const { tenant } = town;
    const untouched = await take(tenant, anotherRow());
    const { kept } = done(await preview(tenant, candidateId));
    const backup = await environment().itemsOf(tenant);
    done(await erase(tenant, candidateId));

    const table = await environment().restored(backup);
    const gate = table.newGate();
    expect(await gate()).toBe(false);
    const back = (await table.store.sealedPersons(tenant, [candidateId])).get(candidateId);
    if (!back) throw new Error('The backup does not bring the person back');
    expect((await table.vault.open(tenant, candidateId, back.value)).familyName).toMatch(/./);

    // A few entries at a time, as the function's time may need it; every tenant's are in the ledger.
    const world = worldAt('2026-12-02T08:00:00.000Z');
    const replay = replayErasures({ ...table, world });
    let erased = 0;
    for (let calls = 0; ; calls += 1) {
      const done = await replay(2, 'restore-1');
      erased += done.erased;
      if (done.finished) break;
      expect(await gate()).toBe(false);
      expect(calls).toBeLessThan(100);
    }
    expect(erased).toBe(1);
    expect([await gate(), await table.newGate()()]).toEqual([true, true]);
    await expectErased(table.store, tenant, candidateId);
    expect((await table.store.get(tenant, 'candidate', candidateId))?.value.erasedAt).toBe(NOW);
    expect(await table.store.findIdentities(tenant, kept.identities)).toEqual(new Map());
    expect(await table.store.disclosuresOfUnit(tenant, town.unit.id)).toEqual([]);
    expect((await environment().auditOf(tenant)).at(-1)).toMatchObject({
      deed: 'erasure-replayed',
      actor: 'system',
      subjects: [candidateId],
      facts: { reference: DECIDED.reference, erasedAt: NOW },
    });

    const other = (await table.store.sealedPersons(tenant, [untouched])).get(untouched);
    if (!other) throw new Error('Somebody else is gone');
    expect((await table.vault.open(tenant, untouched, other.value)).givenName).toBe('Bo');
    expect(await replay(500, 'restore-2')).toEqual({ entries: 0, erased: 0, finished: true });
  });

  test('goes on after a replay that broke off, and takes in what was erased since', async () => {
    const { town, candidateId } = await somebody();
    const { tenant } = town;
    const second = await take(tenant, anotherRow());
    const backup = await environment().itemsOf(tenant);
    done(await erase(tenant, candidateId));
    const table = await environment().restored(backup);
    const dying: Store = { ...table.store, commit: async () => Promise.reject(new Error('the function died')) };
    const world = worldAt();
    await expect(replayErasures({ ...table, store: dying, world })(500, 'c-1')).rejects.toThrow('died');
    expect(await table.newGate()()).toBe(false);
    expect(await replayErasures({ ...table, world })(500, 'c-2')).toMatchObject({ erased: 1, finished: true });

    done(await eraseCandidate(deps())(aDeed(tenant, { now: '2026-12-01T08:01:00.000Z' }), second, DECIDED));
    expect(await replayErasures({ ...table, world })(500, 'c-3')).toEqual({ entries: 1, erased: 1, finished: true });
    await expectErased(table.store, tenant, second);
  });

  test('keeps somebody who was erased and has come again since as the new one', async () => {
    const tenant = aTenant();
    const row = aParsedRow();
    const first = await take(tenant, row);
    done(await erase(tenant, first));
    const again = await take(tenant, row);
    const table = await environment().restored(await environment().itemsOf(tenant));
    await replayErasures({ ...table, world: worldAt(instant('2026-12-02T08:00:00.000Z')) })(500, 'c-1');
    expect((await table.store.sealedPersons(tenant, [again])).size).toBe(1);
    expect(await take(tenant, row, table.store)).toBe(again);
  });
});
