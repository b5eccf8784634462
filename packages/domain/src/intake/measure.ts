import * as z from 'zod';

/** Families of support that Arbetsförmedlingen may find possible for a person. The verdict is theirs; we never store the ground. */
export const MEASURE_FAMILIES = ['INTRODUKTIONSJOBB', 'NYSTARTSJOBB', 'LONEBIDRAG', 'OSA', 'ARBETSPRAKTIK'] as const;
export const MeasureFamily = z.enum(MEASURE_FAMILIES);
export type MeasureFamily = z.infer<typeof MeasureFamily>;
