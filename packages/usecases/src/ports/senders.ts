import type { QueueMessage } from '@gruppstart/contracts/queue-messages';
import type { TenantId } from '@gruppstart/domain/shared/ids';

/**
 * Sends what a transaction has put into the outbox. Called right after a commit; whatever is not sent then (a crash, a
 * queue that does not answer) is sent by the schedule a minute later. May send twice: receivers are idempotent.
 */
export interface Outbox {
  /** Sends the messages and clears them from the outbox. A failure to send is not thrown: the schedule will do it. */
  flush(tenant: TenantId, messages: readonly QueueMessage[]): Promise<void>;
  /** Resends what has lain longer than `olderThanSeconds`; at most `limit`. Returns how many were sent and how many failed. */
  resend(olderThanSeconds: number, limit: number): Promise<{ readonly sent: number; readonly failed: number }>;
}

/** Large content: files that came in, snapshots that a run was made from. Keys start with the tenant. */
export interface Blobs {
  put(key: string, content: Uint8Array): Promise<void>;
  /** Null when there is none. */
  get(key: string): Promise<Uint8Array | null>;
  delete(key: string): Promise<void>;
}

export const blobKeys = {
  upload: (tenant: TenantId, batchId: string): string => `uploads/${tenant}/${batchId}`,
  /** What proves a run's result, beside the snapshot that it was made from. */
  proof: (tenant: TenantId, runId: string, resultHash: string): string =>
    `snapshots/${tenant}/${runId}/proof-of-${resultHash}`,
  snapshot: (tenant: TenantId, runId: string, hash: string): string => `snapshots/${tenant}/${runId}/${hash}`,
} as const;
