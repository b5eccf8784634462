import type { JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import type { CheckNeeded } from '@gruppstart/domain/matching/outcome';
import type { ScorePart } from '@gruppstart/domain/matching/score';
import type { CompiledRun } from './compiled-run.ts';
import { isUnknown } from './criteria/judgement.ts';
import { addToTally, newTally, scoreParts, totalPoints } from './score.ts';

export interface PairEvidence {
  readonly points: number;
  readonly maxPoints: number;
  readonly parts: ScorePart[];
  /** Every criterion, the worst first. */
  readonly verdicts: JudgedCriterion[];
  readonly checks: CheckNeeded[];
}

/** Known noes before unknowns before yeses, and in each what can exclude before what cannot. */
const badness = (judged: JudgedCriterion): number => {
  const byVerdict = { no: 4, unknown: 2, yes: 0 };
  return byVerdict[judged.verdict] + (judged.excludes ? 1 : 0);
};

/** The whole story of one person and one cell at one start. Its points are those of the pair table. */
export const pairEvidence = (run: CompiledRun, candidate: number, cell: number, startIndex: number): PairEvidence => {
  const { facts } = run.candidates[candidate]!;
  const { criteria, scorePart } = run.cells[cell]!;
  const start = run.starts[startIndex]!;
  const tally = newTally();
  const checks: CheckNeeded[] = [];
  for (const [index, criterion] of criteria.entries()) {
    const judgement = criterion.judge(facts, start);
    if (scorePart[index]! >= 0) addToTally(tally, scorePart[index]!, judgement);
    if (isUnknown(judgement) && criterion.excludes)
      checks.push({ topic: criterion.topic, source: criterion.source(facts, start) });
  }
  return {
    points: totalPoints(tally, run.weights),
    maxPoints: run.weights.maxPoints,
    parts: scoreParts(tally, run.weights),
    verdicts: criteria.map((criterion) => criterion.explain(facts, start)).sort((a, b) => badness(b) - badness(a)),
    checks,
  };
};
