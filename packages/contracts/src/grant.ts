import { GrantId, OfficeId, TenantId, UnitId, UserId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import * as z from 'zod';
import { Role } from './roles.ts';

/** A dated right: who, as what, for which units and offices, from and to which day. Tokens carry identity only. */
export const Grant = z.strictObject({
  id: GrantId,
  tenant: TenantId,
  userId: UserId,
  role: Role,
  unitIds: z.array(UnitId).max(100),
  offices: z.array(OfficeId).max(50),
  /** The manager for whom this user stands in, if any: shown beside what the deputy does. */
  deputyFor: UserId.nullable(),
  /** Only named users may learn who a person with protected identity is. */
  mayResolveProtected: z.boolean(),
  validFrom: LocalDate,
  /** Last day, included; null until further notice. */
  validTo: LocalDate.nullable(),
});
export type Grant = z.infer<typeof Grant>;
