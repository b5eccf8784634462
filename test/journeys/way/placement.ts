import {
  decideOnProposal,
  getCohort,
  getProposal,
  listParticipants,
  listPlacements,
  type ProposalView,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import {
  answerProposal,
  changePlace,
  getPlace,
  listUnitProposals,
} from '@gruppstart/contracts/routes/requirements-routes';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, etagOf, finishRun, HELENA, OMAR, proposalsOf } from '../small-town.ts';
import { allPlaces, decision, etagFrom, first, managerOf, outcomesOf, recorded, type Story } from './story.ts';

/** The first working day after the first start's introduction. */
export const FIRST_DAY = '2027-01-25';
const EIGHTH_COURSE_DAY = '2027-01-20';

/** Those of the first start go to their places. */
export const placementJourney = (story: Story): void => {
  const { environment, as } = story;
  const { control } = environment;
  const decide = async (userName: string, proposalId: string, etag?: string) => {
    const asked = decision(proposalId, etag ?? (await etagOf(as, proposalId)));
    return ask(environment, userName, decideOnProposal, asked);
  };
  const unitAnswers = async ({ id, unitId }: ProposalView, answer: string): Promise<string> => {
    const asked = { params: { proposalId: id }, etag: await etagOf(as, id), body: { answer } };
    return etagFrom(await ask(environment, managerOf(unitId), answerProposal, asked));
  };
  /** Unit, person and employer say yes; the ETag to decide with. */
  const allAgree = async (proposal: ProposalView): Promise<string> => {
    const { id } = proposal;
    const unit = await unitAnswers(proposal, 'yes');
    const person = etagFrom(await recorded(story, ANNA, id, 'person', 'yes', unit));
    return etagFrom(await recorded(story, HELENA, id, 'employer', 'yes', person));
  };

  describe('a placement', () => {
    let run: RunView;
    let proposed: readonly ProposalView[] = [];
    beforeAll(async () => {
      await control?.moveClock({ toMs: Date.parse(`${EIGHTH_COURSE_DAY}T08:00:00+01:00`) });
      run = await finishRun(as, 'placement', [first(story.cohorts).id]);
      proposed = await proposalsOf(as, run.id);
    });

    test.skipIf(control === null)('comes on the eighth course day, in the middle of the introduction', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const cohort = (await coordinator.call(getCohort, { params: { cohortId: first(story.cohorts).id } })).body;
      expect([cohort.status, cohort.courseDays[7]]).toEqual(['introduction', EIGHTH_COURSE_DAY]);
    });

    test('is judged for members of the start only, each with an outcome', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const params = { cohortId: first(story.cohorts).id };
      const members = (await coordinator.call(listParticipants, { params })).body.items;
      const judged = (await outcomesOf(story, run.id)).map(({ outcome }) => outcome.candidateId);
      expect(judged.toSorted()).toEqual(members.map(({ candidateId }) => candidateId).toSorted());
      expect(proposed.length).toBeGreaterThan(8);
    });

    test('needs three answers, and says whose are missing', async () => {
      const proposal = first(proposed);
      const { id, unitId } = proposal;
      expect(expectProblem(await decide(ANNA, id), 'answers-missing').detailEn).toBe(
        'Answers are missing from: the person, the unit, the employer.',
      );
      const client = await as(managerOf(unitId), 'requirements');
      const waiting = (await client.call(listUnitProposals, { params: { unitId }, query: {} })).body.items;
      expect(first(waiting.filter((each) => each.id === id))).toMatchObject({ etag: '"1"', unitAnswer: null });
      await unitAnswers(proposal, 'meet-first');
      expect((await recorded(story, ANNA, id, 'person')).status).toBe(200);
      expect((await recorded(story, HELENA, id, 'employer')).status).toBe(200);
      expect(expectProblem(await decide(ANNA, id), 'answers-missing').detailEn).toBe(
        'Answers are missing from: the unit.',
      );
      await unitAnswers(proposal, 'yes');
      expect((await decide(ANNA, id)).status).toBe(200);
    });

    test('is not made against anybody’s no', async () => {
      const proposal = first(proposed.slice(1));
      await allAgree(proposal);
      expect((await recorded(story, HELENA, proposal.id, 'employer', 'no')).status).toBe(200);
      expect(expectProblem(await decide(ANNA, proposal.id), 'answer-is-no').detailEn).toBe('No from: the employer.');
      expect((await recorded(story, HELENA, proposal.id, 'employer')).status).toBe(200);
      expect((await decide(ANNA, proposal.id)).status).toBe(200);
    });

    test('never takes more seats than the place has, whoever approves at the same time', async () => {
      const left = proposed.slice(2);
      const [contested = []] = [...Map.groupBy(left, ({ placeId }) => placeId).values()].filter(
        (each) => each.length > 1,
      );
      const { placeId, unitId } = first(contested);
      for (const proposal of contested) await allAgree(proposal);
      // The manager has one seat left only, whatever the run counted with.
      const client = await as(managerOf(unitId), 'requirements');
      const params = { placeId };
      const known = await client.call(getPlace, { params });
      const seats = known.body.seatsTaken + 1;
      await client.call(changePlace, { params, etag: known.etag ?? '', body: { seats } });
      const answers = await Promise.all(contested.map(({ id }, index) => decide(index % 2 === 0 ? ANNA : OMAR, id)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 'seats-full');
      const after = (await client.call(getPlace, { params })).body;
      expect([after.seatsTaken, after.seats]).toEqual([seats, seats]);
      const fewer = { params, etag: '*', body: { seats: seats - 1 } };
      expectProblem(await ask(environment, managerOf(unitId), changePlace, fewer), 'seats-full');
    });

    test('once decided has a first day after the introduction and a first follow-up', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      for (const proposal of proposed) {
        const now = (await coordinator.call(getProposal, { params: { proposalId: proposal.id } })).body;
        if (now.decision || now.answers.unit) continue;
        expect((await decide(OMAR, proposal.id, await allAgree(proposal))).status).toBe(200);
      }
      story.placements = (await coordinator.call(listPlacements, { query: { limit: '100' } })).body.items;
      expect(story.placements.length).toBeGreaterThan(8);
      for (const placement of story.placements) {
        expect(placement).toMatchObject({ status: 'planned', startDate: FIRST_DAY, employmentId: null });
        expect(placement.firstFollowUpDate > placement.startDate).toBe(true);
      }
      for (const { id, seats, seatsTaken } of await allPlaces(story)) {
        expect(seatsTaken).toBe(story.placements.filter(({ placeId }) => placeId === id).length);
        expect(seatsTaken).toBeLessThanOrEqual(seats ?? 0);
      }
    });
  });
};
