import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import { ROW_WARNING_TEXTS } from '@gruppstart/files/cells/row-error-texts';

const WISHES_COLUMN = 'Önskemål';

/** Names compare without regard to case and spaces at the ends. */
export const foldedUnitName = (name: string): string => name.normalize('NFC').trim().toLowerCase();

/**
 * Keeps the wishes that name a unit there is. Anything else that stands under Önskemål could be anything about anybody,
 * so it is not kept, and the sender is told.
 */
export const withKnownUnits = (row: ParsedRow, unitNames: ReadonlySet<string>): ParsedRow => {
  const stated = row.profile.wishes;
  if (stated === null) return row;
  const wishes = stated.filter((wish) => wish.kind === 'field' || unitNames.has(foldedUnitName(wish.unitName)));
  if (wishes.length === stated.length) return row;
  const told = row.warnings.some(({ code }) => code === 'wish-unmatched');
  const warning = {
    line: row.line,
    column: WISHES_COLUMN,
    code: 'wish-unmatched',
    detail: ROW_WARNING_TEXTS['wish-unmatched'],
  } as const;
  return {
    ...row,
    // Nothing of what was wished is known to us: that is unknown, not a known "no wishes".
    profile: { ...row.profile, wishes: wishes.length > 0 ? wishes : null },
    warnings: told ? row.warnings : [...row.warnings, warning],
  };
};
