import { languageRank } from '@gruppstart/domain/intake/language-level';
import type { AskedLevel } from '@gruppstart/domain/matching/outcome';
import type { RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { assertNever } from '@gruppstart/domain/shared/result';
import { type CompiledRun, startForPair } from '../compiled-run.ts';
import { isUnknown } from '../criteria/judgement.ts';
import type { PairTable } from '../pairs.ts';
import type { Question } from './row-if-answered.ts';

/** How much a requirement asks for, among requirements on the same topic. */
const askedOf = (subject: RequirementSubject): number => {
  switch (subject.kind) {
    case 'skill':
      return subject.minLevel ?? 0;
    case 'swedish':
    case 'language':
      return subject.minLevel === null ? -1 : languageRank(subject.minLevel);
    case 'licence':
      return 0;
    case 'experience':
      return subject.minYears;
    default:
      return assertNever(subject);
  }
};

/**
 * What the places ask for that wait for the answer to a question, the least first, and how many places ask it. A place
 * that asks for more than one level counts under each. Empty: the question is not about a requirement.
 */
export const askedLevels = (
  run: CompiledRun,
  { edgeStart, edgeCell }: PairTable,
  candidate: number,
  { topicKey }: Question,
): readonly AskedLevel[] => {
  const person = run.candidates[candidate]!;
  const asked = new Map<number, { readonly subject: RequirementSubject; readonly places: Set<number> }>();
  for (let e = edgeStart[candidate]!; e < edgeStart[candidate + 1]!; e += 1) {
    const { criteria, place } = run.cells[edgeCell[e]!]!;
    for (const criterion of criteria) {
      if (criterion.topicKey !== topicKey || criterion.requirementIndex === null || !criterion.excludes) continue;
      if (!isUnknown(criterion.judge(person.facts, run.starts[startForPair(person, run.places[place]!)]!))) continue;
      const { subject } = run.places[place]!.place.requirements[criterion.requirementIndex]!;
      const level = asked.get(askedOf(subject)) ?? { subject, places: new Set() };
      asked.set(askedOf(subject), level);
      level.places.add(place);
    }
  }
  return [...asked].sort(([a], [b]) => a - b).map(([, { subject, places }]) => ({ subject, places: places.size }));
};
