/** Everything that a function can say. What each means stands in the README, in this order. */
export const LOG_EVENTS = [
  'request-answered',
  'request-refused',
  'request-failed',
  'message-handled',
  'message-failed',
  'message-unreadable',
  'outbox-waits',
  'outbox-swept',
  'grants-given',
  'grants-refused',
  'restore-waits',
  'erasures-replayed',
  'invocation-failed',
  'library-printed',
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];
