import { makeLog } from '@gruppstart/edge/log';
import { outboxFrom, senderPartsFrom } from '@gruppstart/store/composition';

/** Younger messages are still in the hands of whoever committed them. */
const OLDER_THAN_SECONDS = 30;
const AT_MOST = 500;

const log = makeLog('outbox');
const outbox = outboxFrom(process.env, senderPartsFrom(process.env), (cause, messages) =>
  log.fault('outbox-waits', cause, { messages }),
);

export const handler = async (): Promise<{ readonly sent: number; readonly failed: number }> => {
  const resent = await outbox.resend(OLDER_THAN_SECONDS, AT_MOST);
  if (resent.sent > 0 || resent.failed > 0) log.warn('outbox-resent', resent);
  return resent;
};
