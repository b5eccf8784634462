import type { PersonRecord } from '@gruppstart/domain/intake/person';
import type { DisclosedPerson } from '@gruppstart/domain/proposals/disclosure';
import type { CandidateId, TenantId, UnitId } from '@gruppstart/domain/shared/ids';

/** A person's record, or what a unit was told of it, under a key of its own: unreadable without the vault. Base64 texts. */
export interface SealedPerson {
  readonly v: 1;
  /** The person's data key, wrapped by the vault's key and bound to tenant and candidate. */
  readonly wrappedKey: string;
  readonly nonce: string;
  /** AES-256-GCM over the record's JSON, bound to tenant and candidate, tag included. */
  readonly sealed: string;
}

/** What an identity is made from: a number, or for a person without one the sender's reference and the day of birth. */
export type Identity =
  | { readonly kind: 'personal-number'; readonly personalNumber: string }
  | { readonly kind: 'reference'; readonly officeId: string; readonly reference: string; readonly birthDate: string };

export interface Vault {
  seal(tenant: TenantId, candidateId: CandidateId, person: PersonRecord): Promise<SealedPerson>;
  /** Throws when the record was tampered with or belongs to another person or tenant. */
  open(tenant: TenantId, candidateId: CandidateId, sealed: SealedPerson): Promise<PersonRecord>;
  /** A keyed hash by which one finds the same person again without reading anybody: hex, same for same identity and tenant. */
  blindIndex(tenant: TenantId, identity: Identity): Promise<string>;
}

/** Whom a unit was told something of. */
export interface Told {
  readonly tenant: TenantId;
  readonly candidateId: CandidateId;
  readonly unitId: UnitId;
}

/**
 * What was disclosed to a unit, sealed apart from the person under a key that is bound to that unit. Who can open these
 * cannot open persons.
 */
export interface DisclosureVault {
  seal(told: Told, person: DisclosedPerson): Promise<SealedPerson>;
  /** Throws when it was sealed for another unit, person or tenant, or has been tampered with. */
  open(told: Told, sealed: SealedPerson): Promise<DisclosedPerson>;
}
