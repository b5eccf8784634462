import { RunToMake } from '@gruppstart/contracts/queue-messages';
import { getRun, listOutcomes, orderRun as orderRoute } from '@gruppstart/contracts/routes/cohorts-routes';
import { getOutcome } from '@gruppstart/contracts/routes/explanation-routes';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { runStatus } from '@gruppstart/domain/matching/match-run';
import { Answer } from '@gruppstart/domain/proposals/answer';
import type { CandidateId, RunId } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { allPages } from '@gruppstart/usecases/all-pages';
import { namesFor } from '@gruppstart/usecases/matching/explain';
import { makeRun, replaySnapshot } from '@gruppstart/usecases/matching/make-run';
import { orderRun } from '@gruppstart/usecases/matching/order-run';
import { proposalIdOf } from '@gruppstart/usecases/matching/proposal-id';
import {
  listAllRuns,
  readCallList,
  readOutcome,
  readOutcomes,
  readPlaceOutcomes,
  readRun,
} from '@gruppstart/usecases/matching/read-run';
import { tellPerson } from '@gruppstart/usecases/matching/tell-person';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { listProposalsOfRun } from '@gruppstart/usecases/proposals/read-proposals';
import { describe, expect, test } from 'vitest';
import { aDeed, done, dyingAtCommit, expectRefusal, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { SEED, type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCandidateId, aCohortId, anEventId, aRunId, aTenant } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({
  store: environment().store,
  blobs: environment().blobs,
  world: worldAt(),
  outbox: environment().outboxAt(NOW),
});
const PAGE = { limit: 100, cursor: null };

const messageOf = (town: SmallTown, runId: RunId): RunToMake =>
  RunToMake.parse({
    v: 1,
    kind: 'run-to-make',
    eventId: anEventId(),
    tenant: town.tenant,
    correlationId: 'req-1',
    runId,
  });
const ordered = async (
  town: SmallTown,
  asked: Pick<MatchRun, 'cohortIds'> & Partial<MatchRun>,
  now?: string,
): Promise<MatchRun> =>
  done(await orderRun(deps())(aDeed(town.tenant, now ? { now } : {}), { purpose: 'admission', horizon: 0, ...asked }))
    .value;
const stored = async (town: SmallTown, runId: RunId) => {
  const run = await environment().store.get(town.tenant, 'run', runId);
  if (!run) throw new Error('The run is gone');
  return run;
};
const outcomesOf = (town: SmallTown, runId: RunId) =>
  allPages((page) => environment().store.outcomes(town.tenant, runId, page));

/** Two places with one seat each and four people who fit, in a start of three. */
const matchable = async () => {
  const town = await aTown();
  const january = await town.start('2027-01-11', { seats: 3 });
  await town.place({ seats: 1 });
  await town.place({ seats: 1 });
  const people: CandidateId[] = [];
  for (let index = 0; index < 4; index += 1) people.push((await town.candidate()).id);
  return { town, january, people };
};

describe('a run that is ordered', () => {
  test('is kept for its starts in date order, each once, and a message is sent to make it', async () => {
    const town = await aTown();
    const [march, january] = [await town.start('2027-03-08'), await town.start('2027-01-11')];
    const run = await ordered(town, { cohortIds: [march.id, january.id, march.id], horizon: 2 });
    expect(run).toMatchObject({
      cohortIds: [january.id, march.id],
      horizon: 2,
      orderedBy: 'samordnare',
      orderedAt: NOW,
      snapshotHash: null,
      result: null,
      failure: null,
    });
    expect(runStatus((await stored(town, run.id)).value, NOW)).toBe('working');
    expect(await environment().received('matching', town.tenant, 1)).toMatchObject([
      { kind: 'run-to-make', runId: run.id },
    ]);
  });

  test('for a start that does not exist, or is another organisation’s, is refused by its place in the list', async () => {
    const town = await aTown();
    const [here, there] = [await town.start('2027-01-11'), await (await aTown()).start('2027-01-11')];
    for (const foreign of [aCohortId(), there.id]) {
      const asked = { purpose: 'admission', cohortIds: [here.id, foreign], horizon: 0 } as const;
      expectRefusal(
        await orderRun(deps())(aDeed(town.tenant), { ...asked, cohortIds: [...asked.cohortIds] }),
        orderRoute,
        'reference-unknown',
        { pointer: '/cohortIds/1', code: 'cohort-unknown' },
      );
    }
    expect(done(await listAllRuns(deps())(aDeed(town.tenant), PAGE)).items).toEqual([]);
  });

  test.each([
    ['admission', '2027-01-11', 'done'],
    ['admission', '2027-01-12', 'in-the-past'],
    ['placement', '2027-01-22', 'done'],
    ['placement', '2027-01-23', 'in-the-past'],
  ] as const)('as %s of a start of 11 to 22 January, on %s: %s', async (purpose, today, expected) => {
    const town = await aTown();
    const january = await town.start('2027-01-11', { courseDays: ['2027-01-11', '2027-01-22'] as never });
    const result = await orderRun(deps())(aDeed(town.tenant, { now: `${today}T08:00:00.000Z` }), {
      purpose,
      cohortIds: [january.id],
      horizon: 0,
    });
    if (expected === 'done') expect(result.ok).toBe(true);
    else expectRefusal(result, orderRoute, expected);
  });
});

describe('a run that is made', () => {
  test('ends with an outcome for everybody, proposals within the seats, and a result that can be made again', async () => {
    const { town, january, people } = await matchable();
    const run = await ordered(town, { cohortIds: [january.id] });
    await makeRun(deps())(messageOf(town, run.id));
    const { result, snapshotHash } = (await stored(town, run.id)).value;
    const outcomes = await outcomesOf(town, run.id);
    expect(outcomes.map(({ candidateId }) => candidateId).toSorted()).toEqual(people.toSorted());
    expect(outcomes.filter(({ kind }) => kind === 'proposed')).toHaveLength(2);
    expect(
      outcomes.flatMap((outcome) => (outcome.kind === 'unplaced' ? outcome.reasons.map(({ kind }) => kind) : [])),
    ).toEqual(['seats-taken', 'seats-taken']);
    expect(result).toMatchObject({
      seed: SEED,
      finishedAt: NOW,
      summary: { candidates: 4, proposed: 2, unplaced: 2 },
      certificate: { ok: true },
    });
    expect(deps().world.sha256(result?.seed ?? '')).toBe(january.seedCommitment);

    const snapshot = new TextDecoder().decode(
      (await environment().blobs.get(blobKeys.snapshot(town.tenant, run.id, snapshotHash ?? ''))) ?? undefined,
    );
    expect(deps().world.sha256(snapshot)).toBe(snapshotHash);
    const replayed = replaySnapshot(snapshot);
    expect(deps().world.sha256(replayed.canonical)).toBe(result?.resultHash);
    const proof = await environment().blobs.get(blobKeys.proof(town.tenant, run.id, result?.resultHash ?? ''));
    expect(new TextDecoder().decode(proof ?? undefined)).toBe(canonicalJson(replayed.result.proofs));
  });

  test('is read whole: proposals, places and questions', async () => {
    const { town, january } = await matchable();
    const run = await ordered(town, { cohortIds: [january.id] });
    await makeRun(deps())(messageOf(town, run.id));
    const reading = aDeed(town.tenant);
    const proposals = done(await listProposalsOfRun(deps())(reading, run.id, PAGE)).items;
    expect(proposals.map(({ value }) => [value.runId, value.purpose, value.unitId, value.decision])).toEqual([
      [run.id, 'admission', town.unit.id, null],
      [run.id, 'admission', town.unit.id, null],
    ]);
    expect(done(await readPlaceOutcomes(deps())(reading, run.id)).map(({ filled }) => filled)).toEqual([1, 1]);
    expect(done(await readCallList(deps())(reading, run.id)).every(({ rank }, index) => rank === index + 1)).toBe(true);
    expect(done(await listAllRuns(deps())(reading, PAGE)).items.map(({ value }) => value.id)).toEqual([run.id]);
  });

  test('asks nobody about a later start: what is said of it is preliminary', async () => {
    const town = await aTown();
    const [january, march] = [
      await town.start('2027-01-11', { seats: 1 }),
      await town.start('2027-03-08', { seats: 1 }),
    ];
    await town.place({ seats: 2 });
    for (let index = 0; index < 2; index += 1) await town.candidate();
    const run = await ordered(town, { cohortIds: [january.id], horizon: 1 });
    await makeRun(deps())(messageOf(town, run.id));
    const proposed = (await outcomesOf(town, run.id)).flatMap((outcome) =>
      outcome.kind === 'proposed' ? [outcome] : [],
    );
    expect(proposed.map(({ cohortId, preliminary }) => [cohortId, preliminary]).toSorted()).toEqual(
      [
        [january.id, false],
        [march.id, true],
      ].toSorted(),
    );
    const proposals = done(await listProposalsOfRun(deps())(aDeed(town.tenant), run.id, PAGE)).items;
    expect(proposals.map(({ value }) => value.cohortId)).toEqual([january.id]);
    const later = proposed.find(({ preliminary }) => preliminary)?.candidateId ?? aCandidateId();
    expect(
      await environment().store.get(town.tenant, 'proposal', proposalIdOf(deps().world, run.id, later)),
    ).toBeNull();
  });

  test('again by another delivery of the message changes nothing', async () => {
    const { town, january } = await matchable();
    const run = await ordered(town, { cohortIds: [january.id] });
    await makeRun(deps())(messageOf(town, run.id));
    const before = [await stored(town, run.id), await outcomesOf(town, run.id)];
    await town.candidate();
    await makeRun({ ...deps(), world: worldAt('2026-12-02T08:00:00.000Z') })(messageOf(town, run.id));
    expect([await stored(town, run.id), await outcomesOf(town, run.id)]).toEqual(before);
    expect((await environment().auditOf(town.tenant)).filter(({ deed }) => deed === 'run-finished')).toHaveLength(1);
  });

  test('by two deliveries at the same moment is ended once, by whoever was first', async () => {
    const { town, january } = await matchable();
    const run = await ordered(town, { cohortIds: [january.id] });
    const asItWas = await stored(town, run.id);
    await makeRun(deps())(messageOf(town, run.id));
    const before = await stored(town, run.id);
    // The second read the run before the first had even taken its snapshot.
    let readings = 0;
    const { store } = environment();
    const late: typeof store = {
      ...store,
      get: async (tenant, kind, id) => {
        readings += 1;
        const found = await store.get(tenant, kind, id);
        return found && readings === 1 ? Object.assign({}, found, asItWas) : found;
      },
    };
    const world = worldAt('2026-12-01T08:00:05.000Z');
    await makeRun({ ...deps(), store: late, world })(messageOf(town, run.id));
    expect(readings).toBeGreaterThan(1);
    expect(await stored(town, run.id)).toEqual(before);
    expect((await environment().auditOf(town.tenant)).filter(({ deed }) => deed === 'run-finished')).toHaveLength(1);
  });

  test('whose message was given up shows as stalled, and ends when the message is sent again', async () => {
    const { town, january } = await matchable();
    const run = await ordered(town, { cohortIds: [january.id] });
    const late = Instant.parse('2026-12-01T09:00:00.000Z');
    const dying = { ...deps(), store: dyingAtCommit(environment().store, 2) };
    await expect(makeRun(dying)(messageOf(town, run.id))).rejects.toThrow('the worker died');
    expect(runStatus((await stored(town, run.id)).value, late)).toBe('stalled');
    await makeRun({ ...deps(), world: worldAt(late) })(messageOf(town, run.id));
    expect(runStatus((await stored(town, run.id)).value, late)).toBe('finished');
  });

  // The first write notes the snapshot on the run: until then there is nothing to stay true to.
  test.each([2, 3, 4, 5])(
    'after a crash at write %i gives the same, whoever has come or answered in between',
    async (failing) => {
      const { town, january, people } = await matchable();
      const run = await ordered(town, { cohortIds: [january.id] });
      const dying = { ...deps(), store: dyingAtCommit(environment().store, failing) };
      await expect(makeRun(dying)(messageOf(town, run.id))).rejects.toThrow('the worker died');
      expect(runStatus((await stored(town, run.id)).value, NOW)).toBe('working');

      await town.candidate();
      await town.place({ seats: 5 });
      const proposed = await Promise.all(
        people.map((id) => environment().store.get(town.tenant, 'proposal', proposalIdOf(deps().world, run.id, id))),
      );
      const [asked] = proposed.flatMap((each) => each ?? []);
      const person = Answer.parse({ answer: 'yes', recordedBy: 'samordnare', recordedAt: NOW });
      if (asked) {
        const value = { ...asked.value, answers: { ...asked.value.answers, person } };
        const change = { change: 'save', kind: 'proposal', value, expected: asked.version } as const;
        await environment().store.commit(town.tenant, { changes: [change], mark: null, audit: [], messages: [] });
      }

      await makeRun(deps())(messageOf(town, run.id));
      const { result, snapshotHash } = (await stored(town, run.id)).value;
      expect((await outcomesOf(town, run.id)).map(({ candidateId }) => candidateId).toSorted()).toEqual(
        people.toSorted(),
      );
      const snapshot = new TextDecoder().decode(
        (await environment().blobs.get(blobKeys.snapshot(town.tenant, run.id, snapshotHash ?? ''))) ?? undefined,
      );
      expect(deps().world.sha256(replaySnapshot(snapshot).canonical)).toBe(result?.resultHash);
      if (asked)
        expect((await environment().store.get(town.tenant, 'proposal', asked.value.id))?.value.answers.person).toEqual(
          person,
        );
      expect(asked !== undefined).toBe(failing > 2);
    },
  );

  test('does not exist: the message fails', async () => {
    await expect(makeRun(deps())(messageOf(await aTown(), aRunId()))).rejects.toThrow('does not exist');
  });
});

test('of a finished run one outcome is read by the person, with the run; of others and of strangers none', async () => {
  const { town, january, people } = await matchable();
  const run = await ordered(town, { cohortIds: [january.id] });
  await makeRun(deps())(messageOf(town, run.id));
  const reading = aDeed(town.tenant);
  for (const outcome of await outcomesOf(town, run.id)) {
    const read = done(await readOutcome(deps())(reading, run.id, outcome.candidateId));
    expect(read).toMatchObject({ outcome, run: { id: run.id, purpose: 'admission' } });
    const names = await namesFor(environment().store, town.tenant, [outcome]);
    const { sv, en } = tellPerson(outcome, read.run.purpose, names);
    expect(sv).toMatch(outcome.kind === 'proposed' ? /ingen plats är lovad/ : /inget förslag/);
    expect(en).toMatch(outcome.kind === 'proposed' ? /no place is promised/ : /no proposal/);
  }
  const [someone = aCandidateId()] = people;
  expectRefusal(await readOutcome(deps())(reading, run.id, aCandidateId()), getOutcome, 'not-found');
  expectRefusal(await readOutcome(deps())(aDeed(aTenant()), run.id, someone), getOutcome, 'not-found');
});

describe('a run that cannot be read', () => {
  test('is not finished, has failed, or is another’s', async () => {
    const town = await aTown();
    const january = await town.start('2027-01-11');
    const run = await ordered(town, { cohortIds: [january.id] });
    const reading = aDeed(town.tenant);
    expectRefusal(await readOutcomes(deps())(reading, run.id, PAGE), listOutcomes, 'run-not-finished');
    await makeRun(deps())(messageOf(town, run.id));
    expect((await stored(town, run.id)).value).toMatchObject({ failure: 'no-candidates', result: null });
    for (const read of [
      readOutcomes(deps())(reading, run.id, PAGE),
      readPlaceOutcomes(deps())(reading, run.id),
      readCallList(deps())(reading, run.id),
      readOutcome(deps())(reading, run.id, aCandidateId()),
    ]) {
      expectRefusal(await read, listOutcomes, 'run-failed');
    }
    expectRefusal(await readRun(deps())(aDeed(aTenant()), run.id), getRun, 'not-found');
    expect((await environment().auditOf(town.tenant)).at(-1)).toMatchObject({
      deed: 'run-failed',
      facts: { failure: 'no-candidates' },
    });
    await town.candidate();
    await town.place();
    await makeRun(deps())(messageOf(town, run.id));
    expect((await stored(town, run.id)).value.failure).toBe('no-candidates');
  });
});
