import {
  decideOnProposal as decideRoute,
  discloseToUnit as discloseRoute,
  getProposal,
  listProposals,
  type ProposalView,
  recordAnswer,
  withdrawDisclosure as withdrawRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { type Proposal, proposalStatus } from '@gruppstart/domain/proposals/proposal';
import { err, ok } from '@gruppstart/domain/shared/result';
import { type BoundRoute, bind } from '@gruppstart/edge/http/handler';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { decideOnProposal } from '@gruppstart/usecases/decisions/decide-on-proposal';
import { explainOutcome, type NamedThings, namesFor } from '@gruppstart/usecases/matching/explain';
import type { Stored } from '@gruppstart/usecases/ports/store';
import { answerProposal } from '@gruppstart/usecases/proposals/answer-proposal';
import { discloseToUnit, withdrawDisclosure } from '@gruppstart/usecases/proposals/disclose';
import { type NamedProposal, withNames } from '@gruppstart/usecases/proposals/named-proposal';
import { listProposalsOfRun, readProposal } from '@gruppstart/usecases/proposals/read-proposals';
import type { CohortsDoorParts } from './cohorts-door.ts';

const proposalView = ({ value }: Stored<Proposal>, names: NamedThings): ProposalView => ({
  ...value,
  status: proposalStatus(value),
  explanation: explainOutcome(value.outcome, names),
});

const single = ({ proposal, names }: NamedProposal) => ({
  status: 200,
  body: proposalView(proposal, names),
  version: proposal.version,
});

export const proposalRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => {
  const changing = withNames(parts.store);

  return [
    bind(
      listProposals,
      async (reading, { params, query }) => {
        const page = await listProposalsOfRun(parts)(reading, params.runId, pageRequest(query));
        if (!page.ok) return page;
        const outcomes = page.value.items.map(({ value }) => value.outcome);
        return ok({ page: page.value, names: await namesFor(parts.store, reading.actor.tenant, outcomes) });
      },
      ({ page, names }) => pageAnswer(page, (proposal) => proposalView(proposal, names)),
    ),
    bind(
      getProposal,
      (deed, { params }) => changing(deed, params.proposalId, () => readProposal(parts)(deed, params.proposalId)),
      single,
    ),
    bind(
      recordAnswer,
      async (deed, { params, body }) => {
        const { roles } = deed.actor.permission;
        // The employer's answer is given by someone with delegation; what a person answers, by whoever talked with them.
        const mayRecord = body.from === 'employer' || roles.includes('coordinator');
        if (!mayRecord) return err({ code: 'not-permitted' });
        return changing(deed, params.proposalId, (own) =>
          answerProposal(parts)(own, params.proposalId, body.from, body.answer),
        );
      },
      single,
    ),
    bind(
      decideRoute,
      (deed, { params, body }) =>
        changing(deed, params.proposalId, (own) => decideOnProposal(parts)(own, params.proposalId, body)),
      single,
    ),
    bind(
      discloseRoute,
      (deed, { params, body }) =>
        changing(deed, params.proposalId, (own) => discloseToUnit(parts)(own, params.proposalId, body)),
      single,
    ),
    bind(
      withdrawRoute,
      (deed, { params }) =>
        changing(deed, params.proposalId, (own) => withdrawDisclosure(parts)(own, params.proposalId)),
      single,
    ),
  ];
};
