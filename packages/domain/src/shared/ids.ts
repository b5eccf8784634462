import * as z from 'zod';

/**
 * Branded ids. An id is a kind prefix and 26 characters of lower-case Crockford base32 (48 bits of time, 80 of chance).
 * It never holds a personal identity number, a name or an address.
 */
const idOf = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`))
    .meta({ description: `Opaque id with the prefix ${prefix}_` });

export const CandidateId = idOf('cand').brand<'CandidateId'>();
export const ReferralId = idOf('ref').brand<'ReferralId'>();
export const BatchId = idOf('batch').brand<'BatchId'>();
export const PlaceId = idOf('place').brand<'PlaceId'>();
export const RunId = idOf('run').brand<'RunId'>();
export const ProposalId = idOf('prop').brand<'ProposalId'>();
export const DecisionId = idOf('dec').brand<'DecisionId'>();
export const CohortId = idOf('cohort').brand<'CohortId'>();
export const EmploymentId = idOf('empl').brand<'EmploymentId'>();
export const PlacementId = idOf('plcm').brand<'PlacementId'>();
export const HelpRequestId = idOf('help').brand<'HelpRequestId'>();
export const GrantId = idOf('grant').brand<'GrantId'>();
export const PairRuleId = idOf('pair').brand<'PairRuleId'>();
export const WhatIfId = idOf('what').brand<'WhatIfId'>();
export const NamedRequestId = idOf('named').brand<'NamedRequestId'>();
export const EventId = idOf('evt').brand<'EventId'>();

export type CandidateId = z.infer<typeof CandidateId>;
export type ReferralId = z.infer<typeof ReferralId>;
export type BatchId = z.infer<typeof BatchId>;
export type PlaceId = z.infer<typeof PlaceId>;
export type RunId = z.infer<typeof RunId>;
export type ProposalId = z.infer<typeof ProposalId>;
export type DecisionId = z.infer<typeof DecisionId>;
export type CohortId = z.infer<typeof CohortId>;
export type EmploymentId = z.infer<typeof EmploymentId>;
export type PlacementId = z.infer<typeof PlacementId>;
export type HelpRequestId = z.infer<typeof HelpRequestId>;
export type GrantId = z.infer<typeof GrantId>;
export type PairRuleId = z.infer<typeof PairRuleId>;
export type WhatIfId = z.infer<typeof WhatIfId>;
export type NamedRequestId = z.infer<typeof NamedRequestId>;
export type EventId = z.infer<typeof EventId>;

/**
 * Refuses what is a Swedish personal or coordination number: ten or twelve digits with a day that can be, alone, or the
 * twelve after something else, as some logins are made (`PNOSE-…`). Ids stand in addresses and logs.
 */
export const NO_PERSONAL_NUMBER = String.raw`(?!(?:(?:.*\D)?(?:19|20))?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])-?\d{4}$)`;

/** A unit's id is chosen by the municipality (its own register of units), so that a PUT is safe to repeat. */
export const UnitId = z
  .string()
  .regex(new RegExp(`^unit_${NO_PERSONAL_NUMBER}[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$`))
  .brand<'UnitId'>()
  .meta({ description: 'unit_ and 3 to 60 characters a-z, 0-9 and hyphen, from the municipality’s own register' });
export type UnitId = z.infer<typeof UnitId>;

/** The organisation that runs the centre: a municipality or a joint committee. In every key and every query. */
export const TenantId = z
  .string()
  .regex(new RegExp(`^${NO_PERSONAL_NUMBER}[a-z][a-z0-9-]{1,38}[a-z0-9]$`))
  .brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

/**
 * Who acts: the token's subject, as the identity provider names it. Never an e-mail address or a personal number. Some
 * providers make it of base64url, so that one in thirty-two begins with `-` or `_`.
 */
export const UserId = z
  .string()
  .regex(new RegExp(`^${NO_PERSONAL_NUMBER}[A-Za-z0-9_-][A-Za-z0-9._:|-]{1,126}$`))
  .brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** An office of Arbetsförmedlingen (or another sender), e.g. `af-101`. */
export const OfficeId = z
  .string()
  .regex(new RegExp(`^${NO_PERSONAL_NUMBER}[a-z0-9][a-z0-9-]{1,38}$`))
  .brand<'OfficeId'>();
export type OfficeId = z.infer<typeof OfficeId>;

export const ID_PREFIXES = {
  candidate: 'cand',
  referral: 'ref',
  batch: 'batch',
  place: 'place',
  run: 'run',
  proposal: 'prop',
  decision: 'dec',
  cohort: 'cohort',
  employment: 'empl',
  placement: 'plcm',
  helpRequest: 'help',
  grant: 'grant',
  pairRule: 'pair',
  whatIf: 'what',
  namedRequest: 'named',
  event: 'evt',
} as const;
export type IdKind = keyof typeof ID_PREFIXES;
