import { coversOffice } from '@gruppstart/access/permission';
import type { Batch } from '@gruppstart/domain/intake/batch';
import { BatchId, EventId, type OfficeId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { checkHeader } from '@gruppstart/files/candidate-header';
import { type Actor, auditOf, type Deed, type Refusal, refusal, refusalOf } from '../deed.ts';
import { type Blobs, blobKeys, type Outbox } from '../ports/senders.ts';
import type { Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface BatchFile {
  readonly bytes: Uint8Array;
  readonly officeId: OfficeId | null;
  readonly ignoreUnknownColumns: boolean;
}

const officeOf = (actor: Actor, asked: OfficeId | null): Result<OfficeId, Refusal> => {
  if (asked !== null) return coversOffice(actor.permission, asked) ? ok(asked) : err({ code: 'not-permitted' });
  const [only, ...others] = actor.permission.offices;
  return only !== undefined && others.length === 0 ? ok(only) : err({ code: 'office-unclear' });
};

/**
 * Takes a file of candidates: its header is read before anything is kept, the file is laid in the bucket, and a message
 * makes the worker take its rows. The file is deleted as soon as every row has its outcome.
 */
export const receiveBatch =
  (deps: { readonly store: Store; readonly blobs: Blobs; readonly outbox: Outbox; readonly world: World }) =>
  async (deed: Deed<Stored<Batch>>, file: BatchFile): Promise<Result<Stored<Batch>, Refusal>> => {
    const { store, blobs, outbox, world } = deps;
    const { tenant, userId } = deed.actor;
    const office = officeOf(deed.actor, file.officeId);
    if (!office.ok) return office;
    const read = checkHeader(file.bytes, { ignoreUnknownColumns: file.ignoreUnknownColumns });
    if (!read.ok) {
      const { code, detail, columns } = read.error;
      const items = columns.length > 0 ? columns : [''];
      return err(
        refusal(
          'file-refused',
          detail,
          items.map((column) => ({ pointer: column, code, detail })),
        ),
      );
    }
    const id = BatchId.parse(world.newId('batch'));
    const batch: Batch = {
      id,
      officeId: office.value,
      sentBy: userId,
      receivedAt: deed.now,
      sizeBytes: file.bytes.byteLength,
      contentHash: world.sha256(file.bytes),
      ignoreUnknownColumns: file.ignoreUnknownColumns,
      rows: read.value.rowCount,
      takenRows: 0,
      progressAt: deed.now,
      finishedAt: null,
      counts: null,
    };
    const stored: Stored<Batch> = { value: batch, version: 1, seatsTaken: 0 };
    const message = {
      v: 1,
      kind: 'batch-to-take',
      eventId: EventId.parse(world.newId('event')),
      tenant,
      correlationId: deed.correlationId,
      batchId: id,
      fromRow: 0,
    } as const;
    await blobs.put(blobKeys.upload(tenant, id), file.bytes);
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'batch', value: batch, expected: null }],
      mark: deed.mark(stored),
      audit: [auditOf(world, deed, 'batch-received', [id], { rows: batch.rows, officeId: batch.officeId })],
      messages: [message],
    });
    if (!committed.ok) {
      await blobs.delete(blobKeys.upload(tenant, id));
      return err(refusalOf(committed.refusal));
    }
    await outbox.flush(tenant, [message]);
    return ok(stored);
  };
