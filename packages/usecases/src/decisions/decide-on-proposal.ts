import { followUpDates } from '@gruppstart/calendar/follow-up-dates';
import { nextWorkingDay } from '@gruppstart/calendar/working-days';
import { type DecisionRefusal, decide } from '@gruppstart/domain/decisions/decide';
import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { DecisionReason, DecisionVerdict, Proposal } from '@gruppstart/domain/proposals/proposal';
import { DecisionId, PlacementId, type ProposalId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, NOT_FOUND, type Refusal, refusal, refusalOf, todayOf, versionToChange } from '../deed.ts';
import { derivedId } from '../derived-id.ts';
import { withoutDisclosure } from '../ended-disclosures.ts';
import { keptApart } from '../matching/kept-apart.ts';
import type { Change, Documents, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { readProposal } from '../proposals/read-proposals.ts';
import { isSuperseded } from '../proposals/superseded.ts';

type Deps = { readonly store: Store; readonly world: World };

export interface DecisionAsked {
  readonly verdict: DecisionVerdict;
  readonly reason: DecisionReason;
  readonly noConflictOfInterest: boolean;
}

const ANSWERER_NAMES = {
  person: { sv: 'personen', en: 'the person' },
  unit: { sv: 'enheten', en: 'the unit' },
  employer: { sv: 'arbetsgivaren', en: 'the employer' },
} as const;

const refusalOfDecision = (refused: DecisionRefusal): Refusal => {
  switch (refused.kind) {
    case 'already-decided':
      return { code: 'already-decided' };
    case 'conflict-of-interest':
      return { code: 'conflict-of-interest' };
    case 'answers-missing':
      return refusal('answers-missing', {
        sv: `Svar saknas från: ${refused.missing.map((who) => ANSWERER_NAMES[who].sv).join(', ')}.`,
        en: `Answers are missing from: ${refused.missing.map((who) => ANSWERER_NAMES[who].en).join(', ')}.`,
      });
    case 'answer-is-no':
      return refusal('answer-is-no', {
        sv: `Nej från: ${refused.from.map((who) => ANSWERER_NAMES[who].sv).join(', ')}.`,
        en: `No from: ${refused.from.map((who) => ANSWERER_NAMES[who].en).join(', ')}.`,
      });
    case 'reason-does-not-fit':
      return refusal('body-invalid', undefined, [
        {
          pointer: '/reason',
          code: 'reason-does-not-fit',
          detail: { sv: 'Skälet passar inte till beslutet.', en: 'The reason does not go with the decision.' },
        },
      ]);
  }
};

const admissionChanges = (deed: Pick<Deed<never>, 'now'>, proposal: Proposal): readonly Change[] => [
  { change: 'take-seat', of: 'cohort', id: proposal.cohortId },
  {
    change: 'add-participant',
    participant: {
      candidateId: proposal.candidateId,
      cohortId: proposal.cohortId,
      proposalId: proposal.id,
      since: deed.now,
    },
  },
];

/** Share of full time in percent of what was proposed; null when the place is not shared any more. */
const shareOf = ({ sharePercent, sharedSeat }: Documents['place'], part: SeatPartKind): number | null => {
  if (part === 'whole') return sharePercent;
  return sharedSeat?.[part === 'first' ? 0 : 1].sharePercent ?? null;
};

const placementChanges = (
  world: World,
  proposal: Proposal,
  cohort: Documents['cohort'],
  sharePercent: number,
): readonly Change[] => {
  const { seatPart } = proposal.outcome;
  const startDate = nextWorkingDay(cohort.courseDays.at(-1) ?? cohort.startDate);
  const [firstFollowUp] = followUpDates(startDate);
  if (!firstFollowUp) throw new Error('The follow-up plan has no dates');
  return [
    { change: 'take-seat', of: 'place', id: proposal.placeId, part: seatPart },
    { change: 'take-share', candidateId: proposal.candidateId, percent: sharePercent },
    {
      change: 'save',
      kind: 'placement',
      expected: null,
      value: {
        id: PlacementId.parse(derivedId(world, 'placement', [proposal.id])),
        candidateId: proposal.candidateId,
        proposalId: proposal.id,
        placeId: proposal.placeId,
        unitId: proposal.unitId,
        cohortId: proposal.cohortId,
        seatPart,
        sharePercent,
        startDate,
        firstFollowUpDate: firstFollowUp.date,
        employmentId: null,
      },
    },
  ];
};

const NOT_SHARED: Refusal = refusal('seats-full', {
  sv: 'Sätet delas inte längre mellan två. Kör placeringen på nytt.',
  en: 'The seat is not shared between two any more. Run the placement again.',
});

const FULL: Readonly<Record<string, Refusal>> = {
  'take-seat': { code: 'seats-full' },
  'take-share': { code: 'share-exceeded' },
};

/**
 * A named person decides on a proposal. An approved admission makes the candidate a participant of the start; an
 * approved placement takes the seat. Seats, membership and share are conditions of the same transaction.
 */
export const decideOnProposal =
  (deps: Deps) =>
  async (
    deed: Deed<Stored<Proposal>>,
    proposalId: ProposalId,
    asked: DecisionAsked,
  ): Promise<Result<Stored<Proposal>, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const read = await readProposal(deps)(deed, proposalId);
    if (!read.ok) return read;
    const known = read.value;
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number' && !known.value.decision) return err(expected);
    const approves = asked.verdict === 'approved' && known.value.decision === null;
    if (approves && (await isSuperseded(store, deed, known.value))) return err({ code: 'superseded' });
    const decided = decide(
      known.value,
      {
        id: DecisionId.parse(world.newId('decision')),
        verdict: asked.verdict,
        reason: asked.reason,
        decidedBy: userId,
        decidedAt: deed.now,
      },
      asked.noConflictOfInterest,
    );
    if (!decided.ok) return err(refusalOfDecision(decided.error));
    if (typeof expected !== 'number') return err(expected);
    // A unit that got no for an answer has nobody to meet.
    const { proposal, ends } =
      asked.verdict === 'declined' ? withoutDisclosure(decided.value) : { proposal: decided.value, ends: [] };

    const effects: Change[] = [...ends];
    if (asked.verdict === 'approved') {
      const cohort = await store.get(tenant, 'cohort', proposal.cohortId);
      const place = await store.get(tenant, 'place', proposal.placeId);
      const candidate = await store.get(tenant, 'candidate', proposal.candidateId);
      if (!cohort || !place || !candidate) return err(NOT_FOUND);
      if (candidate.value.erasedAt !== null) return err({ code: 'candidate-erased' });
      const lastDay = proposal.purpose === 'admission' ? cohort.value.startDate : cohort.value.courseDays.at(-1);
      if (lastDay !== undefined && lastDay < todayOf(deed)) return err({ code: 'in-the-past' });
      const { verdict, hold } = await keptApart(store, tenant, proposal, todayOf(deed));
      if (verdict !== 'apart') return err({ code: verdict === 'together' ? 'kept-apart' : 'request-in-flight' });
      effects.push(...hold);
      if (proposal.purpose === 'admission') effects.push(...admissionChanges(deed, proposal));
      else {
        const sharePercent = shareOf(place.value, proposal.outcome.seatPart);
        if (sharePercent === null) return err(NOT_SHARED);
        effects.push(...placementChanges(world, proposal, cohort.value, sharePercent));
      }
    }
    const changes: readonly Change[] = [{ change: 'save', kind: 'proposal', value: proposal, expected }, ...effects];
    const stored: Stored<Proposal> = { value: proposal, version: expected + 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes,
      mark: deed.mark(stored),
      audit: [
        auditOf(
          world,
          deed,
          'proposal-decided',
          [proposal.id, proposal.candidateId, proposal.cohortId, proposal.unitId],
          {
            verdict: asked.verdict,
            reason: asked.reason,
            purpose: proposal.purpose,
          },
        ),
      ],
      messages: [],
    });
    if (committed.ok) return ok(stored);
    return err(
      refusalOf(committed.refusal, (index, why) => {
        const change = changes[index]?.change ?? '';
        if (why === 'full') return FULL[change] ?? null;
        return why === 'exists' && change === 'add-participant' ? { code: 'already-member' } : null;
      }),
    );
  };
