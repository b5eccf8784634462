import * as z from 'zod';

/** What a person reads, in both languages. Swedish first. */
export const BilingualText = z.strictObject({ sv: z.string().min(1), en: z.string().min(1) });
export type BilingualText = z.infer<typeof BilingualText>;
