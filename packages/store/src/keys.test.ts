import {
  BatchId,
  CandidateId,
  CohortId,
  EventId,
  GrantId,
  HelpRequestId,
  OfficeId,
  PlaceId,
  ProposalId,
  RunId,
  TenantId,
  UnitId,
  UserId,
} from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { describe, expect, it } from 'vitest';
import { type ItemKey, keys, listPartitions, outboxKeys, ranges, rowOf } from './keys.ts';
import { ERASURE_LEDGER } from './tables.ts';
import { ulid } from './ulid.ts';

const tail = '01kc5x8f3q9v7t2m4n6p8r0s1t';
const tenant = TenantId.parse('soderhamn');
const candidate = CandidateId.parse(`cand_${tail}`);
const otherCandidate = CandidateId.parse(`cand_${tail.slice(0, -1)}v`);
const cohort = CohortId.parse(`cohort_${tail}`);
const batch = BatchId.parse(`batch_${tail}`);
const run = RunId.parse(`run_${tail}`);
const place = PlaceId.parse(`place_${tail}`);
const unit = UnitId.parse('unit_solrosen');
const user = UserId.parse('oidc|42');
const event = EventId.parse(`evt_${tail}`);
const office = OfficeId.parse('af-101');
const at = Instant.parse('2027-01-10T23:30:00.000Z');

const proposal = ProposalId.parse(`prop_${tail}`);

/** All but the ledger, which crosses tenants. */
const ALL_KEYS: Readonly<Record<Exclude<keyof typeof keys, 'erasure' | 'restore'>, ItemKey>> = {
  document: keys.document(tenant, place),
  person: keys.person(tenant, candidate),
  share: keys.share(tenant, candidate),
  disclosure: keys.disclosure(tenant, unit, proposal),
  membership: keys.membership(tenant, candidate),
  participant: keys.participant(tenant, cohort, candidate),
  seed: keys.seed(tenant, cohort),
  row: keys.row(tenant, batch, 7),
  outcome: keys.outcome(tenant, run, candidate),
  placeOutcome: keys.placeOutcome(tenant, run, place),
  callListChunk: keys.callListChunk(tenant, run, 0),
  helpRequest: keys.helpRequest(tenant, unit, { id: HelpRequestId.parse(`help_${tail}`), askedAt: at }),
  identity: keys.identity(tenant, 'ab'.repeat(32)),
  pair: keys.pair(tenant, candidate, otherCandidate),
  weights: keys.weights(tenant, '2027-1'),
  travelTime: keys.travelTime(tenant, '82630', unit),
  grant: keys.grant(tenant, { id: GrantId.parse(`grant_${tail}`), userId: user }),
  mark: keys.mark(tenant, { userId: user, route: 'POST /v1/runs', key: 'k' }),
  outbox: keys.outbox(tenant, event),
  blindIndexKey: keys.blindIndexKey(tenant),
  auditEntry: keys.auditEntry(tenant, { at, eventId: event }),
};

describe('keys', () => {
  it.each(Object.entries(ALL_KEYS))('of %s begin with the tenant', (_name, key) => {
    expect(key.pk.startsWith('T#soderhamn#')).toBe(true);
    expect(key.sk.length).toBeGreaterThanOrEqual(3);
  });

  it('of the ledger of erasures are one partition over all tenants, by time', () => {
    const [first, second] = ['2027-01-10T23:30:00.000Z', '2027-01-11T07:00:00.000Z'].map((text) =>
      keys.erasure({ at: Instant.parse(text), eventId: event }),
    );
    expect([first?.pk, second?.pk]).toEqual([ERASURE_LEDGER, ERASURE_LEDGER]);
    expect(String(first?.sk) < String(second?.sk)).toBe(true);
  });

  it('are different for everything that is kept', () => {
    const all = Object.values(ALL_KEYS).map(({ pk, sk }) => `${pk}|${sk}`);
    expect(new Set(all).size).toBe(all.length);
  });

  it('of lists begin with the tenant and are different', () => {
    const partitions: Readonly<Record<keyof typeof listPartitions, string>> = {
      units: listPartitions.units(tenant),
      places: listPartitions.places(tenant),
      batches: listPartitions.batches(tenant, office),
      candidates: listPartitions.candidates(tenant),
      referrals: listPartitions.referrals(tenant, candidate),
      cohorts: listPartitions.cohorts(tenant),
      runs: listPartitions.runs(tenant),
      whatIfs: listPartitions.whatIfs(tenant, run),
      proposals: listPartitions.proposals(tenant, unit),
      placements: listPartitions.placements(tenant),
      employments: listPartitions.employments(tenant),
      pairRules: listPartitions.pairRules(tenant),
      namedRequests: listPartitions.namedRequests(tenant),
    };
    for (const partition of Object.values(partitions)) expect(partition.startsWith('T#soderhamn#')).toBe(true);
    expect(new Set(Object.values(partitions)).size).toBe(Object.keys(partitions).length);
  });

  it.each([
    { range: ranges.participants(tenant, cohort), key: ALL_KEYS.participant },
    { range: ranges.rows(tenant, batch), key: ALL_KEYS.row },
    { range: ranges.outcomes(tenant, run), key: ALL_KEYS.outcome },
    { range: ranges.placeOutcomes(tenant, run), key: ALL_KEYS.placeOutcome },
    { range: ranges.callList(tenant, run), key: ALL_KEYS.callListChunk },
    { range: ranges.disclosures(tenant, unit), key: ALL_KEYS.disclosure },
    { range: ranges.helpRequests(tenant, unit), key: ALL_KEYS.helpRequest },
    { range: ranges.weights(tenant), key: ALL_KEYS.weights },
    { range: ranges.travelTimes(tenant, '82630'), key: ALL_KEYS.travelTime },
    { range: ranges.grants(tenant, user), key: ALL_KEYS.grant },
  ])('lie in their range $range.prefix, and no other key does', ({ range, key }) => {
    const inRange = Object.values(ALL_KEYS).filter(({ pk, sk }) => pk === range.pk && sk.startsWith(range.prefix));
    expect(inRange).toEqual([key]);
  });

  it('of a pair are the same whoever is named first', () => {
    expect(keys.pair(tenant, otherCandidate, candidate)).toEqual(ALL_KEYS.pair);
  });

  it('of rows sort by number and give it back', () => {
    const rows = [0, 9, 10, 99, 100, 123_456];
    const sorted = rows.map((row) => keys.row(tenant, batch, row).sk).sort();
    expect(sorted.map(rowOf)).toEqual(rows);
  });

  it('of audit entries are filed by the day in Stockholm', () => {
    expect(ALL_KEYS.auditEntry.pk).toContain('2027-01-11');
  });

  it('of marks tell route and key apart where their texts run together', () => {
    const of = (route: string, key: string) => keys.mark(tenant, { userId: user, route, key }).sk;
    expect(of('a', 'bc')).not.toBe(of('ab', 'c'));
    expect(of('a","b', 'c')).not.toBe(of('a', 'b","c'));
  });

  it('of the outbox spread over all its shards and sort by the instant of the commit, not by the event', () => {
    const ids = Array.from({ length: 64 }, (_, index) =>
      EventId.parse(`evt_${ulid(index, new Uint8Array(10).fill(index))}`),
    );
    expect(new Set(ids.map((id) => outboxKeys.of(id, at).outboxPk))).toEqual(new Set(outboxKeys.partitions));
    const later = Instant.parse('2027-01-10T23:30:00.001Z');
    for (const id of ids) {
      expect(outboxKeys.of(id, at).outboxSk < outboxKeys.before(later)).toBe(true);
      expect(outboxKeys.of(id, later).outboxSk < outboxKeys.before(later)).toBe(false);
    }
  });
});
