import {
  type BatchView,
  type ErasureView,
  eraseCandidate as eraseRoute,
  getBatch,
  getCandidate,
  getReferral,
  INTAKE_ROUTES,
  listBatches,
  listBatchRows,
  listCandidates,
  previewErasure as previewRoute,
  sendBatch,
} from '@gruppstart/contracts/routes/intake-routes';
import { acceptedOf, type Batch, batchStatus } from '@gruppstart/domain/intake/batch';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { STALLED_TEXT } from '@gruppstart/domain/shared/stalled';
import { type DoorParts, makeDoor } from '@gruppstart/edge/http/door';
import { bind } from '@gruppstart/edge/http/handler';
import { lookAgain } from '@gruppstart/edge/http/look-again';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import type { Log } from '@gruppstart/edge/log';
import { type ErasureSeen, eraseCandidate, previewErasure } from '@gruppstart/usecases/follow-up/erase-candidate';
import {
  listAllCandidates,
  listBatchesOfOffice,
  listRowsOfBatch,
  readBatch,
  readCandidate,
  readReferral,
} from '@gruppstart/usecases/intake/read-intake';
import { receiveBatch } from '@gruppstart/usecases/intake/receive-batch';
import type { Blobs, Outbox } from '@gruppstart/usecases/ports/senders';
import type { Store, Stored } from '@gruppstart/usecases/ports/store';
import type { Vault } from '@gruppstart/usecases/ports/vault';
import type { World } from '@gruppstart/usecases/ports/world';

export interface IntakeDoorParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly blobs: Blobs;
  readonly outbox: Outbox;
  readonly world: World;
  readonly log: Log;
  readonly isOpen?: NonNullable<DoorParts['isOpen']> | null;
}

const batchView = ({ value }: Stored<Batch>, now: Instant): BatchView => {
  const status = batchStatus(value, now);
  return {
    ...value,
    status,
    statusText: status === 'stalled' ? STALLED_TEXT : null,
    accepted: value.counts ? acceptedOf(value.counts) : null,
  };
};

const erasureView = ({ kept, hindrances }: ErasureSeen): ErasureView => ({
  candidateId: kept.candidate.value.id,
  erasedAt: kept.candidate.value.erasedAt,
  hindrances: [...hindrances],
  removes: {
    person: kept.person !== null,
    identities: kept.identities.length,
    referrals: kept.referrals.length,
    disclosures: kept.disclosures,
  },
});

export const makeIntakeDoor = (parts: IntakeDoorParts) =>
  makeDoor({
    ...parts,
    routes: INTAKE_ROUTES,
    bound: [
      bind(
        sendBatch,
        (deed, { body, query }) =>
          receiveBatch(parts)(deed, {
            bytes: body,
            officeId: query.office ?? null,
            ignoreUnknownColumns: query.ignoreUnknownColumns === 'true',
          }),
        (batch, _request, { now }) => ({
          status: 202,
          body: batchView(batch, now),
          version: batch.version,
          location: `/v1/batches/${batch.value.id}`,
          ...lookAgain(true),
        }),
      ),
      bind(
        listBatches,
        (reading, { query }) => listBatchesOfOffice(parts)(reading, query.office ?? null, pageRequest(query)),
        (page, _request, { now }) => pageAnswer(page, (batch) => batchView(batch, now)),
      ),
      bind(
        getBatch,
        (reading, { params }) => readBatch(parts)(reading, params.batchId),
        (batch, _request, { now }) => ({
          status: 200,
          body: batchView(batch, now),
          version: batch.version,
          ...lookAgain(batch.value.finishedAt === null),
        }),
      ),
      bind(
        listBatchRows,
        (reading, { params, query }) =>
          listRowsOfBatch(parts)(reading, params.batchId, query.outcome ?? null, pageRequest(query)),
        (page) => pageAnswer(page, (row) => row),
      ),
      bind(
        listCandidates,
        (reading, { query }) => listAllCandidates(parts)(reading, pageRequest(query)),
        (page) =>
          pageAnswer(page, ({ value }) => ({
            id: value.id,
            enrolledSince: value.profile.enrolledSince,
            availableFrom: value.profile.availableFrom,
            isProtected: value.isProtected,
          })),
      ),
      bind(
        getCandidate,
        (reading, { params }) => readCandidate(parts)(reading, params.candidateId),
        ({ candidate, person, referrals }) => ({
          status: 200,
          body: { candidate: candidate.value, person, referrals },
          version: candidate.version,
        }),
      ),
      bind(
        getReferral,
        (reading, { params }) => readReferral(parts)(reading, params.referralId),
        (referral) => ({ status: 200, body: referral.value, version: referral.version }),
      ),
      bind(
        previewRoute,
        (reading, { params }) => previewErasure(parts)(reading, params.candidateId),
        (seen) => ({ status: 200, body: erasureView(seen), version: seen.kept.candidate.version }),
      ),
      bind(
        eraseRoute,
        (deed, { params, body }) => eraseCandidate(parts)(deed, params.candidateId, body),
        (seen) => ({ status: 200, body: erasureView(seen), version: seen.kept.candidate.version }),
      ),
    ],
  });
