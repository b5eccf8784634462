import * as z from 'zod';

/** Who a user is at work. Dated grants in the store give roles; a token never does. */
export const ROLES = [
  'caseworker',
  'unit-manager',
  'coordinator',
  'process-owner',
  'auditor',
  'hr',
  'union',
  'batch-sender',
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/** The doors: one function, one issuer and one audience each. */
export const DOORS = ['intake', 'requirements', 'cohorts'] as const;
export type Door = (typeof DOORS)[number];

/** What a token may be used for; the gateway checks it before our code runs. */
export const SCOPES = [
  'intake.read',
  'intake.write',
  'requirements.read',
  'requirements.write',
  'cohorts.read',
  'cohorts.write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** How far a role reaches on a route: everything of the tenant, only the offices or only the units of the grant. */
export const REACHES = ['tenant', 'office', 'unit'] as const;
export type Reach = (typeof REACHES)[number];

/** Why personal fields are opened; written into the audit entry of the read. */
export const PURPOSES = [
  'follow-own-referral',
  'plan-start',
  'lead-introduction',
  'meet-candidate',
  'employ-participant',
  'compare-groups',
] as const;
export const Purpose = z.enum(PURPOSES);
export type Purpose = z.infer<typeof Purpose>;
