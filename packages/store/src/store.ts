import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Grant } from '@gruppstart/contracts/grant';
import { Participant } from '@gruppstart/domain/cohorts/cohort';
import { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { CandidateOutcome, PlaceOutcome, ProposedOutcome, UnplacedOutcome } from '@gruppstart/domain/matching/outcome';
import { StatedWeights } from '@gruppstart/domain/matching/weights';
import { TravelTime } from '@gruppstart/domain/requirements/travel';
import { CandidateId, type TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import type {
  DocumentKind,
  DocumentList,
  Documents,
  ListedKind,
  Page,
  PageRequest,
  Store,
  Stored,
} from '@gruppstart/usecases/ports/store';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import * as z from 'zod';
import { commitTransaction } from './commit.ts';
import { itemOfAudit } from './companion-items.ts';
import { LIST_KINDS, listScope, toStored } from './documents.ts';
import { makeEntities, PART_ATTRIBUTE } from './entities.ts';
import { type ItemKey, type ItemRange, keys, ranges, rowOf } from './keys.ts';
import { putAlone } from './put-alone.ts';
import { allInRange, fieldsInRange, getAll, getOne, type Item, pageOfList, pageOfRange } from './reads.ts';
import { CallListChunk, joinCallList } from './stored-call-list.ts';
import { DisclosedWhere, StoredDisclosure } from './stored-disclosure.ts';
import { readMark } from './stored-mark.ts';
import { unpackPerson } from './stored-person.ts';

export interface StoreConfig {
  readonly dynamodb: DynamoDBDocumentClient;
  /** Table names. */
  readonly coreTable: string;
  readonly auditTable: string;
  /** When messages were committed and which marks are over is told by this clock. */
  readonly now: () => Instant;
}

interface Schema<T> {
  parse(value: unknown): T;
}
const Seed = z.string();

/** What is read of an outcome for `proposedInRun`. */
const BriefProposed = ProposedOutcome.pick({ kind: true, candidateId: true, cohortId: true, preliminary: true });
const BriefOutcome = z.union([BriefProposed, UnplacedOutcome.pick({ kind: true, candidateId: true })]);
const BRIEF_OUTCOME = { attribute: PART_ATTRIBUTE, fields: Object.keys(BriefProposed.shape) };

/** The store over DynamoDB. Reads by key are strongly consistent, lists are not. */
export const makeStore = ({ dynamodb, coreTable, auditTable, now }: StoreConfig): Store => {
  const access = { dynamodb, coreTable };
  const entities = makeEntities(dynamodb, coreTable, auditTable);
  const documents = entities.document.build(EntityFormatter);
  const parts = entities.part.build(EntityFormatter);
  const persons = entities.person.build(EntityFormatter);
  const shares = entities.share.build(EntityFormatter);
  const marks = entities.mark.build(EntityFormatter);

  const documentOf = <K extends DocumentKind>(kind: K, item: Item): Stored<Documents[K]> =>
    toStored(kind, documents.format({ ...item }));
  const partOf = <T>(schema: Schema<T>, item: Item): T => schema.parse(parts.format({ ...item }).part);

  const onePart = async <T>(key: ItemKey, schema: Schema<T>): Promise<T | null> => {
    const item = await getOne(access, key);
    return item && partOf(schema, item);
  };
  const allParts = async <T>(range: ItemRange, schema: Schema<T>): Promise<readonly T[]> =>
    (await allInRange(access, range)).map((item) => partOf(schema, item));
  const partsPage = async <T>(range: ItemRange, schema: Schema<T>, page: PageRequest): Promise<Page<T> | null> => {
    const found = await pageOfRange(access, range, page);
    return found && { items: found.items.map((item) => partOf(schema, item)), nextCursor: found.nextCursor };
  };

  /** Several by name, in the order asked for. */
  const many = async <N extends string, T>(
    names: readonly N[],
    keyOf: (name: N) => ItemKey,
    read: (item: Item) => T,
  ): Promise<ReadonlyMap<N, T>> => {
    const found = await getAll(access, names.map(keyOf));
    const named = new Map<N, T>();
    for (const name of names) {
      const item = found.get(keyOf(name).pk);
      if (item !== undefined) named.set(name, read(item));
    }
    return named;
  };

  return {
    commit: (tenant, transaction) => commitTransaction(entities, tenant, transaction, now()),

    get: async (tenant, kind, id) => {
      const item = await getOne(access, keys.document(tenant, id));
      return item && documentOf(kind, item);
    },

    getMany: async (tenant, kind, ids) => {
      const found = await many(
        ids,
        (id) => keys.document(tenant, id),
        (item) => documentOf(kind, item),
      );
      return ids.flatMap((id) => found.get(id) ?? []);
    },

    list: async <L extends DocumentList>(tenant: TenantId, list: L, page: PageRequest) => {
      const found = await pageOfList(access, tenant, listScope(tenant, list), page);
      if (found === null) return null;
      const name: L['list'] = list.list;
      const kind: ListedKind[L['list']] = LIST_KINDS[name];
      return { items: found.items.map((item) => documentOf(kind, item)), nextCursor: found.nextCursor };
    },

    findMark: async (tenant, wanted, nowEpochSeconds) => {
      const item = await getOne(access, keys.mark(tenant, wanted));
      if (item === null) return null;
      const { mark, expiresAt } = marks.format({ ...item });
      // The table clears marks only within days of their end.
      return expiresAt <= nowEpochSeconds ? null : readMark(mark, expiresAt);
    },

    grantsOf: (tenant, userId) => allParts(ranges.grants(tenant, userId), Grant),

    findIdentity: (tenant, blindIndex) => onePart(keys.identity(tenant, blindIndex), CandidateId),
    findIdentities: (tenant, blindIndexes) =>
      many(
        blindIndexes,
        (blindIndex) => keys.identity(tenant, blindIndex),
        (item) => partOf(CandidateId, item),
      ),

    sealedPersons: (tenant, ids) =>
      many(
        ids,
        (id) => keys.person(tenant, id),
        (item) => unpackPerson(persons.format({ ...item })),
      ),

    disclosuresOfUnit: (tenant, unitId) => allParts(ranges.disclosures(tenant, unitId), StoredDisclosure),
    disclosuresOfCandidate: (tenant, candidateId) => allParts(ranges.disclosures(tenant, candidateId), DisclosedWhere),
    shareOf: async (tenant, candidateId) => {
      const item = await getOne(access, keys.share(tenant, candidateId));
      return item && shares.format({ ...item }).percent;
    },

    batchRows: (tenant, batchId, page) => partsPage(ranges.rows(tenant, batchId), RowOutcome, page),
    settledRows: async (tenant, batchId) => {
      const rows = await allInRange(access, ranges.rows(tenant, batchId));
      return new Map(rows.map((item) => [rowOf(String(item.sk)), partOf(RowOutcome, item)]));
    },

    participants: (tenant, cohortId) => allParts(ranges.participants(tenant, cohortId), Participant),
    membershipOf: (tenant, candidateId) => onePart(keys.membership(tenant, candidateId), Participant),
    seedOf: (tenant, cohortId) => onePart(keys.seed(tenant, cohortId), Seed),
    weights: (tenant) => allParts(ranges.weights(tenant), StatedWeights),
    travelTimes: (tenant, postcode) => allParts(ranges.travelTimes(tenant, postcode), TravelTime),

    outcomes: (tenant, runId, page) => partsPage(ranges.outcomes(tenant, runId), CandidateOutcome, page),
    proposedInRun: async (tenant, runId) =>
      (await fieldsInRange(access, ranges.outcomes(tenant, runId), BRIEF_OUTCOME)).map((item) => {
        const { candidateId, ...brief } = BriefOutcome.parse(item[PART_ATTRIBUTE]);
        const isProposed = brief.kind === 'proposed';
        return {
          candidateId,
          cohortId: isProposed ? brief.cohortId : null,
          preliminary: isProposed && brief.preliminary,
        };
      }),
    outcomeOf: (tenant, runId, candidateId) => onePart(keys.outcome(tenant, runId, candidateId), CandidateOutcome),
    placeOutcomes: (tenant, runId) => allParts(ranges.placeOutcomes(tenant, runId), PlaceOutcome),
    callList: async (tenant, runId) => joinCallList(await allParts(ranges.callList(tenant, runId), CallListChunk)),
    helpRequests: (tenant, unitId) => allParts(ranges.helpRequests(tenant, unitId), HelpRequest),

    appendAudit: async (tenant, entry) => {
      try {
        await putAlone(dynamodb, itemOfAudit(entities, tenant, entry).write);
      } catch (thrown) {
        // The SDK repeats a put whose answer was lost; then the entry is already there.
        if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
      }
    },
  };
};
