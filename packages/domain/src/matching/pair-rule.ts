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

const stated = {
  kind: PairRuleKind,
  first: CandidateId,
  second: CandidateId,
  /** Null for `together`. */
  apartFrom: ApartFrom.nullable(),
};
type Stated = z.infer<z.ZodObject<typeof stated>>;

const isOfTwo = ({ first, second }: Stated): boolean => first !== second;
const OF_ONE = { path: ['second'], message: 'pair-of-one' };
const saysApartFromWhat = ({ kind, apartFrom }: Stated): boolean => (kind === 'keep-apart') === (apartFrom !== null);
const APART_FROM_WHAT = { path: ['apartFrom'], message: 'apart-from-what' };

/** What a coordinator states. */
export const NewPairRule = z.strictObject(stated).refine(isOfTwo, OF_ONE).refine(saysApartFromWhat, APART_FROM_WHAT);
export type NewPairRule = z.infer<typeof NewPairRule>;

export const PairRule = z
  .strictObject({
    id: PairRuleId,
    ...stated,
    madeBy: UserId,
    madeAt: Instant,
    /** When the rule was taken back; null: it holds. */
    endedAt: Instant.nullable(),
  })
  .refine(isOfTwo, OF_ONE)
  .refine(saysApartFromWhat, APART_FROM_WHAT);
export type PairRule = z.infer<typeof PairRule>;
