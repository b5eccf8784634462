import { PLAIN_POLICY } from '@gruppstart/domain/matching/run-policy';
import { aPlace, aRun } from '@gruppstart/domain/test-support/builders';
import { DOCUMENT_KINDS } from '@gruppstart/usecases/ports/store';
import { describe, expect, it } from 'vitest';
import { toStored } from './documents.ts';

describe('a document that is not what its kind says', () => {
  it.each(DOCUMENT_KINDS)('is a fault that names the %s and its id, and nothing of the content', (kind) => {
    const read = () =>
      toStored(kind, {
        pk: 'T#soderhamn#thing_1',
        version: 1,
        document: { name: 'Åsa Testsson', phone: '070-1740605' },
      });
    expect(read).toThrow(`What is stored under thing_1 is no ${kind}`);
    try {
      read();
    } catch (fault) {
      const told = `${fault}${fault instanceof Error ? fault.cause : ''}`;
      expect(told).not.toContain('Testsson');
      expect(told).not.toContain('1740605');
    }
  });
});

describe('a document from before a field could be stated', () => {
  it('that is a run reads as one without a policy', () => {
    const { policy, ...before } = aRun();
    const stored = toStored('run', { pk: `T#soderhamn#${before.id}`, version: 1, document: before });
    expect(stored.value).toEqual({ ...before, policy: PLAIN_POLICY });
    expect(policy).toEqual(PLAIN_POLICY);
  });

  it('that is a place reads as one whose people need no supervisor’s time and share no seat', () => {
    const { supervisorHoursPerWeek, sharedSeat, ...before } = aPlace();
    const stored = toStored('place', { pk: `T#soderhamn#${before.id}`, version: 1, document: before });
    expect(stored.value).toEqual({ ...before, supervisorHoursPerWeek, sharedSeat });
    expect([supervisorHoursPerWeek, sharedSeat]).toEqual([0, null]);
  });
});
