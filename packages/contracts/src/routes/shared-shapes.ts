import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';

/** One page of a list: an opaque cursor leads on; null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export const PageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'page-of-1-to-100')
    .optional()
    .meta({ description: 'Rows on a page, 1 to 100 (50 when not stated)' }),
  cursor: z.string().max(600).optional(),
});

/** A row's answer in a bulk command: done, or refused with a code. Partial success is normal. */
export const BulkRow = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.string(), ok: z.literal(true), createdId: z.string().nullable() }),
  z.strictObject({ id: z.string(), ok: z.literal(false), code: z.string(), detail: z.string(), detailEn: z.string() }),
]);
export type BulkRow = z.infer<typeof BulkRow>;

/** What there is to say of a status: null for those that say all themselves. */
export const StatusText = BilingualText.nullable();
