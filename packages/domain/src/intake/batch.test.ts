import { describe, expect, test } from 'vitest';
import { Instant } from '../shared/local-date.ts';
import { AT, aBatch } from '../test-support/builders.ts';
import { acceptedOf, BATCH_STATUSES, BatchCounts, batchStatus } from './batch.ts';
import { Candidate } from './candidate.ts';
import { MatchingProfile } from './matching-profile.ts';
import { PERSONAL_FIELDS, PersonRecord, SUPPORT_NEED_LABELS, SUPPORT_NEEDS } from './person.ts';
import { RowOutcome } from './row-outcome.ts';

const COUNTS = { rows: 7, created: 3, updated: 2, unchanged: 1, rejected: 1, warnings: 4 };

describe('a batch', () => {
  test.each([
    { finishedAt: null, counts: null, now: AT, status: 'working' },
    { finishedAt: null, counts: null, now: '2026-12-01T08:30:00.000Z', status: 'working' },
    { finishedAt: null, counts: null, now: '2026-12-01T08:30:00.001Z', status: 'stalled' },
    { finishedAt: AT, counts: COUNTS, now: '2026-12-02T08:00:00.000Z', status: 'finished' },
  ])('finished at $finishedAt and looked at $now is $status', ({ status, now, ...facts }) => {
    expect(batchStatus(aBatch(facts), Instant.parse(now))).toBe(status);
    expect(BATCH_STATUSES).toContain(status);
  });

  test('that has gone on meanwhile has not stalled', () => {
    const batch = aBatch({ takenRows: 200, progressAt: '2026-12-01T09:00:00.000Z' });
    expect(batchStatus(batch, Instant.parse('2026-12-01T09:20:00.000Z'))).toBe('working');
  });

  test('has accepted what was created, updated or unchanged', () => {
    expect(acceptedOf(BatchCounts.parse(COUNTS))).toBe(6);
  });

  test.each(['status', 'accepted'])('keeps no %s of its own: it is derived', (field) => {
    expect(() => aBatch({ [field]: 'finished' })).toThrow();
  });
});

describe('the outcome of a row', () => {
  const error = { line: 4, column: 'Personnummer', code: 'personal-number-check-digit', detail: { sv: 'a', en: 'b' } };
  const taken = {
    line: 4,
    candidateId: 'cand_01jd4z8w6k3v9r5t2q7n0m1pxy',
    referralId: 'ref_01jd4z8w6k3v9r5t2q7n0m1pxy',
    contactWithheld: false,
    warnings: [],
  };

  test.each(['created', 'updated', 'unchanged'])('%s names the candidate', (outcome) => {
    expect(RowOutcome.safeParse({ ...taken, outcome }).success).toBe(true);
    expect(RowOutcome.safeParse({ line: 4, outcome }).success).toBe(false);
  });

  test('rejected names the error and nobody', () => {
    expect(RowOutcome.safeParse({ line: 4, outcome: 'rejected', error }).success).toBe(true);
    expect(RowOutcome.safeParse({ line: 4, outcome: 'rejected' }).success).toBe(false);
    expect(RowOutcome.safeParse({ ...taken, outcome: 'rejected', error }).success).toBe(false);
  });

  test('has room for what is needed, never for a cell that was refused', () => {
    expect(
      RowOutcome.safeParse({ line: 4, outcome: 'rejected', error: { ...error, value: '850709-9805' } }).success,
    ).toBe(false);
  });
});

describe('what is known of a person', () => {
  test('is personal as a whole: every field of the record is on the list of personal fields', () => {
    expect(PERSONAL_FIELDS.toSorted()).toEqual(Object.keys(PersonRecord.shape).toSorted());
  });

  test('no personal field is in what matching may know or in the candidate', () => {
    const open = [...Object.keys(MatchingProfile.shape), ...Object.keys(Candidate.shape)];
    expect(PERSONAL_FIELDS.filter((field) => open.includes(field))).toEqual([]);
  });

  test('support needs are a closed list with a name of its own each', () => {
    expect(Object.keys(SUPPORT_NEED_LABELS).toSorted()).toEqual(SUPPORT_NEEDS.toSorted());
    expect(new Set(Object.values(SUPPORT_NEED_LABELS).map(({ sv }) => sv)).size).toBe(SUPPORT_NEEDS.length);
  });
});
