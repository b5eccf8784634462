import { randomUUID } from 'node:crypto';
import type { DisclosedPerson } from '@gruppstart/domain/proposals/disclosure';
import { makeDisclosureVault } from '@gruppstart/store/vault';
import type { Change, DisclosedWhere, KeptDisclosure } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import { aCandidateId, aPlaceId, aProposalId, aTenant, aUnitId, NOW } from './builders.ts';
import { commit, OK } from './committing.ts';
import type { Environment } from './environment.ts';

const PERSON: DisclosedPerson = {
  givenName: 'Åsa',
  familyName: 'Testsson',
  phone: '070-174 06 05',
  email: 'asa@example.se',
  supportNeeds: null,
};

const aTold = () => ({ tenant: aTenant(), candidateId: aCandidateId(), unitId: aUnitId() });

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const aKept = (over: Partial<KeptDisclosure> = {}): KeptDisclosure => ({
  proposalId: aProposalId(),
  candidateId: aCandidateId(),
  unitId: aUnitId(),
  placeId: aPlaceId(),
  level: 'contact',
  disclosedAt: NOW,
  sealed: { v: 1, wrappedKey: base64('key'), nonce: base64('nonce'), sealed: base64(randomUUID()) },
  ...over,
});
const kept = (disclosure: KeptDisclosure): Change => ({ change: 'save-disclosure', disclosure });
const ended = ({ proposalId, candidateId, unitId }: DisclosedWhere): Change => ({
  change: 'end-disclosure',
  disclosure: { proposalId, candidateId, unitId },
});

export const disclosuresContract = (environment: () => Environment): void => {
  const store = () => environment().store;
  const vault = () => environment().newDisclosureVault();

  describe('what was disclosed to a unit', () => {
    it('opens for that unit, also in another process, and shows nothing as it is stored', async () => {
      const told = aTold();
      const sealed = await vault().seal(told, PERSON);
      expect(await vault().open(told, sealed)).toEqual(PERSON);
      expect(Buffer.from(sealed.sealed, 'base64').toString('latin1')).not.toContain('Testsson');
    });

    it.each([
      ['another unit', { unitId: aUnitId() }],
      ['another candidate', { candidateId: aCandidateId() }],
      ['another tenant', { tenant: aTenant() }],
    ])('does not open for %s', async (_what, other) => {
      const told = aTold();
      const sealed = await vault().seal(told, PERSON);
      await expect(vault().open({ ...told, ...other }, sealed)).rejects.toThrow();
    });

    it('is no person of the vault, and a person of the vault is nothing that was disclosed', async () => {
      const told = aTold();
      const disclosed = await vault().seal(told, PERSON);
      const persons = environment().newVault();
      await expect(persons.open(told.tenant, told.candidateId, disclosed)).rejects.toThrow();
      const person = await persons.seal(told.tenant, told.candidateId, {
        ...PERSON,
        personalNumber: null,
        birthDate: null,
        possibleMeasures: [],
        measureValidUntil: null,
        supportNeeds: [],
      });
      await expect(vault().open(told, person)).rejects.toThrow();
    });

    it('asks the key service for nothing but disclosures to the unit', async () => {
      const asked: unknown[] = [];
      const { kms, keyId } = environment();
      const watched = makeDisclosureVault({
        keyId,
        kms: {
          generateDataKey: (id, context) => {
            asked.push(context);
            return kms.generateDataKey(id, context);
          },
          decrypt: (id, wrapped, context) => {
            asked.push(context);
            return kms.decrypt(id, wrapped, context);
          },
        },
      });
      const told = aTold();
      await watched.open(told, await watched.seal(told, PERSON));
      const context = { tenant: told.tenant, candidate: told.candidateId, unit: told.unitId, use: 'disclosure' };
      expect(asked).toEqual([context, context]);
    });

    it('lies with the unit and can be found from the person; a new one takes the place of the last', async () => {
      const tenant = aTenant();
      const first = aKept();
      const [elsewhere, someoneElse] = [aKept({ candidateId: first.candidateId }), aKept({ unitId: first.unitId })];
      for (const one of [first, elsewhere, someoneElse]) expect(await commit(store(), tenant, kept(one))).toEqual(OK);
      const more: KeptDisclosure = { ...first, level: 'support-needs' };
      expect(await commit(store(), tenant, kept(more))).toEqual(OK);

      const byProposal = (a: DisclosedWhere, b: DisclosedWhere) => (a.proposalId < b.proposalId ? -1 : 1);
      expect(await store().disclosuresOfUnit(tenant, first.unitId)).toEqual([more, someoneElse].toSorted(byProposal));
      const where = ({ proposalId, candidateId, unitId }: DisclosedWhere) => ({ proposalId, candidateId, unitId });
      expect(await store().disclosuresOfCandidate(tenant, first.candidateId)).toEqual(
        [first, elsewhere].toSorted(byProposal).map(where),
      );
      expect(await store().disclosuresOfUnit(aTenant(), first.unitId)).toEqual([]);
    });

    it('is gone in both places when it ends, once and again', async () => {
      const tenant = aTenant();
      const [one, other] = [aKept(), aKept()];
      await commit(store(), tenant, kept(one), kept(other));
      expect(await commit(store(), tenant, ended(one))).toEqual(OK);
      expect(await commit(store(), tenant, ended(one))).toEqual(OK);
      expect(await store().disclosuresOfUnit(tenant, one.unitId)).toEqual([]);
      expect(await store().disclosuresOfCandidate(tenant, one.candidateId)).toEqual([]);
      expect(await store().disclosuresOfUnit(tenant, other.unitId)).toEqual([other]);
    });
  });
};
