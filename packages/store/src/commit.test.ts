import { PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import type { CommitResult, Transaction } from '@gruppstart/usecases/ports/store';
import { afterEach, describe, expect, it } from 'vitest';
import { commitTransaction } from './commit.ts';
import { makeDynamodb } from './dynamodb-client.ts';
import { makeEntities } from './entities.ts';
import { type CannedAnswer, type CannedService, startCannedService } from './testdata/canned-service.ts';

const tenant = TenantId.parse('soderhamn');
const takeSeat: Transaction = {
  changes: [{ change: 'take-seat', of: 'place', id: PlaceId.parse('place_01kc5x8f3q9v7t2m4n6p8r0s1t'), part: 'whole' }],
  mark: null,
  audit: [],
  messages: [],
};

const NOW = Instant.parse('2026-12-01T08:00:00.000Z');
const DONE: CannedAnswer = { status: 200, body: {} };
const cancelled = (...reasons: readonly object[]): CannedAnswer => ({
  status: 400,
  body: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    Message: 'Transaction cancelled, please refer cancellation reasons for specific reasons',
    CancellationReasons: reasons,
  },
});
const conflict = cancelled({ Code: 'TransactionConflict' });
const CONFLICT: CommitResult = { ok: false, refusal: { kind: 'conflict' } };

describe('a commit that meets others', () => {
  let service: CannedService | null = null;
  afterEach(() => service?.stop());

  const commitAgainst = async (...answers: readonly CannedAnswer[]) => {
    const started = await startCannedService(...answers);
    service = started;
    const dynamodb = makeDynamodb(started.config);
    const outcome = await commitTransaction(makeEntities(dynamodb, 'core', 'audit'), tenant, takeSeat, NOW).then(
      (result) => ({ result, fault: null }),
      (fault: unknown) => ({ result: null, fault }),
    );
    dynamodb.destroy();
    const tokens = started.received.map(({ body }) => JSON.parse(body).ClientRequestToken);
    return { ...outcome, tries: tokens.length, tokens: new Set<string>(tokens) };
  };

  it.each([{ code: 'TransactionConflict' }, { code: 'ThrottlingError' }, { code: 'ProvisionedThroughputExceeded' }])(
    'tries again after $code, under the same token',
    async ({ code }) => {
      const { result, tries, tokens } = await commitAgainst(cancelled({ Code: code }), cancelled({ Code: code }), DONE);
      expect({ result, tries, tokens: tokens.size }).toEqual({ result: { ok: true }, tries: 3, tokens: 1 });
      for (const token of tokens) expect(token.length).toBeLessThanOrEqual(36);
    },
  );

  it('gives up as a conflict after six tries', async () => {
    const { result, tries } = await commitAgainst(conflict);
    expect({ result, tries }).toEqual({ result: CONFLICT, tries: 6 });
  });

  it('waits for an earlier try that is still in progress', async () => {
    const inProgress: CannedAnswer = {
      status: 400,
      body: { __type: 'com.amazonaws.dynamodb.v20120810#TransactionInProgressException', Message: 'in progress' },
    };
    expect((await commitAgainst(inProgress, DONE)).result).toEqual({ ok: true });
  });

  it('takes a failed condition for the answer, also beside a conflict', async () => {
    const failed = { Code: 'ConditionalCheckFailed', Item: { v: { N: '3' } } };
    const { result, tries } = await commitAgainst(cancelled(failed, { Code: 'TransactionConflict' }), DONE);
    expect(result).toEqual({ ok: false, refusal: { kind: 'change-refused', changeIndex: 0, why: 'full' } });
    expect(tries).toBe(1);
  });

  it('knows missing from full by the item that comes back', async () => {
    const { result } = await commitAgainst(cancelled({ Code: 'ConditionalCheckFailed' }));
    expect(result).toEqual({ ok: false, refusal: { kind: 'change-refused', changeIndex: 0, why: 'missing' } });
  });

  it('does not try a conflict again beside a fault, and tells nothing of what is stored', async () => {
    const { fault, tries } = await commitAgainst(
      cancelled({ Code: 'ValidationError', Item: { d: { S: 'hemligt' } } }, { Code: 'TransactionConflict' }),
    );
    expect(tries).toBe(1);
    expect(String(fault)).toContain('ValidationError');
    expect(JSON.stringify(fault, Object.getOwnPropertyNames(fault))).not.toContain('hemligt');
  });

  it('has its effect once when an answer is lost: the SDK repeats under the same token', async () => {
    const { result, tries, tokens } = await commitAgainst('hang-up', DONE);
    expect({ result, tries, tokens: tokens.size }).toEqual({ result: { ok: true }, tries: 2, tokens: 1 });
  });

  it('throws when the service refuses for another reason', async () => {
    const denied = { status: 400, body: { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'no' } };
    const { fault, tries } = await commitAgainst(denied);
    expect(fault).toBeInstanceOf(Error);
    expect(tries).toBe(1);
  });

  it('gives equal transactions tokens of their own: both are meant', async () => {
    const started = await startCannedService(DONE);
    service = started;
    const dynamodb = makeDynamodb(started.config);
    const entities = makeEntities(dynamodb, 'core', 'audit');
    await commitTransaction(entities, tenant, takeSeat, NOW);
    await commitTransaction(entities, tenant, takeSeat, NOW);
    dynamodb.destroy();
    expect(new Set(started.received.map(({ body }) => JSON.parse(body).ClientRequestToken)).size).toBe(2);
  });
});
