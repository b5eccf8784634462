import {
  type BatchView,
  getBatch,
  getCandidate,
  getReferral,
  INTAKE_ROUTES,
  listBatches,
  listBatchRows,
  listCandidates,
  sendBatch,
} from '@gruppstart/contracts/routes/intake-routes';
import { acceptedOf, type Batch, batchStatus } from '@gruppstart/domain/intake/batch';
import { makeDoor } from '@gruppstart/edge/http/door';
import { bind } from '@gruppstart/edge/http/handler';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import type { Log } from '@gruppstart/edge/log';
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
}

/** How soon a batch is worth another look. */
const LOOK_AGAIN_SECONDS = 1;

const batchView = ({ value }: Stored<Batch>): BatchView => ({
  ...value,
  status: batchStatus(value),
  accepted: value.counts ? acceptedOf(value.counts) : null,
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
        (batch) => ({
          status: 202,
          body: batchView(batch),
          version: batch.version,
          location: `/v1/batches/${batch.value.id}`,
          retryAfterSeconds: LOOK_AGAIN_SECONDS,
        }),
      ),
      bind(
        listBatches,
        (reading, { query }) => listBatchesOfOffice(parts)(reading, query.office ?? null, pageRequest(query)),
        ({ items, nextCursor }) => ({ status: 200, body: { items: items.map(batchView), nextCursor }, nextCursor }),
      ),
      bind(
        getBatch,
        (reading, { params }) => readBatch(parts)(reading, params.batchId),
        (batch) => ({
          status: 200,
          body: batchView(batch),
          version: batch.version,
          ...(batch.value.finishedAt === null ? { retryAfterSeconds: LOOK_AGAIN_SECONDS } : {}),
        }),
      ),
      bind(
        listBatchRows,
        (reading, { params, query }) =>
          listRowsOfBatch(parts)(reading, params.batchId, query.outcome ?? null, pageRequest(query)),
        (page) => ({ status: 200, body: page, nextCursor: page.nextCursor }),
      ),
      bind(
        listCandidates,
        (reading, { query }) => listAllCandidates(parts)(reading, pageRequest(query)),
        ({ items, nextCursor }) => ({
          status: 200,
          body: {
            items: items.map(({ value }) => ({
              id: value.id,
              enrolledSince: value.profile.enrolledSince,
              availableFrom: value.profile.availableFrom,
              isProtected: value.isProtected,
            })),
            nextCursor,
          },
          nextCursor,
        }),
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
    ],
  });
