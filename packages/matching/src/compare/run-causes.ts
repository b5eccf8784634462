import type { PolicyPart, RunCause } from '@gruppstart/domain/matching/run-difference';
import type { RunPolicy } from '@gruppstart/domain/matching/run-policy';
import type { CohortId } from '@gruppstart/domain/shared/ids';
import { canonicalJson, compareText } from '../canonical-json.ts';
import type { ComparedRun } from './compared-run.ts';

/** The order in which a coordinator named the pins has no meaning. */
const pinsText = ({ pins }: RunPolicy): string =>
  canonicalJson(pins.toSorted((a, b) => compareText(a.candidateId, b.candidateId)));

const policyParts = (from: RunPolicy, to: RunPolicy): readonly PolicyPart[] => [
  ...(pinsText(from) === pinsText(to) ? [] : (['pins'] as const)),
  ...(from.placeAtMost === to.placeAtMost ? [] : (['placeAtMost'] as const)),
  ...(canonicalJson(from.keep) === canonicalJson(to.keep) ? [] : (['keep'] as const)),
];

/** What differs between two runs before anything is worked out, in a fixed order. */
export const runCauses = (from: ComparedRun, to: ComparedRun): RunCause[] => {
  const causes: RunCause[] = [];
  const [before, after] = [from.summary, to.summary];
  if (before.engineVersion !== after.engineVersion)
    causes.push({ kind: 'engine', from: before.engineVersion, to: after.engineVersion });
  if (before.weightsVersion !== after.weightsVersion)
    causes.push({ kind: 'weights', from: before.weightsVersion, to: after.weightsVersion });
  if (before.purpose !== after.purpose) causes.push({ kind: 'purpose', from: before.purpose, to: after.purpose });
  const idsOf = ({ cohorts }: ComparedRun['summary']): readonly CohortId[] => cohorts.map(({ cohortId }) => cohortId);
  const onlyFrom = idsOf(before).filter((id) => !idsOf(after).includes(id));
  const onlyTo = idsOf(after).filter((id) => !idsOf(before).includes(id));
  if (onlyFrom.length > 0 || onlyTo.length > 0) causes.push({ kind: 'starts', onlyFrom, onlyTo });
  const parts = policyParts(from.policy, to.policy);
  if (parts.length > 0) causes.push({ kind: 'policy', parts: [...parts] });
  const isSameInput = from.snapshotHash !== null && from.snapshotHash === to.snapshotHash;
  if (from.factsFrom !== to.factsFrom && !isSameInput) causes.push({ kind: 'facts' });
  if (from.seed !== to.seed) causes.push({ kind: 'draw' });
  return causes;
};
