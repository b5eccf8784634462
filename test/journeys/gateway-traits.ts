import { expect } from 'vitest';

/** What the gateway does by itself, and what a stand-in for it may do otherwise. */
export type GatewayTrait =
  /** The request id of the answer is the one that the function was given. */
  | 'request-id'
  /** Refused tokens are answered with a challenge. */
  | 'challenge'
  /** The bytes of the answers to refused tokens; what they say is the same everywhere. */
  | 'refusal-bytes'
  /** OPTIONS is a method like others where nobody has asked for CORS. */
  | 'options-method';

/** Names the traits that are known to be otherwise here, with commas between. */
export const OTHERWISE_VARIABLE = 'JOURNEYS_GATEWAY_IS_OTHERWISE';

const otherwise = (process.env[OTHERWISE_VARIABLE] ?? '').split(',');

/** Checks a trait of the gateway; where it is known to be otherwise, that it still is. */
export const expectOfGateway = (trait: GatewayTrait, check: () => void): void => {
  if (otherwise.includes(trait)) expect(check, `${trait} is known to be otherwise here`).toThrow();
  else check();
};
