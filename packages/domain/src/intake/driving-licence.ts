import * as z from 'zod';

/** Classes of a Swedish driving licence. */
export const LICENCE_CLASSES = [
  'AM',
  'A1',
  'A2',
  'A',
  'B',
  'BE',
  'C1',
  'C1E',
  'C',
  'CE',
  'D1',
  'D1E',
  'D',
  'DE',
] as const;
export const LicenceClass = z.enum(LICENCE_CLASSES);
export type LicenceClass = z.infer<typeof LicenceClass>;

/**
 * What each class includes besides itself. Source: körkortslagen (1998:488) 2 kap. 5 §: C and D are only issued to
 * holders of B, and every class of A or B carries the right to AM.
 */
const DIRECTLY_IMPLIED: Readonly<Record<LicenceClass, readonly LicenceClass[]>> = {
  AM: [],
  A1: ['AM'],
  A2: ['A1'],
  A: ['A2'],
  B: ['AM'],
  BE: ['B'],
  C1: ['B'],
  C1E: ['C1', 'BE'],
  C: ['C1'],
  CE: ['C', 'C1E'],
  D1: ['B'],
  D1E: ['D1', 'BE'],
  D: ['D1'],
  DE: ['D', 'D1E'],
};

/** All classes that someone with `held` may drive, `held` included, in the order of LICENCE_CLASSES. */
export const impliedLicences = (held: readonly LicenceClass[]): readonly LicenceClass[] => {
  const reached = new Set<LicenceClass>();
  const visit = (licence: LicenceClass): void => {
    if (reached.has(licence)) return;
    reached.add(licence);
    for (const implied of DIRECTLY_IMPLIED[licence]) visit(implied);
  };
  for (const licence of held) visit(licence);
  return LICENCE_CLASSES.filter((licence) => reached.has(licence));
};
