import { watched } from '@gruppstart/edge/invocation';
import { makeLog } from '@gruppstart/edge/log';
import { outboxFrom, senderPartsFrom } from '@gruppstart/store/composition';

/** Younger messages are still in the hands of whoever committed them. */
const OLDER_THAN_SECONDS = 30;
const AT_MOST = 500;

const log = makeLog('outbox');
const outbox = outboxFrom(process.env, senderPartsFrom(process.env), (cause, messages) =>
  log.fault('outbox-waits', cause, { messages }),
);

export const handler = watched(log, async (): Promise<{ readonly sent: number; readonly failed: number }> => {
  const { sent, failed } = await outbox.resend(OLDER_THAN_SECONDS, AT_MOST);
  // Nothing is work for it unless something went wrong before; the figures say so every minute all the same.
  const tell = sent + failed > 0 ? log.warn : log.info;
  tell('outbox-swept', {}, { OutboxSent: sent, OutboxLeft: failed });
  return { sent, failed };
});
