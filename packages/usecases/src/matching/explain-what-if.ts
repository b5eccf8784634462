import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { WhatIf, WhatIfAnswer, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import type { PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import type { ExplanationLanguage } from '@gruppstart/matching/explain/phrasebook';
import { whatIfSentences } from '@gruppstart/matching/explain/what-if-text';
import type { Store } from '../ports/store.ts';
import { cohortIdsIn, explainOutcome, labelsIn, namesOf, placeIdsIn } from './explain.ts';

/** What the person that a question is about would be proposed, when it is about one. */
const outcomeIn = (answer: WhatIfAnswer): CandidateOutcome | null => {
  if (answer.kind === 'answer') return answer.after;
  return answer.kind === 'named-request' && answer.request.possible ? answer.request.outcome : null;
};

const placesNamedIn = (question: WhatIfQuestion): readonly PlaceId[] =>
  'placeId' in question ? [question.placeId] : [];

/** The answer to a what-if in plain words, from its codes alone; null as long as there is none. */
export const explainWhatIf = async (
  store: Store,
  tenant: TenantId,
  { question, result }: WhatIf,
): Promise<BilingualText | null> => {
  if (result === null) return null;
  const { answer, sameAsRun } = result;
  const outcome = outcomeIn(answer);
  const names = await namesOf(
    store,
    tenant,
    [...placesNamedIn(question), ...(outcome ? placeIdsIn(outcome) : [])],
    outcome ? cohortIdsIn(outcome) : [],
  );
  const told = outcome && explainOutcome(outcome, names);
  const inLanguage = (language: ExplanationLanguage): string => {
    const sentences = whatIfSentences(question, answer, sameAsRun, labelsIn(names, language), language);
    return [...sentences, ...(told ? ['', told[language]] : [])].join('\n');
  };
  return { sv: inLanguage('sv'), en: inLanguage('en') };
};
