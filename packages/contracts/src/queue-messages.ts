import { BatchId, EventId, RunId, TenantId, WhatIfId } from '@gruppstart/domain/shared/ids';
import * as z from 'zod';

export const QUEUES = ['intake', 'matching'] as const;
export type QueueName = (typeof QUEUES)[number];

const envelope = {
  v: z.literal(1),
  /** The id of the message itself, made with the effect that it announces. */
  eventId: EventId,
  tenant: TenantId,
  /** Follows one deed from the HTTP request through queues and logs. */
  correlationId: z.string().min(1).max(80),
};

/** A batch lies in the bucket and its rows from `fromRow` on (0 = first data row) are to be taken. */
export const BatchToTake = z.strictObject({
  ...envelope,
  kind: z.literal('batch-to-take'),
  batchId: BatchId,
  fromRow: z.int().min(0),
});
export type BatchToTake = z.infer<typeof BatchToTake>;

/** A run has been ordered and is to be carried out. */
export const RunToMake = z.strictObject({ ...envelope, kind: z.literal('run-to-make'), runId: RunId });
export type RunToMake = z.infer<typeof RunToMake>;

/** Somebody has asked something of a finished run, and the answer is to be worked out. */
export const WhatIfToAnswer = z.strictObject({
  ...envelope,
  kind: z.literal('what-if-to-answer'),
  whatIfId: WhatIfId,
});
export type WhatIfToAnswer = z.infer<typeof WhatIfToAnswer>;

export const QueueMessage = z.discriminatedUnion('kind', [BatchToTake, RunToMake, WhatIfToAnswer]);
export type QueueMessage = z.infer<typeof QueueMessage>;

/** Which queue carries which kind. */
export const QUEUE_OF: Readonly<Record<QueueMessage['kind'], QueueName>> = {
  'batch-to-take': 'intake',
  'run-to-make': 'matching',
  'what-if-to-answer': 'matching',
};
