import type { Permission } from '@gruppstart/access/permission';
import type { ProblemCode, ProblemItem } from '@gruppstart/contracts/problem';
import type { TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { type Instant, type LocalDate, stockholmDay } from '@gruppstart/domain/shared/local-date';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import type { AuditEntry, CommitRefusal, IdempotencyMark, Stored } from './ports/store.ts';
import type { World } from './ports/world.ts';

/** Who acts, with what right, in which organisation. */
export interface Actor {
  readonly tenant: TenantId;
  readonly userId: UserId;
  readonly permission: Permission;
}

/** One request to change something: who, when, and how its first answer is kept for a retry. */
export interface Deed<T> {
  readonly actor: Actor;
  readonly now: Instant;
  readonly correlationId: string;
  /** The mark to commit with the effect; null where the request carries no idempotency key. */
  readonly mark: (value: T) => IdempotencyMark | null;
  /** The version that the sender has read; `any`: whatever it is; null: it must not exist yet. */
  readonly expected: number | 'any' | null;
}

/** One request to read something. */
export type Reading = Pick<Deed<never>, 'actor' | 'now' | 'correlationId'>;

/** An expected "no", with what was wrong and where. */
export interface Refusal {
  readonly code: ProblemCode | 'already-done';
  readonly detail?: BilingualText;
  readonly errors?: readonly ProblemItem[];
}

export const refusal = (code: Refusal['code'], detail?: BilingualText, errors?: readonly ProblemItem[]): Refusal => ({
  code,
  ...(detail ? { detail } : {}),
  ...(errors ? { errors } : {}),
});

export const NOT_FOUND: Refusal = { code: 'not-found' };

export const todayOf = (deed: Pick<Deed<never>, 'now'>): LocalDate => stockholmDay(deed.now);

/** What the store refused for every deed alike; a deed's own meaning of a refused change comes from `meanings`. */
export const refusalOf = (
  refused: CommitRefusal,
  meanings: (changeIndex: number, why: 'missing' | 'exists' | 'stale' | 'full') => Refusal | null = () => null,
): Refusal => {
  switch (refused.kind) {
    case 'already-done':
      return { code: 'already-done' };
    case 'conflict':
      return { code: 'request-in-flight' };
    case 'change-refused': {
      const own = meanings(refused.changeIndex, refused.why);
      if (own) return own;
      return refused.why === 'missing' ? NOT_FOUND : { code: 'precondition-failed' };
    }
  }
};

/** The version to condition a change on, or the refusal when the sender's is stale. */
export const versionToChange = <T>(deed: Pick<Deed<T>, 'expected'>, stored: Stored<unknown>): number | Refusal => {
  if (deed.expected === 'any') return stored.version;
  if (deed.expected === null || deed.expected !== stored.version) return { code: 'precondition-failed' };
  return stored.version;
};

/** The audit entry of a deed or reading. Ids and codes only. */
export const auditOf = (
  world: World,
  deed: Reading,
  name: string,
  subjects: readonly string[],
  facts: AuditEntry['facts'] = {},
): AuditEntry => ({
  eventId: world.newId('event'),
  at: deed.now,
  actor: deed.actor.userId,
  deed: name,
  subjects,
  facts,
  correlationId: deed.correlationId,
});
