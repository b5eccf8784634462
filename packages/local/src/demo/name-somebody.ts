import {
  decideOnNamedRequest,
  getNamedRequest,
  type NamedRequestView,
  nameCandidate,
} from '@gruppstart/contracts/routes/named-request-routes';
import { getPlace } from '@gruppstart/contracts/routes/requirements-routes';
import { getWhatIf, type WhatIfView } from '@gruppstart/contracts/routes/what-if-routes';
import { type As, DEMO_ROLES, type RunRead, until } from './demo-steps.ts';

export interface NamedSomebody {
  readonly request: NamedRequestView;
  /** What the centre reads of the cost: who would be touched, and what the requirements say. */
  readonly whatIf: WhatIfView;
}

/** Somebody without a proposal and the place that is nearest; best of all one where only a seat is lacking. */
const nearestToAPlace = ({ outcomes }: RunRead) => {
  const [first] = outcomes
    .flatMap(({ outcome }) =>
      outcome.kind === 'unplaced' && outcome.nearest
        ? [{ candidateId: outcome.candidateId, placeId: outcome.nearest.placeId, missing: outcome.nearest.missing }]
        : [],
    )
    .toSorted((a, b) => a.missing.length - b.missing.length);
  if (!first) throw new Error('The demo’s run has nobody without a proposal');
  return first;
};

/**
 * A manager asks for somebody on the telephone: the coordinator enters it, what it costs the others is worked out, and a
 * colleague decides.
 */
export const nameSomebody = async (as: As, read: RunRead): Promise<NamedSomebody> => {
  const { candidateId, placeId } = nearestToAPlace(read);
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  const units = await as(DEMO_ROLES.coordinator, 'requirements');
  const { unitId } = (await units.call(getPlace, { params: { placeId } })).body;
  const named = await units.call(nameCandidate, { params: { unitId }, body: { candidateId, placeId } });
  const params = { namedRequestId: named.body.id };
  const { cost, etag } = await until(
    async () => (await coordinator.call(getNamedRequest, { params })).body,
    (request) => request.cost !== null && request.cost.status !== 'working',
  );
  if (!cost) throw new Error('The request has no cost');
  const isFree = cost.others !== null && cost.others.loseTheirPlace === 0;
  const colleague = await as(DEMO_ROLES.colleague, 'cohorts');
  const decided = await colleague.call(decideOnNamedRequest, {
    params,
    etag,
    body: isFree
      ? { verdict: 'granted', reason: 'worth-the-cost', noConflictOfInterest: true }
      : { verdict: 'refused', reason: 'costs-others-too-much', noConflictOfInterest: true },
  });
  const whatIf = await coordinator.call(getWhatIf, { params: { whatIfId: cost.whatIfId } });
  return { request: decided.body, whatIf: whatIf.body };
};
