import type { Wish } from '@gruppstart/domain/intake/matching-profile';
import { ok } from '@gruppstart/domain/shared/result';
import { FIELD_LABELS, FIELDS_OF_WORK, type FieldOfWork } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, saysNone, splitList } from './cell-text.ts';
import { forbiddenInFreeText } from './free-text.ts';

const MAX_WISHES = 10;
const MAX_UNIT_CHARACTERS = 80;

const FIELD_BY_LABEL: ReadonlyMap<string, FieldOfWork> = new Map(
  FIELDS_OF_WORK.map((field) => [fold(FIELD_LABELS[field].sv), field]),
);
/** A unit's name has at least two characters, one of them a letter. */
const UNIT_NAME = /^(?=.*\p{L}).{2,}$/u;

export interface WishesRead {
  readonly wishes: Wish[];
  /** How many parts can be neither a field of work nor a unit's name; they are not kept. */
  readonly unmatchedCount: number;
}

/** Fields of work or units, in order of wish. Whether a unit of that name exists is for whoever knows the units. */
export const readWishes = (text: string): CellReading<WishesRead> => {
  if (saysNone(text)) return ok({ wishes: [], unmatchedCount: 0 });
  const wishes = new Map<string, Wish>();
  let unmatchedCount = 0;
  for (const part of splitList(text)) {
    const key = fold(part);
    const field = FIELD_BY_LABEL.get(key);
    if (wishes.has(key)) continue;
    if (field !== undefined) wishes.set(key, { kind: 'field', field });
    else if (part.length > MAX_UNIT_CHARACTERS || !UNIT_NAME.test(part)) unmatchedCount += 1;
    else if (forbiddenInFreeText(part)) return refuse('free-text-forbidden');
    else wishes.set(key, { kind: 'unit', unitName: part });
  }
  if (wishes.size > MAX_WISHES) return refuse('too-many-values');
  return ok({ wishes: [...wishes.values()], unmatchedCount });
};
