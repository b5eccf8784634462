import { randomUUID } from 'node:crypto';
import type { LedgerEntry } from '@gruppstart/domain/follow-up/erasure';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Change } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import { aCandidate, aCandidateId, aHash, anEventId, aPerson, aTenant, aUserId, instant } from './builders.ts';
import { commit, OK, refused } from './committing.ts';
import type { Environment } from './environment.ts';

const anEntry = (tenant: TenantId, at: string): LedgerEntry => ({
  tenant,
  candidateId: aCandidateId(),
  identities: [aHash()],
  ground: 'upheld-request',
  reference: `KS ${randomUUID().slice(0, 8)}`,
  erasedBy: aUserId(),
  at: instant(at),
});
const noted = (entry: LedgerEntry, eventId: string = anEventId()): Change => ({
  change: 'note-erasure',
  entry,
  eventId,
});

export const erasuresContract = (environment: () => Environment): void => {
  const store = () => environment().store;

  describe('what an erasure changes', () => {
    it('is the sealed person, by its version and once', async () => {
      const [tenant, candidateId] = [aTenant(), aCandidateId()];
      const person = await environment().newVault().seal(tenant, candidateId, aPerson());
      await commit(store(), tenant, { change: 'save-person', candidateId, person, identities: [], expected: null });
      const erased = (expected: number): Change => ({ change: 'erase-person', candidateId, expected });
      expect(await commit(store(), tenant, erased(2))).toEqual(refused('stale'));
      expect(await commit(store(), tenant, erased(1))).toEqual(OK);
      expect(await commit(store(), tenant, erased(1))).toEqual(refused('missing'));
      expect(await store().sealedPersons(tenant, [candidateId])).toEqual(new Map());
    });

    it('is an identity of the person, and never that of somebody else', async () => {
      const [tenant, blindIndex] = [aTenant(), aHash()];
      const [one, other] = [aCandidateId(), aCandidateId()];
      const released = (candidateId: typeof one): Change => ({ change: 'release-identity', blindIndex, candidateId });
      expect(await commit(store(), tenant, released(one))).toEqual(refused('missing'));
      await commit(store(), tenant, { change: 'claim-identity', blindIndex, candidateId: one });
      expect(await commit(store(), tenant, released(other))).toEqual(refused('stale'));
      expect(await store().findIdentity(tenant, blindIndex)).toBe(one);
      expect(await commit(store(), tenant, released(one))).toEqual(OK);
      expect(await store().findIdentity(tenant, blindIndex)).toBeNull();
    });

    it('is that nobody can place the person, unless somebody just has', async () => {
      const [tenant, candidateId] = [aTenant(), aCandidateId()];
      const closed = (expected: number | null): Change => ({ change: 'close-share', candidateId, expected });
      expect(await store().shareOf(tenant, candidateId)).toBeNull();
      await commit(store(), tenant, { change: 'take-share', candidateId, percent: 40 });
      expect(await store().shareOf(tenant, candidateId)).toBe(40);
      expect(await commit(store(), tenant, closed(null))).toEqual(refused('stale'));
      expect(await commit(store(), tenant, closed(40))).toEqual(OK);
      const one = { change: 'take-share', candidateId, percent: 1 } as const;
      expect(await commit(store(), tenant, one)).toEqual(refused('full'));
    });

    it('holds only as long as what it was decided on has not changed', async () => {
      const tenant = aTenant();
      const value = aCandidate();
      const unchanged = { change: 'unchanged', kind: 'candidate', id: value.id, expected: 1 } as const;
      expect(await commit(store(), tenant, unchanged)).toEqual(refused('missing'));
      await commit(store(), tenant, { change: 'save', kind: 'candidate', value, expected: null });
      expect(await commit(store(), tenant, unchanged)).toEqual(OK);
      await commit(store(), tenant, { change: 'save', kind: 'candidate', value, expected: 1 });
      expect(await commit(store(), tenant, unchanged)).toEqual(refused('stale'));
    });
  });

  describe('the ledger of erasures', () => {
    it('gives entries of all tenants by time, some at a time from a position on', async () => {
      const { ledger } = await environment().restored([]);
      const entries = ['2026-01-03', '2026-01-01', '2026-01-02'].map((day) =>
        anEntry(aTenant(), `${day}T08:00:00.000Z`),
      );
      for (const entry of entries) expect(await commit(store(), entry.tenant, noted(entry))).toEqual(OK);
      const [third, first, second] = entries;
      const early = await ledger.after(null, 2);
      expect(early.map(({ entry }) => entry)).toEqual([first, second]);
      const [next] = await ledger.after(early.at(-1)?.position ?? null, 1);
      expect(next?.entry).toEqual(third);
    });

    it('takes an entry once, in a transaction that happens wholly or not at all', async () => {
      const entry = anEntry(aTenant(), '2026-02-01T08:00:00.000Z');
      const eventId = anEventId();
      const impossible: Change = { change: 'erase-person', candidateId: entry.candidateId, expected: 1 };
      expect(await commit(store(), entry.tenant, noted(entry, eventId), impossible)).toEqual(refused('missing', 1));
      expect(await commit(store(), entry.tenant, noted(entry, eventId))).toEqual(OK);
      expect(await commit(store(), entry.tenant, noted(entry, eventId))).toEqual(refused('exists'));
      await expect(commit(store(), aTenant(), noted(entry))).rejects.toThrow('another tenant');
    });

    it('is replayed by a state that its own table keeps, and a copy of that table does not', async () => {
      const table = await environment().restored([]);
      expect(await table.ledger.state()).toBeNull();
      expect(await table.newGate()()).toBe(false);
      const working = { position: '2026', entries: 3, finishedAt: null };
      await table.ledger.saveState(working);
      expect([await table.ledger.state(), await table.newGate()()]).toEqual([working, false]);
      const gate = table.newGate();
      await table.ledger.saveState({ ...working, finishedAt: instant('2026-12-01T08:00:00.000Z') });
      expect(await gate()).toBe(true);
      const copy = await environment().restored(await table.everything());
      expect(await copy.newGate()()).toBe(false);
    });
  });
};
