import type { Answerer, AnswerValue } from '@gruppstart/domain/proposals/answer';
import { ANSWERS_NEEDED, type Proposal } from '@gruppstart/domain/proposals/proposal';
import type { ProposalId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, type Refusal, refusal, refusalOf, versionToChange } from '../deed.ts';
import { withoutDisclosure } from '../ended-disclosures.ts';
import type { Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { readProposal } from './read-proposals.ts';
import { isSuperseded } from './superseded.ts';

const notAsked: Refusal = refusal('body-invalid', undefined, [
  {
    pointer: '',
    code: 'not-asked',
    detail: {
      sv: 'En antagning lovar ingen plats: bara personen tillfrågas.',
      en: 'An admission promises no place: only the person is asked.',
    },
  },
]);

/**
 * Records an answer to a proposal. It may be changed until the decision (a meeting may turn a "meet first" into a yes,
 * and a person may withdraw at any time); every version stands in the audit. A no ends what the unit was told of who the
 * person is.
 */
export const answerProposal =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (
    deed: Deed<Stored<Proposal>>,
    proposalId: ProposalId,
    from: Answerer,
    answer: AnswerValue,
  ): Promise<Result<Stored<Proposal>, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const read = await readProposal(deps)(deed, proposalId);
    if (!read.ok) return read;
    const known = read.value;
    if (!ANSWERS_NEEDED[known.value.purpose].includes(from)) return err(notAsked);
    if (known.value.decision) return err({ code: 'already-decided' });
    // A no is taken at any time: the pair is not proposed again.
    if (answer !== 'no' && (await isSuperseded(store, deed, known.value))) return err({ code: 'superseded' });
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number') return err(expected);
    const answered: Proposal = {
      ...known.value,
      answers: { ...known.value.answers, [from]: { answer, recordedBy: userId, recordedAt: deed.now } },
    };
    const { proposal, ends } = answer === 'no' ? withoutDisclosure(answered) : { proposal: answered, ends: [] };
    const stored: Stored<Proposal> = { value: proposal, version: expected + 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'proposal', value: proposal, expected }, ...ends],
      mark: deed.mark(stored),
      audit: [
        auditOf(world, deed, 'proposal-answered', [proposalId, proposal.candidateId, proposal.unitId], {
          from,
          answer,
        }),
      ],
      messages: [],
    });
    return committed.ok ? ok(stored) : err(refusalOf(committed.refusal));
  };
