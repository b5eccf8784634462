import type { NamedRequestView, RequestCost } from '@gruppstart/contracts/routes/named-request-routes';
import { requestStatus } from '@gruppstart/domain/matching/named-request';
import { type WhatIf, whatIfStatus } from '@gruppstart/domain/matching/what-if';
import type { CohortId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { requestCostSentences } from '@gruppstart/matching/explain/run-change-text';
import { hindranceSentence } from '@gruppstart/matching/explain/what-if-text';
import { inBoth } from './explain.ts';
import { endedText } from './failure-text.ts';
import type { RequestShown } from './read-named-requests.ts';

/** The start that a worked-out cost is about. */
export const costedStart = ({ result }: WhatIf): CohortId | null => {
  const answer = result?.answer;
  return answer?.kind === 'named-request' && answer.request.possible ? answer.request.outcome.cohortId : null;
};

/** The cost of a request as a unit too may see it: how many are touched and how the fit changes, and nobody's id. */
const costOf = (whatIf: WhatIf, now: Instant): RequestCost => {
  const status = whatIfStatus(whatIf, now);
  const answer = whatIf.result?.answer;
  const asked = {
    whatIfId: whatIf.id,
    runId: whatIf.runId,
    askedAt: whatIf.askedAt,
    cohortId: costedStart(whatIf),
    status,
    statusText: endedText(status, whatIf.failure),
  };
  if (answer?.kind !== 'named-request') return { ...asked, others: null, hindrance: null, text: null };
  const { request } = answer;
  if (!request.possible) {
    const { hindrance } = request;
    return { ...asked, others: null, hindrance, text: inBoth((language) => hindranceSentence(hindrance, language)) };
  }
  const { noLongerProposed, newlyProposed, moved, before, after } = request.consequences;
  return {
    ...asked,
    others: {
      loseTheirPlace: noLongerProposed.count,
      getAPlace: newlyProposed.count,
      moved: moved.count,
      proposed: { before: before.proposed, after: after.proposed },
      fitPercent: { before: before.fitPercent, after: after.fitPercent },
    },
    hindrance: null,
    text: inBoth((language) => requestCostSentences(request.consequences, language).join(' ')),
  };
};

/** A request as it is shown at the unit's door and at the centre's. */
export const namedRequestView = (
  { request, cost, hidesCost, placeTitle }: RequestShown,
  now: Instant,
): NamedRequestView => {
  const { costAskedBy: _, decision, ...value } = request.value;
  return {
    ...value,
    placeTitle,
    status: requestStatus(request.value),
    cost: hidesCost ? null : cost && costOf(cost, now),
    decision: decision && hidesCost ? { ...decision, costShown: null, cohortId: null } : decision,
    etag: `"${request.version}"`,
  };
};
