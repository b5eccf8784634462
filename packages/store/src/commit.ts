import { randomUUID } from 'node:crypto';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import {
  type CommitRefusal,
  type CommitResult,
  MAX_TRANSACTION_ITEMS,
  type Transaction,
} from '@gruppstart/usecases/ports/store';
import { pauseBeforeRetry } from './backoff.ts';
import { itemOfAudit, itemOfMark, itemOfMessage } from './companion-items.ts';
import type { Entities } from './entities.ts';
import { type FoundItem, itemsOfChange, type PlannedItem } from './transaction-items.ts';

const ATTEMPTS = 6;

/** What the service cancels for when another request was in the way; the same transaction may pass a little later. */
const PASSING_CODES = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

type Origin =
  | { readonly of: 'change'; readonly changeIndex: number; readonly why: PlannedItem['why'] }
  | { readonly of: 'mark' }
  | { readonly of: 'audit' | 'message' };
type Step = Omit<PlannedItem, 'why'> & { readonly origin: Origin };

const plan = (entities: Entities, tenant: TenantId, transaction: Transaction, now: Instant): readonly Step[] => [
  ...transaction.changes.flatMap((change, changeIndex) =>
    itemsOfChange(entities, tenant, change).map(
      ({ key, write, why }): Step => ({
        key,
        write,
        origin: { of: 'change', changeIndex, why },
      }),
    ),
  ),
  ...(transaction.mark === null
    ? []
    : [
        {
          ...itemOfMark(entities, tenant, transaction.mark, Math.floor(Date.parse(now) / 1_000)),
          origin: { of: 'mark' } as const,
        },
      ]),
  ...transaction.audit.map((entry): Step => ({ ...itemOfAudit(entities, tenant, entry), origin: { of: 'audit' } })),
  ...transaction.messages.map(
    (message): Step => ({ ...itemOfMessage(entities, tenant, message, now), origin: { of: 'message' } }),
  ),
];

/** The service takes neither of these; said here in our words, because it is a mistake of the one who built the transaction. */
const refuseImpossible = (steps: readonly Step[]): void => {
  if (steps.length === 0) throw new Error('A transaction needs at least one item');
  if (steps.length > MAX_TRANSACTION_ITEMS) {
    throw new Error(`A transaction holds at most ${MAX_TRANSACTION_ITEMS} items, this one has ${steps.length}`);
  }
  const seen = new Set<string>();
  for (const { key, origin } of steps) {
    const name = `${origin.of === 'audit' ? 'audit' : 'core'}|${key.pk}|${key.sk}`;
    if (seen.has(name)) throw new Error(`Two changes of one transaction touch the same item: ${name}`);
    seen.add(name);
  }
};

const foundIn = (reason: CancellationReason): FoundItem | null => {
  if (reason.Item === undefined) return null;
  const version = reason.Item.v?.N;
  return { version: version === undefined ? null : Number(version) };
};

/** What a cancelled transaction means: a refusal, `retry` when only others were in the way, or a thrown fault. */
const meaningOf = (steps: readonly Step[], cancelled: TransactionCanceledException): CommitRefusal | 'retry' => {
  const reasons = cancelled.CancellationReasons ?? [];
  const codes = reasons.map(({ Code = 'None' }) => Code);
  const failed = steps.flatMap(({ origin }, index) =>
    codes[index] === 'ConditionalCheckFailed' ? [{ origin, reason: reasons[index] ?? {} }] : [],
  );
  if (failed.some(({ origin }) => origin.of === 'mark')) return { kind: 'already-done' };
  for (const { origin, reason } of failed) {
    if (origin.of !== 'change') continue;
    return { kind: 'change-refused', changeIndex: origin.changeIndex, why: origin.why(foundIn(reason)) };
  }
  const telling = codes.filter((code) => code !== 'None');
  if (telling.length > 0 && telling.every((code) => PASSING_CODES.includes(code))) return 'retry';
  // Without the error itself as cause: its reasons hold items as they are stored.
  throw new Error(`A transaction was cancelled: ${codes.join(', ')}`, { cause: cancelled.message });
};

const attemptOnce = async (
  { dynamodb }: Entities,
  steps: readonly Step[],
  ClientRequestToken: string,
): Promise<CommitRefusal | 'retry' | 'done'> => {
  try {
    // What the library says of its own items is not for the service.
    const TransactItems = steps.map(({ write }) => ({ ...write.params(), ToolboxItem: undefined }));
    await dynamodb.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
    return 'done';
  } catch (thrown) {
    if (thrown instanceof TransactionCanceledException) return meaningOf(steps, thrown);
    if (thrown instanceof Error && thrown.name === 'TransactionInProgressException') return 'retry';
    throw new Error('A transaction could not be written', { cause: thrown });
  }
};

/** All or nothing, in one TransactWriteItems. */
export const commitTransaction = async (
  entities: Entities,
  tenant: TenantId,
  transaction: Transaction,
  now: Instant,
): Promise<CommitResult> => {
  const steps = plan(entities, tenant, transaction, now);
  refuseImpossible(steps);
  /*
   * One token for all tries of this call, the SDK's and ours: a try whose answer was lost has its effect once. It is
   * not made from the content, because equal transactions may both be meant: two takings of a seat are two seats.
   */
  const token = randomUUID();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await pauseBeforeRetry(attempt);
    const outcome = await attemptOnce(entities, steps, token);
    if (outcome === 'done') return { ok: true };
    if (outcome !== 'retry') return { ok: false, refusal: outcome };
  }
  return { ok: false, refusal: { kind: 'conflict' } };
};
