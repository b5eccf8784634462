import * as z from 'zod';
import { type BatchId, CandidateId, ReferralId } from '../shared/ids.ts';
import { BilingualText } from '../shared/text.ts';

/** Why a row was not taken. One error a row: the first that matters to the sender. */
export const ROW_ERROR_CODES = [
  'row-unreadable',
  'too-many-cells',
  'reference-missing',
  'reference-malformed',
  'reference-repeated-in-file',
  'personal-number-malformed',
  'personal-number-check-digit',
  'identity-missing',
  'birth-date-missing',
  'person-repeated-in-file',
  'name-missing',
  'name-malformed',
  'date-not-in-calendar',
  'date-malformed',
  'share-out-of-range',
  'share-malformed',
  'share-range-reversed',
  'language-level-unknown',
  'language-malformed',
  'measure-unknown',
  'postcode-malformed',
  'phone-malformed',
  'email-malformed',
  'working-time-unknown',
  'engagement-malformed',
  'licence-unknown',
  'skill-level-unknown',
  'experience-malformed',
  'travel-minutes-malformed',
  'yes-no-unknown',
  'protection-unknown',
  'free-text-forbidden',
  'too-many-values',
] as const;
export const RowErrorCode = z.enum(ROW_ERROR_CODES);
export type RowErrorCode = z.infer<typeof RowErrorCode>;

/** What was left out of a row that was taken all the same. */
export const ROW_WARNING_CODES = [
  'support-need-not-kept',
  'skill-unmatched',
  'occupation-unmatched',
  'wish-unmatched',
  'birth-date-differs-from-number',
] as const;
export const RowWarningCode = z.enum(ROW_WARNING_CODES);
export type RowWarningCode = z.infer<typeof RowWarningCode>;

/** `line` is the line in the file where the record begins (the header is line 1). `detail` never echoes a personal or refused value. */
export const RowError = z.strictObject({
  line: z.int().min(1),
  column: z.string().nullable(),
  code: RowErrorCode,
  detail: BilingualText,
});
export type RowError = z.infer<typeof RowError>;

export const RowWarning = z.strictObject({
  line: z.int().min(1),
  column: z.string(),
  code: RowWarningCode,
  detail: BilingualText,
});
export type RowWarning = z.infer<typeof RowWarning>;

export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'rejected'] as const;
export const RowOutcomeKind = z.enum(ROW_OUTCOMES);
export type RowOutcomeKind = z.infer<typeof RowOutcomeKind>;

export const RowOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({
    line: z.int().min(1),
    outcome: z.enum(['created', 'updated', 'unchanged']),
    candidateId: CandidateId,
    referralId: ReferralId,
    /** True for protected identity: contact and postcode are not kept, a named user enters them by hand. */
    contactWithheld: z.boolean(),
    warnings: z.array(RowWarning),
  }),
  z.strictObject({ line: z.int().min(1), outcome: z.literal('rejected'), error: RowError }),
]);
export type RowOutcome = z.infer<typeof RowOutcome>;

export type BatchRowKey = { readonly batchId: BatchId; readonly line: number };
