import { ok } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type CellReading, refuse } from './cell-reading.ts';
import { oneLine } from './cell-text.ts';

const SHARE = /^(-?\d{1,6}(?:[.,]\d{1,12})?)\s?(%|procent)?$/i;

const unclear: BilingualText = {
  sv: 'Det går inte att se om talet är procent eller andel. Skriv 75, 75 % eller 0,75.',
  en: 'It is not clear whether the number is a percentage or a share. Write 75, 75 % or 0,75.',
};

/**
 * A share of full time in whole percent. A number up to 1 without a percent sign is a share (1 is 100 %, as Excel keeps
 * percent cells); decimals of a percent are rounded. Between 1 and 2 with decimals nobody can tell: refused.
 */
export const readSharePercent = (text: string): CellReading<number> => {
  const parts = SHARE.exec(oneLine(text));
  if (!parts) return refuse('share-malformed');
  const number = Number((parts[1] ?? '').replace(',', '.'));
  const saysPercent = parts[2] !== undefined;
  if (!saysPercent && number > 1 && number < 2) return refuse('share-malformed', unclear);
  const percent = Math.round(!saysPercent && number <= 1 ? number * 100 : number);
  return percent >= 1 && percent <= 100 ? ok(percent) : refuse('share-out-of-range');
};
