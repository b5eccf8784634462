import { Grant } from '@gruppstart/contracts/grant';
import { Participant } from '@gruppstart/domain/cohorts/cohort';
import { LedgerEntry } from '@gruppstart/domain/follow-up/erasure';
import { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { CandidateOutcome, PlaceOutcome, type SeatPartKind } from '@gruppstart/domain/matching/outcome';
import { StatedWeights } from '@gruppstart/domain/matching/weights';
import { TravelTime } from '@gruppstart/domain/requirements/travel';
import type { CohortId, PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import { assertNever } from '@gruppstart/domain/shared/result';
import type { Change, CommitRefusal, DocumentKind, Documents, ExpectedVersion } from '@gruppstart/usecases/ports/store';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { DOCUMENT_SHAPES } from './documents.ts';
import type { Entities } from './entities.ts';
import { type ItemKey, keys } from './keys.ts';
import { type Condition, check, deletion, update } from './plain-writes.ts';
import type { Write } from './put-alone.ts';
import { CallListChunk, callListChunks } from './stored-call-list.ts';
import { StoredDisclosure } from './stored-disclosure.ts';
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

const isVersion = (expected: number): Condition => ({
  expression: '#v = :expected',
  values: { ':expected': expected },
});

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

const SECOND_WITHIN = '(attribute_not_exists(#takenSecond) OR #takenSecond <= :seats)';

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
  const parts = shape.parts?.(value) ?? null;
  const counted = { ...(seats === null ? {} : { seats }), ...(parts === null ? {} : { parts }) };
  const listKey = shape.listKey(tenant, value);
  if (expected === null) {
    const none = { ...(seats === null ? {} : { taken: 0 }), ...(parts === null ? {} : { takenSecond: 0 }) };
    return {
      key,
      write: entities.document
        .build(PutTransaction)
        .item({ ...key, ...listKey, ...counted, ...none, version: 1, document: shape.pack(value) })
        .options({ condition: isNew, ...whenFailed }),
      why: exists,
    };
  }
  const set = { v: expected + 1, d: shape.pack(value), ...listKey, ...counted };
  const isExpected = isVersion(expected);
  const condition =
    seats === null
      ? isExpected
      : {
          expression: `${isExpected.expression} AND #taken <= :seats${parts === null ? '' : ` AND ${SECOND_WITHIN}`}`,
          values: { ...isExpected.values, ':seats': seats },
        };
  return {
    key,
    write: update(entities.coreTable, key, { set }, condition),
    why: versionDiffers(expected, 'full'),
  };
};

const fullUnlessMissing = (found: FoundItem | null): RefusedBecause => (found === null ? 'missing' : 'full');

const takeSeat = (entities: Entities, tenant: TenantId, id: CohortId): PlannedItem => {
  const key = keys.document(tenant, id);
  return {
    key,
    write: update(entities.coreTable, key, { add: { taken: 1, v: 1 } }, { expression: '#taken < #seats', values: {} }),
    why: fullUnlessMissing,
  };
};

/** Of a place from before seats could be shared, the second parts are counted with the first. */
const FREE: Readonly<Record<SeatPartKind, string>> = {
  whole: '#taken < #seats AND (attribute_not_exists(#takenSecond) OR #takenSecond < #seats)',
  first: '#parts = :two AND #taken < #seats',
  second: '#parts = :two AND (#takenSecond < #seats OR (attribute_not_exists(#takenSecond) AND #taken < #seats))',
};

/** Both counters in one write: of two people who want halves of the last seat, each may have one, and nobody the whole. */
const takeSeatPart = (entities: Entities, tenant: TenantId, id: PlaceId, part: SeatPartKind): PlannedItem => {
  const key = keys.document(tenant, id);
  return {
    key,
    write: update(
      entities.coreTable,
      key,
      {
        add: { taken: part === 'second' ? 0 : 1, v: 1 },
        branch: { takenSecond: { from: 'taken', by: part === 'first' ? 0 : 1 } },
      },
      { expression: FREE[part], values: part === 'whole' ? {} : { ':two': 2 } },
    ),
    why: fullUnlessMissing,
  };
};

const FULL_TIME_PERCENT = 100;

const takeShare = (entities: Entities, key: ItemKey, percent: number): PlannedItem => {
  const fits = '#percent <= :room';
  const expression = percent <= FULL_TIME_PERCENT ? `attribute_not_exists(#percent) OR ${fits}` : fits;
  return {
    key,
    write: update(
      entities.coreTable,
      key,
      { add: { percent } },
      { expression, values: { ':room': FULL_TIME_PERCENT - percent } },
    ),
    why: () => 'full',
  };
};

const savePerson = (
  entities: Entities,
  key: ItemKey,
  { person, identities, expected }: Extract<Change, { change: 'save-person' }>,
): PlannedItem => ({
  key,
  write: entities.person
    .build(PutTransaction)
    .item({ ...key, version: (expected ?? 0) + 1, ...packPerson(person, identities) })
    .options({ condition: expected === null ? isNew : { attr: 'version', eq: expected }, ...whenFailed }),
  why: versionDiffers(expected),
});

const unchanged = ({ coreTable }: Entities, key: ItemKey, expected: number): PlannedItem => ({
  key,
  write: check(coreTable, key, isVersion(expected)),
  why: versionDiffers(expected),
});

/** Gives up what was claimed for an owner, if it is that owner's. */
const releaseOwn = ({ coreTable }: Entities, key: ItemKey, owner: string): PlannedItem => ({
  key,
  write: deletion(coreTable, key, { expression: '#d = :owner', values: { ':owner': owner } }),
  why: (found) => (found === null ? 'missing' : 'stale'),
});

/** More than full time: no share fits beside it. */
const CLOSED_PERCENT = FULL_TIME_PERCENT + 1;

const closeShare = (entities: Entities, key: ItemKey, expected: number | null): PlannedItem => ({
  key,
  write: entities.share
    .build(PutTransaction)
    .item({ ...key, percent: CLOSED_PERCENT })
    .options({ condition: expected === null ? isNew : { attr: 'percent', eq: expected }, ...whenFailed }),
  why: () => 'stale',
});

/**
 * The items of one change. Throws when the change holds what could not be read again, or contradicts itself: a fault
 * of the caller, and nothing is stored.
 */
export const itemsOfChange = (entities: Entities, tenant: TenantId, change: Change): readonly PlannedItem[] => {
  switch (change.change) {
    case 'save':
      return [saveDocument(entities, tenant, change.kind, change.value, change.expected)];
    case 'unchanged':
      return [unchanged(entities, keys.document(tenant, change.id), change.expected)];
    case 'take-seat':
      return [
        change.of === 'place'
          ? takeSeatPart(entities, tenant, change.id, change.part)
          : takeSeat(entities, tenant, change.id),
      ];
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
      return [savePerson(entities, keys.person(tenant, change.candidateId), change)];
    case 'claim-identity':
      return [newPart(entities, keys.identity(tenant, change.blindIndex), change.candidateId)];
    case 'release-identity':
      return [releaseOwn(entities, keys.identity(tenant, change.blindIndex), change.candidateId)];
    case 'claim-pair': {
      const { id, first, second } = change.rule;
      return [newPart(entities, keys.pair(tenant, first, second), id)];
    }
    case 'release-pair': {
      const { id, first, second } = change.rule;
      return [releaseOwn(entities, keys.pair(tenant, first, second), id)];
    }
    case 'erase-person': {
      const key = keys.person(tenant, change.candidateId);
      return [
        {
          key,
          write: deletion(entities.coreTable, key, isVersion(change.expected)),
          why: versionDiffers(change.expected),
        },
      ];
    }
    case 'close-share':
      return [closeShare(entities, keys.share(tenant, change.candidateId), change.expected)];
    case 'save-disclosure': {
      const { proposalId, candidateId, unitId } = change.disclosure;
      return [
        part(entities, keys.disclosure(tenant, unitId, proposalId), StoredDisclosure.parse(change.disclosure)),
        part(entities, keys.disclosure(tenant, candidateId, proposalId), { proposalId, candidateId, unitId }),
      ];
    }
    case 'end-disclosure': {
      const { proposalId, candidateId, unitId } = change.disclosure;
      return [unitId, candidateId].map((toldTo) => {
        const key = keys.disclosure(tenant, toldTo, proposalId);
        return { key, write: deletion(entities.coreTable, key), why: never };
      });
    }
    case 'note-erasure': {
      if (change.entry.tenant !== tenant) throw new Error('An erasure of another tenant cannot be noted');
      const key = keys.erasure({ at: change.entry.at, eventId: change.eventId });
      return [
        {
          key,
          write: entities.ledger
            .build(PutTransaction)
            .item({ ...key, entry: LedgerEntry.parse(change.entry) })
            .options({ condition: isNew }),
          why: exists,
        },
      ];
    }
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
    case 'save-weights': {
      const { version } = change.weights.weights;
      return [newPart(entities, keys.weights(tenant, version), StatedWeights.parse(change.weights))];
    }
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
