import type { BatchToTake } from '@gruppstart/contracts/queue-messages';
import type { Batch, BatchCounts } from '@gruppstart/domain/intake/batch';
import type { RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { EventId } from '@gruppstart/domain/shared/ids';
import { stockholmDay } from '@gruppstart/domain/shared/local-date';
import { isRowError, readCandidateFile } from '@gruppstart/files/candidate-rows';
import { allPages, eachAtMost } from '../all-pages.ts';
import { derivedId } from '../derived-id.ts';
import { type Blobs, blobKeys, type Outbox } from '../ports/senders.ts';
import type { Stored } from '../ports/store.ts';
import { type RowDeps, settleAcceptedRow, settleRejectedRow } from './settle-row.ts';
import { foldedUnitName, withKnownUnits } from './unit-wishes.ts';

/** So many rows are taken per message: far inside the worker's time, and a crash repeats little. */
const ROWS_PER_MESSAGE = 200;
const ROWS_AT_ONCE = 8;

export const countRows = (outcomes: Iterable<RowOutcome>): BatchCounts => {
  const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, warnings: 0 };
  for (const outcome of outcomes) {
    counts.rows += 1;
    counts[outcome.outcome] += 1;
    if (outcome.outcome !== 'rejected') counts.warnings += outcome.warnings.length;
  }
  return counts;
};

type Deps = RowDeps & { readonly blobs: Blobs; readonly outbox: Outbox };

const finish = async (deps: Deps, message: BatchToTake, stored: Stored<Batch>): Promise<void> => {
  const { store, blobs, world } = deps;
  const { tenant, batchId } = message;
  const settled = await store.settledRows(tenant, batchId);
  if (settled.size !== stored.value.rows) {
    throw new Error(`Batch ${batchId}: ${settled.size} of ${stored.value.rows} rows are settled`);
  }
  const now = world.now();
  const counts = countRows(settled.values());
  const finished: Batch = { ...stored.value, takenRows: stored.value.rows, progressAt: now, finishedAt: now, counts };
  const committed = await store.commit(tenant, {
    changes: [{ change: 'save', kind: 'batch', value: finished, expected: stored.version }],
    mark: null,
    audit: [
      {
        eventId: derivedId(world, 'event', [batchId, 'batch-finished']),
        at: now,
        actor: 'system',
        deed: 'batch-finished',
        subjects: [batchId],
        facts: { ...counts },
        correlationId: message.correlationId,
      },
    ],
    messages: [],
  });
  // Stale: another delivery of the same message has finished it.
  if (!committed.ok && !(committed.refusal.kind === 'change-refused' && committed.refusal.why === 'stale')) {
    throw new Error(`Batch ${batchId} could not be finished: ${committed.refusal.kind}`);
  }
  await blobs.delete(blobKeys.upload(tenant, batchId));
};

/** Rows that one message has settled: as a person, and with a row error. Those settled before it are in neither. */
export interface RowsSettled {
  readonly taken: number;
  readonly refused: number;
}

/**
 * Takes the rows of a batch. Safe to repeat at any point: a row that has its outcome is passed over, and the batch is
 * finished, and its file deleted, only when every row has one.
 */
export const takeBatch =
  (deps: Deps) =>
  async (message: BatchToTake): Promise<RowsSettled> => {
    const { store, blobs, outbox, world } = deps;
    const { tenant, batchId, correlationId, fromRow } = message;
    const stored = await store.get(tenant, 'batch', batchId);
    if (!stored) throw new Error(`Batch ${batchId} does not exist`);
    const batch = stored.value;
    if (batch.finishedAt !== null) {
      await blobs.delete(blobKeys.upload(tenant, batchId));
      return { taken: 0, refused: 0 };
    }
    const bytes = await blobs.get(blobKeys.upload(tenant, batchId));
    if (!bytes) throw new Error(`The file of batch ${batchId} is gone`);
    const read = readCandidateFile(bytes, {
      today: stockholmDay(batch.receivedAt),
      ignoreUnknownColumns: batch.ignoreUnknownColumns,
    });
    if (!read.ok) throw new Error(`Batch ${batchId} was readable at the door and is not now: ${read.error.code}`);

    const settled = await store.settledRows(tenant, batchId);
    const { rows } = read.value;
    const nextRow = Math.min(fromRow + ROWS_PER_MESSAGE, rows.length);
    const waiting = rows
      .slice(fromRow, nextRow)
      .map((row, index) => ({ row, number: fromRow + index }))
      .filter(({ number }) => !settled.has(number));
    const units = await allPages((page) => store.list(tenant, { list: 'units' }, page));
    const unitNames = new Set(units.map(({ value }) => foldedUnitName(value.name)));
    await eachAtMost(waiting, ROWS_AT_ONCE, ({ row, number }) => {
      const task = { tenant, batch, row: number, now: world.now(), correlationId };
      return isRowError(row)
        ? settleRejectedRow(deps, task, row)
        : settleAcceptedRow(deps, task, withKnownUnits(row, unitNames));
    });
    const refused = waiting.filter(({ row }) => isRowError(row)).length;
    const counted: RowsSettled = { taken: waiting.length - refused, refused };
    if (nextRow >= rows.length) {
      await finish(deps, message, stored);
      return counted;
    }
    const next: BatchToTake = {
      ...message,
      eventId: EventId.parse(derivedId(world, 'event', [batchId, 'from-row', String(nextRow)])),
      fromRow: nextRow,
    };
    const latest = (await store.get(tenant, 'batch', batchId)) ?? stored;
    const progressed: Batch = { ...latest.value, takenRows: nextRow, progressAt: world.now() };
    const kept = await store.commit(tenant, {
      // Another delivery of the same message may have noted as much or more.
      changes:
        latest.value.takenRows < nextRow
          ? [{ change: 'save', kind: 'batch', value: progressed, expected: latest.version }]
          : [],
      mark: null,
      audit: [],
      messages: [next],
    });
    // Not kept, the batch would stop here for good: fail this message, so that it comes again.
    if (!kept.ok) throw new Error(`Batch ${batchId} could not go on from row ${nextRow}: ${kept.refusal.kind}`);
    await outbox.flush(tenant, [next]);
    return counted;
  };
