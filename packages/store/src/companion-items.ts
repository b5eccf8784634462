import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import type { AuditEntry, IdempotencyMark } from '@gruppstart/usecases/ports/store';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import type { Entities } from './entities.ts';
import { keys, outboxKeys } from './keys.ts';
import type { PlannedItem } from './transaction-items.ts';

/* What goes with the effect in its transaction: the mark of the request, audit entries, messages to send. */

const isNew = { attr: 'pk', exists: false } as const;

/** A mark may replace one whose time is out: the table clears those only within days. */
export const itemOfMark = (
  entities: Entities,
  tenant: TenantId,
  { expiresAtEpochSeconds, ...mark }: IdempotencyMark,
  nowEpochSeconds: number,
): Omit<PlannedItem, 'why'> => {
  const key = keys.mark(tenant, mark);
  const isOver = { attr: 'expiresAt', lte: nowEpochSeconds } as const;
  return {
    key,
    write: entities.mark
      .build(PutTransaction)
      .item({ ...key, mark, expiresAt: expiresAtEpochSeconds })
      .options({ condition: { or: [isNew, isOver] } }),
  };
};

/** What an audit entry is written as. An entry is put where there is none and never changed. */
const auditItem = (tenant: TenantId, entry: AuditEntry) => ({
  ...keys.auditEntry(tenant, entry),
  ...entry,
  subjects: [...entry.subjects],
  facts: { ...entry.facts },
});

export const itemOfAudit = (entities: Entities, tenant: TenantId, entry: AuditEntry): Omit<PlannedItem, 'why'> => ({
  key: keys.auditEntry(tenant, entry),
  write: entities.audit.build(PutTransaction).item(auditItem(tenant, entry)).options({ condition: isNew }),
});

export const itemOfMessage = (
  entities: Entities,
  tenant: TenantId,
  message: QueueMessage,
  now: Instant,
): Omit<PlannedItem, 'why'> => {
  if (message.tenant !== tenant) throw new Error('A message of another tenant cannot be sent');
  const key = keys.outbox(tenant, message.eventId);
  return {
    key,
    write: entities.outbox
      .build(PutTransaction)
      .item({ ...key, message: QueueMessage.parse(message), ...outboxKeys.of(message.eventId, now) }),
  };
};
