import { Erasure, ErasureHindrance } from '@gruppstart/domain/follow-up/erasure';
import { Batch, BatchStatus } from '@gruppstart/domain/intake/batch';
import { Candidate, Referral } from '@gruppstart/domain/intake/candidate';
import { PersonRecord } from '@gruppstart/domain/intake/person';
import { RowOutcome, RowOutcomeKind } from '@gruppstart/domain/intake/row-outcome';
import { BatchId, CandidateId, OfficeId, ReferralId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import * as z from 'zod';
import { defineRoute, MAX_JSON_BYTES } from '../route.ts';
import { PageQuery, pageOf, StatusText } from './shared-shapes.ts';

export const BatchView = Batch.extend({
  status: BatchStatus,
  statusText: StatusText,
  accepted: z.int().nullable(),
}).meta({ id: 'Batch' });
export type BatchView = z.infer<typeof BatchView>;

export const ReferralView = Referral.meta({ id: 'Referral' });

/** What the list of candidates shows: ids and days, nothing that says who it is. */
export const CandidateSummary = z
  .strictObject({
    id: CandidateId,
    enrolledSince: z.string().nullable(),
    availableFrom: z.string().nullable(),
    isProtected: z.boolean(),
  })
  .meta({ id: 'CandidateSummary' });

/** One person. `person` is null when the reader may not learn who it is (protected identity). */
export const CandidateView = z
  .strictObject({ candidate: Candidate, person: PersonRecord.nullable(), referrals: z.array(Referral) })
  .meta({ id: 'CandidateWithPerson' });
export type CandidateView = z.infer<typeof CandidateView>;

/** What an erasure would take away and what hinders it; afterwards when it was. Nothing in it says who it is. */
export const ErasureView = z
  .strictObject({
    candidateId: CandidateId,
    erasedAt: Instant.nullable(),
    hindrances: z.array(ErasureHindrance),
    removes: z.strictObject({
      /** True while the sealed person is kept. */
      person: z.boolean(),
      /** Marks by which the same person would be found again. */
      identities: z.int().min(0),
      /** Referrals that lose the sender's reference. */
      referrals: z.int().min(0),
      /** Units that could read who it is. */
      disclosures: z.int().min(0),
    }),
  })
  .meta({ id: 'Erasure' });
export type ErasureView = z.infer<typeof ErasureView>;
export const ErasureInput = Erasure.meta({ id: 'ErasureInput' });

export const FILE_MEDIA_TYPES = ['application/octet-stream', 'multipart/form-data'] as const;
/** Files through the API are at most 4 MB: the gateway's base64 makes them a third larger. */
export const MAX_FILE_BYTES = 4 * MAX_JSON_BYTES;

export const sendBatch = defineRoute({
  id: 'sendBatch',
  method: 'POST',
  path: '/v1/batches',
  door: 'intake',
  summary: 'Send a file of candidates',
  scope: 'intake.write',
  access: { caseworker: 'office', 'batch-sender': 'office' },
  query: z.strictObject({
    office: OfficeId.optional().meta({ description: 'Which of your offices sends; not needed when you have one' }),
    ignoreUnknownColumns: z.enum(['true', 'false']).optional(),
  }),
  body: { kind: 'file', mediaTypes: FILE_MEDIA_TYPES, maxBytes: MAX_FILE_BYTES },
  answers: {
    202: {
      description: 'The file is taken; its rows are being read',
      schema: BatchView,
      headers: ['Location', 'Retry-After', 'ETag'],
    },
  },
  problems: ['file-refused', 'office-unclear'],
});

export const listBatches = defineRoute({
  id: 'listBatches',
  method: 'GET',
  path: '/v1/batches',
  door: 'intake',
  summary: 'The batches of an office, newest first',
  scope: 'intake.read',
  access: { caseworker: 'office', 'batch-sender': 'office', coordinator: 'tenant' },
  query: PageQuery.extend({ office: OfficeId.optional() }),
  answers: { 200: { description: 'Batches', schema: pageOf(BatchView), headers: ['Link'] } },
  problems: ['office-unclear'],
});

export const getBatch = defineRoute({
  id: 'getBatch',
  method: 'GET',
  path: '/v1/batches/{batchId}',
  door: 'intake',
  summary: 'How far a batch has come and how its rows ended',
  scope: 'intake.read',
  access: { caseworker: 'office', 'batch-sender': 'office', coordinator: 'tenant' },
  params: z.strictObject({ batchId: BatchId }),
  answers: { 200: { description: 'The batch', schema: BatchView, headers: ['ETag', 'Retry-After'] } },
});

export const listBatchRows = defineRoute({
  id: 'listBatchRows',
  method: 'GET',
  path: '/v1/batches/{batchId}/rows',
  door: 'intake',
  summary: 'Row by row: what was taken, what was not, and why',
  scope: 'intake.read',
  access: { caseworker: 'office', 'batch-sender': 'office', coordinator: 'tenant' },
  params: z.strictObject({ batchId: BatchId }),
  query: PageQuery.extend({ outcome: RowOutcomeKind.optional() }),
  answers: { 200: { description: 'Rows in file order', schema: pageOf(RowOutcome), headers: ['Link'] } },
});

export const listCandidates = defineRoute({
  id: 'listCandidates',
  method: 'GET',
  path: '/v1/candidates',
  door: 'intake',
  summary: 'The candidates of the organisation, by id',
  scope: 'intake.read',
  access: { coordinator: 'tenant' },
  query: PageQuery,
  answers: { 200: { description: 'Candidates', schema: pageOf(CandidateSummary), headers: ['Link'] } },
});

export const getCandidate = defineRoute({
  id: 'getCandidate',
  method: 'GET',
  path: '/v1/candidates/{candidateId}',
  door: 'intake',
  summary: 'A person with referrals; the reading is noted',
  scope: 'intake.read',
  access: { caseworker: 'office', coordinator: 'tenant' },
  params: z.strictObject({ candidateId: CandidateId }),
  answers: { 200: { description: 'The person', schema: CandidateView, headers: ['ETag'] } },
  personal: {
    fields: [
      'personalNumber',
      'birthDate',
      'givenName',
      'familyName',
      'phone',
      'email',
      'possibleMeasures',
      'measureValidUntil',
      'supportNeeds',
    ],
    purpose: 'follow-own-referral',
  },
});

export const getReferral = defineRoute({
  id: 'getReferral',
  method: 'GET',
  path: '/v1/referrals/{referralId}',
  door: 'intake',
  summary: 'A referral',
  scope: 'intake.read',
  access: { caseworker: 'office', coordinator: 'tenant' },
  params: z.strictObject({ referralId: ReferralId }),
  answers: { 200: { description: 'The referral', schema: ReferralView, headers: ['ETag'] } },
});

export const previewErasure = defineRoute({
  id: 'previewErasure',
  method: 'GET',
  path: '/v1/candidates/{candidateId}/erasure',
  door: 'intake',
  summary: 'What an erasure would take away, and what hinders it',
  scope: 'intake.read',
  access: { 'process-owner': 'tenant', auditor: 'tenant' },
  params: z.strictObject({ candidateId: CandidateId }),
  answers: { 200: { description: 'The consequences', schema: ErasureView, headers: ['ETag'] } },
});

export const eraseCandidate = defineRoute({
  id: 'eraseCandidate',
  method: 'POST',
  path: '/v1/candidates/{candidateId}/erasure',
  door: 'intake',
  summary: 'Erase a person for good, on a decision whose reference is kept',
  scope: 'intake.write',
  access: { 'process-owner': 'tenant' },
  params: z.strictObject({ candidateId: CandidateId }),
  body: { kind: 'json', schema: ErasureInput },
  ifMatch: 'required',
  answers: { 200: { description: 'The person is erased', schema: ErasureView, headers: ['ETag'] } },
  problems: ['candidate-erased', 'erasure-hindered'],
});

export const INTAKE_ROUTES = [
  sendBatch,
  listBatches,
  getBatch,
  listBatchRows,
  listCandidates,
  getCandidate,
  getReferral,
  previewErasure,
  eraseCandidate,
] as const;
