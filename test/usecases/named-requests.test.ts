import { orderRun as orderRoute } from '@gruppstart/contracts/routes/cohorts-routes';
import {
  decideOnNamedRequest as decideRoute,
  getNamedRequest as getRoute,
  nameCandidate as nameRoute,
  weighNamedRequest as weighRoute,
  withdrawNamedRequest as withdrawRoute,
} from '@gruppstart/contracts/routes/named-request-routes';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { PLAIN_POLICY } from '@gruppstart/domain/matching/run-policy';
import type { Place } from '@gruppstart/domain/requirements/place';
import { NamedRequestId, type WhatIfId } from '@gruppstart/domain/shared/ids';
import { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { decideOnNamedRequest, type RequestDecisionAsked } from '@gruppstart/usecases/matching/decide-on-named-request';
import { namedRequestView } from '@gruppstart/usecases/matching/named-request-view';
import { nameCandidate, weighNamedRequest, withdrawNamedRequest } from '@gruppstart/usecases/matching/named-requests';
import { endPairRule, makePairRule } from '@gruppstart/usecases/matching/pair-rules';
import {
  listAllNamedRequests,
  listNamedRequestsOfUnit,
  readNamedRequest,
} from '@gruppstart/usecases/matching/read-named-requests';
import { describe, expect, test } from 'vitest';
import { type Acting, aDeed, done, expectRefusal, keepAll, managerOf, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { runsOf } from '../builders/runs.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCandidateId, aPlaceId, aRunId, aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({
  store: environment().store,
  blobs: environment().blobs,
  world: worldAt(),
  outbox: environment().outboxAt(NOW),
});
const PAGE = { limit: 100, cursor: null };
const MANAGER = 'enhetschef';

interface Setting {
  readonly town: SmallTown;
  readonly run: MatchRun;
  readonly cohortId: MatchRun['cohortIds'][number];
  readonly place: Place;
  /** Whom the run proposed to the place, and whom the unit would rather have. */
  readonly proposed: Candidate;
  readonly named: Candidate;
  readonly manager: Acting;
}

/** One seat, two who fit of whom one has waited longer, and a finished admission; the unit was proposed the other before. */
const setting = async (): Promise<Setting> => {
  const town = await smallTown(environment().store, aTenant());
  const january = await town.start('2027-01-11', { seats: 3 });
  const place = await town.place({ seats: 1 });
  const proposed = await town.candidate();
  const enrolledSince = LocalDate.parse('2026-11-02');
  const named = await town.candidate({ profile: { ...proposed.profile, enrolledSince } });
  await town.proposal(named, january, place, { purpose: 'placement' });
  const run = await runsOf(environment, town.tenant).finish({ cohortIds: [january.id] });
  const manager = { permission: managerOf(place.unitId), userId: MANAGER };
  return { town, run, cohortId: january.id, place, proposed, named, manager };
};

const name = (
  { town, place, named, manager }: Setting,
  over: Partial<{ placeId: Place['id']; candidateId: Candidate['id'] }> = {},
  acting: Acting = manager,
) =>
  nameCandidate(deps())(aDeed(town.tenant, acting), place.unitId, {
    placeId: place.id,
    candidateId: named.id,
    ...over,
  });
const workOut = async ({ town }: Setting, whatIfId: WhatIfId | null): Promise<void> => {
  if (whatIfId === null) throw new Error('Nothing was asked');
  await runsOf(environment, town.tenant).answer(whatIfId);
};
const shown = async ({ town }: Setting, id: NamedRequestId) =>
  namedRequestView(done(await readNamedRequest(deps())(aDeed(town.tenant), id)), NOW);
/** Asked for, and the cost worked out. */
const weighed = async (of: Setting): Promise<NamedRequestId> => {
  const { request } = done(await name(of));
  await workOut(of, request.value.costAskedBy);
  return request.value.id;
};
const GRANTED: RequestDecisionAsked = { verdict: 'granted', reason: 'worth-the-cost', noConflictOfInterest: true };
const REFUSED: RequestDecisionAsked = { verdict: 'refused', reason: 'other-plan', noConflictOfInterest: true };
const decide = ({ town }: Setting, id: NamedRequestId, asked = GRANTED, acting: Acting = {}) =>
  decideOnNamedRequest(deps())(aDeed(town.tenant, acting), id, asked);
const withdraw = ({ town, place, manager }: Setting, id: NamedRequestId, acting: Acting = manager) =>
  withdrawNamedRequest(deps())(aDeed(town.tenant, acting), place.unitId, id);

describe('a person named by a unit', () => {
  test('is asked for at one place, and what it costs the others is worked out in the newest run with both', async () => {
    const of = await setting();
    const { town, run, place, named } = of;
    const { request } = done(await name(of));
    expect(request).toMatchObject({ version: 1, value: { requestedBy: MANAGER, requestedAt: NOW, decision: null } });
    const { id, costAskedBy } = request.value;
    expect(await shown(of, id)).toMatchObject({
      status: 'open',
      placeTitle: place.title,
      cost: { runId: run.id, status: 'working', others: null, text: null },
    });
    const messages = await environment().received('matching', town.tenant, 2);
    expect(messages).toContainEqual(expect.objectContaining({ kind: 'what-if-to-answer', whatIfId: costAskedBy }));
    await workOut(of, costAskedBy);
    const { cost } = await shown(of, id);
    expect(cost).toMatchObject({
      status: 'finished',
      others: { loseTheirPlace: 1, getAPlace: 0, moved: 0, proposed: { before: 1, after: 1 } },
      text: { sv: expect.stringContaining('en annan mister sin plats') },
    });
    expect(
      (await environment().auditOf(town.tenant)).map(({ deed, actor, subjects }) => [deed, actor, subjects]),
    ).toEqual(
      expect.arrayContaining([
        ['candidate-named', MANAGER, [id, place.unitId, place.id, named.id]],
        ['what-if-asked', MANAGER, [costAskedBy, run.id, named.id, place.id]],
      ]),
    );
  });

  test('has a cost that names nobody else', async () => {
    const of = await setting();
    const view = await shown(of, await weighed(of));
    expect(JSON.stringify(view)).not.toContain(of.proposed.id);
  });

  test('costs exactly what the run comes to in which the pair is pinned', async () => {
    const of = await setting();
    const id = await weighed(of);
    done(await decide(of, id));
    const pin = { candidateId: of.named.id, placeId: of.place.id, cohortId: of.cohortId, namedRequestId: id };
    const policy = { ...PLAIN_POLICY, pins: [pin], factsOf: of.run.id };
    const pinned = await runsOf(environment, of.town.tenant).finish({ cohortIds: [of.cohortId], policy });
    const { cost } = await shown(of, id);
    const { proposed, fitPercent } = pinned.result?.summary ?? {};
    expect(cost?.others).toMatchObject({ proposed: { after: proposed }, fitPercent: { after: fitPercent } });
    expect(pinned.policy.pins).toEqual([pin]);
    const outcomes = await runsOf(environment, of.town.tenant).outcomes(pinned.id);
    expect(outcomes.find(({ kind }) => kind === 'proposed')).toMatchObject({ candidateId: of.named.id });
  });

  test('whom the unit may not know is answered like somebody who does not exist', async () => {
    const of = await setting();
    const stranger = await of.town.candidate();
    const erased = await of.town.candidate({ erasedAt: NOW });
    const answers = await Promise.all(
      [stranger.id, erased.id, aCandidateId()].map((candidateId) => name(of, { candidateId })),
    );
    for (const answer of answers) {
      expectRefusal(answer, nameRoute, 'reference-unknown', { pointer: '/candidateId', code: 'candidate-unknown' });
      expect(answer).toEqual(answers[0]);
    }
    expect(done(await name(of, { candidateId: stranger.id }, {})).request.value.requestedBy).toBe('samordnare');
  });

  test('who only has an admission at the unit is not known to it: an admission promises no place', async () => {
    const of = await setting();
    const { town, place } = of;
    const other = await town.candidate();
    await town.proposal(other, await town.start('2027-02-08'), place, { purpose: 'admission' });
    expectRefusal(await name(of, { candidateId: other.id }), nameRoute, 'reference-unknown');
    await town.placement(other, place);
    await expect.poll(async () => (await name(of, { candidateId: other.id })).ok).toBe(true);
  });

  test('for another unit’s place, or at a unit that is not one’s own, is refused', async () => {
    const of = await setting();
    const elsewhere = await of.town.place({ unitId: aUnitId() });
    for (const placeId of [elsewhere.id, aPlaceId()]) {
      expectRefusal(await name(of, { placeId }), nameRoute, 'reference-unknown', {
        pointer: '/placeId',
        code: 'place-unknown',
      });
    }
    expectRefusal(await name(of, {}, { permission: managerOf(aUnitId()) }), nameRoute, 'not-found');
  });

  test('is asked for once at a time, by two at once as well, and anew after it was taken back or refused', async () => {
    const of = await setting();
    const both = await Promise.all([name(of), name(of)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expectRefusal(await name(of), nameRoute, 'already-requested');
    const { items } = done(
      await listNamedRequestsOfUnit(deps())(aDeed(of.town.tenant, of.manager), of.place.unitId, PAGE),
    );
    const [first] = items;
    const id = first?.request.value.id ?? NamedRequestId.parse('');
    done(await withdraw(of, id));
    expect(done(await name(of)).request).toMatchObject({
      version: 3,
      value: { id, withdrawnAt: null, decision: null },
    });
    done(await decide(of, id, REFUSED));
    expect(done(await name(of)).request).toMatchObject({ version: 5, value: { id, decision: null } });
  });

  test('in no run yet has no cost, until a coordinator names a run that holds both', async () => {
    const of = await setting();
    const place = await of.town.place({ seats: 1 });
    const { request } = done(await name(of, { placeId: place.id }));
    expect(request.value.costAskedBy).toBeNull();
    expectRefusal(await decide(of, request.value.id), decideRoute, 'cost-unknown');
    const weigh = (runId: MatchRun['id'], expected: Acting['expected'] = 'any') =>
      weighNamedRequest(deps())(aDeed(of.town.tenant, { expected }), request.value.id, runId);
    expectRefusal(await weigh(aRunId()), weighRoute, 'reference-unknown', { pointer: '/runId', code: 'run-unknown' });
    expectRefusal(await weigh(of.run.id, 7), weighRoute, 'precondition-failed');
    // A run without the place cannot tell, and says so.
    const vain = done(await weigh(of.run.id)).request.value.costAskedBy;
    await workOut(of, vain);
    expect((await shown(of, request.value.id)).cost).toMatchObject({
      status: 'failed',
      statusText: { sv: expect.stringContaining('inte med i körningen') },
    });
    expectRefusal(await decide(of, request.value.id), decideRoute, 'cost-unknown');
    const later = await runsOf(environment, of.town.tenant).finish({ cohortIds: [of.cohortId] });
    await workOut(of, done(await weigh(later.id)).request.value.costAskedBy);
    expect((await shown(of, request.value.id)).cost).toMatchObject({ others: { loseTheirPlace: 0 } });
    expect(done(await decide(of, request.value.id)).request.value.decision).toMatchObject({ verdict: 'granted' });
  });
});

describe('a decision on a named request', () => {
  test('is made once, by another than asked, on the cost that was shown', async () => {
    const of = await setting();
    const id = await weighed(of);
    expectRefusal(await decide(of, id, GRANTED, { userId: MANAGER }), decideRoute, 'four-eyes');
    expectRefusal(
      await decide(of, id, { ...GRANTED, noConflictOfInterest: false }),
      decideRoute,
      'conflict-of-interest',
    );
    expectRefusal(await decide(of, id, { ...GRANTED, reason: 'other-plan' }), decideRoute, 'body-invalid', {
      pointer: '/reason',
      code: 'reason-does-not-fit',
    });
    expectRefusal(await decide(of, id, GRANTED, { expected: 9 }), decideRoute, 'precondition-failed');
    const { request } = done(await decide(of, id, GRANTED, { expected: 1 }));
    expect(request.value.decision).toMatchObject({
      verdict: 'granted',
      reason: 'worth-the-cost',
      costShown: request.value.costAskedBy,
      decidedBy: 'samordnare',
    });
    expectRefusal(await decide(of, id, REFUSED), decideRoute, 'request-closed');
    const [entry] = (await environment().auditOf(of.town.tenant)).filter(
      ({ deed }) => deed === 'named-request-decided',
    );
    expect(entry).toMatchObject({
      subjects: [id, of.place.unitId, of.place.id, of.named.id],
      facts: { verdict: 'granted', reason: 'worth-the-cost' },
    });
  });

  test('cannot grant a place that has closed since, or to somebody who has been placed since', async () => {
    const closed = await setting();
    const onClosed = await weighed(closed);
    const { store } = environment();
    await keepAll(store, closed.town.tenant, [
      { change: 'save', kind: 'place', value: { ...closed.place, seats: 0 }, expected: 1 },
    ]);
    expectRefusal(await decide(closed, onClosed), decideRoute, 'not-possible');
    const placed = await setting();
    const onPlaced = await weighed(placed);
    const elsewhere = await placed.town.place({ seats: 1 });
    await placed.town.placement(placed.named, elsewhere);
    await keepAll(store, placed.town.tenant, [{ change: 'take-share', candidateId: placed.named.id, percent: 75 }]);
    expectRefusal(await decide(placed, onPlaced), decideRoute, 'not-possible');
  });

  test('does not bring the person to where somebody is from whom a rule keeps them', async () => {
    const of = await setting();
    const id = await weighed(of);
    const there = await of.town.candidate();
    await of.town.placement(there, await of.town.place({ unitId: of.place.unitId, seats: 1 }));
    await keepAll(environment().store, of.town.tenant, [
      { change: 'take-share', candidateId: there.id, percent: of.place.sharePercent },
    ]);
    const rule = { kind: 'keep-apart', apartFrom: 'unit', first: there.id, second: of.named.id } as const;
    done(await makePairRule(deps())(aDeed(of.town.tenant), rule));
    expectRefusal(await decide(of, id), decideRoute, 'kept-apart');
  });

  test('cannot grant a place to somebody who has been erased', async () => {
    const of = await setting();
    const id = await weighed(of);
    const erased = { change: 'save', kind: 'candidate', value: { ...of.named, erasedAt: NOW }, expected: 1 } as const;
    await keepAll(environment().store, of.town.tenant, [erased]);
    expectRefusal(await decide(of, id), decideRoute, 'candidate-erased');
    expect(done(await decide(of, id, REFUSED)).request.value.decision?.verdict).toBe('refused');
  });

  test('waits for the answer of the run', async () => {
    const of = await setting();
    const { request } = done(await name(of));
    expectRefusal(await decide(of, request.value.id), decideRoute, 'cost-unknown');
    expect(done(await decide(of, request.value.id, REFUSED)).request.value.decision).toMatchObject({
      verdict: 'refused',
      costShown: null,
    });
  });
});

describe('a cost', () => {
  test('is not worked out in a run that placed fewer on purpose, or on the facts of another', async () => {
    const of = await setting();
    const runs = runsOf(environment, of.town.tenant);
    for (const over of [{ placeAtMost: 0 }, { factsOf: of.run.id }]) {
      await runs.finish({ cohortIds: [of.cohortId], policy: { ...PLAIN_POLICY, ...over } });
    }
    const { cost } = done(await name(of));
    expect(cost?.runId).toBe(of.run.id);
  });

  test('is not told to a unit, though to the centre, where a rule for two people is about the person', async () => {
    const of = await setting();
    const { town, place, named, proposed, manager } = of;
    const rule = { kind: 'keep-apart', apartFrom: 'unit', first: proposed.id, second: named.id } as const;
    const ruleId = done(await makePairRule(deps())(aDeed(town.tenant), rule)).value.id;
    const asked = done(await name(of));
    expect(namedRequestView(asked, NOW).cost).toBeNull();
    const id = asked.request.value.id;
    await workOut(of, asked.request.value.costAskedBy);
    const seen = async () => {
      const { items } = done(await listNamedRequestsOfUnit(deps())(aDeed(town.tenant, manager), place.unitId, PAGE));
      return items.map((each) => namedRequestView(each, NOW));
    };
    expect(await seen()).toMatchObject([{ id, cost: null }]);
    expect((await shown(of, id)).cost).toMatchObject({ status: 'finished' });
    done(await decide(of, id, REFUSED));
    expect(await seen()).toMatchObject([{ status: 'refused', decision: { costShown: null, cohortId: null } }]);
    // That there was a rule stays as unknown as that there is one.
    done(await endPairRule(deps())(aDeed(town.tenant), ruleId));
    expect(await seen()).toMatchObject([{ cost: null }]);
  });

  test('for a draft or a closed place is not asked for', async () => {
    const of = await setting();
    const closed = await of.town.place({ seats: 0 });
    const draft = await of.town.place({ confirmedAt: null });
    for (const placeId of [closed.id, draft.id]) {
      expectRefusal(await name(of, { placeId }), nameRoute, 'body-invalid', {
        pointer: '/placeId',
        code: 'place-not-open',
      });
    }
  });
});

describe('a named request taken back', () => {
  test('stays, is taken back once, and leaves nothing to decide', async () => {
    const of = await setting();
    const id = await weighed(of);
    expectRefusal(await withdraw(of, id, { ...of.manager, expected: 9 }), withdrawRoute, 'precondition-failed');
    const taken = done(await withdraw(of, id)).request;
    expect(taken).toMatchObject({ version: 2, value: { withdrawnAt: NOW } });
    expect(done(await withdraw(of, id)).request).toEqual(taken);
    expect((await shown(of, id)).status).toBe('withdrawn');
    expectRefusal(await decide(of, id), decideRoute, 'request-closed');
    const other = { permission: managerOf(aUnitId()), userId: MANAGER };
    expectRefusal(await withdraw(of, id, other), withdrawRoute, 'not-found');
  });

  test('after it was refused is too late', async () => {
    const of = await setting();
    const id = await weighed(of);
    done(await decide(of, id, REFUSED));
    expectRefusal(await withdraw(of, id), withdrawRoute, 'request-closed');
  });
});

describe('a pin under a request', () => {
  test('must follow one that was granted, for that very person and place', async () => {
    const of = await setting();
    const id = await weighed(of);
    const runs = runsOf(environment, of.town.tenant);
    const pin = { candidateId: of.named.id, placeId: of.place.id, cohortId: of.cohortId };
    const ordered = (over: Partial<typeof pin> & { namedRequestId?: NamedRequestId }) =>
      runs.ask({ cohortIds: [of.cohortId], policy: { ...PLAIN_POLICY, pins: [{ ...pin, ...over }] } });
    const item = { pointer: '/policy/pins/0/namedRequestId', code: 'request-not-granted' };
    expectRefusal(await ordered({ namedRequestId: id }), orderRoute, 'body-invalid', item);
    done(await decide(of, id));
    expect((await ordered({ namedRequestId: id })).ok).toBe(true);
    expectRefusal(await ordered({ namedRequestId: id, candidateId: of.proposed.id }), orderRoute, 'body-invalid', item);
    const march = await of.town.start('2027-03-08', { seats: 3 });
    const pins = [{ ...pin, cohortId: march.id, namedRequestId: id }];
    const elsewhen = await runs.ask({ cohortIds: [march.id], policy: { ...PLAIN_POLICY, pins } });
    expectRefusal(elsewhen, orderRoute, 'body-invalid', item);
    done(await withdraw(of, id));
    expectRefusal(await ordered({ namedRequestId: id }), orderRoute, 'body-invalid', item);
    expect((await ordered({})).ok).toBe(true);
  });
});

describe('the lists of named requests', () => {
  test('show a unit its own and the centre all, the newest first and by status', async () => {
    const of = await setting();
    const { town, place } = of;
    const first = await weighed(of);
    const unit = aUnit();
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: unit, expected: null }]);
    const elsewhere = await town.place({ unitId: unit.id, seats: 1 });
    const later = Instant.parse('2026-12-02T08:00:00.000Z');
    const asked = { placeId: elsewhere.id, candidateId: of.proposed.id };
    const second = done(await nameCandidate(deps())(aDeed(town.tenant, { now: later }), elsewhere.unitId, asked))
      .request.value.id;
    const all = async (status: Parameters<ReturnType<typeof listAllNamedRequests>>[1] = null) =>
      done(await listAllNamedRequests(deps())(aDeed(town.tenant), status, PAGE)).items.map(
        ({ request }) => request.value.id,
      );
    await expect.poll(() => all()).toEqual([second, first]);
    done(await decide(of, first));
    await expect.poll(() => all('granted')).toEqual([first]);
    await expect.poll(() => all('open')).toEqual([second]);
    const own = done(await listNamedRequestsOfUnit(deps())(aDeed(town.tenant, of.manager), place.unitId, PAGE));
    expect(own.items.map(({ request }) => request.value.id)).toEqual([first]);
    const foreign = aDeed(aTenant());
    expectRefusal(await readNamedRequest(deps())(foreign, first), getRoute, 'not-found');
  });
});
