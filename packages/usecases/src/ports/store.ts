import type { Grant } from '@gruppstart/contracts/grant';
import type { QueueMessage } from '@gruppstart/contracts/queue-messages';
import type { Cohort, Participant } from '@gruppstart/domain/cohorts/cohort';
import type { Employment, Placement } from '@gruppstart/domain/employment/employment';
import type { LedgerEntry } from '@gruppstart/domain/follow-up/erasure';
import type { HelpRequest } from '@gruppstart/domain/follow-up/help-request';
import type { Batch } from '@gruppstart/domain/intake/batch';
import type { Candidate, Referral } from '@gruppstart/domain/intake/candidate';
import type { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { NamedRequest } from '@gruppstart/domain/matching/named-request';
import type { CallListEntry, CandidateOutcome, PlaceOutcome, SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { StatedWeights } from '@gruppstart/domain/matching/weights';
import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import type { DisclosureLevel } from '@gruppstart/domain/proposals/disclosure';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { TravelTime } from '@gruppstart/domain/requirements/travel';
import type { Unit } from '@gruppstart/domain/requirements/unit';
import type {
  CandidateId,
  CohortId,
  OfficeId,
  PlaceId,
  ProposalId,
  RunId,
  TenantId,
  UnitId,
  UserId,
} from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import type { SealedPerson } from './vault.ts';

/**
 * Everything that is kept as one document with a version. `seal` of a cohort is what must not leave the store before a
 * run has used it: the seed behind `seedCommitment`.
 */
export interface Documents {
  readonly unit: Unit;
  readonly place: Place;
  readonly batch: Batch;
  readonly candidate: Candidate;
  readonly referral: Referral;
  readonly cohort: Cohort;
  readonly run: MatchRun;
  readonly 'what-if': WhatIf;
  readonly proposal: Proposal;
  readonly placement: Placement;
  readonly employment: Employment;
  readonly pairRule: PairRule;
  readonly namedRequest: NamedRequest;
}
export type DocumentKind = keyof Documents;
export const DOCUMENT_KINDS = [
  'unit',
  'place',
  'batch',
  'candidate',
  'referral',
  'cohort',
  'run',
  'what-if',
  'proposal',
  'placement',
  'employment',
  'pairRule',
  'namedRequest',
] as const satisfies readonly DocumentKind[];

/** A document as it is now. The version rises by one with every change; the ETag is made from it. */
export interface Stored<T> {
  readonly value: T;
  readonly version: number;
  /** Seats taken, for places and cohorts; 0 for other kinds. Of a place: whole, or in their first part. */
  readonly seatsTaken: number;
  /** Seats of a place that are taken whole or in their second part. Left out for other kinds. */
  readonly seatsTakenSecond?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor: string | null;
}

/** The lists that are kept, each with its order. */
export type DocumentList =
  | { readonly list: 'units' }
  | { readonly list: 'places-of-unit'; readonly unitId: UnitId }
  | { readonly list: 'places' }
  | { readonly list: 'batches-of-office'; readonly officeId: OfficeId }
  | { readonly list: 'candidates' }
  | { readonly list: 'referrals-of-candidate'; readonly candidateId: CandidateId }
  | { readonly list: 'cohorts' }
  | { readonly list: 'runs' }
  | { readonly list: 'what-ifs-of-run'; readonly runId: RunId }
  | { readonly list: 'proposals-of-unit'; readonly unitId: UnitId }
  | { readonly list: 'placements' }
  | { readonly list: 'employments' }
  | { readonly list: 'pair-rules' }
  | { readonly list: 'named-requests' };

/** Which kind of document each list holds. */
export interface ListedKind {
  readonly units: 'unit';
  readonly 'places-of-unit': 'place';
  readonly places: 'place';
  readonly 'batches-of-office': 'batch';
  readonly candidates: 'candidate';
  readonly 'referrals-of-candidate': 'referral';
  readonly cohorts: 'cohort';
  readonly runs: 'run';
  readonly 'what-ifs-of-run': 'what-if';
  readonly 'proposals-of-unit': 'proposal';
  readonly placements: 'placement';
  readonly employments: 'employment';
  readonly 'pair-rules': 'pairRule';
  readonly 'named-requests': 'namedRequest';
}

/** A sealed person, and the identities that were claimed for it: they go when the person goes. */
export interface KeptPerson extends SealedPerson {
  readonly identities: readonly string[];
}

/** Where something of a person was disclosed. */
export interface DisclosedWhere {
  readonly proposalId: ProposalId;
  readonly candidateId: CandidateId;
  readonly unitId: UnitId;
}

/** What a unit was told of a proposed person, as it is kept: sealed. */
export interface KeptDisclosure extends DisclosedWhere {
  readonly placeId: PlaceId;
  readonly level: DisclosureLevel;
  readonly disclosedAt: Instant;
  readonly sealed: SealedPerson;
}

/** `null`: it must not exist yet; a number: it must have this version. */
export type ExpectedVersion = number | null;

type DocumentChange = {
  readonly [K in DocumentKind]: {
    readonly change: 'save';
    readonly kind: K;
    readonly value: Documents[K];
    readonly expected: ExpectedVersion;
  };
}[DocumentKind];

/** One effect inside a transaction. Each carries its own condition; if one fails, nothing happens. */
export type Change =
  | DocumentChange
  /** Changes nothing, and refuses all with `stale` when the document has another version by now. */
  | {
      readonly change: 'unchanged';
      readonly kind: DocumentKind;
      readonly id: Documents[DocumentKind]['id'];
      readonly expected: number;
    }
  /**
   * Takes a seat of a place, or a part of one where seats are shared; refused with `full` when all are taken: of both
   * parts for a whole seat, else of that part.
   */
  | { readonly change: 'take-seat'; readonly of: 'place'; readonly id: PlaceId; readonly part: SeatPartKind }
  /** Takes one seat of a cohort; refused with `full` when all are taken. */
  | { readonly change: 'take-seat'; readonly of: 'cohort'; readonly id: CohortId }
  /** Adds to the person's active placements; refused with `full` above 100 %. */
  | { readonly change: 'take-share'; readonly candidateId: CandidateId; readonly percent: number }
  /** Makes the candidate a member; refused with `exists` when the person is in a cohort already. */
  | { readonly change: 'add-participant'; readonly participant: Participant }
  /** The row's outcome, once: refused with `exists` when the row was settled before. */
  | { readonly change: 'settle-row'; readonly batchId: Batch['id']; readonly row: number; readonly outcome: RowOutcome }
  | {
      readonly change: 'save-person';
      readonly candidateId: CandidateId;
      readonly person: SealedPerson;
      /** All that are claimed for the person, those of the same transaction included. */
      readonly identities: readonly string[];
      readonly expected: ExpectedVersion;
    }
  /** Destroys the sealed person with its key and its list of identities. */
  | { readonly change: 'erase-person'; readonly candidateId: CandidateId; readonly expected: number }
  /** Claims an identity for a candidate: refused with `exists` when it belongs to somebody. */
  | { readonly change: 'claim-identity'; readonly blindIndex: string; readonly candidateId: CandidateId }
  /** Refused with `stale` when the identity belongs to somebody else, `missing` when to nobody. */
  | { readonly change: 'release-identity'; readonly blindIndex: string; readonly candidateId: CandidateId }
  /** Lets nobody place the person any more; refused with `stale` when somebody has since `expected` was read. */
  | { readonly change: 'close-share'; readonly candidateId: CandidateId; readonly expected: number | null }
  /** Kept once for the proposal: a new one takes the place of the last. */
  | { readonly change: 'save-disclosure'; readonly disclosure: KeptDisclosure }
  | { readonly change: 'end-disclosure'; readonly disclosure: DisclosedWhere }
  /** Into the ledger, which no restore of the data takes back. */
  | { readonly change: 'note-erasure'; readonly entry: LedgerEntry; readonly eventId: string }
  | { readonly change: 'save-outcome'; readonly runId: MatchRun['id']; readonly outcome: CandidateOutcome }
  | { readonly change: 'save-place-outcome'; readonly runId: MatchRun['id']; readonly outcome: PlaceOutcome }
  | { readonly change: 'save-call-list'; readonly runId: MatchRun['id']; readonly entries: readonly CallListEntry[] }
  /** A start's seed, once: refused with `exists` when there is one, so that nobody can draw anew. */
  | { readonly change: 'save-seed'; readonly cohortId: CohortId; readonly seed: string }
  /** Claims two people, in whichever order, for a rule: refused with `exists` when a rule holds for them already. */
  | { readonly change: 'claim-pair'; readonly rule: Pick<PairRule, 'id' | 'first' | 'second'> }
  /** Refused with `stale` when another rule holds for them, `missing` when none does. */
  | { readonly change: 'release-pair'; readonly rule: Pick<PairRule, 'id' | 'first' | 'second'> }
  /** A row of weights, once: refused with `exists` when there is one of that version. */
  | { readonly change: 'save-weights'; readonly weights: StatedWeights }
  | { readonly change: 'save-travel-time'; readonly travelTime: TravelTime }
  | { readonly change: 'save-grant'; readonly grant: Grant }
  | { readonly change: 'add-help-request'; readonly request: HelpRequest; readonly unitId: UnitId };

/** What is written about a deed, once and for good: ids and codes only. */
export interface AuditEntry {
  readonly eventId: string;
  readonly at: Instant;
  readonly actor: UserId | 'system';
  /** A verb and a glossary word: `batch-received`, `person-read`. */
  readonly deed: string;
  /** The ids that the deed touched. */
  readonly subjects: readonly string[];
  /** Codes and counts, e.g. the purpose of a read. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;
  readonly correlationId: string;
}

/** The first answer to a request, kept 24 hours so that a retry gets the same. */
export interface IdempotencyMark {
  readonly userId: UserId;
  readonly route: string;
  readonly key: string;
  /** SHA-256 over what was asked, hex. */
  readonly requestHash: string;
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  readonly expiresAtEpochSeconds: number;
}
export type IdempotencyMarkKey = Pick<IdempotencyMark, 'userId' | 'route' | 'key'>;

/** Effect, idempotency mark, audit entries and outgoing messages: all or nothing. At most 100 items together. */
export interface Transaction {
  readonly changes: readonly Change[];
  readonly mark: IdempotencyMark | null;
  readonly audit: readonly AuditEntry[];
  readonly messages: readonly QueueMessage[];
}

/** Of one outcome no more than whether there was a proposal. */
export interface ProposedOrNot {
  readonly candidateId: CandidateId;
  /** The start that was proposed; null: no proposal. */
  readonly cohortId: CohortId | null;
  /** True for a later start, about which nobody is asked yet. */
  readonly preliminary: boolean;
}

export type CommitRefusal =
  /** A change's condition failed. `changeIndex` says which; `why` says what the store found. */
  | {
      readonly kind: 'change-refused';
      readonly changeIndex: number;
      readonly why: 'missing' | 'exists' | 'stale' | 'full';
    }
  /** The same idempotency key has already had its effect. */
  | { readonly kind: 'already-done' }
  /** Another transaction is at the same items right now, after retries. */
  | { readonly kind: 'conflict' };

export type CommitResult = { readonly ok: true } | { readonly ok: false; readonly refusal: CommitRefusal };

/** Limits of a transaction: DynamoDB's. */
export const MAX_TRANSACTION_ITEMS = 100;

/** All keeping and finding. The tenant is in every call: nothing of another tenant can be reached. Faults are thrown. */
export interface Store {
  commit(tenant: TenantId, transaction: Transaction): Promise<CommitResult>;

  get<K extends DocumentKind>(tenant: TenantId, kind: K, id: Documents[K]['id']): Promise<Stored<Documents[K]> | null>;
  /** Those that exist, in the order asked for; ids that do not exist are left out. */
  getMany<K extends DocumentKind>(
    tenant: TenantId,
    kind: K,
    ids: readonly Documents[K]['id'][],
  ): Promise<readonly Stored<Documents[K]>[]>;
  /** Eventually consistent. A cursor that does not belong to the list gives null. */
  list<L extends DocumentList>(
    tenant: TenantId,
    list: L,
    page: PageRequest,
  ): Promise<Page<Stored<Documents[ListedKind[L['list']]]>> | null>;

  findMark(tenant: TenantId, key: IdempotencyMarkKey, nowEpochSeconds: number): Promise<IdempotencyMark | null>;
  grantsOf(tenant: TenantId, userId: UserId): Promise<readonly Grant[]>;
  /** The candidate behind an identity, if somebody has claimed it. */
  findIdentity(tenant: TenantId, blindIndex: string): Promise<CandidateId | null>;
  /** Several at once; identities that nobody has are absent from the map. */
  findIdentities(tenant: TenantId, blindIndexes: readonly string[]): Promise<ReadonlyMap<string, CandidateId>>;
  sealedPersons(tenant: TenantId, ids: readonly CandidateId[]): Promise<ReadonlyMap<CandidateId, Stored<KeptPerson>>>;
  /** What the unit was told, by proposal. */
  disclosuresOfUnit(tenant: TenantId, unitId: UnitId): Promise<readonly KeptDisclosure[]>;
  disclosuresOfCandidate(tenant: TenantId, candidateId: CandidateId): Promise<readonly DisclosedWhere[]>;
  /** The sum of the person's placements in percent; null when there never was one. Over 100: closed. */
  shareOf(tenant: TenantId, candidateId: CandidateId): Promise<number | null>;

  batchRows(tenant: TenantId, batchId: Batch['id'], page: PageRequest): Promise<Page<RowOutcome> | null>;
  /** Rows that already have an outcome, by row number (0 = first data row). */
  settledRows(tenant: TenantId, batchId: Batch['id']): Promise<ReadonlyMap<number, RowOutcome>>;

  participants(tenant: TenantId, cohortId: CohortId): Promise<readonly Participant[]>;
  membershipOf(tenant: TenantId, candidateId: CandidateId): Promise<Participant | null>;
  seedOf(tenant: TenantId, cohortId: CohortId): Promise<string | null>;
  /** Every row of weights that was stated, by version. */
  weights(tenant: TenantId): Promise<readonly StatedWeights[]>;
  travelTimes(tenant: TenantId, postcode: string): Promise<readonly TravelTime[]>;

  outcomes(tenant: TenantId, runId: MatchRun['id'], page: PageRequest): Promise<Page<CandidateOutcome> | null>;
  /** Everybody of a run, without evidence: for counting over many runs. */
  proposedInRun(tenant: TenantId, runId: MatchRun['id']): Promise<readonly ProposedOrNot[]>;
  /** What a run came to for one candidate; null when the candidate took no part. */
  outcomeOf(tenant: TenantId, runId: MatchRun['id'], candidateId: CandidateId): Promise<CandidateOutcome | null>;
  placeOutcomes(tenant: TenantId, runId: MatchRun['id']): Promise<readonly PlaceOutcome[]>;
  callList(tenant: TenantId, runId: MatchRun['id']): Promise<readonly CallListEntry[]>;
  helpRequests(tenant: TenantId, unitId: UnitId): Promise<readonly HelpRequest[]>;

  /** Notes a reading; never refused. */
  appendAudit(tenant: TenantId, entry: AuditEntry): Promise<void>;
}
