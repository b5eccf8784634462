import type { NamedRequestView, RequestCost } from '@gruppstart/contracts/routes/named-request-routes';
import { requestStatus } from '@gruppstart/domain/matching/named-request';
import { type WhatIf, whatIfStatus } from '@gruppstart/domain/matching/what-if';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { namedRequestSentences } from '@gruppstart/matching/explain/run-change-text';
import { hindranceSentence } from '@gruppstart/matching/explain/what-if-text';
import { inBoth } from './explain.ts';
import { endedText } from './failure-text.ts';
import type { RequestShown } from './read-named-requests.ts';

/** The cost of a request as a unit too may see it: how many are touched and how the fit changes, and nobody's id. */
const costOf = (whatIf: WhatIf, now: Instant): RequestCost => {
  const status = whatIfStatus(whatIf, now);
  const asked = {
    whatIfId: whatIf.id,
    runId: whatIf.runId,
    askedAt: whatIf.askedAt,
    status,
    statusText: endedText(status, whatIf.failure),
  };
  const answer = whatIf.result?.answer;
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
      before,
      after,
    },
    hindrance: null,
    text: inBoth((language) => namedRequestSentences(request.consequences, language).join(' ')),
  };
};

/** How soon a what-if is worth another look. */
export const LOOK_AGAIN_SECONDS = 1;

/** A request as it is shown at the unit's door and at the centre's. */
export const namedRequestView = ({ request, cost, placeTitle }: RequestShown, now: Instant): NamedRequestView => {
  const { costAskedBy: _, ...value } = request.value;
  return {
    ...value,
    placeTitle,
    status: requestStatus(request.value),
    cost: cost && costOf(cost, now),
    etag: `"${request.version}"`,
  };
};
