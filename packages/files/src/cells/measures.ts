import { MEASURE_FAMILIES, MeasureFamily } from '@gruppstart/domain/intake/measure';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { saysNone, splitList } from './cell-text.ts';

/** Arbetsförmedlingen's verdict: families of support, in the catalogue's order. */
export const readMeasures = (text: string): CellReading<MeasureFamily[]> => {
  if (saysNone(text)) return ok([]);
  const found = new Set<MeasureFamily>();
  for (const part of splitList(text)) {
    const family = MeasureFamily.safeParse(part.toUpperCase().replaceAll('Ö', 'O'));
    if (!family.success) return refuse('measure-unknown');
    found.add(family.data);
  }
  return found.size === 0 ? refuse('measure-unknown') : ok(MEASURE_FAMILIES.filter((family) => found.has(family)));
};
