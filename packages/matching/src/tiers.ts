import type { MatchInput } from './model.ts';

/** The tier of each candidate of a canonical input: the highest that a rule in force gives, else 0. */
export const tiersOf = (input: MatchInput, waitDays: Int32Array): Uint8Array =>
  Uint8Array.from(input.candidates, ({ missedStarts }, c) =>
    input.weights.tiers.reduce((highest, { tier, ground, atLeast }) => {
      const reached = ground === 'queue-days' ? waitDays[c]! : missedStarts;
      return reached >= atLeast ? Math.max(highest, tier) : highest;
    }, 0),
  );
