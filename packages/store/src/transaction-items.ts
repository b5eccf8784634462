import { Grant } from '@gruppstart/contracts/grant';
import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import { Participant } from '@gruppstart/domain/cohorts/cohort';
import { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { CandidateOutcome, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { TravelTime } from '@gruppstart/domain/requirements/travel';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { assertNever } from '@gruppstart/domain/shared/result';
import type {
  AuditEntry,
  Change,
  CommitRefusal,
  DocumentKind,
  Documents,
  ExpectedVersion,
  IdempotencyMark,
} from '@gruppstart/usecases/ports/store';
import type { SealedPerson } from '@gruppstart/usecases/ports/vault';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add, $set } from 'dynamodb-toolbox/entity/actions/update/symbols';
import { DOCUMENT_SHAPES } from './documents.ts';
import type { Entities } from './entities.ts';
import { type ItemKey, keys, outboxKeys } from './keys.ts';
import type { Write } from './put-alone.ts';
import { CallListChunk, callListChunks } from './stored-call-list.ts';
import { packPerson } from './stored-person.ts';

export type RefusedBecause = Extract<CommitRefusal, { kind: 'change-refused' }>['why'];

/** What the table holds where a condition failed; null: nothing. */
export interface FoundItem {
  readonly version: number | null;
}

/** One item of a transaction, and what it means when its condition fails. */
export interface PlannedItem {
  readonly key: ItemKey;
  readonly write: Write;
  readonly why: (found: FoundItem | null) => RefusedBecause;
}

const whenFailed = { returnValuesOnConditionFalse: 'ALL_OLD' } as const;
const isNew = { attr: 'pk', exists: false } as const;

const exists = (): RefusedBecause => 'exists';
const versionDiffers =
  (expected: ExpectedVersion, otherwise: RefusedBecause = 'stale') =>
  (found: FoundItem | null): RefusedBecause => {
    if (expected === null) return 'exists';
    if (found === null) return 'missing';
    return found.version === expected ? otherwise : 'stale';
  };
/** For writes without a condition. */
const never = (): RefusedBecause => {
  throw new Error('A write without a condition was refused for its condition');
};

const newPart = (entities: Entities, key: ItemKey, part: unknown): PlannedItem => ({
  key,
  write: entities.part
    .build(PutTransaction)
    .item({ ...key, part })
    .options({ condition: isNew, ...whenFailed }),
  why: exists,
});

const part = (entities: Entities, key: ItemKey, content: unknown): PlannedItem => ({
  key,
  write: entities.part.build(PutTransaction).item({ ...key, part: content }),
  why: never,
});

const saveDocument = <K extends DocumentKind>(
  entities: Entities,
  tenant: TenantId,
  kind: K,
  value: Documents[K],
  expected: ExpectedVersion,
): PlannedItem => {
  const shape = DOCUMENT_SHAPES[kind];
  const key = keys.document(tenant, value.id);
  const seats = shape.seats?.(value) ?? null;
  const content = { ...key, ...shape.listKey(tenant, value), ...(seats === null ? {} : { seats }) };
  if (expected === null) {
    return {
      key,
      write: entities.document
        .build(PutTransaction)
        .item({ ...content, version: 1, document: shape.pack(value), ...(seats === null ? {} : { taken: 0 }) })
        .options({ condition: isNew, ...whenFailed }),
      why: exists,
    };
  }
  const isExpected = { attr: 'version', eq: expected } as const;
  return {
    key,
    write: entities.document
      .build(UpdateTransaction)
      .item({ ...content, version: expected + 1, document: $set(shape.pack(value)) })
      .options({
        condition: seats === null ? isExpected : { and: [isExpected, { attr: 'taken', lte: seats }] },
        ...whenFailed,
      }),
    why: versionDiffers(expected, 'full'),
  };
};

const takeSeat = (entities: Entities, tenant: TenantId, id: string): PlannedItem => {
  const key = keys.document(tenant, id);
  return {
    key,
    write: entities.document
      .build(UpdateTransaction)
      .item({ ...key, taken: $add(1), version: $add(1) })
      .options({ condition: { attr: 'taken', lt: { attr: 'seats' } }, ...whenFailed }),
    why: (found) => (found === null ? 'missing' : 'full'),
  };
};

const FULL_TIME_PERCENT = 100;

const takeShare = (entities: Entities, key: ItemKey, percent: number): PlannedItem => {
  const fits = { attr: 'percent', lte: FULL_TIME_PERCENT - percent } as const;
  const isFirst = { attr: 'percent', exists: false } as const;
  return {
    key,
    write: entities.share
      .build(UpdateTransaction)
      .item({ ...key, percent: $add(percent) })
      .options({ condition: percent <= FULL_TIME_PERCENT ? { or: [isFirst, fits] } : fits, ...whenFailed }),
    why: () => 'full',
  };
};

const savePerson = (
  entities: Entities,
  key: ItemKey,
  person: SealedPerson,
  expected: ExpectedVersion,
): PlannedItem => ({
  key,
  write: entities.person
    .build(PutTransaction)
    .item({ ...key, version: (expected ?? 0) + 1, ...packPerson(person) })
    .options({ condition: expected === null ? isNew : { attr: 'version', eq: expected }, ...whenFailed }),
  why: versionDiffers(expected),
});

/**
 * The items of one change. Throws when the change holds what could not be read again, or contradicts itself: a fault
 * of the caller, and nothing is stored.
 */
export const itemsOfChange = (entities: Entities, tenant: TenantId, change: Change): readonly PlannedItem[] => {
  switch (change.change) {
    case 'save':
      return [saveDocument(entities, tenant, change.kind, change.value, change.expected)];
    case 'take-seat':
      return [takeSeat(entities, tenant, change.id)];
    case 'take-share':
      return [takeShare(entities, keys.share(tenant, change.candidateId), change.percent)];
    case 'add-participant': {
      const { candidateId, cohortId } = change.participant;
      return [
        newPart(entities, keys.membership(tenant, candidateId), Participant.parse(change.participant)),
        newPart(entities, keys.participant(tenant, cohortId, candidateId), Participant.parse(change.participant)),
      ];
    }
    case 'settle-row':
      return [newPart(entities, keys.row(tenant, change.batchId, change.row), RowOutcome.parse(change.outcome))];
    case 'save-person':
      return [savePerson(entities, keys.person(tenant, change.candidateId), change.person, change.expected)];
    case 'claim-identity':
      return [newPart(entities, keys.identity(tenant, change.blindIndex), change.candidateId)];
    case 'save-outcome':
      return [
        part(
          entities,
          keys.outcome(tenant, change.runId, change.outcome.candidateId),
          CandidateOutcome.parse(change.outcome),
        ),
      ];
    case 'save-place-outcome':
      return [
        part(
          entities,
          keys.placeOutcome(tenant, change.runId, change.outcome.placeId),
          PlaceOutcome.parse(change.outcome),
        ),
      ];
    case 'save-call-list':
      return callListChunks(change.entries).map((chunk, index) =>
        part(entities, keys.callListChunk(tenant, change.runId, index), CallListChunk.parse(chunk)),
      );
    case 'save-seed':
      return [newPart(entities, keys.seed(tenant, change.cohortId), change.seed)];
    case 'save-travel-time': {
      const { postcode, unitId } = change.travelTime;
      return [part(entities, keys.travelTime(tenant, postcode, unitId), TravelTime.parse(change.travelTime))];
    }
    case 'save-grant':
      if (change.grant.tenant !== tenant) throw new Error('A grant of another tenant cannot be saved');
      return [part(entities, keys.grant(tenant, change.grant), Grant.parse(change.grant))];
    case 'add-help-request':
      return [
        newPart(entities, keys.helpRequest(tenant, change.unitId, change.request), HelpRequest.parse(change.request)),
      ];
    default:
      return assertNever(change);
  }
};

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
