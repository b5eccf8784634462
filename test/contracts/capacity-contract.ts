import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Change, CommitResult, Store } from '@gruppstart/usecases/ports/store';
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
    taking: { change: 'take-seat', of: 'place', id: place.id, part: 'whole' },
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
    expect(await commit(store(), tenant, { change: 'take-seat', of: 'place', id: place.id, part: 'whole' })).toEqual(
      refused('full'),
    );
  });

  describe('seats of a place that two can share', () => {
    const shared: Place['sharedSeat'] = [
      { sharePercent: 50, weekdays: [1, 2, 3] },
      { sharePercent: 25, weekdays: [3, 4] },
    ];
    const kept = async (seats: number, over: Partial<Place> = {}) => {
      const [tenant, place] = [aTenant(), aPlace({ seats, sharedSeat: shared, ...over })];
      expect(await commit(store(), tenant, { change: 'save', kind: 'place', value: place, expected: null })).toEqual(
        OK,
      );
      const taking = (part: SeatPartKind): Change => ({ change: 'take-seat', of: 'place', id: place.id, part });
      const taken = async () => {
        const stored = await store().get(tenant, 'place', place.id);
        return [stored?.seatsTaken, stored?.seatsTakenSecond];
      };
      return { tenant, place, taking, taken };
    };

    it.each<{ seats: number; parts: SeatPartKind[]; next: SeatPartKind; result: CommitResult; taken: number[] }>([
      { seats: 1, parts: ['first'], next: 'second', result: OK, taken: [1, 1] },
      { seats: 1, parts: ['second'], next: 'first', result: OK, taken: [1, 1] },
      { seats: 1, parts: ['first'], next: 'first', result: refused('full'), taken: [1, 0] },
      { seats: 1, parts: ['second'], next: 'second', result: refused('full'), taken: [0, 1] },
      { seats: 1, parts: ['first'], next: 'whole', result: refused('full'), taken: [1, 0] },
      { seats: 1, parts: ['second'], next: 'whole', result: refused('full'), taken: [0, 1] },
      { seats: 1, parts: ['whole'], next: 'first', result: refused('full'), taken: [1, 1] },
      { seats: 1, parts: ['whole'], next: 'second', result: refused('full'), taken: [1, 1] },
      { seats: 1, parts: ['first', 'second'], next: 'whole', result: refused('full'), taken: [1, 1] },
      { seats: 2, parts: ['first', 'second'], next: 'whole', result: OK, taken: [2, 2] },
      { seats: 2, parts: ['whole', 'first'], next: 'second', result: OK, taken: [2, 2] },
      { seats: 2, parts: ['first', 'first'], next: 'whole', result: refused('full'), taken: [2, 0] },
    ])('of $seats, after $parts, one more $next', async ({ seats, parts, next, result, taken: expected }) => {
      const { tenant, taking, taken } = await kept(seats);
      for (const part of parts) expect(await commit(store(), tenant, taking(part))).toEqual(OK);
      expect(await commit(store(), tenant, taking(next))).toEqual(result);
      expect(await taken()).toEqual(expected);
    });

    it.each(['first', 'second'] as const)('have no %s part where the seats are not shared: full', async (part) => {
      const { tenant, place, taking, taken } = await kept(1, { sharedSeat: null });
      expect(await commit(store(), tenant, taking(part))).toEqual(refused('full'));
      const value = { ...place, sharedSeat: shared };
      expect(await commit(store(), tenant, { change: 'save', kind: 'place', value, expected: 1 })).toEqual(OK);
      expect(await commit(store(), tenant, taking(part))).toEqual(OK);
      expect(await taken()).toEqual(part === 'first' ? [1, 0] : [0, 1]);
    });

    it('cannot be fewer than those taken in either part: full', async () => {
      const { tenant, place, taking } = await kept(3);
      for (const part of ['second', 'second', 'first'] as const) await commit(store(), tenant, taking(part));
      const saving = (seats: number): Change => ({
        change: 'save',
        kind: 'place',
        value: { ...place, seats, sharedSeat: null },
        expected: 4,
      });
      expect(await commit(store(), tenant, saving(1))).toEqual(refused('full'));
      expect(await commit(store(), tenant, saving(2))).toEqual(OK);
      expect(await commit(store(), tenant, taking('whole'))).toEqual(refused('full'));
    });

    it('never hold more in any part than there are seats, when halves and whole ones are asked for at once', async () => {
      const { tenant, taking, taken } = await kept(3);
      const asked = Array.from(
        { length: 15 },
        (_, index) => (['whole', 'first', 'second'] as const)[index % 3] ?? 'whole',
      );
      const results = await Promise.all(asked.map((part) => commitThroughConflicts(store(), tenant, taking(part))));
      const got = (part: SeatPartKind) => results.filter(({ ok }, index) => ok && asked[index] === part).length;
      const counted = [got('whole') + got('first'), got('whole') + got('second')];
      expect(await taken()).toEqual(counted);
      // Whoever came last in a part has found it full: nothing is left over that somebody wanted.
      expect(counted).toEqual([3, 3]);
    });

    it('of a place from before seats could be shared count as taken in both parts', async () => {
      const { tenant, place, taking } = await kept(3, { sharedSeat: null });
      await commit(store(), tenant, taking('whole'));
      const before = (await environment().itemsOf(tenant)).map(({ takenSecond: _, parts: __, ...item }) => item);
      const { store: old } = await environment().restored(before);
      const taken = async () => {
        const stored = await old.get(tenant, 'place', place.id);
        return [stored?.seatsTaken, stored?.seatsTakenSecond];
      };
      expect(await taken()).toEqual([1, 1]);
      expect(await commit(old, tenant, taking('first'))).toEqual(refused('full'));
      const value = { ...place, sharedSeat: shared };
      expect(await commit(old, tenant, { change: 'save', kind: 'place', value, expected: 2 })).toEqual(OK);
      expect(await taken()).toEqual([1, 1]);
      for (const part of ['second', 'first', 'whole'] as const) {
        expect(await commit(old, tenant, taking(part))).toEqual(OK);
      }
      expect(await taken()).toEqual([3, 3]);
      expect(await commit(old, tenant, taking('whole'))).toEqual(refused('full'));
    });
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
