import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { Change } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import {
  aBatchId,
  aCallListEntry,
  aCandidateId,
  aCohortId,
  aGrant,
  aHash,
  aHelpRequest,
  anUnplacedOutcome,
  aPairRule,
  aParticipant,
  aPlaceOutcome,
  aProposedOutcome,
  aRejectedRow,
  aRowOfWeights,
  aRunId,
  aTakenRow,
  aTenant,
  aTravelTime,
  aUnitId,
  aUserId,
  instant,
} from './builders.ts';
import { commit, commitThroughConflicts, OK, refused } from './committing.ts';
import type { Environment } from './environment.ts';

export const changesContract = (environment: () => Environment): void => {
  const store = () => environment().store;

  describe('participants', () => {
    it('are found by cohort and by person, in their own tenant', async () => {
      const tenant = aTenant();
      const cohortId = aCohortId();
      const both = [aParticipant({ cohortId }), aParticipant({ cohortId })];
      for (const participant of both) await commit(store(), tenant, { change: 'add-participant', participant });
      await commit(store(), tenant, { change: 'add-participant', participant: aParticipant() });
      const found = await store().participants(tenant, cohortId);
      expect(new Set(found.map(({ candidateId }) => candidateId))).toEqual(
        new Set(both.map(({ candidateId }) => candidateId)),
      );
      for (const participant of both) {
        expect(await store().membershipOf(tenant, participant.candidateId)).toEqual(participant);
        expect(await store().membershipOf(aTenant(), participant.candidateId)).toBeNull();
      }
      expect(await store().participants(aTenant(), cohortId)).toEqual([]);
    });

    it.each([
      { which: 'the same', another: false },
      { which: 'another', another: true },
    ])('cannot join $which cohort when they are in one: exists', async ({ another }) => {
      const tenant = aTenant();
      const participant = aParticipant();
      const later = { ...participant, ...(another ? { cohortId: aCohortId() } : {}) };
      expect(await commit(store(), tenant, { change: 'add-participant', participant })).toEqual(OK);
      expect(await commit(store(), tenant, { change: 'add-participant', participant: later })).toEqual(
        refused('exists'),
      );
      expect(await store().membershipOf(tenant, participant.candidateId)).toEqual(participant);
      if (another) expect(await store().participants(tenant, later.cohortId)).toEqual([]);
    });

    it('join one of two cohorts that take them at once', async () => {
      const tenant = aTenant();
      const participant = aParticipant();
      const results = await Promise.all(
        [participant, { ...participant, cohortId: aCohortId() }].map((one) =>
          commitThroughConflicts(store(), tenant, { change: 'add-participant', participant: one }),
        ),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    });
  });

  describe('two people', () => {
    const claim = (rule: PairRule): Change => ({ change: 'claim-pair', rule });
    const release = (rule: PairRule): Change => ({ change: 'release-pair', rule });

    it('have one rule at a time, in whichever order they are named: exists', async () => {
      const tenant = aTenant();
      const rule = aPairRule();
      const turned = aPairRule({ first: rule.second, second: rule.first });
      expect(await commit(store(), tenant, claim(rule))).toEqual(OK);
      for (const other of [aPairRule({ first: rule.first, second: rule.second }), turned]) {
        expect(await commit(store(), tenant, claim(other))).toEqual(refused('exists'));
      }
      expect(await commit(store(), tenant, claim(aPairRule({ first: rule.first })))).toEqual(OK);
      expect(await commit(store(), aTenant(), claim(turned))).toEqual(OK);
      expect(await commit(store(), tenant, release(rule))).toEqual(OK);
      expect(await commit(store(), tenant, claim(turned))).toEqual(OK);
    });

    it('are released by the rule that holds for them only', async () => {
      const tenant = aTenant();
      const rule = aPairRule();
      expect(await commit(store(), tenant, release(rule))).toEqual(refused('missing'));
      await commit(store(), tenant, claim(rule));
      const other = aPairRule({ first: rule.first, second: rule.second });
      expect(await commit(store(), tenant, release(other))).toEqual(refused('stale'));
      expect(await commit(store(), tenant, release(rule))).toEqual(OK);
    });

    it('get one of two rules that are made at once', async () => {
      const tenant = aTenant();
      const rule = aPairRule();
      const turned = aPairRule({ first: rule.second, second: rule.first });
      const results = await Promise.all(
        [rule, turned].map((each) => commitThroughConflicts(store(), tenant, claim(each))),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    });
  });

  describe('rows of weights', () => {
    it('are found by their organisation, in the order of their names', async () => {
      const tenant = aTenant();
      const rows = ['b-2', 'a-10', 'a-1'].map((version) => aRowOfWeights({ version }));
      for (const weights of rows)
        expect(await commit(store(), tenant, { change: 'save-weights', weights })).toEqual(OK);
      expect(await store().weights(tenant)).toEqual(rows.toReversed());
      expect(await store().weights(aTenant())).toEqual([]);
    });

    it('are stated once by each name: exists', async () => {
      const tenant = aTenant();
      const [row, other] = [aRowOfWeights({ version: '2027-1' }), aRowOfWeights({ version: '2027-1' })];
      expect(await commit(store(), tenant, { change: 'save-weights', weights: row })).toEqual(OK);
      expect(await commit(store(), tenant, { change: 'save-weights', weights: other })).toEqual(refused('exists'));
      expect(await store().weights(tenant)).toEqual([row]);
    });
  });

  describe('rows of a batch', () => {
    it('are settled once: exists', async () => {
      const tenant = aTenant();
      const batchId = aBatchId();
      const first = aTakenRow(2);
      const settle = (outcome: typeof first): Change => ({ change: 'settle-row', batchId, row: 0, outcome });
      expect(await commit(store(), tenant, settle(first))).toEqual(OK);
      expect(await commit(store(), tenant, settle(aTakenRow(2)))).toEqual(refused('exists'));
      expect(await store().settledRows(tenant, batchId)).toEqual(new Map([[0, first]]));
    });

    it('come by number, in pages, and belong to their batch and tenant', async () => {
      const tenant = aTenant();
      const batchId = aBatchId();
      const rows = [0, 1, 2, 10, 11].map(
        (row) => [row, row % 2 === 0 ? aTakenRow(row + 2) : aRejectedRow(row + 2)] as const,
      );
      for (const [row, outcome] of [...rows].reverse()) {
        await commit(store(), tenant, { change: 'settle-row', batchId, row, outcome });
      }
      await commit(store(), tenant, { change: 'settle-row', batchId: aBatchId(), row: 0, outcome: aTakenRow(2) });
      expect(await store().settledRows(tenant, batchId)).toEqual(new Map(rows));
      const first = await store().batchRows(tenant, batchId, { limit: 3, cursor: null });
      const second = await store().batchRows(tenant, batchId, { limit: 3, cursor: first?.nextCursor ?? '' });
      expect([first?.items, second?.items, second?.nextCursor]).toEqual([
        rows.slice(0, 3).map(([, outcome]) => outcome),
        rows.slice(3).map(([, outcome]) => outcome),
        null,
      ]);
      expect(await store().settledRows(aTenant(), batchId)).toEqual(new Map());
      expect(await store().batchRows(aTenant(), batchId, { limit: 3, cursor: null })).toEqual({
        items: [],
        nextCursor: null,
      });
    });
  });

  describe('identities', () => {
    it('belong to whoever claimed them first: exists', async () => {
      const tenant = aTenant();
      const [blindIndex, candidateId] = [aHash(), aCandidateId()];
      expect(await store().findIdentity(tenant, blindIndex)).toBeNull();
      expect(await commit(store(), tenant, { change: 'claim-identity', blindIndex, candidateId })).toEqual(OK);
      const second: Change = { change: 'claim-identity', blindIndex, candidateId: aCandidateId() };
      expect(await commit(store(), tenant, second)).toEqual(refused('exists'));
      expect(await store().findIdentity(tenant, blindIndex)).toBe(candidateId);
      expect(await store().findIdentity(aTenant(), blindIndex)).toBeNull();
    });

    it('go to one of ten who claim at once', async () => {
      const tenant = aTenant();
      const blindIndex = aHash();
      const claims = Array.from({ length: 10 }, aCandidateId);
      const results = await Promise.all(
        claims.map((candidateId) =>
          commitThroughConflicts(store(), tenant, { change: 'claim-identity', blindIndex, candidateId }),
        ),
      );
      const winner = claims[results.findIndex(({ ok }) => ok)];
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await store().findIdentity(tenant, blindIndex)).toBe(winner);
    });

    it('are found many at once, those that nobody has are absent', async () => {
      const tenant = aTenant();
      const claimed = Array.from({ length: 3 }, () => [aHash(), aCandidateId()] as const);
      for (const [blindIndex, candidateId] of claimed) {
        await commit(store(), tenant, { change: 'claim-identity', blindIndex, candidateId });
      }
      const asked = [...claimed.map(([blindIndex]) => blindIndex), aHash()];
      expect(await store().findIdentities(tenant, asked)).toEqual(new Map(claimed));
      expect(await store().findIdentities(aTenant(), asked)).toEqual(new Map());
      expect(await store().findIdentities(tenant, [])).toEqual(new Map());
    });
  });

  describe('sealed persons', () => {
    const sealed = (word: string) => {
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      return { v: 1, wrappedKey: base64(`key ${word}`), nonce: base64('nonce'), sealed: base64(word) } as const;
    };

    const IDENTITIES = ['ab'.repeat(32), '0f'.repeat(32)];

    it('are kept by version and read many at once', async () => {
      const tenant = aTenant();
      const [one, two] = [aCandidateId(), aCandidateId()];
      const save = (word: string, expected: number | null): Change => ({
        change: 'save-person',
        candidateId: one,
        person: sealed(word),
        identities: IDENTITIES,
        expected,
      });
      expect(await commit(store(), tenant, save('first', 1))).toEqual(refused('missing'));
      expect(await commit(store(), tenant, save('first', null))).toEqual(OK);
      expect(await commit(store(), tenant, save('again', null))).toEqual(refused('exists'));
      expect(await commit(store(), tenant, save('second', 1))).toEqual(OK);
      expect(await commit(store(), tenant, save('stale', 1))).toEqual(refused('stale'));
      const persons = await store().sealedPersons(tenant, [two, one]);
      expect(persons).toEqual(
        new Map([[one, { value: { ...sealed('second'), identities: IDENTITIES }, version: 2, seatsTaken: 0 }]]),
      );
      expect(await store().sealedPersons(aTenant(), [one])).toEqual(new Map());
    });
  });

  describe('outcomes of a run', () => {
    it('are kept for each candidate, in pages', async () => {
      const tenant = aTenant();
      const runId = aRunId();
      const outcomes = [aProposedOutcome(), anUnplacedOutcome(), aProposedOutcome()];
      await commit(
        store(),
        tenant,
        ...outcomes.map((outcome): Change => ({ change: 'save-outcome', runId, outcome })),
        { change: 'save-outcome', runId: aRunId(), outcome: anUnplacedOutcome() },
      );
      const byCandidate = [...outcomes].sort((a, b) => (a.candidateId < b.candidateId ? -1 : 1));
      const first = await store().outcomes(tenant, runId, { limit: 2, cursor: null });
      const second = await store().outcomes(tenant, runId, { limit: 2, cursor: first?.nextCursor ?? '' });
      expect([...(first?.items ?? []), ...(second?.items ?? [])]).toEqual(byCandidate);
      expect(second?.nextCursor).toBeNull();
      expect((await store().outcomes(aTenant(), runId, { limit: 2, cursor: null }))?.items).toEqual([]);
    });

    it('are read in brief, more of them than one answer of the table holds', async () => {
      const tenant = aTenant();
      const runId = aRunId();
      // Evidence enough for two megabytes.
      const verdicts = Array.from({ length: 60 }, () => aProposedOutcome().verdicts).flat();
      const large = Array.from({ length: 160 }, () => aProposedOutcome({ verdicts, preliminary: true }));
      const outcomes = [aProposedOutcome(), anUnplacedOutcome(), ...large];
      for (let from = 0; from < outcomes.length; from += 20) {
        const some = outcomes.slice(from, from + 20);
        await commit(store(), tenant, ...some.map((outcome): Change => ({ change: 'save-outcome', runId, outcome })));
      }
      const inBrief = outcomes.map((outcome) => ({
        candidateId: outcome.candidateId,
        cohortId: outcome.kind === 'proposed' ? outcome.cohortId : null,
        preliminary: outcome.kind === 'proposed' && outcome.preliminary,
      }));
      const read = await store().proposedInRun(tenant, runId);
      expect(read.toSorted((a, b) => (a.candidateId < b.candidateId ? -1 : 1))).toEqual(
        inBrief.toSorted((a, b) => (a.candidateId < b.candidateId ? -1 : 1)),
      );
      expect(await store().proposedInRun(aTenant(), runId)).toEqual([]);
    });

    it('are found one by one', async () => {
      const tenant = aTenant();
      const [runId, otherRunId] = [aRunId(), aRunId()];
      const [proposed, unplaced] = [aProposedOutcome(), anUnplacedOutcome()];
      await commit(
        store(),
        tenant,
        { change: 'save-outcome', runId, outcome: proposed },
        { change: 'save-outcome', runId, outcome: unplaced },
        {
          change: 'save-outcome',
          runId: otherRunId,
          outcome: anUnplacedOutcome({ candidateId: proposed.candidateId }),
        },
      );
      const { candidateId } = proposed;
      expect(await store().outcomeOf(tenant, runId, candidateId)).toEqual(proposed);
      expect(await store().outcomeOf(tenant, runId, unplaced.candidateId)).toEqual(unplaced);
      expect((await store().outcomeOf(tenant, otherRunId, candidateId))?.kind).toBe('unplaced');
      expect(await store().outcomeOf(tenant, otherRunId, unplaced.candidateId)).toBeNull();
      expect(await store().outcomeOf(aTenant(), runId, candidateId)).toBeNull();
    });

    it('may be written again by a matcher that starts over', async () => {
      const tenant = aTenant();
      const [runId, outcome] = [aRunId(), aProposedOutcome()];
      const change: Change = { change: 'save-outcome', runId, outcome };
      expect(await commit(store(), tenant, change)).toEqual(OK);
      expect(await commit(store(), tenant, change)).toEqual(OK);
      expect((await store().outcomes(tenant, runId, { limit: 9, cursor: null }))?.items).toEqual([outcome]);
    });

    it('are kept for each place', async () => {
      const tenant = aTenant();
      const runId = aRunId();
      const outcome = aPlaceOutcome();
      await commit(store(), tenant, { change: 'save-place-outcome', runId, outcome });
      expect(await store().placeOutcomes(tenant, runId)).toEqual([outcome]);
      expect(await store().placeOutcomes(tenant, aRunId())).toEqual([]);
      expect(await store().placeOutcomes(aTenant(), runId)).toEqual([]);
    });

    it.each([0, 1, 2_500])('keep a call list of %i questions in its order', async (length) => {
      const tenant = aTenant();
      const runId = aRunId();
      const entries = Array.from({ length }, (_, index) => aCallListEntry(index + 1));
      expect(await commit(store(), tenant, { change: 'save-call-list', runId, entries })).toEqual(OK);
      expect(await store().callList(tenant, runId)).toEqual(entries);
      expect(await store().callList(aTenant(), runId)).toEqual([]);
    });

    it('show nothing of a longer call list that a shorter one replaced', async () => {
      const tenant = aTenant();
      const runId = aRunId();
      const entries = Array.from({ length: 1_500 }, (_, index) => aCallListEntry(index + 1));
      await commit(store(), tenant, { change: 'save-call-list', runId, entries });
      await commit(store(), tenant, { change: 'save-call-list', runId, entries: entries.slice(0, 3) });
      expect(await store().callList(tenant, runId)).toEqual(entries.slice(0, 3));
    });
  });

  it('keeps a cohort’s seed once: exists', async () => {
    const tenant = aTenant();
    const [cohortId, seed] = [aCohortId(), aHash()];
    expect(await store().seedOf(tenant, cohortId)).toBeNull();
    expect(await commit(store(), tenant, { change: 'save-seed', cohortId, seed })).toEqual(OK);
    expect(await commit(store(), tenant, { change: 'save-seed', cohortId, seed: aHash() })).toEqual(refused('exists'));
    expect(await store().seedOf(tenant, cohortId)).toBe(seed);
    expect(await store().seedOf(aTenant(), cohortId)).toBeNull();
  });

  it('keeps travel times by postcode, the last for each unit', async () => {
    const tenant = aTenant();
    const [first, second] = [aTravelTime(), aTravelTime()];
    const changed = { ...first, busMinutes: 40 };
    const elsewhere = aTravelTime({ postcode: '82010' });
    for (const travelTime of [first, second, changed, elsewhere]) {
      expect(await commit(store(), tenant, { change: 'save-travel-time', travelTime })).toEqual(OK);
    }
    const found = await store().travelTimes(tenant, '82630');
    expect(new Map(found.map((time) => [time.unitId, time]))).toEqual(
      new Map([changed, second].map((time) => [time.unitId, time])),
    );
    expect(await store().travelTimes(aTenant(), '82630')).toEqual([]);
  });

  it('keeps grants by user, the last of each id', async () => {
    const tenant = aTenant();
    const userId = aUserId();
    const [first, second] = [aGrant(tenant, { userId }), aGrant(tenant, { userId, role: 'coordinator' })];
    const ended = { ...first, validTo: first.validFrom };
    for (const grant of [first, second, ended, aGrant(tenant)]) {
      expect(await commit(store(), tenant, { change: 'save-grant', grant })).toEqual(OK);
    }
    const found = await store().grantsOf(tenant, userId);
    expect(new Map(found.map((grant) => [grant.id, grant]))).toEqual(
      new Map([ended, second].map((grant) => [grant.id, grant])),
    );
    expect(await store().grantsOf(aTenant(), userId)).toEqual([]);
  });

  it('keeps a unit’s requests for help by time, each once', async () => {
    const tenant = aTenant();
    const unitId = aUnitId();
    const [late, early] = [12, 9].map((hour) =>
      aHelpRequest({ askedAt: instant(`2027-02-${hour < 10 ? '0' : ''}${hour}T08:00:00.000Z`) }),
    );
    if (!late || !early) throw new Error('unreachable');
    for (const request of [late, early]) {
      expect(await commit(store(), tenant, { change: 'add-help-request', request, unitId })).toEqual(OK);
    }
    expect(await commit(store(), tenant, { change: 'add-help-request', request: late, unitId })).toEqual(
      refused('exists'),
    );
    expect(await store().helpRequests(tenant, unitId)).toEqual([early, late]);
    expect(await store().helpRequests(tenant, aUnitId())).toEqual([]);
    expect(await store().helpRequests(aTenant(), unitId)).toEqual([]);
  });
};
