import * as z from 'zod';
import { CandidateId, PairRuleId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';

/**
 * Two people who must not meet (`keep-apart`) or who begin together or not at all (`together`). Why is never written
 * down, and the one is never told of the other.
 */
export const PAIR_RULE_KINDS = ['keep-apart', 'together'] as const;
export const PairRuleKind = z.enum(PAIR_RULE_KINDS);
export type PairRuleKind = z.infer<typeof PairRuleKind>;

/** What a pair that is kept apart must not share: a start (and so any place in it), or only the unit. */
export const APART_FROM = ['start', 'unit'] as const;
export const ApartFrom = z.enum(APART_FROM);
export type ApartFrom = z.infer<typeof ApartFrom>;

export const PairRule = z
  .strictObject({
    id: PairRuleId,
    kind: PairRuleKind,
    first: CandidateId,
    second: CandidateId,
    /** Null for `together`. */
    apartFrom: ApartFrom.nullable(),
    madeBy: UserId,
    madeAt: Instant,
    /** When the rule was taken back; null: it holds. */
    endedAt: Instant.nullable(),
  })
  .refine((rule) => rule.first !== rule.second, { path: ['second'], message: 'pair-of-one' })
  .refine((rule) => (rule.kind === 'keep-apart') === (rule.apartFrom !== null), {
    path: ['apartFrom'],
    message: 'apart-from-what',
  });
export type PairRule = z.infer<typeof PairRule>;
