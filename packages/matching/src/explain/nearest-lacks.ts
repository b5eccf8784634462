import type { UnplacedOutcome, UnplacedReason } from '@gruppstart/domain/matching/outcome';

export type NearestLacks = 'criteria' | 'fit' | 'seat' | 'free-seat';

/** What is said of somebody for whom nothing in the run was to be had, so that nobody got what they did not. */
const NOTHING_TO_GET: readonly UnplacedReason['kind'][] = ['no-open-place', 'no-eligible-place', 'ruled-out'];

/**
 * What stands between somebody and the nearest place: something asked for, too little fit in all, a seat that others got
 * in the run, or one that nobody could get.
 */
export const nearestLacks = ({ reasons, nearest }: UnplacedOutcome): NearestLacks | null => {
  if (nearest === null) return null;
  if (nearest.missing.length > 0) return 'criteria';
  const isTooLittle = reasons.some(
    (reason) =>
      reason.kind === 'under-minimum-fit' && nearest.points * 100 < reason.minimumFitPercent * nearest.maxPoints,
  );
  if (isTooLittle) return 'fit';
  return reasons.every(({ kind }) => NOTHING_TO_GET.includes(kind)) ? 'free-seat' : 'seat';
};
