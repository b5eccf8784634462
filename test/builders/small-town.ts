import type { Cohort } from '@gruppstart/domain/cohorts/cohort';
import type { Placement } from '@gruppstart/domain/employment/employment';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { TenantId } from '@gruppstart/domain/shared/ids';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { Change, Documents, Store } from '@gruppstart/usecases/ports/store';
import { aCandidate, aCohort, aPlace, aPlacement, aProposal, aProposedOutcome, aUnit } from '../contracts/builders.ts';
import { keepAll, worldAt } from './deeds.ts';

const world = worldAt();
/** A seed that every start has, so that a test can tell it. */
export const SEED = 'ab'.repeat(32);

const saved = <K extends keyof Documents>(kind: K, value: Documents[K]): Change =>
  ({ change: 'save', kind, value, expected: null }) as Change;

/** A unit with whatever a test puts into the town, each thing kept as soon as it is named. */
export const smallTown = async (store: Store, tenant: TenantId) => {
  const unit = aUnit();
  await keepAll(store, tenant, [saved('unit', unit)]);

  const start = async (startDate: string, over: Partial<Cohort> = {}): Promise<Cohort> => {
    const cohort = aCohort({
      startDate: LocalDate.parse(startDate),
      courseDays: [LocalDate.parse(startDate)],
      seedCommitment: world.sha256(SEED),
      ...over,
    });
    await keepAll(store, tenant, [saved('cohort', cohort), { change: 'save-seed', cohortId: cohort.id, seed: SEED }]);
    return cohort;
  };

  /** A daytime place that asks for nothing. */
  const place = async (over: Partial<Place> = {}): Promise<Place> => {
    const made = aPlace({ unitId: unit.id, requirements: [], weeklyHours: [], workingTimes: ['day'], ...over });
    await keepAll(store, tenant, [saved('place', made)]);
    return made;
  };

  const candidate = async (over: Partial<Candidate> = {}): Promise<Candidate> => {
    const made = aCandidate(over);
    await keepAll(store, tenant, [saved('candidate', made)]);
    return made;
  };

  const proposal = async (
    of: Candidate,
    cohort: Cohort,
    at: Place,
    over: Partial<Proposal> = {},
  ): Promise<Proposal> => {
    const named = { candidateId: of.id, cohortId: cohort.id, placeId: at.id };
    const made = aProposal({ ...named, unitId: at.unitId, outcome: aProposedOutcome(named), ...over });
    await keepAll(store, tenant, [saved('proposal', made)]);
    return made;
  };

  /** Somebody who has been admitted to a start, with a seat of the place in mind, or a part of one. */
  const member = async (
    cohort: Cohort,
    at: Place,
    over: Partial<Candidate> = {},
    seatPart: SeatPartKind = 'whole',
  ): Promise<Candidate> => {
    const made = await candidate(over);
    const outcome = aProposedOutcome({ candidateId: made.id, cohortId: cohort.id, placeId: at.id, seatPart });
    const admitted = await proposal(made, cohort, at, { purpose: 'admission', outcome });
    await keepAll(store, tenant, [
      { change: 'take-seat', of: 'cohort', id: cohort.id },
      {
        change: 'add-participant',
        participant: { candidateId: made.id, cohortId: cohort.id, proposalId: admitted.id, since: made.createdAt },
      },
    ]);
    return made;
  };

  /** A seat of the place for somebody, taken. */
  const placement = async (of: Candidate, at: Place, over: Partial<Placement> = {}): Promise<Placement> => {
    const made = aPlacement({
      candidateId: of.id,
      placeId: at.id,
      unitId: at.unitId,
      sharePercent: at.sharePercent,
      ...over,
    });
    const seat = { change: 'take-seat', of: 'place', id: at.id, part: made.seatPart } as const;
    await keepAll(store, tenant, [saved('placement', made), seat]);
    return made;
  };

  return { tenant, unit, start, place, candidate, proposal, member, placement };
};
export type SmallTown = Awaited<ReturnType<typeof smallTown>>;
