import { orderRun as orderRoute } from '@gruppstart/contracts/routes/cohorts-routes';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { PLAIN_POLICY, type RunPolicy } from '@gruppstart/domain/matching/run-policy';
import { Answer } from '@gruppstart/domain/proposals/answer';
import { Decision, type Proposal } from '@gruppstart/domain/proposals/proposal';
import type { RunId } from '@gruppstart/domain/shared/ids';
import { ENGINE_VERSION } from '@gruppstart/matching/run-matching';
import { endPairRule, makePairRule } from '@gruppstart/usecases/matching/pair-rules';
import { proposalIdOf } from '@gruppstart/usecases/matching/proposal-id';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { runsOf } from '../builders/runs.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCandidateId, aCohortId, aPlaceId, aProposalId, aRunId, aTenant, aUserId } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const runsIn = (town: SmallTown) => runsOf(environment, town.tenant);
const policy = (over: Partial<RunPolicy>): RunPolicy => ({ ...PLAIN_POLICY, ...over });

/** One seat each at two places, and three people who fit both, for a start of three. */
const matchable = async () => {
  const town = await aTown();
  const january = await town.start('2027-01-11', { seats: 3 });
  const places = [await town.place({ seats: 1 }), await town.place({ seats: 1 })] as const;
  const people = [await town.candidate(), await town.candidate(), await town.candidate()] as const;
  return { town, january, places, people, runs: runsIn(town) };
};

const refused = async (
  asked: Parameters<ReturnType<typeof runsIn>['ask']>[0],
  town: SmallTown,
  code: Parameters<typeof expectRefusal>[2],
  item: { readonly pointer: string; readonly code: string },
) => expectRefusal(await runsIn(town).ask(asked), orderRoute, code, item);

describe('a run without a policy', () => {
  test('fixes nothing, keeps nothing and places as many as possible, and says so', async () => {
    const { january, runs } = await matchable();
    const run = await runs.finish({ cohortIds: [january.id] });
    expect(run.policy).toEqual(PLAIN_POLICY);
    const input = await runs.input(run);
    expect(input.pins).toEqual([]);
    expect(input.policy).toEqual({ placeAtMost: null, movedPersonCostPoints: 0 });
    expect(input.candidates.map(({ keptAt }) => keptAt)).toEqual([null, null, null]);
  });
});

describe('pins', () => {
  test('are kept against a no, stand on the run and in the audit, and say so in the outcome', async () => {
    const { town, january, people, runs } = await matchable();
    const night = await town.place({ seats: 1, workingTimes: ['night'] });
    const pins = [{ candidateId: people[2].id, placeId: night.id, cohortId: january.id }];
    const run = await runs.finish({ cohortIds: [january.id], policy: policy({ pins, placeAtMost: 9 }) });
    expect(run.policy).toEqual(policy({ pins, placeAtMost: 9 }));
    expect((await runs.outcomes(run.id)).find(({ candidateId }) => candidateId === people[2].id)).toMatchObject({
      kind: 'proposed',
      placeId: night.id,
      pinned: true,
    });
    const entry = (await environment().auditOf(town.tenant)).find(({ deed }) => deed === 'run-ordered');
    expect(entry).toMatchObject({ facts: { pins: 1, placeAtMost: 9, keeps: null, factsOf: null } });
    expect(entry?.subjects).toContain(people[2].id);
  });

  test('of unknown people or places, or for a start that the run is not for, are refused each by its pointer', async () => {
    const { town, january, places, people } = await matchable();
    const other = await matchable();
    const erased = await town.candidate({ erasedAt: NOW });
    const right = { candidateId: people[0].id, placeId: places[0].id, cohortId: january.id };
    const wrong = [
      [{ candidateId: aCandidateId() }, 'candidateId', 'candidate-unknown'],
      [{ candidateId: other.people[0].id }, 'candidateId', 'candidate-unknown'],
      [{ candidateId: erased.id }, 'candidateId', 'candidate-unknown'],
      [{ placeId: aPlaceId() }, 'placeId', 'place-unknown'],
      [{ placeId: other.places[0].id }, 'placeId', 'place-unknown'],
      [{ cohortId: aCohortId() }, 'cohortId', 'cohort-not-in-run'],
      [{ cohortId: (await town.start('2027-03-08')).id }, 'cohortId', 'cohort-not-in-run'],
    ] as const;
    for (const [over, field, code] of wrong) {
      const pins = [
        { ...right, candidateId: people[1].id },
        { ...right, ...over },
      ];
      await refused({ cohortIds: [january.id], policy: policy({ pins }) }, town, 'reference-unknown', {
        pointer: `/policy/pins/1/${field}`,
        code,
      });
    }
  });

  test('of somebody whom the run does not assign, or at a place that is not open, are refused', async () => {
    const { town, january, places, people } = await matchable();
    const [wide, march] = [await town.place({ seats: 9 }), await town.start('2027-03-08')];
    const member = await town.member(january, wide);
    const placed = await town.candidate();
    await town.placement(placed, wide);
    await keepAll(environment().store, town.tenant, [
      { change: 'take-share', candidateId: placed.id, percent: wide.sharePercent },
    ]);
    const closed = await town.place({ seats: 0 });
    const pinned = (over: Partial<RunPolicy['pins'][number]>) =>
      policy({ pins: [{ candidateId: people[0].id, placeId: places[0].id, cohortId: january.id, ...over }] });
    const at = (field: string, code: string) => ({ pointer: `/policy/pins/0/${field}`, code });
    const cases = [
      ['admission', january.id, { candidateId: member.id }, at('candidateId', 'not-in-pool')],
      ['admission', january.id, { candidateId: placed.id }, at('candidateId', 'not-in-pool')],
      ['placement', january.id, {}, at('candidateId', 'not-in-pool')],
      ['placement', march.id, { candidateId: member.id, cohortId: march.id }, at('candidateId', 'not-in-pool')],
      ['admission', january.id, { placeId: closed.id }, at('placeId', 'place-not-open')],
    ] as const;
    for (const [purpose, cohortId, over, item] of cases) {
      await refused({ purpose, cohortIds: [cohortId], policy: pinned(over) }, town, 'body-invalid', item);
    }
    const right = {
      purpose: 'placement',
      cohortIds: [january.id],
      policy: pinned({ candidateId: member.id }),
    } as const;
    expect((await runsIn(town).ask({ ...right, cohortIds: [january.id] })).ok).toBe(true);
  });

  test.each([
    [{ kind: 'keep-apart', apartFrom: 'start' }, false],
    [{ kind: 'keep-apart', apartFrom: 'unit' }, false],
    [{ kind: 'together', apartFrom: null }, true],
  ] as const)(
    'of two people against a rule about them (%j) are refused, and not once it has ended',
    async (rule, isPossible) => {
      const { town, january, people, places } = await matchable();
      const pins = [0, 1].map((index) => ({
        candidateId: people[index as 0 | 1].id,
        placeId: places[index as 0 | 1].id,
        cohortId: january.id,
      }));
      const pair = { ...rule, first: people[0].id, second: people[1].id };
      const made = done(await makePairRule({ store: environment().store, world: worldAt() })(aDeed(town.tenant), pair));
      const order = { cohortIds: [january.id], policy: policy({ pins }) };
      if (isPossible) expect((await runsIn(town).ask(order)).ok).toBe(true);
      else
        await refused(order, town, 'body-invalid', {
          pointer: '/policy/pins/1/candidateId',
          code: 'pins-break-pair-rule',
        });
      done(
        await endPairRule({ store: environment().store, world: worldAt() })(
          aDeed(town.tenant, { expected: 'any' }),
          made.value.id,
        ),
      );
      expect((await runsIn(town).ask(order)).ok).toBe(true);
    },
  );

  test('to a seat that two share take the parts that they name, and each a part where they name none', async () => {
    const { town, january, people, runs } = await matchable();
    const shared = await town.place({
      seats: 1,
      sharePercent: 100,
      sharedSeat: [
        { sharePercent: 50, weekdays: [1, 2, 3] },
        { sharePercent: 50, weekdays: [3, 4, 5] },
      ],
    });
    type Part = 'whole' | 'first' | 'second' | undefined;
    const order = (...parts: readonly Part[]) => ({
      cohortIds: [january.id],
      policy: policy({
        pins: parts.map((seatPart, index) => ({
          candidateId: people[index as 0 | 1 | 2].id,
          placeId: shared.id,
          cohortId: january.id,
          ...(seatPart ? { seatPart } : {}),
        })),
      }),
    });
    const partsIn = async (asked: ReturnType<typeof order>) => {
      const outcomes = await runs.outcomes((await runs.finish(asked)).id);
      return people.map(
        ({ id }) =>
          outcomes.flatMap((each) =>
            each.candidateId === id && each.kind === 'proposed' && each.pinned ? [each.seatPart] : [],
          )[0],
      );
    };
    expect(await partsIn(order('second', 'first'))).toEqual(['second', 'first', undefined]);
    expect(await partsIn(order('second'))).toEqual(['second', undefined, undefined]);
    expect((await partsIn(order(undefined, undefined))).slice(0, 2).toSorted()).toEqual(['first', 'second']);
    for (const [parts, at] of [
      [['second', 'second'], 1],
      [['whole', 'first'], 1],
      [['first', 'second', undefined], 2],
    ] as const) {
      const item = { pointer: `/policy/pins/${at}/placeId`, code: 'seats-full' };
      await refused(order(...parts), town, 'seats-full', item);
    }
  });

  test('to where another is from whom a rule keeps the person are refused, whatever facts the run is on', async () => {
    const { town, january, places, people, runs } = await matchable();
    const before = await runs.finish({ cohortIds: [january.id] });
    const there = await town.candidate();
    await town.placement(there, await town.place({ seats: 1 }));
    await keepAll(environment().store, town.tenant, [{ change: 'take-share', candidateId: there.id, percent: 75 }]);
    const member = await town.member(january, places[0]);
    const made = makePairRule({ store: environment().store, world: worldAt() });
    const rule = { kind: 'keep-apart', apartFrom: 'start', first: member.id, second: people[0].id } as const;
    done(await made(aDeed(town.tenant), rule));
    const pins = [{ candidateId: people[0].id, placeId: places[1].id, cohortId: january.id }];
    for (const factsOf of [null, before.id]) {
      await refused({ cohortIds: [january.id], policy: policy({ pins, factsOf }) }, town, 'body-invalid', {
        pointer: '/policy/pins/0/candidateId',
        code: 'pins-break-pair-rule',
      });
    }
  });

  test('over the free seats of a place or a start are refused; the same in a placement fill no start', async () => {
    const { town, january, places, people } = await matchable();
    const wide = await town.place({ seats: 9 });
    const small = await town.start('2027-03-08', { seats: 1 });
    const pinnedTo = (placeId: typeof wide.id, cohortId: typeof small.id) =>
      policy({ pins: [people[0], people[1]].map(({ id }) => ({ candidateId: id, placeId, cohortId })) });
    await refused({ cohortIds: [january.id], policy: pinnedTo(places[0].id, january.id) }, town, 'seats-full', {
      pointer: '/policy/pins/1/placeId',
      code: 'seats-full',
    });
    await refused({ cohortIds: [small.id], policy: pinnedTo(wide.id, small.id) }, town, 'seats-full', {
      pointer: '/policy/pins/1/cohortId',
      code: 'seats-full',
    });
    const full = await town.start('2027-04-06', { seats: 1 });
    const member = await town.member(full, wide);
    const pins = [{ candidateId: member.id, placeId: wide.id, cohortId: full.id }];
    expect((await runsIn(town).ask({ purpose: 'placement', cohortIds: [full.id], policy: policy({ pins }) })).ok).toBe(
      true,
    );
  });

  test('that have become impossible before the matcher came end the run with that failure', async () => {
    const { town, january, places, people, runs } = await matchable();
    const pins = [{ candidateId: people[0].id, placeId: places[0].id, cohortId: january.id }];
    const run = await runs.order({ cohortIds: [january.id], policy: policy({ pins }) });
    await keepAll(environment().store, town.tenant, [
      { change: 'take-seat', of: 'place', id: places[0].id, part: 'whole' },
    ]);
    expect(await runs.make(run.id)).toMatchObject({ failure: 'pins-impossible', result: null });
  });
});

/** A start with two members, each proposed to a place of one seat by a placement. */
const placed = async (purpose: MatchRun['purpose'] = 'admission') => {
  const made = await matchable();
  if (purpose === 'placement') {
    const wide = await made.town.place({ seats: 9, workingTimes: ['night'] });
    await made.town.member(made.january, wide);
    await made.town.member(made.january, wide);
  }
  const first = await made.runs.finish({ purpose, cohortIds: [made.january.id] });
  const proposed = (await made.runs.outcomes(first.id)).flatMap((each) => (each.kind === 'proposed' ? [each] : []));
  return { ...made, first, proposed };
};
const keeping = (runId: RunId, movedPersonCostPoints = 30) => policy({ keep: { runId, movedPersonCostPoints } });

describe('keeping what an earlier run proposed', () => {
  test.each(['admission', 'placement'] as const)(
    'gives the engine each person’s start and place: %s',
    async (purpose) => {
      const { january, runs, first, proposed } = await placed(purpose);
      const again = await runs.finish({ purpose, cohortIds: [january.id], policy: keeping(first.id) });
      const input = await runs.input(again);
      const kept = new Map(input.candidates.map(({ candidateId, keptAt }) => [candidateId, keptAt]));
      expect(proposed).toHaveLength(2);
      for (const { candidateId, cohortId, placeId } of proposed) {
        expect(kept.get(candidateId)).toEqual({ cohortId, placeId, seatPart: 'whole' });
      }
      expect([...kept.values()].filter((at) => at !== null)).toHaveLength(2);
      expect(input.policy.movedPersonCostPoints).toBe(30);
    },
  );

  const answered = (over: Partial<Proposal['answers']>): Partial<Proposal> => ({
    answers: { person: null, unit: null, employer: null, ...over },
  });
  const said = (answer: 'yes' | 'no') => Answer.parse({ answer, recordedBy: aUserId(), recordedAt: NOW });
  const decided = (verdict: 'approved' | 'declined'): Partial<Proposal> => ({
    decision: Decision.parse({
      id: aProposalId().replace('prop', 'dec'),
      verdict,
      reason: verdict === 'approved' ? 'fits-well' : 'other-plan',
      decidedBy: aUserId(),
      decidedAt: NOW,
    }),
  });
  test.each([
    ['the person said yes', answered({ person: said('yes') }), true],
    ['the person said no', answered({ person: said('no') }), false],
    ['it was declined', decided('declined'), false],
  ] as const)('%s: kept is %s', async (_what, over, isKept) => {
    const { town, january, runs, first, proposed } = await placed();
    const [{ candidateId } = { candidateId: aCandidateId() }] = proposed;
    const id = proposalIdOf(worldAt(), first.id, candidateId);
    const proposal = await environment().store.get(town.tenant, 'proposal', id);
    if (!proposal) throw new Error('No proposal');
    const value = { ...proposal.value, ...over };
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'proposal', value, expected: proposal.version },
    ]);
    const again = await runs.finish({ cohortIds: [january.id], policy: keeping(first.id) });
    const kept = (await runs.input(again)).candidates.find((each) => each.candidateId === candidateId)?.keptAt;
    expect(kept !== null).toBe(isKept);
  });

  test('leaves out what was only preliminary, and places and starts that are not in the run any more', async () => {
    const town = await aTown();
    const [january, march] = [await town.start('2027-01-11', { seats: 1 }), await town.start('2027-03-08')];
    const place = await town.place({ seats: 9 });
    for (let index = 0; index < 2; index += 1) await town.candidate();
    const runs = runsIn(town);
    const first = await runs.finish({ cohortIds: [january.id], horizon: 1 });
    const keptIn = async (cohortId: typeof january.id, horizon: number) => {
      const run = await runs.finish({ cohortIds: [cohortId], horizon, policy: keeping(first.id) });
      return (await runs.input(run)).candidates.flatMap(({ keptAt }) => keptAt ?? []);
    };
    expect(await keptIn(january.id, 1)).toEqual([{ cohortId: january.id, placeId: place.id, seatPart: 'whole' }]);
    expect(await keptIn(march.id, 0)).toEqual([]);
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'place', value: { ...place, seats: 0 }, expected: 1 },
    ]);
    await town.place({ seats: 9 });
    expect(await keptIn(january.id, 1)).toEqual([]);
  });
});

describe('the facts of an earlier run', () => {
  test('are used again with nothing but the policy replaced, whatever has become of the town', async () => {
    const { town, january, places, people, runs } = await matchable();
    const first = await runs.finish({ cohortIds: [january.id] });
    await town.candidate();
    await town.place({ seats: 9 });
    await keepAll(environment().store, town.tenant, [
      { change: 'take-seat', of: 'place', id: places[0].id, part: 'whole' },
    ]);
    const pins = [{ candidateId: people[0].id, placeId: places[0].id, cohortId: january.id }];
    const again = await runs.finish({
      cohortIds: [january.id],
      policy: policy({ factsOf: first.id, placeAtMost: 1, pins }),
    });
    expect(await runs.input(again)).toEqual({
      ...(await runs.input(first)),
      pins,
      policy: { placeAtMost: 1, movedPersonCostPoints: 0 },
    });
    expect(again.result?.seed).toBe(first.result?.seed);
  });

  test('and the same policy give the same result', async () => {
    const { january, runs } = await matchable();
    const first = await runs.finish({ cohortIds: [january.id] });
    const again = await runs.finish({ cohortIds: [january.id], policy: policy({ factsOf: first.id }) });
    expect(again.result?.resultHash).toBe(first.result?.resultHash);
    expect(again.snapshotHash).toBe(first.snapshotHash);
    expect(again.id).not.toBe(first.id);
  });

  test.each(['gone', 'of another engine', 'of somebody who has been erased since'])(
    'that are %s end the run with that failure',
    async (what) => {
      const { town, january, people, runs } = await matchable();
      const first = await runs.finish({ cohortIds: [january.id] });
      const { store, blobs } = environment();
      if (what === 'gone') await blobs.delete(blobKeys.snapshot(town.tenant, first.id, first.snapshotHash ?? ''));
      else if (what === 'of another engine') {
        const run = await store.get(town.tenant, 'run', first.id);
        if (!run?.value.result) throw new Error('No result');
        const summary = { ...run.value.result.summary, engineVersion: `${ENGINE_VERSION}-before` };
        const value = { ...run.value, result: { ...run.value.result, summary } };
        await keepAll(store, town.tenant, [{ change: 'save', kind: 'run', value, expected: run.version }]);
      } else {
        const value = { ...people[1], erasedAt: NOW };
        await keepAll(store, town.tenant, [{ change: 'save', kind: 'candidate', value, expected: 1 }]);
      }
      const again = await runs.order({ cohortIds: [january.id], policy: policy({ factsOf: first.id }) });
      expect(await runs.make(again.id)).toMatchObject({ failure: 'facts-unusable', result: null });
    },
  );
});

describe('a run that a policy builds on', () => {
  const building = [
    ['/policy/keep/runId', (runId: RunId) => keeping(runId)],
    ['/policy/factsOf', (runId: RunId) => policy({ factsOf: runId })],
  ] as const;

  test.each(building)('at %s must be finished, of the organisation and of the same purpose', async (pointer, on) => {
    const { town, january, runs } = await matchable();
    const elsewhere = await matchable();
    const foreign = await elsewhere.runs.finish({ cohortIds: [elsewhere.january.id] });
    const asked = { cohortIds: [january.id] };
    for (const runId of [aRunId(), foreign.id]) {
      await refused({ ...asked, policy: on(runId) }, town, 'reference-unknown', { pointer, code: 'run-unknown' });
    }
    const waiting = await runs.order(asked);
    await refused({ ...asked, policy: on(waiting.id) }, town, 'run-not-finished', {
      pointer,
      code: 'run-not-finished',
    });
    const failed = await runs.make((await runs.order({ ...asked, purpose: 'placement' })).id);
    expect(failed.failure).toBe('no-candidates');
    await refused({ ...asked, purpose: 'placement', policy: on(failed.id) }, town, 'run-failed', {
      pointer,
      code: 'run-failed',
    });
    const finished = await runs.make(waiting.id);
    await refused({ ...asked, purpose: 'placement', policy: on(finished.id) }, town, 'body-invalid', {
      pointer,
      code: 'run-of-other-purpose',
    });
  });

  test('for its facts must be for the same starts and horizon; to keep what it proposed, it need not', async () => {
    const { town, january, runs } = await matchable();
    const march = await town.start('2027-03-08');
    const first = await runs.finish({ cohortIds: [january.id] });
    const item = { pointer: '/policy/factsOf', code: 'run-of-other-starts' };
    for (const other of [
      { cohortIds: [march.id] },
      { cohortIds: [january.id, march.id] },
      { cohortIds: [january.id], horizon: 1 },
    ]) {
      await refused({ ...other, policy: policy({ factsOf: first.id }) }, town, 'body-invalid', item);
      expect((await runs.ask({ ...other, policy: keeping(first.id) })).ok).toBe(true);
    }
  });
});
