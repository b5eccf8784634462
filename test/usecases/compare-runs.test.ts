import { RunToMake } from '@gruppstart/contracts/queue-messages';
import { compareRuns as compareRoute, RunDifferenceView } from '@gruppstart/contracts/routes/explanation-routes';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { PLAIN_POLICY, type RunPolicy } from '@gruppstart/domain/matching/run-policy';
import type { RunId } from '@gruppstart/domain/shared/ids';
import { compareRuns, explainDifference } from '@gruppstart/usecases/matching/compare-runs';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import { orderRun } from '@gruppstart/usecases/matching/order-run';
import { expect, test } from 'vitest';
import { aDeed, done, expectRefusal, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { anEventId, aRunId, aTenant } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({
  store: environment().store,
  blobs: environment().blobs,
  world: worldAt(),
  outbox: environment().outboxAt(NOW),
});

const ordered = async (
  town: SmallTown,
  cohortIds: MatchRun['cohortIds'],
  policy: Partial<RunPolicy> = {},
): Promise<RunId> =>
  done(
    await orderRun(deps())(aDeed(town.tenant), {
      purpose: 'admission',
      cohortIds,
      horizon: 0,
      policy: { ...PLAIN_POLICY, ...policy },
    }),
  ).value.id;
const made = async (...asked: Parameters<typeof ordered>): Promise<RunId> => {
  const [town] = asked;
  const runId = await ordered(...asked);
  const message = {
    v: 1,
    kind: 'run-to-make',
    eventId: anEventId(),
    tenant: town.tenant,
    correlationId: 'req-1',
    runId,
  };
  await makeRun(deps())(RunToMake.parse(message));
  return runId;
};
const difference = async (town: SmallTown, from: RunId, to: RunId) =>
  explainDifference(done(await compareRuns(deps())(aDeed(town.tenant), from, to)));

/** One seat and two people who fit, in a start of three. */
const contested = async () => {
  const town = await smallTown(environment().store, aTenant());
  const january = await town.start('2027-01-11', { seats: 3 });
  const place = await town.place({ seats: 1 });
  const people = [(await town.candidate()).id, (await town.candidate()).id];
  return { town, january, place, people };
};

test('two runs are compared by what was kept of them, in codes and words that the door may show', async () => {
  const { town, january, place, people } = await contested();
  const first = await made(town, [january.id]);
  const newcomer = (await town.candidate()).id;
  const opened = await town.place({ seats: 2 });
  const second = await made(town, [january.id]);
  const found = await difference(town, first, second);
  expect(RunDifferenceView.parse(found)).toEqual(found);
  expect(found.from).toMatchObject({ runId: first, proposed: 1 });
  expect(found.to).toMatchObject({ runId: second, proposed: 3 });
  expect(found.causes).toEqual([{ kind: 'facts' }]);
  expect(found.counts).toMatchObject({ 'newly-proposed': 2, 'no-longer-proposed': 0, came: 0, left: 0 });
  const newly = found.people.filter(({ change }) => change === 'newly-proposed');
  expect(newly.map(({ candidateId }) => candidateId)).toContain(newcomer);
  expect(newly.find(({ candidateId }) => candidateId === newcomer)?.from).toEqual({ kind: 'not-in-run' });
  for (const { candidateId, text } of newly) {
    expect([...people, newcomer]).toContain(candidateId);
    expect(text.sv).toMatch(/start 11 januari 2027\.$/);
    expect(text.en).toMatch(/start on 11 January 2027\.$/);
  }
  expect(found.places).toMatchObject([{ placeId: opened.id, from: null, to: { seats: 2, filled: 2 } }]);
  expect(found.places.map(({ placeId }) => placeId)).not.toContain(place.id);
  expect(found.explanation.sv).toContain('Underlaget är taget vid olika tillfällen.\nFörslag: 1 före, 3 efter.');
  expect(found.explanation.en).toContain('Proposals: 1 before, 3 after.');
});

test('with itself a run has no difference, nor with one on the same facts under the same policy', async () => {
  const { town, january } = await contested();
  const first = await made(town, [january.id]);
  const again = await made(town, [january.id], { factsOf: first });
  const andAgain = await made(town, [january.id], { factsOf: again });
  for (const other of [first, again, andAgain]) {
    const { causes, people, places, counts } = await difference(town, first, other);
    expect([causes, people, places, counts.same]).toEqual([[], [], [], 2]);
  }
});

test('that the coordinator decided otherwise on the same facts is the one cause', async () => {
  const { town, january, place, people } = await contested();
  const first = await made(town, [january.id]);
  const [one, other] = people as [(typeof people)[number], (typeof people)[number]];
  const isOneProposed = (await environment().store.outcomeOf(town.tenant, first, one))?.kind === 'proposed';
  const [loser, winner] = isOneProposed ? [other, one] : [one, other];
  const pins = [{ candidateId: loser, placeId: place.id, cohortId: january.id }];
  const pinned = await made(town, [january.id], { factsOf: first, pins });
  const found = await difference(town, first, pinned);
  expect(found.causes).toEqual([{ kind: 'policy', parts: ['pins'] }]);
  expect(found.people).toMatchObject([
    { candidateId: winner, change: 'no-longer-proposed' },
    { candidateId: loser, change: 'newly-proposed' },
  ]);
  expect(found.places).toEqual([]);
});

test('runs that are not finished, are nowhere or another’s, are refused whichever stands first', async () => {
  const { town, january } = await contested();
  const finished = await made(town, [january.id]);
  const waiting = await ordered(town, [january.id]);
  const elsewhere = await contested();
  const foreign = await made(elsewhere.town, [elsewhere.january.id]);
  for (const [other, code] of [
    [waiting, 'run-not-finished'],
    [aRunId(), 'not-found'],
    [foreign, 'not-found'],
  ] as const) {
    const reading = aDeed(town.tenant);
    expectRefusal(await compareRuns(deps())(reading, finished, other), compareRoute, code);
    expectRefusal(await compareRuns(deps())(reading, other, finished), compareRoute, code);
  }
});
