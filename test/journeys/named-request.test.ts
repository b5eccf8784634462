import {
  decideOnNamedRequest,
  getNamedRequest,
  listNamedRequests,
  listUnitNamedRequests,
  type NamedRequestView,
  nameCandidate,
  weighNamedRequest,
  withdrawNamedRequest,
} from '@gruppstart/contracts/routes/named-request-routes';
import { createPlace, listUnitProposals } from '@gruppstart/contracts/routes/requirements-routes';
import { getWhatIf } from '@gruppstart/contracts/routes/what-if-routes';
import { CandidateId, CohortId, NamedRequestId, PlaceId } from '@gruppstart/domain/shared/ids';
import { afterAll, describe, expect, test } from 'vitest';
import { openEnvironment } from './environment.ts';
import { ask, expectProblem, until } from './requests.ts';
import {
  ANNA,
  buildSmallTown,
  CARE_HOME,
  easyPlace,
  everyItem,
  finishRun,
  MARIA,
  OMAR,
  PETER,
  PRESCHOOL,
  proposalsOf,
} from './small-town.ts';

const environment = await openEnvironment();
afterAll(() => environment.close());
const town = await buildSmallTown(environment);
const { as } = town;

const maria = await as(MARIA, 'requirements');
const anna = await as(ANNA, 'cohorts');
const omar = await as(OMAR, 'cohorts');
const atCareHome = { params: { unitId: CARE_HOME } };
const GRANTED = { verdict: 'granted', reason: 'worth-the-cost', noConflictOfInterest: true } as const;

const requestAt = async ({ id }: Pick<NamedRequestView, 'id'>): Promise<NamedRequestView> =>
  (await anna.call(getNamedRequest, { params: { namedRequestId: id } })).body;
const weighed = (request: Pick<NamedRequestView, 'id'>): Promise<NamedRequestView> =>
  until(
    () => requestAt(request),
    ({ cost }) => cost !== null && cost.status !== 'working',
  );

/** Whom the care home can see: proposed to it, without a name. */
const known = (await maria.call(listUnitProposals, { ...atCareHome, query: {} })).body.items;
const [first] = known.filter(({ status }) => status === 'proposed');
if (!first) throw new Error('Nobody is proposed to the care home');

describe('a manager who asks for a person by name', () => {
  test('has the cost for the others worked out at once, and sees how many and never who', async () => {
    const body = { placeId: first.placeId, candidateId: first.candidateId };
    const asked = (await maria.call(nameCandidate, { ...atCareHome, body })).body;
    expect(asked).toMatchObject({ status: 'open', placeTitle: first.placeTitle, cost: { runId: town.placementRunId } });
    await weighed(asked);
    const own = await everyItem(
      async (cursor) => (await maria.call(listUnitNamedRequests, { ...atCareHome, query: cursor })).body,
    );
    expect(own).toHaveLength(1);
    // The run proposed the person there by itself: it takes nothing from anybody.
    expect(own[0]).toMatchObject({
      status: 'open',
      cost: { status: 'finished', hindrance: null, others: { loseTheirPlace: 0, getAPlace: 0, moved: 0 } },
    });
    const others = town.candidateIds.filter((id) => id !== first.candidateId);
    for (const id of others) expect(JSON.stringify(own)).not.toContain(id);
    const params = { unitId: CARE_HOME, namedRequestId: asked.id };
    expectProblem(await ask(environment, PETER, withdrawNamedRequest, { params, etag: asked.etag }), 'not-found');
    const back = (await maria.call(withdrawNamedRequest, { params, etag: asked.etag })).body;
    expect(back.status).toBe('withdrawn');
  });

  test('for a place that is in no run yet is answered when there is a run, and decided on by another person', async () => {
    const place = (await maria.call(createPlace, { body: easyPlace(CARE_HOME, 1) })).body;
    const named = { candidateId: CandidateId.parse(first.candidateId), placeId: PlaceId.parse(place.id) };
    const asked = (await maria.call(nameCandidate, { ...atCareHome, body: named })).body;
    expect(asked.cost).toBeNull();
    const command = (etag: string) => ({ params: { namedRequestId: asked.id }, etag });
    expectProblem(
      await ask(environment, ANNA, decideOnNamedRequest, { ...command(asked.etag), body: GRANTED }),
      'cost-unknown',
    );
    const run = await finishRun(as, 'placement', [town.cohortId]);
    const taken = (await anna.call(weighNamedRequest, { ...command(asked.etag), body: { runId: run.id } })).body;
    expect(taken.cost).toMatchObject({ runId: run.id, status: 'working', others: null });
    const request = await weighed(asked);
    const { cost } = request;
    const whatIf = (await anna.call(getWhatIf, { params: { whatIfId: cost?.whatIfId ?? '' } })).body;
    const answer = whatIf.result?.answer;
    if (answer?.kind !== 'named-request' || !answer.request.possible) throw new Error('No cost was worked out');
    const { consequences } = answer.request;
    expect(cost?.others).toEqual({
      loseTheirPlace: consequences.noLongerProposed.count,
      getAPlace: consequences.newlyProposed.count,
      moved: consequences.moved.count,
      proposed: { before: consequences.before.proposed, after: consequences.after.proposed },
      fitPercent: { before: consequences.before.fitPercent, after: consequences.after.fitPercent },
    });
    const open = (await omar.call(listNamedRequests, { query: { status: 'open' } })).body.items;
    expect(open.map(({ id }) => id)).toEqual([asked.id]);

    const granted = (await omar.call(decideOnNamedRequest, { ...command(request.etag), body: GRANTED })).body;
    expect(granted).toMatchObject({ status: 'granted', decision: { costShown: cost?.whatIfId } });
    const pin = { ...named, cohortId: CohortId.parse(town.cohortId), namedRequestId: NamedRequestId.parse(asked.id) };
    const pinned = await finishRun(as, 'placement', [town.cohortId], 0, { pins: [pin], factsOf: run.id });
    const { proposed, points, fitPercent } = pinned.result?.summary ?? {};
    expect(consequences.after).toMatchObject({ proposed, points, fitPercent });
    const proposals = await proposalsOf(as, pinned.id);
    expect(proposals.find(({ candidateId }) => candidateId === named.candidateId)?.placeId).toBe(named.placeId);
    expectProblem(
      await ask(environment, OMAR, decideOnNamedRequest, { ...command(granted.etag), body: GRANTED }),
      'request-closed',
    );
  });

  test('whom the unit has never been told of gets the answer of somebody who does not exist', async () => {
    const strangers = town.candidateIds.filter((id) => !known.some(({ candidateId }) => candidateId === id));
    expect(strangers.length).toBeGreaterThan(0);
    const answers = await Promise.all(
      [strangers[0], `cand_${'0'.repeat(26)}`].map((candidateId) =>
        ask(environment, MARIA, nameCandidate, { ...atCareHome, body: { placeId: first.placeId, candidateId } }),
      ),
    );
    for (const answer of answers) {
      const { errors } = expectProblem(answer, 'reference-unknown');
      expect(errors).toMatchObject([{ pointer: '/candidateId', code: 'candidate-unknown' }]);
    }
  });

  test('through the centre is decided on by a colleague of whoever entered it', async () => {
    const body = { placeId: town.placeIds.preschool, candidateId: first.candidateId };
    const client = await as(ANNA, 'requirements');
    const asked = (await client.call(nameCandidate, { params: { unitId: PRESCHOOL }, body })).body;
    const { etag } = await weighed(asked);
    const decision = { params: { namedRequestId: asked.id }, etag };
    expectProblem(await ask(environment, ANNA, decideOnNamedRequest, { ...decision, body: GRANTED }), 'four-eyes');
    const refused = { ...GRANTED, verdict: 'refused', reason: 'costs-others-too-much' } as const;
    expect((await omar.call(decideOnNamedRequest, { ...decision, body: refused })).body.status).toBe('refused');
  });
});
