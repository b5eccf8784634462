import { decideOnProposal as decideRoute } from '@gruppstart/contracts/routes/cohorts-routes';
import { answerProposal as answerRoute } from '@gruppstart/contracts/routes/requirements-routes';
import type { Cohort } from '@gruppstart/domain/cohorts/cohort';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { SeatPartKind } from '@gruppstart/domain/matching/outcome';
import { ANSWERERS, Answer } from '@gruppstart/domain/proposals/answer';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { Place } from '@gruppstart/domain/requirements/place';
import type { ProposalId } from '@gruppstart/domain/shared/ids';
import { UnitId } from '@gruppstart/domain/shared/ids';
import { allPages } from '@gruppstart/usecases/all-pages';
import { type DecisionAsked, decideOnProposal } from '@gruppstart/usecases/decisions/decide-on-proposal';
import { answerProposal } from '@gruppstart/usecases/proposals/answer-proposal';
import { describe, expect, test } from 'vitest';
import { type Acting, aDeed, done, expectRefusal, keepAll, managerOf, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aHash, aProposalId, aProposedOutcome, aRun, aTenant, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({ store: environment().store, world: worldAt() });
const YES: DecisionAsked = { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true };
const NO: DecisionAsked = { verdict: 'declined', reason: 'other-plan', noConflictOfInterest: true };

const agreed = Object.fromEntries(
  ANSWERERS.map((who) => [who, Answer.parse({ answer: 'yes', recordedBy: 'samordnare', recordedAt: NOW })]),
) as Proposal['answers'];
const decide = (town: SmallTown, id: ProposalId, asked: DecisionAsked = YES, acting: Acting = {}) =>
  decideOnProposal(deps())(aDeed(town.tenant, acting), id, asked);
const seatsTaken = async (town: SmallTown, kind: 'cohort' | 'place', id: Cohort['id'] | Place['id']) =>
  (await environment().store.get(town.tenant, kind, id as never))?.seatsTaken;
const storedProposal = async (town: SmallTown, id: ProposalId) => {
  const found = await environment().store.get(town.tenant, 'proposal', id);
  if (!found) throw new Error('The proposal is gone');
  return found;
};
const placementsOf = (town: SmallTown) =>
  allPages((page) => environment().store.list(town.tenant, { list: 'placements' }, page));

interface Scene {
  readonly town: SmallTown;
  readonly cohort: Cohort;
  readonly place: Place;
  readonly candidate: Candidate;
  readonly proposal: Proposal;
}
/** An agreed proposal: of admission for somebody new, of placement for a member of the start. */
const scene = async (
  purpose: Proposal['purpose'],
  over: { place?: Partial<Place>; cohort?: Partial<Cohort>; proposal?: Partial<Proposal> } = {},
): Promise<Scene> => {
  const town = await aTown();
  const cohort = await town.start('2027-01-11', {
    seats: 2,
    courseDays: ['2027-01-11', '2027-01-22'] as never,
    ...over.cohort,
  });
  const place = await town.place({ seats: 1, ...over.place });
  const candidate = purpose === 'admission' ? await town.candidate() : await town.member(cohort, place);
  const proposal = await town.proposal(candidate, cohort, place, { purpose, answers: agreed, ...over.proposal });
  return { town, cohort, place, candidate, proposal };
};

describe('an approved admission', () => {
  test('makes the candidate a participant and takes a seat of the start, none of the place', async () => {
    const { town, cohort, place, candidate, proposal } = await scene('admission');
    const { value, version } = done(await decide(town, proposal.id));
    expect([value.decision, version]).toMatchObject([
      { verdict: 'approved', reason: 'fits-well', decidedBy: 'samordnare', decidedAt: NOW },
      2,
    ]);
    expect(await storedProposal(town, proposal.id)).toMatchObject({ value, version });
    expect(await environment().store.membershipOf(town.tenant, candidate.id)).toEqual({
      candidateId: candidate.id,
      cohortId: cohort.id,
      proposalId: proposal.id,
      since: NOW,
    });
    expect([await seatsTaken(town, 'cohort', cohort.id), await seatsTaken(town, 'place', place.id)]).toEqual([1, 0]);
    expect(await environment().auditOf(town.tenant)).toMatchObject([
      { deed: 'proposal-decided', facts: { verdict: 'approved', reason: 'fits-well', purpose: 'admission' } },
    ]);
  });

  test('needs a seat in the start: full, nothing happens', async () => {
    const { town, cohort, place, candidate, proposal } = await scene('admission', { cohort: { seats: 1 } });
    await town.member(cohort, place);
    expectRefusal(await decide(town, proposal.id), decideRoute, 'seats-full');
    expect(await environment().store.membershipOf(town.tenant, candidate.id)).toBeNull();
    expect((await storedProposal(town, proposal.id)).value.decision).toBeNull();
  });

  test('is of somebody in no other start', async () => {
    const { town, place, candidate, proposal } = await scene('admission');
    const march = await town.start('2027-03-08');
    const other = await town.proposal(candidate, march, place, { purpose: 'admission', answers: agreed });
    expect((await decide(town, proposal.id)).ok).toBe(true);
    expectRefusal(await decide(town, other.id), decideRoute, 'already-member');
    expect(await seatsTaken(town, 'cohort', march.id)).toBe(0);
  });

  test('asks the person only', async () => {
    const { town, proposal } = await scene('admission', {
      proposal: { answers: { ...agreed, unit: null, employer: null } },
    });
    expect((await decide(town, proposal.id)).ok).toBe(true);
  });
});

describe('an approved placement', () => {
  test('takes a seat of the place and the person’s share, and says when work and follow-up begin', async () => {
    const { town, cohort, place, candidate, proposal } = await scene('placement');
    done(await decide(town, proposal.id));
    expect((await placementsOf(town)).map(({ value }) => value)).toMatchObject([
      {
        candidateId: candidate.id,
        proposalId: proposal.id,
        placeId: place.id,
        unitId: town.unit.id,
        cohortId: cohort.id,
        sharePercent: 75,
        startDate: '2027-01-25',
        firstFollowUpDate: '2027-02-08',
        employmentId: null,
      },
    ]);
    expect(await seatsTaken(town, 'place', place.id)).toBe(1);
  });

  test('never lets a person’s placements exceed full time', async () => {
    const { town, cohort, candidate, proposal } = await scene('placement');
    done(await decide(town, proposal.id));
    const [half, quarter] = [await town.place({ sharePercent: 50 }), await town.place({ sharePercent: 25 })];
    const tooMuch = await town.proposal(candidate, cohort, half, { answers: agreed });
    const justRight = await town.proposal(candidate, cohort, quarter, { answers: agreed });
    expectRefusal(await decide(town, tooMuch.id), decideRoute, 'share-exceeded');
    expect(await seatsTaken(town, 'place', half.id)).toBe(0);
    expect((await decide(town, justRight.id)).ok).toBe(true);
    expect((await placementsOf(town)).reduce((sum, { value }) => sum + value.sharePercent, 0)).toBe(100);
  });

  test('of the last seat goes to one of two who are decided at the same time', async () => {
    const { town, cohort, place, proposal } = await scene('placement');
    const rival = await town.member(cohort, place);
    const theirs = await town.proposal(rival, cohort, place, { answers: agreed });
    const both = await Promise.all([decide(town, proposal.id), decide(town, theirs.id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of both.filter(({ ok }) => !ok)) expectRefusal(refused, decideRoute, 'seats-full');
    expect([await seatsTaken(town, 'place', place.id), (await placementsOf(town)).length]).toEqual([1, 1]);
  });

  describe('of a part of a seat', () => {
    const sharedSeat: Place['sharedSeat'] = [
      { sharePercent: 40, weekdays: [1, 2] },
      { sharePercent: 35, weekdays: [4, 5] },
    ];
    const proposed = async ({ town, cohort, place }: Scene, seatPart: SeatPartKind) => {
      const somebody = await town.member(cohort, place, {}, seatPart);
      const named = { candidateId: somebody.id, cohortId: cohort.id, placeId: place.id };
      return town.proposal(somebody, cohort, place, {
        answers: agreed,
        outcome: aProposedOutcome({ ...named, seatPart }),
      });
    };
    const aSharedPlace = () => scene('placement', { cohort: { seats: 9 }, place: { sharedSeat, sharePercent: 80 } });

    test('takes that part and its share, and leaves the other to somebody else, but no whole seat', async () => {
      const at = await aSharedPlace();
      const { town, place } = at;
      const [first, another, second] = [
        await proposed(at, 'first'),
        await proposed(at, 'first'),
        await proposed(at, 'second'),
      ];
      done(await decide(town, first.id));
      expectRefusal(await decide(town, another.id), decideRoute, 'seats-full');
      expectRefusal(await decide(town, at.proposal.id), decideRoute, 'seats-full');
      done(await decide(town, second.id));
      const placements = new Map((await placementsOf(town)).map(({ value }) => [value.proposalId, value]));
      expect([first, second].map(({ id }) => placements.get(id))).toMatchObject([
        { seatPart: 'first', sharePercent: 40 },
        { seatPart: 'second', sharePercent: 35 },
      ]);
      expect(placements.size).toBe(2);
      expect(await environment().store.get(town.tenant, 'place', place.id)).toMatchObject({
        seatsTaken: 1,
        seatsTakenSecond: 1,
      });
      expect(await environment().store.shareOf(town.tenant, second.candidateId)).toBe(35);
    });

    test('is refused after the whole seat was taken', async () => {
      const at = await aSharedPlace();
      const second = await proposed(at, 'second');
      done(await decide(at.town, at.proposal.id));
      expectRefusal(await decide(at.town, second.id), decideRoute, 'seats-full');
      expect((await placementsOf(at.town)).map(({ value }) => [value.seatPart, value.sharePercent])).toEqual([
        ['whole', 80],
      ]);
    });

    test('is refused when the seats are not shared any more, and an admission for it is not', async () => {
      const at = await aSharedPlace();
      const { town, cohort, place } = at;
      const first = await proposed(at, 'first');
      const newcomer = await town.candidate();
      const named = { candidateId: newcomer.id, cohortId: cohort.id, placeId: place.id };
      const admission = await town.proposal(newcomer, cohort, place, {
        purpose: 'admission',
        answers: agreed,
        outcome: aProposedOutcome({ ...named, seatPart: 'first' }),
      });
      await keepAll(environment().store, town.tenant, [
        { change: 'save', kind: 'place', value: { ...place, sharedSeat: null }, expected: 1 },
      ]);
      expectRefusal(await decide(town, first.id), decideRoute, 'seats-full');
      expect((await decide(town, admission.id)).ok).toBe(true);
    });
  });

  test.each([
    ['the unit has not answered', { ...agreed, unit: null }, 'answers-missing', 'enheten'],
    [
      'the employer wants to meet',
      { ...agreed, employer: { ...agreed.employer, answer: 'meet-first' } },
      'answers-missing',
      'arbetsgivaren',
    ],
    ['the person said no', { ...agreed, person: { ...agreed.person, answer: 'no' } }, 'answer-is-no', 'personen'],
  ] as const)('is refused when %s, and says who', async (_what, answers, code, who) => {
    const { town, proposal } = await scene('placement', { proposal: { answers: answers as Proposal['answers'] } });
    const refused = await decide(town, proposal.id);
    expectRefusal(refused, decideRoute, code);
    expect(JSON.stringify(refused)).toContain(who);
    expect(await placementsOf(town)).toEqual([]);
  });
});

describe('any decision', () => {
  test('that declines takes nothing and needs no answers', async () => {
    const { town, place, proposal } = await scene('placement', {
      proposal: { answers: { person: null, unit: null, employer: null } },
    });
    expect(done(await decide(town, proposal.id, NO)).value.decision?.verdict).toBe('declined');
    expect([await seatsTaken(town, 'place', place.id), await placementsOf(town)]).toEqual([0, []]);
  });

  test.each([YES, NO])('is made once: after it neither $verdict nor an answer', async (asked) => {
    const { town, proposal } = await scene('placement');
    done(await decide(town, proposal.id, asked));
    for (const again of [YES, NO])
      expectRefusal(await decide(town, proposal.id, again), decideRoute, 'already-decided');
    expectRefusal(await decide(town, proposal.id, asked, { expected: 1 }), decideRoute, 'already-decided');
    expectRefusal(
      await answerProposal(deps())(aDeed(town.tenant), proposal.id, 'person', 'no'),
      answerRoute,
      'already-decided',
    );
  });

  test.each([
    ['with a conflict of interest', { ...YES, noConflictOfInterest: false }, {}, 'conflict-of-interest'],
    ['for a reason that does not fit', { ...YES, reason: 'other-plan' }, {}, 'body-invalid'],
    ['on an old version', YES, { expected: 7 }, 'precondition-failed'],
    ['without a version', YES, { expected: null }, 'precondition-failed'],
    ['out of reach', YES, { permission: managerOf(UnitId.parse('unit_elsewhere')) }, 'not-found'],
  ] as const)('%s is refused', async (_what, asked: DecisionAsked, acting: Acting, code) => {
    const { town, proposal } = await scene('admission');
    expectRefusal(await decide(town, proposal.id, asked, acting), decideRoute, code);
    expect((await storedProposal(town, proposal.id)).version).toBe(1);
  });

  test('on what another organisation has, or nobody, finds nothing', async () => {
    const [{ proposal }, elsewhere] = [await scene('admission'), await aTown()];
    expectRefusal(await decide(elsewhere, proposal.id), decideRoute, 'not-found');
    expectRefusal(await decide(elsewhere, aProposalId()), decideRoute, 'not-found');
  });

  test.each([
    ['admission', '2027-01-11', 'done'],
    ['admission', '2027-01-12', 'in-the-past'],
    ['placement', '2027-01-22', 'done'],
    ['placement', '2027-01-23', 'in-the-past'],
  ] as const)('to approve an %s of the start of 11 to 22 January, on %s: %s', async (purpose, today, expected) => {
    const { town, proposal } = await scene(purpose);
    const now = `${today}T08:00:00.000Z`;
    const result = await decide(town, proposal.id, YES, { now });
    if (expected === 'done') expect(result.ok).toBe(true);
    else expectRefusal(result, decideRoute, expected);
    if (expected !== 'done') expect((await decide(town, proposal.id, NO, { now })).ok).toBe(true);
  });
});

describe('a proposal of an older run', () => {
  const HASH = aHash();
  const finished = {
    finishedAt: NOW,
    seed: HASH,
    resultHash: HASH,
    summary: {
      purpose: 'admission',
      engineVersion: '1',
      weightsVersion: '1',
      candidates: 0,
      places: 0,
      seats: 0,
      proposed: 0,
      proposedPreliminary: 0,
      unplaced: 0,
      points: 0,
      maxPoints: 0,
      fitPercent: null,
      questions: 0,
      cohorts: [],
      sessionNeeds: [],
      frontier: [],
    },
    certificate: { ok: true, levels: [], starts: [] },
  } as const;
  const EARLIER = instant('2026-12-01T07:00:00.000Z');
  const LATER = instant('2026-12-01T07:30:00.000Z');

  test.each([
    ['a newer finished run of the same start', {}, true],
    ['one that is still working', { result: null }, false],
    ['one that failed', { result: null, failure: 'no-places' }, false],
    ['one of the other purpose', { purpose: 'placement' }, false],
    ['one of another start', { cohortIds: 'other' }, false],
    ['an older one', { orderedAt: instant('2026-12-01T06:00:00.000Z') }, false],
  ] as const)('beside %s holds no more: %s', async (_what, over, isSuperseded) => {
    const { town, cohort, candidate, place } = await scene('admission');
    const other = await town.start('2027-03-08');
    const own = aRun({ cohortIds: [cohort.id], orderedAt: EARLIER, result: finished as never });
    const { cohortIds, ...rest } = { cohortIds: 'same', ...over };
    const newer = aRun({
      cohortIds: [cohortIds === 'other' ? other.id : cohort.id],
      orderedAt: LATER,
      result: finished as never,
      ...rest,
    });
    await keepAll(
      environment().store,
      town.tenant,
      [own, newer].map((value) => ({ change: 'save', kind: 'run', value, expected: null })),
    );
    const proposal = await town.proposal(candidate, cohort, place, {
      purpose: 'admission',
      runId: own.id,
      answers: agreed,
    });
    const result = await decide(town, proposal.id);
    if (isSuperseded) expectRefusal(result, decideRoute, 'superseded');
    else expect(result.ok).toBe(true);
    if (isSuperseded) expect((await decide(town, proposal.id, NO)).ok).toBe(true);
  });
});
