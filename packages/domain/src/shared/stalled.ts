import type { Instant } from './local-date.ts';
import type { BilingualText } from './text.ts';

/**
 * After so long without progress, work that a queue carries has most likely been given up: a message is tried three
 * times, six minutes apart at most, and then lies in the dead-letter queue. Half an hour leaves room for a long queue.
 */
export const STALLED_AFTER_MINUTES = 30;

export const hasStalled = (progressAt: Instant, now: Instant): boolean =>
  Date.parse(now) - Date.parse(progressAt) > STALLED_AFTER_MINUTES * 60_000;

/** What is said beside the status `stalled`, to whoever waits for it. */
export const STALLED_TEXT: BilingualText = {
  sv: 'Arbetet har stannat. Det som är gjort finns kvar, och resten fortsätter när driften har åtgärdat felet. Vänta med att beställa eller skicka igen tills driften ber om det.',
  en: 'The work has stopped. What is done is kept, and the rest goes on when operations have put the fault right. Wait with ordering or sending it again until operations ask for it.',
};
