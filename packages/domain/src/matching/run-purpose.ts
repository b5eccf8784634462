import * as z from 'zod';

/**
 * `admission`: who begins which start; a fitting seat exists for each, but no place is promised.
 * `placement`: who of those already in a start goes to which place.
 */
export const RUN_PURPOSES = ['admission', 'placement'] as const;
export const RunPurpose = z.enum(RUN_PURPOSES);
export type RunPurpose = z.infer<typeof RunPurpose>;
