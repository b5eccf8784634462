import { runStatus } from '@gruppstart/domain/matching/match-run';
import {
  type Disclosure,
  type DisclosureRefusal,
  disclose,
  disclosedPerson,
} from '@gruppstart/domain/proposals/disclosure';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { ProposalId } from '@gruppstart/domain/shared/ids';
import { assertNever, err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, NOT_FOUND, type Refusal, refusal, refusalOf, versionToChange } from '../deed.ts';
import { withoutDisclosure } from '../ended-disclosures.ts';
import type { Change, Store, Stored } from '../ports/store.ts';
import type { DisclosureVault, Vault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';
import { readProposal } from './read-proposals.ts';
import { laterRuns } from './superseded.ts';

type Deps = { readonly store: Store; readonly world: World };

const wrong = (pointer: string, code: string, sv: string, en: string): Refusal =>
  refusal('body-invalid', undefined, [{ pointer, code, detail: { sv, en } }]);

const refusalOfDisclosure = (refused: DisclosureRefusal): Refusal => {
  switch (refused) {
    case 'already-declined':
      return { code: 'already-decided' };
    case 'answer-is-no':
      return { code: 'answer-is-no' };
    case 'no-unit-asked':
      return wrong(
        '',
        'no-unit-asked',
        'En antagning lovar ingen plats: det finns ingen enhet att lämna ut till.',
        'An admission promises no place: there is no unit to tell.',
      );
    case 'reason-does-not-fit':
      return wrong(
        '/reason',
        'reason-does-not-fit',
        'Skälet passar inte till det som ska lämnas ut.',
        'The reason does not go with what is to be disclosed.',
      );
    case 'contact-first':
      return wrong(
        '/level',
        'contact-first',
        'Lämna ut namn och kontakt först, stödbehov sedan.',
        'Disclose name and contact first, support needs after that.',
      );
    default:
      return assertNever(refused);
  }
};

/**
 * Tells a unit who a proposed person is: opens the person, seals what the level holds anew under a key for that unit,
 * and notes it on the proposal. Never for a protected identity: whom that may be told to is handled by a named user.
 */
export const discloseToUnit =
  (deps: Deps & { readonly vault: Vault; readonly disclosures: Pick<DisclosureVault, 'seal'> }) =>
  async (
    deed: Deed<Stored<Proposal>>,
    proposalId: ProposalId,
    asked: Pick<Disclosure, 'level' | 'reason'>,
  ): Promise<Result<Stored<Proposal>, Refusal>> => {
    const { store, world, vault, disclosures } = deps;
    const { tenant, userId } = deed.actor;
    const read = await readProposal(deps)(deed, proposalId);
    if (!read.ok) return read;
    const known = read.value;
    const noted = disclose(known.value, { ...asked, disclosedBy: userId, disclosedAt: deed.now });
    if (!noted.ok) return err(refusalOfDisclosure(noted.error));
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number') return err(expected);
    const proposal = noted.value;
    const later = proposal.decision ? [] : await laterRuns(store, deed, proposal);
    if (later.some(({ value }) => runStatus(value, deed.now) === 'finished')) return err({ code: 'superseded' });

    const { candidateId, unitId, placeId } = proposal;
    const candidate = await store.get(tenant, 'candidate', candidateId);
    if (!candidate) return err(NOT_FOUND);
    if (candidate.value.erasedAt !== null) return err({ code: 'candidate-erased' });
    if (candidate.value.isProtected) return err({ code: 'identity-protected' });
    const sealed = (await store.sealedPersons(tenant, [candidateId])).get(candidateId);
    if (!sealed) return err(NOT_FOUND);
    const person = disclosedPerson(await vault.open(tenant, candidateId, sealed.value), asked.level);

    const stored: Stored<Proposal> = { value: proposal, version: expected + 1, seatsTaken: 0 };
    const changes: readonly Change[] = [
      { change: 'save', kind: 'proposal', value: proposal, expected },
      // A new version of the same: a protection or an erasure that looked for disclosures before this one must look again.
      { change: 'save', kind: 'candidate', value: candidate.value, expected: candidate.version },
      {
        change: 'save-disclosure',
        disclosure: {
          proposalId,
          candidateId,
          unitId,
          placeId,
          level: asked.level,
          disclosedAt: deed.now,
          sealed: await disclosures.seal({ tenant, candidateId, unitId }, person),
        },
      },
      // A run that finishes at this very moment would not find what is disclosed here.
      ...later.map((run): Change => ({ change: 'unchanged', kind: 'run', id: run.value.id, expected: run.version })),
    ];
    const committed = await store.commit(tenant, {
      changes,
      mark: deed.mark(stored),
      audit: [
        auditOf(world, deed, 'person-disclosed', [proposalId, candidateId, unitId], {
          level: asked.level,
          reason: asked.reason,
          purpose: 'meet-candidate',
        }),
      ],
      messages: [],
    });
    if (committed.ok) return ok(stored);
    return err(refusalOf(committed.refusal, (index) => (index === 0 ? null : { code: 'request-in-flight' })));
  };

/** Takes back what a unit was told; from then on it can open nothing of the person. */
export const withdrawDisclosure =
  (deps: Deps) =>
  async (deed: Deed<Stored<Proposal>>, proposalId: ProposalId): Promise<Result<Stored<Proposal>, Refusal>> => {
    const { store, world } = deps;
    const read = await readProposal(deps)(deed, proposalId);
    if (!read.ok) return read;
    const known = read.value;
    if (known.value.disclosure === null) return err(NOT_FOUND);
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number') return err(expected);
    const { proposal, ends } = withoutDisclosure(known.value);
    const committed = await store.commit(deed.actor.tenant, {
      changes: [{ change: 'save', kind: 'proposal', value: proposal, expected }, ...ends],
      mark: null,
      audit: [
        auditOf(world, deed, 'disclosure-ended', [proposalId, proposal.candidateId, proposal.unitId], {
          why: 'withdrawn',
        }),
      ],
      messages: [],
    });
    return committed.ok
      ? ok({ value: proposal, version: expected + 1, seatsTaken: 0 })
      : err(refusalOf(committed.refusal));
  };
