import { PROFILE_FIELDS, type ProfileField } from '@gruppstart/domain/matching/criterion';
import type { CallListEntry, CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { CompiledRun } from './compiled-run.ts';
import { fieldSlot, type PairTable } from './pairs.ts';

/** As many questions as somebody can ask in a few days. */
const CALL_LIST_LENGTH = 200;

interface Question {
  readonly candidate: number;
  readonly field: ProfileField;
  readonly settles: number;
  readonly opens: number;
  readonly holdsProposal: boolean;
}

export interface CallList {
  readonly entries: readonly CallListEntry[];
  /** How many questions there are in all. */
  readonly questions: number;
}

/**
 * The facts that are missing where they matter, the most telling first: those that open most places for certain, then
 * those that settle most, then those that a proposal of this run waits for, then those of who has waited longest.
 * `outcomes` are in the order of the run's candidates.
 */
export const callListOf = (run: CompiledRun, table: PairTable, outcomes: readonly CandidateOutcome[]): CallList => {
  const questions: Question[] = [];
  for (const [candidate, outcome] of outcomes.entries()) {
    const held = new Set(outcome.kind === 'proposed' ? outcome.checks.map((check) => check.source) : []);
    for (const [index, field] of PROFILE_FIELDS.entries()) {
      const settles = table.settles[fieldSlot(candidate, index)]!;
      if (settles === 0) continue;
      const opens = table.opens[fieldSlot(candidate, index)]!;
      questions.push({ candidate, field, settles, opens, holdsProposal: held.has(field) });
    }
  }
  questions.sort(
    (a, b) =>
      b.opens - a.opens ||
      b.settles - a.settles ||
      Number(b.holdsProposal) - Number(a.holdsProposal) ||
      run.waitDays[b.candidate]! - run.waitDays[a.candidate]! ||
      run.lots[b.candidate]! - run.lots[a.candidate]! ||
      PROFILE_FIELDS.indexOf(a.field) - PROFILE_FIELDS.indexOf(b.field),
  );
  const entries = questions.slice(0, CALL_LIST_LENGTH).map(({ candidate, ...question }, index) => ({
    rank: index + 1,
    candidateId: run.input.candidates[candidate]!.candidateId,
    ...question,
  }));
  return { entries, questions: questions.length };
};
