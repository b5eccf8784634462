import {
  byStating,
  DEFAULT_WEIGHTS,
  type MatchingWeights,
  type NewWeights,
  type StatedWeights,
  weightsAt,
} from '@gruppstart/domain/matching/weights';
import type { UserId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Reading, type Refusal, refusal, refusalOf, todayOf } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** A row as it is shown; the one that a tenant begins with was stated by nobody. */
export interface WeightsShown {
  readonly weights: MatchingWeights;
  readonly statedBy: UserId | null;
  readonly statedAt: Instant | null;
  readonly inForce: boolean;
}

const FIRST_ROW = { weights: DEFAULT_WEIGHTS, statedBy: null, statedAt: null } as const;

const versionTaken: Refusal = refusal('version-taken', undefined, [
  {
    pointer: '/version',
    code: 'version-taken',
    detail: { sv: 'Namnet är taget.', en: 'The name is taken.' },
  },
]);

/** A new row, which holds from its first day. Rows are never changed or taken back: a later one takes over. */
export const stateWeights =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<WeightsShown>, input: NewWeights): Promise<Result<WeightsShown, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const today = todayOf(deed);
    if (input.validFrom < today) {
      const detail = {
        sv: `Vikter gäller framåt: tidigast från ${today}.`,
        en: `Weights hold from now on: from ${today} at the earliest.`,
      };
      return err(refusal('in-the-past', detail, [{ pointer: '/validFrom', code: 'in-the-past', detail }]));
    }
    if (input.version === DEFAULT_WEIGHTS.version) return err(versionTaken);
    const row: StatedWeights = { weights: { ...input, validTo: null }, statedBy: userId, statedAt: deed.now };
    const known = await store.weights(tenant);
    const shown: WeightsShown = {
      ...row,
      inForce: weightsAt([...known, row], deed.now).version === input.version,
    };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save-weights', weights: row }],
      mark: deed.mark(shown),
      audit: [
        auditOf(world, deed, 'weights-stated', [input.version], {
          validFrom: input.validFrom,
          minimumFitPercent: input.minimumFitPercent,
          scarcityPercent: input.scarcityPercent,
          usesPastArrivals: input.usesPastArrivals,
          tiers: input.tiers.length,
        }),
      ],
      messages: [],
    });
    if (committed.ok) return ok(shown);
    return err(refusalOf(committed.refusal, (_index, why) => (why === 'exists' ? versionTaken : null)));
  };

/** Every row by its first day, that which a tenant begins with among them. */
export const listWeights =
  (deps: { readonly store: Store }) =>
  async (reading: Reading): Promise<Result<readonly WeightsShown[], Refusal>> => {
    const stated = (await deps.store.weights(reading.actor.tenant)).toSorted(byStating);
    const { version } = weightsAt(stated, reading.now);
    return ok(
      [FIRST_ROW, ...stated]
        .toSorted((a, b) => {
          if (a.weights.validFrom === b.weights.validFrom) return 0;
          return a.weights.validFrom < b.weights.validFrom ? -1 : 1;
        })
        .map((row) => ({ ...row, inForce: row.weights.version === version })),
    );
  };
