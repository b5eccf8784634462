import type { PairRule } from '@gruppstart/domain/matching/pair-rule';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { CandidateId, CohortId, UnitId } from '@gruppstart/domain/shared/ids';
import type { MatchInput, MatchPlace } from '@gruppstart/matching/model';

/** Where everybody of the organisation is, whether the run assigns them or not. */
export interface Whereabouts {
  /** Whom the run assigns. */
  readonly pool: ReadonlySet<CandidateId>;
  /** The start that somebody is in. */
  readonly startOf: ReadonlyMap<CandidateId, CohortId>;
  /** The units at which somebody is placed. */
  readonly unitsOf: ReadonlyMap<CandidateId, ReadonlySet<UnitId>>;
}

type PairsInRun = Pick<MatchInput, 'pairRules' | 'exclusions' | 'startExclusions'>;

const NONE: PairsInRun = { pairRules: [], exclusions: [], startExclusions: [] };

/** Keeps one person of a pair away from where the other is already. */
const awayFrom = (
  { first, second, apartFrom }: PairRule,
  whereabouts: Whereabouts,
  places: readonly MatchPlace[],
): PairsInRun => {
  const [person, other] = whereabouts.pool.has(first) ? [first, second] : [second, first];
  if (apartFrom === 'start') {
    const cohortId = whereabouts.startOf.get(other);
    return cohortId === undefined ? NONE : { ...NONE, startExclusions: [{ candidateId: person, cohortId }] };
  }
  const units = whereabouts.unitsOf.get(other) ?? new Set();
  return {
    ...NONE,
    exclusions: places
      .filter(({ unitId }) => units.has(unitId))
      .map(({ placeId }) => ({ candidateId: person, placeId })),
  };
};

/** Whether both are in one start. */
export const isOneStart = ({ first, second }: PairRule, { startOf }: Pick<Whereabouts, 'startOf'>): boolean => {
  const start = startOf.get(first);
  return start !== undefined && start === startOf.get(second);
};

/**
 * A rule as it bears on a placement. Who begins with whom is settled by then: two who begin together have done so. Two
 * who were to be kept out of one start and are in it all the same are at least kept out of one unit.
 */
export const inPlacement = (rule: PairRule, { startOf }: Pick<Whereabouts, 'startOf'>): PairRule | null => {
  if (rule.kind === 'together') return null;
  if (rule.apartFrom === 'unit') return rule;
  return isOneStart(rule, { startOf }) ? { ...rule, apartFrom: 'unit' } : null;
};

const ofRule = (rule: PairRule, whereabouts: Whereabouts, places: readonly MatchPlace[]): PairsInRun => {
  const { kind, first, second, apartFrom } = rule;
  const inPool = [first, second].filter((candidateId) => whereabouts.pool.has(candidateId)).length;
  if (inPool === 2) {
    if (kind === 'together') return { ...NONE, pairRules: [{ kind, first, second }] };
    return apartFrom === null ? NONE : { ...NONE, pairRules: [{ kind, first, second, apartFrom }] };
  }
  // Whoever is to begin together with somebody outside the run is free: nothing here can bring the two together.
  return inPool === 1 && kind === 'keep-apart' ? awayFrom(rule, whereabouts, places) : NONE;
};

/**
 * What the rules in force mean for a run. Two whom it assigns are kept apart or together by the engine. Of two who are
 * kept apart and of whom one is in a start or placed at a unit already, the other is kept out of there.
 */
export const pairsInRun = (
  purpose: RunPurpose,
  rules: readonly PairRule[],
  whereabouts: Whereabouts,
  places: readonly MatchPlace[],
): PairsInRun => {
  const bearing = rules
    .filter(({ endedAt }) => endedAt === null)
    .flatMap((rule) => (purpose === 'admission' ? rule : (inPlacement(rule, whereabouts) ?? [])));
  const parts = bearing.map((rule) => ofRule(rule, whereabouts, places));
  return {
    pairRules: parts.flatMap(({ pairRules }) => pairRules),
    exclusions: parts.flatMap(({ exclusions }) => exclusions),
    startExclusions: parts.flatMap(({ startExclusions }) => startExclusions),
  };
};
