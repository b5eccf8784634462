import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Grant } from '@gruppstart/contracts/grant';
import { Participant } from '@gruppstart/domain/cohorts/cohort';
import { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { CandidateOutcome, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { TravelTime } from '@gruppstart/domain/requirements/travel';
import { CandidateId, type TenantId } from '@gruppstart/domain/shared/ids';
import type { DocumentList, ListedKind, Page, PageRequest, Store } from '@gruppstart/usecases/ports/store';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import * as z from 'zod';
import { commitTransaction } from './commit.ts';
import { LIST_KINDS, listScope, toStored } from './documents.ts';
import { makeEntities } from './entities.ts';
import { type ItemKey, type ItemRange, keys, ranges, rowOf } from './keys.ts';
import { allParts, getAll, listPage, type PartItem, partsPage } from './reads.ts';
import { joinCallList } from './stored-call-list.ts';
import { readMark } from './stored-mark.ts';
import { unpackPerson } from './stored-person.ts';
import { auditItem } from './transaction-items.ts';

export interface StoreConfig {
  readonly dynamodb: DynamoDBDocumentClient;
  /** Table names. */
  readonly coreTable: string;
  readonly auditTable: string;
}

interface Schema<T> {
  parse(value: unknown): T;
}
const Seed = z.string();
const pageOf = <T>(schema: Schema<T>, page: Page<PartItem> | null): Page<T> | null =>
  page && { items: page.items.map(({ part }) => schema.parse(part)), nextCursor: page.nextCursor };

/** The store over DynamoDB. Reads by key are strongly consistent, lists are not. */
export const makeStore = ({ dynamodb, coreTable, auditTable }: StoreConfig): Store => {
  const entities = makeEntities(dynamodb, coreTable, auditTable);

  const onePart = async <T>(key: ItemKey, schema: Schema<T>): Promise<T | null> => {
    const { Item } = await entities.part.build(GetItemCommand).key(key).options({ consistent: true }).send();
    return Item === undefined ? null : schema.parse(Item.part);
  };
  const parts = async <T>(range: ItemRange, schema: Schema<T>): Promise<readonly T[]> =>
    (await allParts(entities, range)).map(({ part }) => schema.parse(part));

  const many = <T>(read: (item: Record<string, unknown>) => T, wanted: readonly ItemKey[]) =>
    getAll({ dynamodb, coreTable, read }, wanted);
  /** By what they were asked for with, in that order. */
  const manyNamed = async <N extends string, T>(
    names: readonly N[],
    keyOf: (name: N) => ItemKey,
    read: (item: Record<string, unknown>) => T,
  ): Promise<ReadonlyMap<N, T>> => {
    const found = await many(read, names.map(keyOf));
    const named = new Map<N, T>();
    for (const name of names) {
      const value = found.get(keyOf(name).pk);
      if (value !== undefined) named.set(name, value);
    }
    return named;
  };

  return {
    commit: (tenant, transaction) => commitTransaction(entities, tenant, transaction),

    get: async (tenant, kind, id) => {
      const key = keys.document(tenant, id);
      const { Item } = await entities.document.build(GetItemCommand).key(key).options({ consistent: true }).send();
      return Item === undefined ? null : toStored(kind, Item);
    },

    getMany: async (tenant, kind, ids) => {
      const wanted = ids.map((id) => keys.document(tenant, id));
      const found = await many((item) => toStored(kind, entities.document.build(EntityFormatter).format(item)), wanted);
      return wanted.flatMap(({ pk }) => found.get(pk) ?? []);
    },

    list: async <L extends DocumentList>(tenant: TenantId, list: L, page: PageRequest) => {
      const found = await listPage(entities, tenant, listScope(tenant, list), page);
      if (found === null) return null;
      const name: L['list'] = list.list;
      const kind: ListedKind[L['list']] = LIST_KINDS[name];
      return { items: found.items.map((item) => toStored(kind, item)), nextCursor: found.nextCursor };
    },

    findMark: async (tenant, wanted, nowEpochSeconds) => {
      const key = keys.mark(tenant, wanted);
      const { Item } = await entities.mark.build(GetItemCommand).key(key).options({ consistent: true }).send();
      // The table clears marks only within days of their end.
      return Item === undefined || Item.expiresAt <= nowEpochSeconds ? null : readMark(Item.mark, Item.expiresAt);
    },

    grantsOf: (tenant, userId) => parts(ranges.grants(tenant, userId), Grant),

    findIdentity: (tenant, blindIndex) => onePart(keys.identity(tenant, blindIndex), CandidateId),

    findIdentities: (tenant, blindIndexes) =>
      manyNamed(
        blindIndexes,
        (blindIndex) => keys.identity(tenant, blindIndex),
        (item) => CandidateId.parse(entities.part.build(EntityFormatter).format(item).part),
      ),

    sealedPersons: (tenant, ids) =>
      manyNamed(
        ids,
        (id) => keys.person(tenant, id),
        (item) => unpackPerson(entities.person.build(EntityFormatter).format(item)),
      ),

    batchRows: async (tenant, batchId, page) =>
      pageOf(RowOutcome, await partsPage(entities, ranges.rows(tenant, batchId), page)),

    settledRows: async (tenant, batchId) => {
      const rows = await allParts(entities, ranges.rows(tenant, batchId));
      return new Map(rows.map(({ sk, part }) => [rowOf(sk), RowOutcome.parse(part)]));
    },

    participants: (tenant, cohortId) => parts(ranges.participants(tenant, cohortId), Participant),
    membershipOf: (tenant, candidateId) => onePart(keys.membership(tenant, candidateId), Participant),
    seedOf: (tenant, cohortId) => onePart(keys.seed(tenant, cohortId), Seed),
    travelTimes: (tenant, postcode) => parts(ranges.travelTimes(tenant, postcode), TravelTime),

    outcomes: async (tenant, runId, page) =>
      pageOf(CandidateOutcome, await partsPage(entities, ranges.outcomes(tenant, runId), page)),
    placeOutcomes: (tenant, runId) => parts(ranges.placeOutcomes(tenant, runId), PlaceOutcome),
    callList: async (tenant, runId) =>
      joinCallList((await allParts(entities, ranges.callList(tenant, runId))).map(({ part }) => part)),
    helpRequests: (tenant, unitId) => parts(ranges.helpRequests(tenant, unitId), HelpRequest),

    appendAudit: async (tenant, entry) => {
      try {
        await entities.audit
          .build(PutItemCommand)
          .item(auditItem(tenant, entry))
          .options({ condition: { attr: 'pk', exists: false } })
          .send();
      } catch (thrown) {
        // The SDK repeats a put whose answer was lost; then the entry is already there.
        if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
      }
    },
  };
};
