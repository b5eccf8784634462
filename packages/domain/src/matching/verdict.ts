import * as z from 'zod';

/** What a criterion says of a person and a place. `unknown` is not `no`: it never excludes and never scores as zero. */
export const VERDICTS = ['yes', 'no', 'unknown'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;
