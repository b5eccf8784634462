import type { Verdict } from '@gruppstart/domain/matching/verdict';

/**
 * A verdict and a credit in one small integer, so that millions of pairs are judged without making objects.
 * Credit: how much of what was asked is met, 0 … 100 percent.
 */
export type Judgement = number;

const CREDIT_BITS = 7;
const CREDIT_MASK = (1 << CREDIT_BITS) - 1;
const NO_BIT = 1 << CREDIT_BITS;
const UNKNOWN_BIT = 2 << CREDIT_BITS;

/** What an unknown counts for: half of what was asked. */
export const UNKNOWN_CREDIT_PERCENT = 50;

export const YES: Judgement = 100;
export const NO: Judgement = NO_BIT;
export const UNKNOWN: Judgement = UNKNOWN_BIT | UNKNOWN_CREDIT_PERCENT;

export const yesWithCredit = (creditPercent: number): Judgement => creditPercent;
export const noWithCredit = (creditPercent: number): Judgement => NO_BIT | creditPercent;

export const isNo = (judgement: Judgement): boolean => (judgement & NO_BIT) !== 0;
export const isUnknown = (judgement: Judgement): boolean => (judgement & UNKNOWN_BIT) !== 0;
export const isYes = (judgement: Judgement): boolean => judgement <= CREDIT_MASK;
export const creditOf = (judgement: Judgement): number => judgement & CREDIT_MASK;

export const verdictOf = (judgement: Judgement): Verdict => {
  if (isNo(judgement)) return 'no';
  return isUnknown(judgement) ? 'unknown' : 'yes';
};
