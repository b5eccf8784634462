import type { QueueMessage } from '@gruppstart/contracts/queue-messages';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { beforeEach, describe, expect, it } from 'vitest';
import { aBatchToTake, aRunToMake, aTenant, aTransaction, aWhatIfToAnswer, instant, NOW } from './builders.ts';
import type { Environment } from './environment.ts';

/** A poll sends and clears over the network; on a busy machine that alone can take a second. */
const PATIENT = { timeout: 15_000 } as const;

export const outboxContract = (environment: () => Environment): void => {
  const after = (seconds: number) => instant(new Date(Date.parse(NOW) + seconds * 1_000).toISOString());
  /** Long after the store's time, at which the messages are committed. */
  const LATER = after(3_600);
  const commit = async (tenant: TenantId, messages: readonly QueueMessage[]) => {
    expect(await environment().store.commit(tenant, aTransaction([], { messages }))).toEqual({ ok: true });
    return messages;
  };
  const byEvent = (messages: readonly unknown[]) => new Set(messages.map((message) => JSON.stringify(message)));

  describe('the outbox', () => {
    beforeEach(async () => {
      // What other tests left: resending looks at all tenants.
      await environment().outboxAt(LATER).resend(0, 10_000);
    });

    it('sends each message to its queue and clears it', async () => {
      const tenant = aTenant();
      const messages = await commit(tenant, [aBatchToTake(tenant), aRunToMake(tenant), aWhatIfToAnswer(tenant)]);
      await environment().outboxAt(LATER).flush(tenant, messages);
      expect(await environment().received('intake', tenant, 1)).toEqual([messages[0]]);
      expect(byEvent(await environment().received('matching', tenant, 2))).toEqual(byEvent(messages.slice(1)));
      expect(await environment().unsentOf(tenant)).toEqual([]);
    });

    it('sends more messages than fit in one request', async () => {
      const tenant = aTenant();
      const messages = await commit(
        tenant,
        Array.from({ length: 23 }, () => aBatchToTake(tenant)),
      );
      await environment().outboxAt(LATER).flush(tenant, messages);
      expect(byEvent(await environment().received('intake', tenant, 23))).toEqual(byEvent(messages));
      expect(await environment().unsentOf(tenant)).toEqual([]);
    });

    it('does nothing for no messages', async () => {
      await expect(environment().outboxAt(LATER).flush(aTenant(), [])).resolves.toBeUndefined();
    });

    it('throws nothing and keeps the message when a queue cannot be reached, and says so', async () => {
      const tenant = aTenant();
      const messages = await commit(tenant, [aBatchToTake(tenant), aRunToMake(tenant)]);
      const failures: number[] = [];
      const crippled = environment().outboxAt(LATER, ['intake'], (_cause, count) => failures.push(count));
      await crippled.flush(tenant, messages);
      expect(failures).toEqual([1]);
      expect(await environment().received('intake', tenant, 1)).toEqual([messages[0]]);
      expect(await environment().unsentOf(tenant)).toEqual([messages[1]?.eventId]);
    });

    it('resends what a crash between commit and flush left, once', async () => {
      const [first, second] = [aTenant(), aTenant()];
      const left = [
        ...(await commit(first, [aBatchToTake(first), aRunToMake(first)])),
        ...(await commit(second, [aBatchToTake(second)])),
      ];
      const outbox = environment().outboxAt(LATER);
      await expect.poll(() => outbox.resend(60, 100), PATIENT).toEqual({ sent: left.length, failed: 0 });
      expect(await environment().received('intake', first, 1)).toEqual([left[0]]);
      expect(await environment().received('matching', first, 1)).toEqual([left[1]]);
      expect(await environment().unsentOf(second)).toEqual([]);
      expect(await outbox.resend(60, 100)).toEqual({ sent: 0, failed: 0 });
    });

    it('does not resend what is younger than asked for', async () => {
      const tenant = aTenant();
      const messages = await commit(tenant, [aBatchToTake(tenant), aRunToMake(tenant)]);
      const resendAfter = (seconds: number) => environment().outboxAt(after(seconds)).resend(60, 100);
      expect(await resendAfter(60)).toEqual({ sent: 0, failed: 0 });
      expect(new Set(await environment().unsentOf(tenant))).toEqual(new Set(messages.map(({ eventId }) => eventId)));
      await expect.poll(() => resendAfter(61), PATIENT).toEqual({ sent: 2, failed: 0 });
    });

    it('resends no more than asked for, the rest next time', async () => {
      const tenant = aTenant();
      await commit(
        tenant,
        Array.from({ length: 12 }, () => aBatchToTake(tenant)),
      );
      const outbox = environment().outboxAt(LATER);
      expect(await outbox.resend(0, 5)).toEqual({ sent: 5, failed: 0 });
      expect(await environment().unsentOf(tenant)).toHaveLength(7);
      await expect
        .poll(async () => {
          await outbox.resend(0, 5);
          return environment().unsentOf(tenant);
        }, PATIENT)
        .toEqual([]);
      expect(await environment().received('intake', tenant, 12)).toHaveLength(12);
    });

    it('counts what could not be resent, and keeps it', async () => {
      const tenant = aTenant();
      await commit(tenant, [aBatchToTake(tenant), aRunToMake(tenant)]);
      expect(await environment().outboxAt(LATER, ['matching']).resend(0, 100)).toEqual({ sent: 1, failed: 1 });
      expect(await environment().unsentOf(tenant)).toHaveLength(1);
    });

    it('sends again what was sent but not cleared: at least once', async () => {
      const tenant = aTenant();
      const messages = [aBatchToTake(tenant)];
      const outbox = environment().outboxAt(LATER);
      await outbox.flush(tenant, messages);
      await commit(tenant, messages);
      expect(await outbox.resend(0, 100)).toEqual({ sent: 1, failed: 0 });
      expect(await environment().received('intake', tenant, 2)).toEqual([messages[0], messages[0]]);
    });
  });
};

export const blobsContract = (environment: () => Environment): void => {
  const blobs = () => environment().blobs;
  const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 256);

  describe('blobs', () => {
    it.each([
      { what: 'one zero', content: Uint8Array.of(0) },
      { what: 'every byte', content: bytes(256) },
      { what: '4 MB', content: bytes(4 * 1024 * 1024) },
      { what: 'Windows-1252 text', content: Uint8Array.from([0xc5, 0xe4, 0xf6, 0x3b, 0x0d, 0x0a]) },
    ])('come back byte for byte: $what', async ({ content }) => {
      const key = blobKeys.upload(aTenant(), 'batch_1');
      await blobs().put(key, content);
      const found = await blobs().get(key);
      expect(found?.length).toBe(content.length);
      expect(Buffer.compare(found ?? new Uint8Array([1]), content)).toBe(0);
    });

    it('are null when there is none', async () => {
      expect(await blobs().get(blobKeys.snapshot(aTenant(), 'run_1', 'a'.repeat(64)))).toBeNull();
    });

    it('are replaced by what is put later', async () => {
      const key = blobKeys.upload(aTenant(), 'batch_1');
      await blobs().put(key, bytes(10));
      await blobs().put(key, bytes(3));
      expect(await blobs().get(key)).toEqual(bytes(3));
    });

    it('are gone when deleted, and may be deleted again', async () => {
      const key = blobKeys.upload(aTenant(), 'batch_1');
      await blobs().put(key, bytes(3));
      await blobs().delete(key);
      expect(await blobs().get(key)).toBeNull();
      await expect(blobs().delete(key)).resolves.toBeUndefined();
    });

    it('lie under any key', async () => {
      const tenant = aTenant();
      const keys = ['åäö', 'two words', 'a+b', '100%', 'q?a=b&c', "(it's)"].map((word) => `uploads/${tenant}/${word}`);
      for (const [index, key] of keys.entries()) await blobs().put(key, Uint8Array.of(index));
      const found = await Promise.all(keys.map((key) => blobs().get(key)));
      expect(found).toEqual(keys.map((_, index) => Uint8Array.of(index)));
    });
  });
};
