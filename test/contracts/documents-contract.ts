import { DOCUMENT_KINDS } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import {
  aBatch,
  aCandidate,
  aCohort,
  aNamedRequest,
  anEmployment,
  aPairRule,
  aPlace,
  aPlacement,
  aProposal,
  aReferral,
  aRun,
  aTenant,
  aTransaction,
  aUnit,
  aUnitId,
  aWhatIf,
} from './builders.ts';
import type { Environment } from './environment.ts';
import { type AnyDocument, save, saveAll } from './saving.ts';

const ONE_OF_EACH: readonly AnyDocument[] = [
  { kind: 'unit', value: aUnit() },
  { kind: 'place', value: aPlace() },
  { kind: 'batch', value: aBatch() },
  { kind: 'candidate', value: aCandidate() },
  { kind: 'referral', value: aReferral() },
  { kind: 'cohort', value: aCohort() },
  { kind: 'run', value: aRun() },
  { kind: 'what-if', value: aWhatIf() },
  { kind: 'proposal', value: aProposal() },
  { kind: 'placement', value: aPlacement() },
  { kind: 'employment', value: anEmployment() },
  { kind: 'pairRule', value: aPairRule() },
  { kind: 'namedRequest', value: aNamedRequest() },
];

export const documentsContract = (environment: () => Environment): void => {
  const store = () => environment().store;

  describe('documents', () => {
    it('has a case for every kind', () => {
      expect(ONE_OF_EACH.map(({ kind }) => kind)).toEqual(DOCUMENT_KINDS);
    });

    it.each(ONE_OF_EACH)('gives back a $kind exactly as it was saved, as version 1', async (document) => {
      const tenant = aTenant();
      await saveAll(store(), tenant, [document]);
      const stored = await store().get(tenant, document.kind, document.value.id);
      const second = document.kind === 'place' ? { seatsTakenSecond: 0 } : {};
      expect(stored).toEqual({ value: document.value, version: 1, seatsTaken: 0, ...second });
    });

    it.each(ONE_OF_EACH)('answers null for a $kind that does not exist', async ({ kind, value }) => {
      expect(await store().get(aTenant(), kind, value.id)).toBeNull();
    });

    it.each(ONE_OF_EACH)('shows no other tenant a $kind, neither by id nor in many', async (document) => {
      await saveAll(store(), aTenant(), [document]);
      const other = aTenant();
      expect(await store().get(other, document.kind, document.value.id)).toBeNull();
      expect(await store().getMany(other, document.kind, [document.value.id])).toEqual([]);
    });

    it('keeps what is unknown of a candidate apart from what is known to be none', async () => {
      const tenant = aTenant();
      const nothingKnown = aCandidate({
        profile: {
          enrolledSince: null,
          availableFrom: null,
          shareFromPercent: null,
          shareToPercent: null,
          workingTimes: null,
          engagements: null,
          licences: null,
          swedish: null,
          languages: null,
          skills: null,
          experience: null,
          knownItems: [],
          wishes: null,
          maxTravelMinutes: null,
          hasCar: null,
          postcode: null,
        },
        unmatchedSkills: [],
        interpreterLanguage: null,
        isProtected: true,
      });
      const knownNone = aCandidate({ profile: { ...nothingKnown.profile, licences: [], skills: [], hasCar: false } });
      await saveAll(store(), tenant, [
        { kind: 'candidate', value: nothingKnown },
        { kind: 'candidate', value: knownNone },
      ]);
      expect((await store().get(tenant, 'candidate', nothingKnown.id))?.value).toEqual(nothingKnown);
      expect((await store().get(tenant, 'candidate', knownNone.id))?.value).toEqual(knownNone);
    });

    it('raises the version by one with every save', async () => {
      const tenant = aTenant();
      const unit = aUnit();
      await saveAll(store(), tenant, [{ kind: 'unit', value: unit }]);
      for (const expected of [1, 2, 3]) {
        const value = { ...unit, name: `Solrosen ${expected}` };
        expect(await store().commit(tenant, aTransaction([save({ kind: 'unit', value }, expected)]))).toEqual({
          ok: true,
        });
        expect(await store().get(tenant, 'unit', unit.id)).toEqual({ value, version: expected + 1, seatsTaken: 0 });
      }
    });

    it.each([
      { expected: null, why: 'exists' },
      { expected: 1, why: 'stale' },
      { expected: 3, why: 'stale' },
    ])('refuses a save that expects version $expected of one at version 2: $why', async ({ expected, why }) => {
      const tenant = aTenant();
      const unit = aUnit();
      await saveAll(store(), tenant, [{ kind: 'unit', value: unit }]);
      await store().commit(tenant, aTransaction([save({ kind: 'unit', value: unit }, 1)]));
      const result = await store().commit(tenant, aTransaction([save({ kind: 'unit', value: unit }, expected)]));
      expect(result).toEqual({ ok: false, refusal: { kind: 'change-refused', changeIndex: 0, why } });
      expect((await store().get(tenant, 'unit', unit.id))?.version).toBe(2);
    });

    it('refuses a save that expects a version of what does not exist: missing', async () => {
      const tenant = aTenant();
      const unit = aUnit();
      const result = await store().commit(tenant, aTransaction([save({ kind: 'unit', value: unit }, 1)]));
      expect(result).toEqual({ ok: false, refusal: { kind: 'change-refused', changeIndex: 0, why: 'missing' } });
      expect(await store().get(tenant, 'unit', unit.id)).toBeNull();
    });

    it('lets one of ten parallel saves of a version through', async () => {
      const tenant = aTenant();
      const unit = aUnit();
      await saveAll(store(), tenant, [{ kind: 'unit', value: unit }]);
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store().commit(tenant, aTransaction([save({ kind: 'unit', value: { ...unit, name: `Namn ${index}` } }, 1)])),
        ),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect((await store().get(tenant, 'unit', unit.id))?.version).toBe(2);
    });

    it('reads many in the order asked for, over more than one request, and leaves out what does not exist', async () => {
      const tenant = aTenant();
      const units = Array.from({ length: 130 }, () => aUnit());
      for (const half of [units.slice(0, 65), units.slice(65)]) {
        await saveAll(
          store(),
          tenant,
          half.map((value) => ({ kind: 'unit', value })),
        );
      }
      const asked = [...units].reverse().map(({ id }) => id);
      const found = await store().getMany(tenant, 'unit', [aUnitId(), ...asked]);
      expect(found.map(({ value }) => value.id)).toEqual(asked);
    });

    it('reads an id that is asked for twice twice, and nothing for nothing', async () => {
      const tenant = aTenant();
      const unit = aUnit();
      await saveAll(store(), tenant, [{ kind: 'unit', value: unit }]);
      expect(await store().getMany(tenant, 'unit', [unit.id, unit.id])).toHaveLength(2);
      expect(await store().getMany(tenant, 'unit', [])).toEqual([]);
    });
  });
};
