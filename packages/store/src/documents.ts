import { Cohort } from '@gruppstart/domain/cohorts/cohort';
import { Employment, Placement } from '@gruppstart/domain/employment/employment';
import { Batch } from '@gruppstart/domain/intake/batch';
import { Referral } from '@gruppstart/domain/intake/candidate';
import { MatchRun } from '@gruppstart/domain/matching/match-run';
import { NamedRequest } from '@gruppstart/domain/matching/named-request';
import { PairRule } from '@gruppstart/domain/matching/pair-rule';
import { PLAIN_POLICY } from '@gruppstart/domain/matching/run-policy';
import { WhatIf } from '@gruppstart/domain/matching/what-if';
import { Proposal } from '@gruppstart/domain/proposals/proposal';
import { Place } from '@gruppstart/domain/requirements/place';
import { Unit } from '@gruppstart/domain/requirements/unit';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import { assertNever } from '@gruppstart/domain/shared/result';
import type { DocumentKind, DocumentList, Documents, ListedKind, Stored } from '@gruppstart/usecases/ports/store';
import { type ListKey, listPartitions, listSortKey } from './keys.ts';
import { packCandidate, unpackCandidate } from './stored-candidate.ts';

/** How one kind of document is stored. */
interface DocumentShape<T> {
  /** Where it stands in its list. */
  readonly listKey: (tenant: TenantId, value: T) => ListKey;
  /** Seats that can be taken, or null for kinds without seats. A draft's unknown seats are none. */
  readonly seats: ((value: T) => number) | null;
  /** Into how many parts a seat can be divided, or null for kinds whose seats cannot be. */
  readonly parts?: (value: T) => number;
  /** Both throw when it is no such document: what could not be read again is not stored in the first place. */
  readonly pack: (value: T) => unknown;
  readonly unpack: (id: string, document: unknown) => T;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** @param before what the fields were, as long as nobody could state them: documents of that time lack them */
const asItIs = <T>(
  schema: { parse(value: unknown): T },
  before: Partial<T> = {},
): Pick<DocumentShape<T>, 'pack' | 'unpack'> => ({
  pack: (value) => schema.parse(value),
  unpack: (_id, document) => schema.parse(isRecord(document) ? { ...before, ...document } : document),
});

export const DOCUMENT_SHAPES: { readonly [K in DocumentKind]: DocumentShape<Documents[K]> } = {
  unit: {
    ...asItIs(Unit, { supervisorHoursPerWeek: null }),
    listKey: (tenant, { id }) => ({ listPk: listPartitions.units(tenant), listSk: id }),
    seats: null,
  },
  place: {
    ...asItIs(Place, { supervisorHoursPerWeek: 0, sharedSeat: null }),
    listKey: (tenant, { id, unitId }) => ({ listPk: listPartitions.places(tenant), listSk: listSortKey(unitId, id) }),
    seats: ({ seats }) => seats ?? 0,
    parts: ({ sharedSeat }) => sharedSeat?.length ?? 1,
  },
  batch: {
    ...asItIs(Batch),
    listKey: (tenant, { id, officeId, receivedAt }) => ({
      listPk: listPartitions.batches(tenant, officeId),
      listSk: listSortKey(receivedAt, id),
    }),
    seats: null,
  },
  candidate: {
    pack: packCandidate,
    unpack: unpackCandidate,
    listKey: (tenant, { id }) => ({ listPk: listPartitions.candidates(tenant), listSk: id }),
    seats: null,
  },
  referral: {
    ...asItIs(Referral),
    listKey: (tenant, { id, candidateId, referredAt }) => ({
      listPk: listPartitions.referrals(tenant, candidateId),
      listSk: listSortKey(referredAt, id),
    }),
    seats: null,
  },
  cohort: {
    ...asItIs(Cohort),
    listKey: (tenant, { id, startDate }) => ({
      listPk: listPartitions.cohorts(tenant),
      listSk: listSortKey(startDate, id),
    }),
    seats: ({ seats }) => seats,
  },
  run: {
    ...asItIs(MatchRun, { policy: PLAIN_POLICY }),
    listKey: (tenant, { id, orderedAt }) => ({
      listPk: listPartitions.runs(tenant),
      listSk: listSortKey(orderedAt, id),
    }),
    seats: null,
  },
  'what-if': {
    ...asItIs(WhatIf),
    listKey: (tenant, { id, runId, askedAt }) => ({
      listPk: listPartitions.whatIfs(tenant, runId),
      listSk: listSortKey(askedAt, id),
    }),
    seats: null,
  },
  proposal: {
    ...asItIs(Proposal),
    listKey: (tenant, { id, unitId, proposedAt }) => ({
      listPk: listPartitions.proposals(tenant, unitId),
      listSk: listSortKey(proposedAt, id),
    }),
    seats: null,
  },
  placement: {
    ...asItIs(Placement, { seatPart: 'whole' }),
    listKey: (tenant, { id, startDate }) => ({
      listPk: listPartitions.placements(tenant),
      listSk: listSortKey(startDate, id),
    }),
    seats: null,
  },
  employment: {
    ...asItIs(Employment),
    listKey: (tenant, { id, startDate }) => ({
      listPk: listPartitions.employments(tenant),
      listSk: listSortKey(startDate, id),
    }),
    seats: null,
  },
  pairRule: {
    ...asItIs(PairRule),
    listKey: (tenant, { id, madeAt }) => ({
      listPk: listPartitions.pairRules(tenant),
      listSk: listSortKey(madeAt, id),
    }),
    seats: null,
  },
  namedRequest: {
    ...asItIs(NamedRequest),
    listKey: (tenant, { id, requestedAt }) => ({
      listPk: listPartitions.namedRequests(tenant),
      listSk: listSortKey(requestedAt, id),
    }),
    seats: null,
  },
};

/** What is asked of the index for a list. */
export interface ListScope {
  readonly listPk: string;
  /** Only sort keys that begin so; null: all of the partition. */
  readonly prefix: string | null;
  readonly newestFirst: boolean;
}

export const LIST_KINDS: { readonly [L in keyof ListedKind]: ListedKind[L] } = {
  units: 'unit',
  'places-of-unit': 'place',
  places: 'place',
  'batches-of-office': 'batch',
  candidates: 'candidate',
  'referrals-of-candidate': 'referral',
  cohorts: 'cohort',
  runs: 'run',
  'what-ifs-of-run': 'what-if',
  'proposals-of-unit': 'proposal',
  placements: 'placement',
  employments: 'employment',
  'pair-rules': 'pairRule',
  'named-requests': 'namedRequest',
};

export const listScope = (tenant: TenantId, list: DocumentList): ListScope => {
  const rising = (listPk: string): ListScope => ({ listPk, prefix: null, newestFirst: false });
  const newestFirst = (listPk: string): ListScope => ({ listPk, prefix: null, newestFirst: true });
  switch (list.list) {
    case 'units':
      return rising(listPartitions.units(tenant));
    case 'places':
      return rising(listPartitions.places(tenant));
    case 'places-of-unit':
      return { listPk: listPartitions.places(tenant), prefix: listSortKey(list.unitId, ''), newestFirst: false };
    case 'batches-of-office':
      return newestFirst(listPartitions.batches(tenant, list.officeId));
    case 'candidates':
      return rising(listPartitions.candidates(tenant));
    case 'referrals-of-candidate':
      return newestFirst(listPartitions.referrals(tenant, list.candidateId));
    case 'cohorts':
      return rising(listPartitions.cohorts(tenant));
    case 'runs':
      return newestFirst(listPartitions.runs(tenant));
    case 'what-ifs-of-run':
      return newestFirst(listPartitions.whatIfs(tenant, list.runId));
    case 'proposals-of-unit':
      return newestFirst(listPartitions.proposals(tenant, list.unitId));
    case 'placements':
      return rising(listPartitions.placements(tenant));
    case 'employments':
      return rising(listPartitions.employments(tenant));
    case 'pair-rules':
      return newestFirst(listPartitions.pairRules(tenant));
    case 'named-requests':
      return newestFirst(listPartitions.namedRequests(tenant));
    default:
      return assertNever(list);
  }
};

/** A document item as the table gives it back. */
export interface DocumentItem {
  readonly pk: string;
  readonly version: number;
  readonly document?: unknown;
  readonly taken?: number | undefined;
  readonly takenSecond?: number | undefined;
}

/** The domain's document out of its item. Throws a fault that names kind and key, never content. */
export const toStored = <K extends DocumentKind>(kind: K, item: DocumentItem): Stored<Documents[K]> => {
  const id = item.pk.slice(item.pk.lastIndexOf('#') + 1);
  try {
    const value = DOCUMENT_SHAPES[kind].unpack(id, item.document);
    const seatsTaken = item.taken ?? 0;
    const second = DOCUMENT_SHAPES[kind].parts ? { seatsTakenSecond: item.takenSecond ?? seatsTaken } : {};
    return { value, version: item.version, seatsTaken, ...second };
  } catch (cause) {
    throw new Error(`What is stored under ${id} is no ${kind}`, { cause });
  }
};
