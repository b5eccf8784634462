import {
  decideOnProposal,
  getCohort,
  getProposal,
  listParticipants,
  listRuns,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { answerProposal } from '@gruppstart/contracts/routes/requirements-routes';
import { describe, expect, test } from 'vitest';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, etagOf, finishRun, HELENA, OMAR, proposalsOf } from '../small-town.ts';
import { decision, etagFrom, first, managerOf, recorded, type Story } from './story.ts';

/** People decide on what the admission proposes. */
export const admissionDecisionsJourney = (story: Story): void => {
  const { environment, as } = story;
  const proposedTo = (index: number) => {
    const cohortId = story.cohorts[index]?.id;
    return story.proposals.filter((proposal) => proposal.cohortId === cohortId);
  };
  const decide = (userName: string, proposalId: string, etag: string, more: Readonly<Record<string, unknown>> = {}) =>
    ask(environment, userName, decideOnProposal, decision(proposalId, etag, more));
  const membersOf = async (cohortId: string) => {
    const coordinator = await as(ANNA, 'cohorts');
    return (await coordinator.call(listParticipants, { params: { cohortId } })).body.items;
  };

  describe('the decision on an admission', () => {
    test('needs the person’s yes', async () => {
      const { id } = first(proposedTo(0));
      const refused = expectProblem(await decide(ANNA, id, await etagOf(as, id)), 'answers-missing');
      expect([refused.detail, refused.detailEn]).toEqual([
        'Svar saknas från: personen.',
        'Answers are missing from: the person.',
      ]);
    });

    test('asks neither unit nor employer, since no place is promised', async () => {
      const { id, unitId } = first(proposedTo(0));
      expectProblem(await recorded(story, HELENA, id, 'employer'), 'body-invalid');
      const answer = { params: { proposalId: id }, etag: await etagOf(as, id), body: { answer: 'yes' } };
      expectProblem(await ask(environment, managerOf(unitId), answerProposal, answer), 'body-invalid');
    });

    test('is refused against the person’s no, which may become a yes before the decision', async () => {
      const { id } = first(proposedTo(0));
      expect((await recorded(story, ANNA, id, 'person', 'no')).status).toBe(200);
      expectProblem(await decide(ANNA, id, await etagOf(as, id)), 'answer-is-no');
      expect((await recorded(story, ANNA, id, 'person')).status).toBe(200);
    });

    test('needs a declared absence of conflict of interest and a reason that goes with it', async () => {
      const { id } = first(proposedTo(0));
      const etag = await etagOf(as, id);
      expectProblem(await decide(ANNA, id, etag, { noConflictOfInterest: false }), 'conflict-of-interest');
      expectProblem(await decide(ANNA, id, etag, { noConflictOfInterest: undefined }), 'body-invalid');
      const wrongReason = expectProblem(await decide(ANNA, id, etag, { reason: 'person-declined' }), 'body-invalid');
      expect(wrongReason.errors).toMatchObject([{ pointer: '/reason', code: 'reason-does-not-fit' }]);
      expect(await etagOf(as, id)).toBe(etag);
    });

    test('makes the person a member of the start, once', async () => {
      const { id, candidateId, cohortId } = first(proposedTo(0));
      expect((await decide(ANNA, id, await etagOf(as, id))).status).toBe(200);
      expectProblem(await decide(OMAR, id, await etagOf(as, id)), 'already-decided');
      expectProblem(await recorded(story, ANNA, id, 'person', 'no'), 'already-decided');
      expect((await membersOf(cohortId)).map((member) => member.candidateId)).toEqual([candidateId]);
      const cohort = await (await as(ANNA, 'cohorts')).call(getCohort, { params: { cohortId } });
      expect(cohort.body.seatsTaken).toBe(1);
    });

    test('of two admissions of the same person at the same time lets one through', async () => {
      const renewed = await proposalsOf(as, (await finishRun(as, 'admission', [story.cohorts[1]?.id ?? ''])).id);
      const pairs = proposedTo(0)
        .slice(1)
        .flatMap((one) =>
          renewed.filter(({ candidateId }) => candidateId === one.candidateId).map((other) => [one, other] as const),
        );
      const [one, other] = first(pairs);
      for (const { id } of [one, other]) expect((await recorded(story, ANNA, id, 'person')).status).toBe(200);
      const answers = await Promise.all([decide(ANNA, one.id, '"2"'), decide(OMAR, other.id, '"2"')]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      for (const answer of answers) if (answer.status === 409) expectProblem(answer, 'already-member');
    });

    test('cannot be on a proposal that a later run of the same start has replaced', async () => {
      const { id } = first(proposedTo(1).slice(-1));
      expectProblem(await recorded(story, ANNA, id, 'person'), 'superseded');
      expectProblem(await decide(ANNA, id, '"1"'), 'superseded');
      const coordinator = await as(ANNA, 'cohorts');
      expect((await coordinator.call(getProposal, { params: { proposalId: id } })).body.decision).toBeNull();
      // Both stand in the list: nobody can rerun until it suits.
      expect((await coordinator.call(listRuns, { query: {} })).body.items).toHaveLength(2);
    });

    test('for everybody else takes one seat each and never more than the start has', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      for (const { id } of proposedTo(0)) {
        const proposal = (await coordinator.call(getProposal, { params: { proposalId: id } })).body;
        if (proposal.decision) continue;
        const etag = proposal.answers.person
          ? await etagOf(as, id)
          : etagFrom(await recorded(story, ANNA, id, 'person', 'yes', '"1"'));
        const done = await decide(ANNA, id, etag);
        // One may be a member of the later start since the two decisions at the same time.
        if (done.status !== 200) expectProblem(done, 'already-member');
      }
      const { id: cohortId } = first(story.cohorts);
      const cohort = (await coordinator.call(getCohort, { params: { cohortId } })).body;
      expect(await membersOf(cohortId)).toHaveLength(cohort.seatsTaken);
      expect(cohort.seatsTaken).toBeLessThanOrEqual(cohort.seats);
      expect(cohort.seatsTaken).toBeGreaterThan(10);
    });
  });
};
