import type { UnplacedOutcome } from '@gruppstart/domain/matching/outcome';

export type NearestLacks = 'criteria' | 'seat' | 'fit';

/** What stands between somebody and the nearest place: something asked for, too little fit in all, or only a seat. */
export const nearestLacks = ({ reasons, nearest }: UnplacedOutcome): NearestLacks | null => {
  if (nearest === null) return null;
  if (nearest.missing.length > 0) return 'criteria';
  const isTooLittle = reasons.some(
    (reason) =>
      reason.kind === 'under-minimum-fit' && nearest.points * 100 < reason.minimumFitPercent * nearest.maxPoints,
  );
  return isTooLittle ? 'fit' : 'seat';
};
