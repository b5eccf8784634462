import * as z from 'zod';
import { UnitId } from '../shared/ids.ts';

/** Minutes from a postcode area to a unit, by car and by bus, from the tenant's own table. Null: not known for that way. */
export const TravelTime = z.strictObject({
  postcode: z.string().regex(/^\d{5}$/),
  unitId: UnitId,
  carMinutes: z.int().min(0).max(600).nullable(),
  busMinutes: z.int().min(0).max(600).nullable(),
});
export type TravelTime = z.infer<typeof TravelTime>;
