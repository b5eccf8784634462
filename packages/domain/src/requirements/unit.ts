import * as z from 'zod';
import { UnitId } from '../shared/ids.ts';
import { FieldOfWork } from '../shared/vocabulary/fields-of-work.ts';

/** A workplace with one unit manager: a care home, a preschool, a kitchen. */
export const Unit = z.strictObject({
  id: UnitId,
  name: z.string().min(2).max(80),
  field: FieldOfWork,
  /** Home municipality, four digits (0000-code of Statistics Sweden). */
  municipalityCode: z.string().regex(/^\d{4}$/),
  postcode: z.string().regex(/^\d{5}$/),
  /** Hours a week that the unit's supervisors have for participants in all; null: not stated, so no limit is known. */
  supervisorHoursPerWeek: z.int().min(0).max(200).nullable(),
});
export type Unit = z.infer<typeof Unit>;
