import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Change, Store } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import { aCandidateId, aCohort, aPlace, aTenant } from './builders.ts';
import { commit, commitThroughConflicts, OK, refused } from './committing.ts';
import type { Environment } from './environment.ts';

/** Something with seats, and the changes that tests make to it. */
interface Seated {
  readonly taking: Change;
  saving(seats: number, expected: number | null): Change;
  read(store: Store, tenant: TenantId): Promise<{ readonly seatsTaken: number; readonly version: number } | null>;
}

const seatedPlace = (): Seated => {
  const place = aPlace();
  return {
    taking: { change: 'take-seat', of: 'place', id: place.id },
    saving: (seats, expected) => ({ change: 'save', kind: 'place', value: { ...place, seats }, expected }),
    read: (store, tenant) => store.get(tenant, 'place', place.id),
  };
};

const seatedCohort = (): Seated => {
  const cohort = aCohort();
  return {
    taking: { change: 'take-seat', of: 'cohort', id: cohort.id },
    saving: (seats, expected) => ({ change: 'save', kind: 'cohort', value: { ...cohort, seats }, expected }),
    read: (store, tenant) => store.get(tenant, 'cohort', cohort.id),
  };
};

export const capacityContract = (environment: () => Environment): void => {
  const store = () => environment().store;

  describe.each([
    { what: 'place', make: seatedPlace },
    { what: 'cohort', make: seatedCohort },
  ])('seats of a $what', ({ make }) => {
    const kept = async (seats: number) => {
      const [tenant, seated] = [aTenant(), make()];
      expect(await commit(store(), tenant, seated.saving(seats, null))).toEqual(OK);
      return { tenant, ...seated };
    };

    it('are taken one by one until all are, then refused: full', async () => {
      const { tenant, taking, read } = await kept(2);
      expect(await commit(store(), tenant, taking)).toEqual(OK);
      expect(await commit(store(), tenant, taking)).toEqual(OK);
      expect(await commit(store(), tenant, taking)).toEqual(refused('full'));
      expect(await read(store(), tenant)).toMatchObject({ seatsTaken: 2, version: 3 });
    });

    it('cannot be taken of one that does not exist, or of another tenant: missing', async () => {
      const { taking } = await kept(2);
      expect(await commit(store(), aTenant(), taking)).toEqual(refused('missing'));
    });

    it('go to exactly five of twenty who ask at once', async () => {
      const { tenant, taking, read } = await kept(5);
      const results = await Promise.all(
        Array.from({ length: 20 }, () => commitThroughConflicts(store(), tenant, taking)),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(5);
      expect(results.filter(({ ok }) => !ok)).toEqual(Array.from({ length: 15 }, () => refused('full')));
      expect((await read(store(), tenant))?.seatsTaken).toBe(5);
    });

    it('stay taken when the document is saved', async () => {
      const { tenant, taking, saving, read } = await kept(2);
      await commit(store(), tenant, taking);
      expect(await commit(store(), tenant, saving(2, 2))).toEqual(OK);
      expect(await read(store(), tenant)).toMatchObject({ seatsTaken: 1, version: 3 });
    });

    it('cannot be fewer than those taken: full; as many, or more, can', async () => {
      const { tenant, taking, saving } = await kept(3);
      await commit(store(), tenant, taking);
      await commit(store(), tenant, taking);
      expect(await commit(store(), tenant, saving(1, 3))).toEqual(refused('full'));
      expect(await commit(store(), tenant, saving(2, 3))).toEqual(OK);
      expect(await commit(store(), tenant, taking)).toEqual(refused('full'));
      expect(await commit(store(), tenant, saving(4, 4))).toEqual(OK);
      expect(await commit(store(), tenant, taking)).toEqual(OK);
    });

    it('taken make an older version stale, also one with too few seats', async () => {
      const { tenant, taking, saving } = await kept(3);
      await commit(store(), tenant, taking);
      await commit(store(), tenant, taking);
      expect(await commit(store(), tenant, saving(3, 1))).toEqual(refused('stale'));
      expect(await commit(store(), tenant, saving(1, 1))).toEqual(refused('stale'));
    });

    it('are never fewer than those taken, when some are taken and most given up at once', async () => {
      const { tenant, taking, saving, read } = await kept(3);
      const results = await Promise.all(
        [taking, saving(1, 1), taking].map((change) => commitThroughConflicts(store(), tenant, change)),
      );
      const [firstTaken, givenUp, secondTaken] = results.map(({ ok }) => ok);
      const taken = Number(firstTaken) + Number(secondTaken);
      expect((await read(store(), tenant))?.seatsTaken).toBe(taken);
      expect(taken).toBeLessThanOrEqual(givenUp ? 1 : 3);
    });
  });

  it.each([{ seats: null }, { seats: 0 }])('refuses a seat of a place with $seats seats: full', async ({ seats }) => {
    const tenant = aTenant();
    const place = aPlace({ seats, confirmedAt: null });
    await commit(store(), tenant, { change: 'save', kind: 'place', value: place, expected: null });
    expect(await commit(store(), tenant, { change: 'take-seat', of: 'place', id: place.id })).toEqual(refused('full'));
  });

  describe('share of full time', () => {
    it.each([
      { shares: [100], next: 1, result: refused('full') },
      { shares: [50, 50], next: 25, result: refused('full') },
      { shares: [50, 25], next: 25, result: OK },
      { shares: [75], next: 26, result: refused('full') },
      { shares: [], next: 100, result: OK },
      { shares: [], next: 101, result: refused('full') },
    ])('after $shares, $next more', async ({ shares, next, result }) => {
      const tenant = aTenant();
      const candidateId = aCandidateId();
      for (const percent of shares) {
        expect(await commit(store(), tenant, { change: 'take-share', candidateId, percent })).toEqual(OK);
      }
      expect(await commit(store(), tenant, { change: 'take-share', candidateId, percent: next })).toEqual(result);
    });

    it('stays within 100 when eight ask for a quarter at once', async () => {
      const tenant = aTenant();
      const quarter: Change = { change: 'take-share', candidateId: aCandidateId(), percent: 25 };
      const results = await Promise.all(
        Array.from({ length: 8 }, () => commitThroughConflicts(store(), tenant, quarter)),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(4);
    });

    it('is counted for each person and tenant apart', async () => {
      const [tenant, candidateId] = [aTenant(), aCandidateId()];
      const full: Change = { change: 'take-share', candidateId, percent: 100 };
      expect(await commit(store(), tenant, full)).toEqual(OK);
      expect(await commit(store(), tenant, { ...full, candidateId: aCandidateId() })).toEqual(OK);
      expect(await commit(store(), aTenant(), full)).toEqual(OK);
    });
  });
};
