import { coversOffice } from '@gruppstart/access/permission';
import type { Batch } from '@gruppstart/domain/intake/batch';
import type { Candidate, Referral } from '@gruppstart/domain/intake/candidate';
import type { PersonRecord } from '@gruppstart/domain/intake/person';
import type { RowOutcome, RowOutcomeKind } from '@gruppstart/domain/intake/row-outcome';
import type { BatchId, CandidateId, OfficeId, ReferralId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages, chosenPage } from '../all-pages.ts';
import { auditOf, NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';

const CURSOR_INVALID: Refusal = { code: 'cursor-invalid' };

export const readBatch =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, batchId: BatchId): Promise<Result<Stored<Batch>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'batch', batchId);
    return stored && coversOffice(reading.actor.permission, stored.value.officeId) ? ok(stored) : err(NOT_FOUND);
  };

export const listBatchesOfOffice =
  (deps: { readonly store: Store }) =>
  async (
    reading: Reading,
    asked: OfficeId | null,
    page: PageRequest,
  ): Promise<Result<Page<Stored<Batch>>, Refusal>> => {
    const { permission, tenant } = reading.actor;
    const [only, ...others] = permission.offices;
    const officeId = asked ?? (others.length === 0 ? only : undefined);
    if (officeId === undefined) return err({ code: 'office-unclear' });
    if (!coversOffice(permission, officeId)) return err({ code: 'not-permitted' });
    const found = await deps.store.list(tenant, { list: 'batches-of-office', officeId }, page);
    return found ? ok(found) : err(CURSOR_INVALID);
  };

export const listRowsOfBatch =
  (deps: { readonly store: Store }) =>
  async (
    reading: Reading,
    batchId: BatchId,
    outcome: RowOutcomeKind | null,
    page: PageRequest,
  ): Promise<Result<Page<RowOutcome>, Refusal>> => {
    const batch = await readBatch(deps)(reading, batchId);
    if (!batch.ok) return batch;
    const found = await chosenPage(
      page,
      (next) => deps.store.batchRows(reading.actor.tenant, batchId, next),
      (row) => outcome === null || row.outcome === outcome,
    );
    return found ? ok(found) : err(CURSOR_INVALID);
  };

export const listAllCandidates =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<Candidate>>, Refusal>> => {
    const found = await chosenPage(
      page,
      (next) => deps.store.list(reading.actor.tenant, { list: 'candidates' }, next),
      ({ value }) => value.erasedAt === null,
    );
    return found ? ok(found) : err(CURSOR_INVALID);
  };

export interface CandidateWithPerson {
  readonly candidate: Stored<Candidate>;
  /** Null when the reader may not learn who the person is. */
  readonly person: PersonRecord | null;
  readonly referrals: readonly Referral[];
}

/**
 * One person with name, number and contact. A caseworker reaches people whom the own office has referred; who a person
 * with protected identity is, only users named for it. The reading is noted before anything is opened.
 */
export const readCandidate =
  (deps: { readonly store: Store; readonly vault: Vault; readonly world: World }) =>
  async (reading: Reading, candidateId: CandidateId): Promise<Result<CandidateWithPerson, Refusal>> => {
    const { store, vault, world } = deps;
    const { tenant, permission } = reading.actor;
    const candidate = await store.get(tenant, 'candidate', candidateId);
    if (!candidate) return err(NOT_FOUND);
    const all = await allPages((page) => store.list(tenant, { list: 'referrals-of-candidate', candidateId }, page));
    const referrals = all.map(({ value }) => value).filter(({ officeId }) => coversOffice(permission, officeId));
    if (!permission.wholeTenant && referrals.length === 0) return err(NOT_FOUND);
    const mayResolve =
      candidate.value.erasedAt === null && (!candidate.value.isProtected || permission.mayResolveProtected);
    await store.appendAudit(
      tenant,
      auditOf(world, reading, 'person-read', [candidateId], { purpose: 'follow-own-referral', opened: mayResolve }),
    );
    if (!mayResolve) return ok({ candidate, person: null, referrals });
    const sealed = (await store.sealedPersons(tenant, [candidateId])).get(candidateId);
    const person = sealed ? await vault.open(tenant, candidateId, sealed.value) : null;
    return ok({ candidate, person, referrals });
  };

export const readReferral =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, referralId: ReferralId): Promise<Result<Stored<Referral>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'referral', referralId);
    return stored && coversOffice(reading.actor.permission, stored.value.officeId) ? ok(stored) : err(NOT_FOUND);
  };
