/** Who acts and when, with valid defaults; a test states only what it is about. */
import type { Permission } from '@gruppstart/access/permission';
import type { ProblemCode } from '@gruppstart/contracts/problem';
import { problemsOf } from '@gruppstart/contracts/registry';
import type { Route } from '@gruppstart/contracts/route';
import { type TenantId, UserId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import type { Result } from '@gruppstart/domain/shared/result';
import { makeWorld } from '@gruppstart/store/world';
import type { Deed, Refusal } from '@gruppstart/usecases/deed';
import type { CommitResult, Store } from '@gruppstart/usecases/ports/store';
import type { World } from '@gruppstart/usecases/ports/world';
import { expect } from 'vitest';

export const NOW = Instant.parse('2026-12-01T08:00:00.000Z');

export const COORDINATOR: Permission = {
  roles: ['coordinator'],
  wholeTenant: true,
  unitIds: [],
  offices: [],
  mayResolveProtected: false,
};

export const managerOf = (...unitIds: Permission['unitIds']): Permission => ({
  ...COORDINATOR,
  roles: ['unit-manager'],
  wholeTenant: false,
  unitIds,
});

export const caseworkerAt = (...offices: Permission['offices']): Permission => ({
  ...COORDINATOR,
  roles: ['caseworker'],
  wholeTenant: false,
  offices,
});

export interface Acting {
  readonly permission?: Permission;
  readonly now?: string;
  readonly expected?: Deed<never>['expected'];
  readonly userId?: string;
}

/** A deed without an idempotency key, on whatever version there is unless stated. */
export const aDeed = (
  tenant: TenantId,
  { permission = COORDINATOR, now = NOW, expected = 'any', userId = 'samordnare' }: Acting = {},
) =>
  ({
    actor: { tenant, userId: UserId.parse(userId), permission },
    now: Instant.parse(now),
    correlationId: 'req-1',
    expected,
    mark: () => null,
  }) satisfies Deed<never>;

/** Real ids and hashes under a clock that stands still. */
export const worldAt = (now: string = NOW): World => ({ ...makeWorld(), now: () => Instant.parse(now) });

export const done = <T>(result: Result<T, Refusal>): T => {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.error)}`);
  return result.value;
};

/** The refusal must be one that the route declares: what is not declared is not documented either. */
export const expectRefusal = (
  result: Result<unknown, Refusal>,
  route: Route,
  code: ProblemCode,
  item?: { readonly pointer: string; readonly code: string },
): void => {
  expect(result.ok ? 'done' : result.error).toMatchObject({ code, ...(item ? { errors: [item] } : {}) });
  expect(problemsOf(route)).toContain(code);
};

/** Keeps what a test needs to find, and fails loudly when the store would not. */
export const keepAll = async (
  store: Store,
  tenant: TenantId,
  changes: Parameters<Store['commit']>[1]['changes'],
): Promise<void> => {
  for (let from = 0; from < changes.length; from += 40) {
    const kept = await store.commit(tenant, {
      changes: changes.slice(from, from + 40),
      mark: null,
      audit: [],
      messages: [],
    });
    if (!kept.ok) throw new Error(`Not kept: ${JSON.stringify(kept.refusal)}`);
  }
};

/** The store, but the commit of number `failing` (from 1) breaks before it is written, as when a worker dies. */
export const dyingAtCommit = (store: Store, failing: number): Store => {
  let commits = 0;
  return {
    ...store,
    commit: async (...asked): Promise<CommitResult> => {
      commits += 1;
      if (commits >= failing) throw new Error('the worker died');
      return store.commit(...asked);
    },
  };
};
