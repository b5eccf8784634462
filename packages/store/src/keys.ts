import { createHash } from 'node:crypto';
import type { Grant } from '@gruppstart/contracts/grant';
import type { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import type {
  BatchId,
  CandidateId,
  CohortId,
  EventId,
  OfficeId,
  PlaceId,
  ProposalId,
  RunId,
  TenantId,
  UnitId,
  UserId,
} from '@gruppstart/domain/shared/ids';
import { type Instant, stockholmDay } from '@gruppstart/domain/shared/local-date';
import type { AuditEntry, IdempotencyMarkKey } from '@gruppstart/usecases/ports/store';
import { ERASURE_LEDGER } from './tables.ts';

/*
 * All keys of both tables. `<t>` is `T#<tenant>`: no key is made without it, except the outbox index, which the one
 * function that serves all tenants reads.
 *
 * core, by key (strongly consistent)
 * | what is asked                         | pk                         | sk                    |
 * |---------------------------------------|----------------------------|-----------------------|
 * | a document by its id                  | <t>#<id>                   | DOC                   |
 * | the sealed person of a candidate      | <t>#<candidate>            | PERSON                |
 * | a person's sum of active placements   | <t>#<candidate>            | SHARE                 |
 * | to which units a person is disclosed  | <t>#<candidate>            | TOLD#<proposal>       |
 * | who is disclosed to a unit, sealed    | <t>#<unit>                 | TOLD#<proposal>       |
 * | the cohort that a person is in        | <t>#<candidate>            | MEMBER                |
 * | who is in a cohort                    | <t>#<cohort>               | PART#<candidate>      |
 * | a cohort's seed                       | <t>#<cohort>               | SEED                  |
 * | a batch's rows, in order              | <t>#<batch>                | ROW#<row, 7 digits>   |
 * | a run's outcomes by candidate         | <t>#<run>                  | OUT#<candidate>       |
 * | a run's outcomes by place             | <t>#<run>                  | PLACE#<place>         |
 * | a run's call list, in chunks          | <t>#<run>                  | CALLS#<chunk>         |
 * | a unit's requests for help, by time   | <t>#<unit>                 | HELP#<instant>#<id>   |
 * | who has an identity                   | <t>#IDENT#<blind index>    | IDENT                 |
 * | the rule that holds for two people    | <t>#PAIR#<id>#<id>         | RULE                  |
 * | rows of weights                       | <t>#WEIGHTS                | VERSION#<version>     |
 * | travel times from a postcode          | <t>#TRAVEL#<postcode>      | UNIT#<unit>           |
 * | a user's grants                       | <t>#USER#<user>            | GRANT#<grant>         |
 * | the first answer to a request (TTL)   | <t>#MARK#<user>            | <hash of route, key>  |
 * | a message not yet sent                | <t>#OUTBOX#<event>         | MSG                   |
 * | the tenant's key for blind indexes    | <t>#VAULT                  | BLIND-INDEX           |
 *
 * core, of the whole table, only where it has come back from a backup: how far the ledger of erasures has been replayed,
 * pk RESTORED#<name of the table>, sk LEDGER.
 *
 * core, index `lists` (eventually consistent)
 * | what is asked                         | listPk                     | listSk                |
 * |---------------------------------------|----------------------------|-----------------------|
 * | units                                 | <t>#UNITS                  | <id>                  |
 * | places; of one unit by prefix         | <t>#PLACES                 | <unit>#<id>           |
 * | batches of an office, newest first    | <t>#BATCHES#<office>       | <received>#<id>       |
 * | candidates, in the order they came    | <t>#CANDIDATES             | <id>                  |
 * | referrals of a person, newest first   | <t>#REFERRALS#<candidate>  | <referred>#<id>       |
 * | cohorts by start date                 | <t>#COHORTS                | <start>#<id>          |
 * | runs, newest first                    | <t>#RUNS                   | <ordered>#<id>        |
 * | what was asked of a run, newest first | <t>#WHATIFS#<run>          | <asked>#<id>          |
 * | proposals of a unit, newest first     | <t>#PROPOSALS#<unit>       | <proposed>#<id>       |
 * | placements by first day               | <t>#PLACEMENTS             | <start>#<id>          |
 * | employments by first day              | <t>#EMPLOYMENTS            | <start>#<id>          |
 * | rules for two people, newest first    | <t>#PAIRRULES              | <made>#<id>           |
 * | named requests, newest first          | <t>#NAMEDREQUESTS          | <requested>#<id>      |
 *
 * core, index `outbox`: messages of all tenants that have lain too long: outboxPk OUTBOX#<0..3>, outboxSk
 * <instant of the commit>#<event>. The event's id says nothing of its age: some ids are made from what they stand for.
 *
 * audit: pk <t>#DAY#<Stockholm day>, sk <instant>#<event>; erasures of all tenants, for whoever restores the table:
 * pk ERASURES, sk <instant>#<event>.
 */

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export interface ListKey {
  readonly listPk: string;
  readonly listSk: string;
}

const of = (tenant: TenantId, ...parts: readonly string[]): string => ['T', tenant, ...parts].join('#');

/** How every partition key of a tenant begins. */
export const tenantPrefix = (tenant: TenantId): string => `${of(tenant)}#`;

const ROW_DIGITS = 7;
const CHUNK_DIGITS = 3;

export const keys = {
  document: (tenant: TenantId, id: string): ItemKey => ({ pk: of(tenant, id), sk: 'DOC' }),
  person: (tenant: TenantId, id: CandidateId): ItemKey => ({ pk: of(tenant, id), sk: 'PERSON' }),
  /** Beside the unit, where it is read, and beside the person, by whom it is found again. */
  disclosure: (tenant: TenantId, toldTo: UnitId | CandidateId, id: ProposalId): ItemKey => ({
    pk: of(tenant, toldTo),
    sk: `TOLD#${id}`,
  }),
  share: (tenant: TenantId, id: CandidateId): ItemKey => ({ pk: of(tenant, id), sk: 'SHARE' }),
  membership: (tenant: TenantId, id: CandidateId): ItemKey => ({ pk: of(tenant, id), sk: 'MEMBER' }),
  participant: (tenant: TenantId, cohortId: CohortId, id: CandidateId): ItemKey => ({
    pk: of(tenant, cohortId),
    sk: `PART#${id}`,
  }),
  seed: (tenant: TenantId, cohortId: CohortId): ItemKey => ({ pk: of(tenant, cohortId), sk: 'SEED' }),
  row: (tenant: TenantId, batchId: BatchId, row: number): ItemKey => ({
    pk: of(tenant, batchId),
    sk: `ROW#${String(row).padStart(ROW_DIGITS, '0')}`,
  }),
  outcome: (tenant: TenantId, runId: RunId, id: CandidateId): ItemKey => ({ pk: of(tenant, runId), sk: `OUT#${id}` }),
  placeOutcome: (tenant: TenantId, runId: RunId, id: PlaceId): ItemKey => ({
    pk: of(tenant, runId),
    sk: `PLACE#${id}`,
  }),
  callListChunk: (tenant: TenantId, runId: RunId, chunk: number): ItemKey => ({
    pk: of(tenant, runId),
    sk: `CALLS#${String(chunk).padStart(CHUNK_DIGITS, '0')}`,
  }),
  helpRequest: (tenant: TenantId, unitId: UnitId, request: Pick<HelpRequest, 'id' | 'askedAt'>): ItemKey => ({
    pk: of(tenant, unitId),
    sk: `HELP#${request.askedAt}#${request.id}`,
  }),
  identity: (tenant: TenantId, blindIndex: string): ItemKey => ({ pk: of(tenant, 'IDENT', blindIndex), sk: 'IDENT' }),
  /** Of two people, whoever is named first. */
  pair: (tenant: TenantId, first: CandidateId, second: CandidateId): ItemKey => ({
    pk: of(tenant, 'PAIR', ...[first, second].toSorted()),
    sk: 'RULE',
  }),
  weights: (tenant: TenantId, version: string): ItemKey => ({ pk: of(tenant, 'WEIGHTS'), sk: `VERSION#${version}` }),
  travelTime: (tenant: TenantId, postcode: string, unitId: UnitId): ItemKey => ({
    pk: of(tenant, 'TRAVEL', postcode),
    sk: `UNIT#${unitId}`,
  }),
  grant: (tenant: TenantId, grant: Pick<Grant, 'id' | 'userId'>): ItemKey => ({
    pk: of(tenant, 'USER', grant.userId),
    sk: `GRANT#${grant.id}`,
  }),
  /** Hashed, because a sender's key may hold anything and a sort key only 1,024 bytes. */
  mark: (tenant: TenantId, mark: IdempotencyMarkKey): ItemKey => ({
    pk: of(tenant, 'MARK', mark.userId),
    sk: createHash('sha256')
      .update(JSON.stringify([mark.route, mark.key]))
      .digest('hex'),
  }),
  outbox: (tenant: TenantId, eventId: EventId): ItemKey => ({ pk: of(tenant, 'OUTBOX', eventId), sk: 'MSG' }),
  blindIndexKey: (tenant: TenantId): ItemKey => ({ pk: of(tenant, 'VAULT'), sk: 'BLIND-INDEX' }),
  auditEntry: (tenant: TenantId, entry: Pick<AuditEntry, 'at' | 'eventId'>): ItemKey => ({
    pk: of(tenant, 'DAY', stockholmDay(entry.at)),
    sk: `${entry.at}#${entry.eventId}`,
  }),
  /** Of the table as a whole; by its name, so that a copy of it is not taken for it. */
  restore: (table: string): ItemKey => ({ pk: `RESTORED#${table}`, sk: 'LEDGER' }),
  /** Crosses tenants, as a restored table holds all of them; the one right to read it names this very key. */
  erasure: (entry: Pick<AuditEntry, 'at' | 'eventId'>): ItemKey => ({
    pk: ERASURE_LEDGER,
    sk: `${entry.at}#${entry.eventId}`,
  }),
} as const;

/** The number that is written in a row's sort key. */
export const rowOf = (sk: string): number => Number(sk.slice('ROW#'.length));

/** A run of items under one partition key: those whose sort key begins with `prefix`. */
export interface ItemRange {
  readonly pk: string;
  readonly prefix: string;
}

export const ranges = {
  participants: (tenant: TenantId, id: CohortId): ItemRange => ({ pk: of(tenant, id), prefix: 'PART#' }),
  rows: (tenant: TenantId, id: BatchId): ItemRange => ({ pk: of(tenant, id), prefix: 'ROW#' }),
  outcomes: (tenant: TenantId, id: RunId): ItemRange => ({ pk: of(tenant, id), prefix: 'OUT#' }),
  placeOutcomes: (tenant: TenantId, id: RunId): ItemRange => ({ pk: of(tenant, id), prefix: 'PLACE#' }),
  callList: (tenant: TenantId, id: RunId): ItemRange => ({ pk: of(tenant, id), prefix: 'CALLS#' }),
  disclosures: (tenant: TenantId, id: UnitId | CandidateId): ItemRange => ({ pk: of(tenant, id), prefix: 'TOLD#' }),
  helpRequests: (tenant: TenantId, id: UnitId): ItemRange => ({ pk: of(tenant, id), prefix: 'HELP#' }),
  weights: (tenant: TenantId): ItemRange => ({ pk: of(tenant, 'WEIGHTS'), prefix: 'VERSION#' }),
  travelTimes: (tenant: TenantId, postcode: string): ItemRange => ({
    pk: of(tenant, 'TRAVEL', postcode),
    prefix: 'UNIT#',
  }),
  grants: (tenant: TenantId, userId: UserId): ItemRange => ({ pk: of(tenant, 'USER', userId), prefix: 'GRANT#' }),
} as const;

const OUTBOX_SHARDS = 4;

export const outboxKeys = {
  partitions: Array.from({ length: OUTBOX_SHARDS }, (_, shard) => `OUTBOX#${shard}`),
  /** The shard comes from the id's chance, so that messages spread evenly. */
  of: (eventId: EventId, committedAt: Instant): { readonly outboxPk: string; readonly outboxSk: string } => ({
    outboxPk: `OUTBOX#${eventId.charCodeAt(eventId.length - 1) % OUTBOX_SHARDS}`,
    outboxSk: `${committedAt}#${eventId}`,
  }),
  /** Everything that was committed before this instant sorts below. */
  before: (instant: Instant): string => instant,
} as const;

export const listPartitions = {
  units: (tenant: TenantId): string => of(tenant, 'UNITS'),
  places: (tenant: TenantId): string => of(tenant, 'PLACES'),
  batches: (tenant: TenantId, office: OfficeId): string => of(tenant, 'BATCHES', office),
  candidates: (tenant: TenantId): string => of(tenant, 'CANDIDATES'),
  referrals: (tenant: TenantId, id: CandidateId): string => of(tenant, 'REFERRALS', id),
  cohorts: (tenant: TenantId): string => of(tenant, 'COHORTS'),
  runs: (tenant: TenantId): string => of(tenant, 'RUNS'),
  whatIfs: (tenant: TenantId, id: RunId): string => of(tenant, 'WHATIFS', id),
  proposals: (tenant: TenantId, id: UnitId): string => of(tenant, 'PROPOSALS', id),
  placements: (tenant: TenantId): string => of(tenant, 'PLACEMENTS'),
  employments: (tenant: TenantId): string => of(tenant, 'EMPLOYMENTS'),
  pairRules: (tenant: TenantId): string => of(tenant, 'PAIRRULES'),
  namedRequests: (tenant: TenantId): string => of(tenant, 'NAMEDREQUESTS'),
} as const;

/** Puts a document where its list orders it: by a day or instant first, then by id. */
export const listSortKey = (by: Instant | string, id: string): string => `${by}#${id}`;
