import type { MatchPlace, Wish } from '../model.ts';
import { type Criterion, judgedBase } from './criterion.ts';
import { NO, UNKNOWN, YES, yesWithCredit } from './judgement.ts';

type WishedFor = Pick<MatchPlace, 'field' | 'unitName'>;

/** Units are compared without regard to case. */
export const unitNameKey = (unitName: string): string => unitName.toLowerCase();

const meets = (wish: Wish, place: WishedFor, unitKey: string): boolean =>
  wish.kind === 'field' ? wish.field === place.field : unitNameKey(wish.unitName) === unitKey;

/**
 * The person's own wishes, in their order: the first gives all of the credit, the last a little more than half. Nobody
 * is shut out by a wish. Who is known to have none is content with any place.
 */
export const ownWishesCriterion = (place: WishedFor): Criterion => {
  const unitKey = unitNameKey(place.unitName);
  const indexMet = (wishes: readonly Wish[]): number => wishes.findIndex((wish) => meets(wish, place, unitKey));
  const criterion: Criterion = {
    topic: { kind: 'own-wishes' },
    topicKey: 'own-wishes',
    levelKey: `own-wishes:${place.field}:${unitKey}`,
    requirementIndex: null,
    excludes: false,
    part: 'own-wishes',
    learntBy: null,
    judge({ candidate: { wishes } }) {
      if (wishes === null) return UNKNOWN;
      if (wishes.length === 0) return YES;
      const index = indexMet(wishes);
      return index < 0 ? NO : yesWithCredit(100 - Math.floor((50 * index) / wishes.length));
    },
    factsKey: ({ candidate: { wishes } }) => (wishes === null ? '-' : JSON.stringify(wishes)),
    source: () => 'wishes',
    explain: (facts, start) => {
      const { wishes } = facts.candidate;
      const index = wishes === null ? -1 : indexMet(wishes);
      return {
        kind: 'own-wishes',
        ...judgedBase(criterion, facts, start),
        asked: { wishes: wishes === null ? null : wishes.length },
        found: { wishRank: index < 0 ? null : index + 1 },
      };
    },
  };
  return criterion;
};
