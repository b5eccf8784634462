import * as z from 'zod';
import { BatchId, OfficeId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';
import { hasStalled } from '../shared/stalled.ts';

/** How many rows ended how. `created + updated + unchanged` are the accepted ones. */
export const BatchCounts = z.strictObject({
  rows: z.int().min(0),
  created: z.int().min(0),
  updated: z.int().min(0),
  unchanged: z.int().min(0),
  rejected: z.int().min(0),
  warnings: z.int().min(0),
});
export type BatchCounts = z.infer<typeof BatchCounts>;

/** A file of candidates from one office. */
export const Batch = z.strictObject({
  id: BatchId,
  officeId: OfficeId,
  sentBy: UserId,
  receivedAt: Instant,
  sizeBytes: z.int().min(0),
  /** SHA-256 of the file, hex. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  ignoreUnknownColumns: z.boolean(),
  /** The number of data rows, known since the header was checked at the door. */
  rows: z.int().min(0),
  /** Rows that have been gone through, from the first on, and when that was last so. */
  takenRows: z.int().min(0),
  progressAt: Instant,
  finishedAt: Instant.nullable(),
  /** Null until every row has its outcome. */
  counts: BatchCounts.nullable(),
});
export type Batch = z.infer<typeof Batch>;

export const BATCH_STATUSES = ['working', 'stalled', 'finished'] as const;
export const BatchStatus = z.enum(BATCH_STATUSES);
export type BatchStatus = z.infer<typeof BatchStatus>;

/** Its message has been given up, or waits behind others for so long that somebody should look. */
export const batchStatus = (batch: Batch, now: Instant): BatchStatus => {
  if (batch.finishedAt !== null) return 'finished';
  return hasStalled(batch.progressAt, now) ? 'stalled' : 'working';
};

export const acceptedOf = (counts: BatchCounts): number => counts.created + counts.updated + counts.unchanged;
