import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import { describe, expect, test } from 'vitest';
import { foldedUnitName, withKnownUnits } from './unit-wishes.ts';

const UNITS = new Set(['Förskolan Kotten', 'Centralköket'].map(foldedUnitName));
const FIELD = { kind: 'field', field: 'kitchen' } as const;
const unit = (unitName: string) => ({ kind: 'unit', unitName }) as const;

const rowWishing = (wishes: ParsedRow['profile']['wishes']): ParsedRow => ({
  line: 7,
  reference: 'AF-1',
  person: {
    personalNumber: null,
    birthDate: null,
    givenName: 'Anna',
    familyName: 'Ek',
    phone: null,
    email: null,
    possibleMeasures: [],
    measureValidUntil: null,
    supportNeeds: [],
  },
  protection: 'none',
  profile: {
    enrolledSince: null,
    availableFrom: null,
    shareFromPercent: null,
    shareToPercent: null,
    workingTimes: null,
    engagements: null,
    licences: null,
    swedish: null,
    languages: null,
    skills: null,
    experience: null,
    knownItems: [],
    wishes,
    maxTravelMinutes: null,
    hasCar: null,
    postcode: null,
  },
  interpreterLanguage: null,
  unmatchedSkills: [],
  warnings: [],
});

describe('a wish for a unit', () => {
  test.each([
    ['by its name', [unit('Förskolan Kotten')]],
    ['in other letters and with spaces around', [unit('  CENTRALKÖKET ')]],
    ['beside a field of work', [FIELD, unit('Centralköket')]],
  ])('%s is kept as it stands, without a warning', (_what, wishes) => {
    const row = rowWishing(wishes);
    expect(withKnownUnits(row, UNITS)).toBe(row);
  });

  test('that does not exist is not kept, the others stay in their order, and the sender is told once', () => {
    const row = withKnownUnits(rowWishing([unit('går i kyrkan'), unit('Centralköket'), FIELD, unit('himlen')]), UNITS);
    expect(row.profile.wishes).toEqual([unit('Centralköket'), FIELD]);
    expect(row.warnings).toMatchObject([{ line: 7, column: 'Önskemål', code: 'wish-unmatched' }]);
    expect(JSON.stringify(row)).not.toMatch(/kyrkan|himlen/);
    expect(withKnownUnits(row, UNITS)).toBe(row);
  });

  test('that does not exist, alone, leaves the wishes unknown: not a known none', () => {
    expect(withKnownUnits(rowWishing([unit('himlen')]), UNITS).profile.wishes).toBeNull();
    expect(withKnownUnits(rowWishing([]), UNITS).profile.wishes).toEqual([]);
    expect(withKnownUnits(rowWishing(null), UNITS).profile.wishes).toBeNull();
  });
});
