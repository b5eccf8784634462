import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { impliedLicences, LICENCE_CLASSES, type LicenceClass } from './driving-licence.ts';

/** What a holder of one class may drive, written out by hand from körkortslagen 2 kap. 5 §. */
const MAY_DRIVE: Readonly<Record<LicenceClass, readonly LicenceClass[]>> = {
  AM: ['AM'],
  A1: ['AM', 'A1'],
  A2: ['AM', 'A1', 'A2'],
  A: ['AM', 'A1', 'A2', 'A'],
  B: ['AM', 'B'],
  BE: ['AM', 'B', 'BE'],
  C1: ['AM', 'B', 'C1'],
  C1E: ['AM', 'B', 'BE', 'C1', 'C1E'],
  C: ['AM', 'B', 'C1', 'C'],
  CE: ['AM', 'B', 'BE', 'C1', 'C1E', 'C', 'CE'],
  D1: ['AM', 'B', 'D1'],
  D1E: ['AM', 'B', 'BE', 'D1', 'D1E'],
  D: ['AM', 'B', 'D1', 'D'],
  DE: ['AM', 'B', 'BE', 'D1', 'D1E', 'D', 'DE'],
};

const someLicences = fc.subarray([...LICENCE_CLASSES]);

describe('what a licence gives', () => {
  test.each(LICENCE_CLASSES)('%s', (licence) => {
    expect(impliedLicences([licence])).toEqual(MAY_DRIVE[licence]);
  });

  test('no licence gives nothing', () => {
    expect(impliedLicences([])).toEqual([]);
  });

  test('what is implied implies nothing more', () => {
    fc.assert(
      fc.property(someLicences, (held) => {
        const once = impliedLicences(held);
        expect(impliedLicences(once)).toEqual(once);
      }),
    );
  });

  test('several give what each gives, in the same order however they are written', () => {
    fc.assert(
      fc.property(someLicences, (held) => {
        const oneByOne = new Set(held.flatMap((licence) => MAY_DRIVE[licence]));
        expect(impliedLicences(held)).toEqual(LICENCE_CLASSES.filter((licence) => oneByOne.has(licence)));
        expect(impliedLicences(held.toReversed())).toEqual(impliedLicences(held));
      }),
    );
  });
});
