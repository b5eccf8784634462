import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';

/** Where two people would be, against a rule about them. Beginning is settled by an admission alone. */
export const isPairBroken = (
  rule: Pick<PairRule, 'kind' | 'apartFrom'>,
  purpose: RunPurpose,
  { isOneStart, isOneUnit }: { readonly isOneStart: boolean; readonly isOneUnit: boolean },
): boolean => {
  const isAdmission = purpose === 'admission';
  if (rule.kind === 'together') return isAdmission && !isOneStart;
  return isOneUnit || (isAdmission && rule.apartFrom === 'start' && isOneStart);
};
