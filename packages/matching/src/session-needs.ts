import type { ProposedOutcome, SessionNeed } from '@gruppstart/domain/matching/outcome';
import type { MatchInput } from './model.ts';

/** Skills that a proposal's place asks as learnable and a session gives, by whether the person lacks them. */
const learnablesOf = ({ verdicts }: ProposedOutcome) => {
  const lacking = new Set<string>();
  const notStated = new Set<string>();
  for (const judged of verdicts) {
    if (judged.kind !== 'requirement' || judged.strength !== 'learnable' || judged.taught === null) continue;
    if (judged.asked.kind !== 'skill') continue;
    if (judged.verdict === 'no') lacking.add(judged.asked.skillId);
    else if (judged.verdict === 'unknown') notStated.add(judged.asked.skillId);
  }
  return { lacking, notStated };
};

/** How many at each start need each session of the introduction, whether its seats are limited or not. */
export const sessionNeedsOf = (input: MatchInput, proposed: readonly ProposedOutcome[]): SessionNeed[] =>
  input.starts.flatMap(({ cohortId }) => {
    const people = proposed.filter((outcome) => outcome.cohortId === cohortId).map(learnablesOf);
    return input.skillsTaught.map(({ skillId, seats }) => ({
      cohortId,
      skillId,
      need: people.filter(({ lacking }) => lacking.has(skillId)).length,
      notStated: people.filter(({ lacking, notStated }) => notStated.has(skillId) && !lacking.has(skillId)).length,
      seats,
    }));
  });
