import type { Identity, SealedPerson } from '@gruppstart/usecases/ports/vault';
import { describe, expect, it } from 'vitest';
import { aCandidateId, aPerson, aTenant } from './builders.ts';
import type { Environment } from './environment.ts';

export const vaultContract = (environment: () => Environment): void => {
  const vault = () => environment().newVault();
  const sealedPerson = async () => {
    const [tenant, candidateId, person] = [aTenant(), aCandidateId(), aPerson()];
    return { tenant, candidateId, person, sealed: await vault().seal(tenant, candidateId, person) };
  };

  describe('the vault', () => {
    it('opens what it sealed, also in another process', async () => {
      const { tenant, candidateId, person, sealed } = await sealedPerson();
      expect(await vault().open(tenant, candidateId, sealed)).toEqual(person);
    });

    it('opens a person whose fields are all unknown', async () => {
      const [tenant, candidateId] = [aTenant(), aCandidateId()];
      const person = aPerson({
        personalNumber: null,
        phone: null,
        email: null,
        possibleMeasures: [],
        measureValidUntil: null,
        supportNeeds: [],
      });
      const sealed = await vault().seal(tenant, candidateId, person);
      expect(await vault().open(tenant, candidateId, sealed)).toEqual(person);
    });

    it('shows nothing of the person in what is stored', async () => {
      const { sealed } = await sealedPerson();
      const stored = Object.values(sealed)
        .map((value) => `${value}${Buffer.from(String(value), 'base64').toString('latin1')}`)
        .join();
      for (const secret of ['Testsson', '198507099805', 'example.se', 'seated-work', 'NYSTARTSJOBB']) {
        expect(stored).not.toContain(secret);
      }
    });

    it('seals the same person anew each time: another key, another nonce', async () => {
      const { tenant, candidateId, person, sealed } = await sealedPerson();
      const again = await vault().seal(tenant, candidateId, person);
      expect(again.sealed).not.toBe(sealed.sealed);
      expect(again.nonce).not.toBe(sealed.nonce);
      expect(again.wrappedKey).not.toBe(sealed.wrappedKey);
      expect(await vault().open(tenant, candidateId, sealed)).toEqual(person);
    });

    const flipped = (text: string, at: number): string => {
      const bytes = Buffer.from(text, 'base64');
      const index = at < 0 ? bytes.length + at : at;
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    const tampered: readonly { readonly what: string; readonly tamper: (sealed: SealedPerson) => SealedPerson }[] = [
      { what: 'the text', tamper: (sealed) => ({ ...sealed, sealed: flipped(sealed.sealed, 0) }) },
      { what: 'the tag', tamper: (sealed) => ({ ...sealed, sealed: flipped(sealed.sealed, -1) }) },
      { what: 'the nonce', tamper: (sealed) => ({ ...sealed, nonce: flipped(sealed.nonce, 0) }) },
      { what: 'the wrapped key', tamper: (sealed) => ({ ...sealed, wrappedKey: flipped(sealed.wrappedKey, -1) }) },
      { what: 'its length', tamper: (sealed) => ({ ...sealed, sealed: sealed.sealed.slice(0, 20) }) },
    ];
    it.each(tampered)('does not open what was tampered with: $what', async ({ tamper }) => {
      const { tenant, candidateId, sealed } = await sealedPerson();
      await expect(vault().open(tenant, candidateId, tamper(sealed))).rejects.toThrow();
    });

    it('does not open a person as another candidate or for another tenant', async () => {
      const { tenant, candidateId, sealed } = await sealedPerson();
      await expect(vault().open(tenant, aCandidateId(), sealed)).rejects.toThrow();
      await expect(vault().open(aTenant(), candidateId, sealed)).rejects.toThrow();
    });

    it('does not open a text with the key of another person', async () => {
      const first = await sealedPerson();
      const other = await vault().seal(first.tenant, first.candidateId, aPerson({ givenName: 'Bo' }));
      const mixed = { ...first.sealed, wrappedKey: other.wrappedKey };
      await expect(vault().open(first.tenant, first.candidateId, mixed)).rejects.toThrow();
    });

    it('says nothing of the person when it does not open', async () => {
      const { tenant, candidateId, sealed } = await sealedPerson();
      const thrown: unknown = await vault()
        .open(tenant, candidateId, { ...sealed, sealed: flipped(sealed.sealed, 0) })
        .catch((error: unknown) => error);
      expect(String(thrown)).not.toContain('Testsson');
    });
  });

  describe('the blind index', () => {
    const byNumber: Identity = { kind: 'personal-number', personalNumber: '198507099805' };
    const byReference: Identity = { kind: 'reference', officeId: 'af-101', reference: 'A-17', birthDate: '1985-07-09' };

    it('is the same for the same identity, also in another process', async () => {
      const tenant = aTenant();
      const first = await vault().blindIndex(tenant, byNumber);
      expect(await vault().blindIndex(tenant, { ...byNumber })).toBe(first);
      expect(first).toMatch(/^[0-9a-f]{64}$/);
    });

    it('differs between tenants', async () => {
      expect(await vault().blindIndex(aTenant(), byNumber)).not.toBe(await vault().blindIndex(aTenant(), byNumber));
    });

    it('differs between identities, also where their texts run together', async () => {
      const tenant = aTenant();
      const one = vault();
      const identities: readonly Identity[] = [
        byNumber,
        { kind: 'personal-number', personalNumber: '198507099813' },
        byReference,
        { ...byReference, officeId: 'af-10', reference: '1A-17' },
        { ...byReference, reference: 'A-171985-07-09', birthDate: '' },
        { ...byReference, birthDate: '1985-07-10' },
      ];
      const indexes = await Promise.all(identities.map((identity) => one.blindIndex(tenant, identity)));
      expect(new Set(indexes).size).toBe(identities.length);
    });

    it('is one and the same when ten processes make the tenant’s key at once', async () => {
      const tenant = aTenant();
      const indexes = await Promise.all(Array.from({ length: 10 }, () => vault().blindIndex(tenant, byNumber)));
      expect(new Set(indexes).size).toBe(1);
    });
  });
};
