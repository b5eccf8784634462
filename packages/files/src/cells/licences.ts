import { LICENCE_CLASSES, LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, plainDashes, saysNone, splitWords } from './cell-text.ts';

/** Classes as written, in the law's order: that C also gives B is known to the domain and not stored. */
export const readLicences = (text: string): CellReading<LicenceClass[]> => {
  if (saysNone(text) || fold(text) === 'nej') return ok([]);
  const found = new Set<LicenceClass>();
  for (const word of splitWords(plainDashes(text))) {
    const licence = LicenceClass.safeParse(word.toUpperCase());
    if (!licence.success) return refuse('licence-unknown');
    found.add(licence.data);
  }
  return found.size === 0 ? refuse('licence-unknown') : ok(LICENCE_CLASSES.filter((licence) => found.has(licence)));
};
