import { SUPPORT_NEED_LABELS, SUPPORT_NEEDS, type SupportNeed } from '@gruppstart/domain/intake/person';
import { fold, saysNone, splitList } from './cell-text.ts';

const NEED_BY_WORD: ReadonlyMap<string, SupportNeed> = new Map([
  ...SUPPORT_NEEDS.flatMap((need): [string, SupportNeed][] => [
    [need, need],
    [fold(SUPPORT_NEED_LABELS[need].sv), need],
    [fold(SUPPORT_NEED_LABELS[need].en), need],
  ]),
  ['annat: samtal', 'other-talk'],
  ['annat:samtal', 'other-talk'],
  ['annat', 'other-talk'],
  ['samtal', 'other-talk'],
]);

export interface SupportNeedsRead {
  readonly needs: SupportNeed[];
  /** True when the cell held other text, which is dropped here and now. */
  readonly otherTextDropped: boolean;
}

/**
 * What is needed at work, from the closed list, never why. Other text is not an error: the person would be left out for
 * something a caseworker wrote in good faith. It is dropped unread, and the sender is told so.
 */
export const readSupportNeeds = (text: string): SupportNeedsRead => {
  if (saysNone(text) || fold(text) === 'nej') return { needs: [], otherTextDropped: false };
  const found = new Set<SupportNeed>();
  let otherTextDropped = false;
  for (const part of splitList(text)) {
    const need = NEED_BY_WORD.get(fold(part));
    if (need === undefined) otherTextDropped = true;
    else found.add(need);
  }
  return { needs: SUPPORT_NEEDS.filter((need) => found.has(need)), otherTextDropped };
};
