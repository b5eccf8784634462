import { QueueMessage } from '@gruppstart/contracts/queue-messages';
import { LaptopRefusal } from '@gruppstart/local/laptop-refusal';
import type { DeadLetter, Queues, QueueWithDeadLetters } from './queues.ts';

/** What a dead letter is about: ids only, for the one who decides what to do with it. */
export type DeadLetterSubject =
  | {
      readonly kind: QueueMessage['kind'];
      readonly tenant: string;
      readonly id: string;
      readonly correlationId: string;
    }
  /** Nothing that any worker of ours can read; to send it again would only bring it back. */
  | { readonly kind: 'unreadable' };

export interface DeadLetterOutcome {
  readonly queue: string;
  readonly messageId: string;
  readonly subject: DeadLetterSubject;
  readonly outcome: 'sent-again' | 'discarded' | 'left';
}

export interface RedriveWishes {
  /** Look only: nothing is sent, nothing is removed. */
  readonly dryRun: boolean;
  /** Throw away what no worker can read. Otherwise it is left where it is. */
  readonly discardUnreadable: boolean;
  /** Only this queue, by name or the beginning of it; null: all. */
  readonly queue: string | null;
}

/** Long enough to send and remove ten messages, short enough that a broken redrive can be begun anew soon. */
const HOLD_SECONDS = 60;

const idIn = (message: QueueMessage): string => {
  switch (message.kind) {
    case 'batch-to-take':
      return message.batchId;
    case 'run-to-make':
      return message.runId;
    case 'what-if-to-answer':
      return message.whatIfId;
  }
};

export const subjectOf = (body: string): DeadLetterSubject => {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    return { kind: 'unreadable' };
  }
  const read = QueueMessage.safeParse(content);
  if (!read.success) return { kind: 'unreadable' };
  const { kind, tenant, correlationId } = read.data;
  return { kind, tenant, correlationId, id: idIn(read.data) };
};

/**
 * Sends again what failed too often. A message is removed from the dead letters only after its queue has taken it, so a
 * stop in between can only make it come twice, and workers give every message its effect exactly once. Each message is looked at once: one that fails anew meanwhile waits for the next redrive.
 */
export const redrive = async (queues: Queues, wishes: RedriveWishes): Promise<readonly DeadLetterOutcome[]> => {
  const all = await queues.withDeadLetters();
  const wanted = all.filter(({ name }) => wishes.queue === null || name.startsWith(wishes.queue));
  // An account or region without our queues must not look like one where nothing lies aside.
  if (wanted.length === 0) {
    throw new LaptopRefusal(
      'Ingen sådan kö finns här. Kontrollera konto, region och --queue.',
      'There is no such queue here. Check account, region and --queue.',
    );
  }
  return (await Promise.all(wanted.map((queue) => redriveQueue(queues, queue, wishes)))).flat();
};

const redriveQueue = async (
  queues: Queues,
  { name, url, deadLetterUrl }: QueueWithDeadLetters,
  { dryRun, discardUnreadable }: RedriveWishes,
): Promise<readonly DeadLetterOutcome[]> => {
  const outcomes: DeadLetterOutcome[] = [];
  const seen = new Set<string>();
  /** What is left, by id, with the newest receipt. */
  const held = new Map<string, DeadLetter>();
  /** Looks in a row that brought only what is held: our hold on that ended before the rest was looked at. */
  let vainLooks = 0;

  const settle = async (letter: DeadLetter, subject: DeadLetterSubject): Promise<DeadLetterOutcome['outcome']> => {
    const isReadable = subject.kind !== 'unreadable';
    if (dryRun || (!isReadable && !discardUnreadable)) {
      held.set(letter.messageId, letter);
      return 'left';
    }
    if (isReadable) await queues.send(url, letter.body);
    await queues.remove(deadLetterUrl, letter);
    return isReadable ? 'sent-again' : 'discarded';
  };

  try {
    for (;;) {
      const received = await queues.receive(deadLetterUrl, HOLD_SECONDS);
      for (const letter of received) if (held.has(letter.messageId)) held.set(letter.messageId, letter);
      const letters = received.filter(({ messageId }) => !seen.has(messageId));
      vainLooks = letters.length === 0 ? vainLooks + 1 : 0;
      // So many looks pass over everything that is held once.
      if (received.length === 0 || vainLooks > held.size) break;
      for (const letter of letters) {
        seen.add(letter.messageId);
        const subject = subjectOf(letter.body);
        outcomes.push({ queue: name, messageId: letter.messageId, subject, outcome: await settle(letter, subject) });
      }
    }
  } finally {
    // What stays is there for the next look at once, not only when our hold on it is over.
    await Promise.allSettled([...held.values()].map((letter) => queues.release(deadLetterUrl, letter)));
  }
  return outcomes;
};
