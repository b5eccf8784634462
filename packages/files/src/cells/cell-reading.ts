import type { RowErrorCode } from '@gruppstart/domain/intake/row-outcome';
import { err, type Result } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { ROW_ERROR_TEXTS } from './row-error-texts.ts';

/** Why a cell could not be read. The detail says what is accepted and never repeats what the cell held. */
export interface CellRefusal {
  readonly code: RowErrorCode;
  readonly detail: BilingualText;
}

/** A cell reader gets the cleaned, non-empty text of a cell: empty cells are unknown and never reach one. */
export type CellReading<T> = Result<T, CellRefusal>;

/** Refuses with the code's usual text, or with one that says more about this case. */
export const refuse = (code: RowErrorCode, detail: BilingualText = ROW_ERROR_TEXTS[code]): CellReading<never> =>
  err({ code, detail });
