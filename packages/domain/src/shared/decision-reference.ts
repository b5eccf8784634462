import * as z from 'zod';
import { NO_PERSONAL_NUMBER } from './ids.ts';

/** It is kept for ever, so that a personal number may not stand before or after other words either. */
const NO_NUMBER_INSIDE = String.raw`(?!.*\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ -]?\d{4}(?!\d))`;

/** Where a decision can be read. Never a name or a number of a person. */
export const DecisionReference = z
  .string()
  .regex(
    new RegExp(
      `^${NO_NUMBER_INSIDE}${NO_PERSONAL_NUMBER}[A-Za-zÅÄÖåäö0-9][A-Za-zÅÄÖåäö0-9 ./:-]{1,58}[A-Za-zÅÄÖåäö0-9]$`,
    ),
  )
  .meta({ description: 'The decision’s number in the register, for example KS 2026/0123', example: 'KS 2026/0123' });
export type DecisionReference = z.infer<typeof DecisionReference>;
