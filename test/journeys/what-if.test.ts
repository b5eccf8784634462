import { randomUUID } from 'node:crypto';
import { WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import { getCallList, getRun, listPlaceOutcomes, type RunView } from '@gruppstart/contracts/routes/cohorts-routes';
import { getCandidate } from '@gruppstart/contracts/routes/intake-routes';
import {
  askWhatIf,
  enterAnswer,
  getWhatIf,
  listWhatIfs,
  type WhatIfView,
} from '@gruppstart/contracts/routes/what-if-routes';
import type { CandidateOutcome, PlaceOutcome } from '@gruppstart/domain/matching/outcome';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { WHAT_IF_KINDS, type WhatIfAnswer, type WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import { planStarts, statePlaces } from '@gruppstart/local/demo/demo-steps';
import { makeWorld } from '@gruppstart/store/world';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { someRows } from './candidate-files.ts';
import { openEnvironment } from './environment.ts';
import { USER_OF } from './examples.ts';
import { linesLogged } from './log-lines.ts';
import { until } from './requests.ts';
import { ANNA, asIn, finishRun, KARIN, takeBatch } from './small-town.ts';
import { beginStory, first, outcomesOf } from './way/story.ts';

const environment = await openEnvironment();
afterAll(() => environment.close());
const as = asIn(environment);
const story = beginStory(environment);

/** Söderhamn's file without one of its people, who comes when the run has been made. */
const LATE_LINE = 110;
const IN_TIME = Array.from({ length: 120 }, (_, index) => index + 2).filter((line) => line !== LATE_LINE);

let run: RunView;
let outcomes: readonly CandidateOutcome[] = [];
let places: readonly PlaceOutcome[] = [];
beforeAll(async () => {
  await takeBatch(as, KARIN, someRows(IN_TIME));
  await statePlaces(as);
  // More room in the starts than at the places, so that seats of places are what is scarce.
  const starts = await planStarts(as, [
    { name: 'Gruppstart januari 1', startDate: '2027-01-11', seats: 40 },
    { name: 'Gruppstart januari 2', startDate: '2027-01-25', seats: 40 },
  ]);
  run = await finishRun(
    as,
    'admission',
    starts.map(({ id }) => id),
  );
  outcomes = (await outcomesOf(story, run.id)).map(({ outcome }) => outcome);
  const coordinator = await as(ANNA, 'cohorts');
  places = (await coordinator.call(listPlaceOutcomes, { params: { runId: run.id } })).body.items;
});

const proposed = () => outcomes.flatMap((outcome) => (outcome.kind === 'proposed' ? [outcome] : []));
const unplaced = () => outcomes.flatMap((outcome) => (outcome.kind === 'unplaced' ? [outcome] : []));
const full = (): PlaceOutcome =>
  first(
    places.filter(({ seats, takenBefore, filled, eligible }) => filled === seats - takenBefore && eligible > filled),
  );

/** Waits until a what-if has ended. */
const ended = async (whatIfId: string, user = ANNA): Promise<WhatIfView> => {
  const reader = await as(user, 'cohorts');
  return until(
    async () => (await reader.call(getWhatIf, { params: { whatIfId } })).body,
    ({ status }) => status !== 'working',
  );
};
const asked = async (question: z.input<typeof WhatIfQuestion>, user = ANNA): Promise<WhatIfView> => {
  const asker = await as(user, 'cohorts');
  const taken = await asker.call(askWhatIf, { params: { runId: run.id }, body: question });
  expect(taken).toMatchObject({ status: 202, location: `/v1/what-ifs/${taken.body.id}`, etag: '"1"' });
  expect(taken.body).toMatchObject({ status: 'working', result: null, failure: null, explanation: null });
  return ended(taken.body.id, user);
};
const answerOf = <K extends WhatIfAnswer['kind']>(whatIf: WhatIfView, kind: K): Extract<WhatIfAnswer, { kind: K }> => {
  expect(whatIf).toMatchObject({ status: 'finished', result: { sameAsRun: true, resultHash: run.result?.resultHash } });
  const answer = whatIf.result?.answer;
  if (answer?.kind !== kind) throw new Error(`The answer is a ${answer?.kind}`);
  return answer as Extract<WhatIfAnswer, { kind: K }>;
};
const summary = () => {
  const { proposed: count, points } = run.result?.summary ?? { proposed: -1, points: -1 };
  return { proposed: count, points };
};

const profileOf = async (candidateId: string) => {
  const intake = await as(ANNA, 'intake');
  return (await intake.call(getCandidate, { params: { candidateId } })).body.candidate.profile;
};

describe('of a finished run one can ask', () => {
  test('whether it comes out the same', async () => {
    const whatIf = await asked({ kind: 'replay' });
    answerOf(whatIf, 'replay');
    expect(whatIf.explanation?.sv).toBe('Körningen gjordes om och blev exakt likadan.');
  });

  test('what other weights would mean, as the process owner does before they hold', async () => {
    const { validTo: _, ...today } = DEFAULT_WEIGHTS;
    // Nobody comes near a place that does not fit in every part, so fewer come anywhere.
    const weights = { ...today, version: 'prov-1', minimumFitPercent: 100 };
    const whatIf = await asked({ kind: 'weights', weights }, USER_OF['process-owner']);
    const { consequences } = answerOf(whatIf, 'weights');
    expect(consequences.before).toMatchObject(summary());
    expect(consequences.after.proposed).toBeLessThan(consequences.before.proposed);
    expect(consequences.noLongerProposed.count - consequences.newlyProposed.count).toBe(
      consequences.before.proposed - consequences.after.proposed,
    );
    expect(whatIf.explanation?.sv).toMatch(/^Med vikterna prov-1:\n/);
  });

  test('what it costs the others when a manager names somebody', async () => {
    const [named, place] = [first(unplaced()), full()];
    const { candidateId } = named;
    const whatIf = await asked({ kind: 'named-request', candidateId, placeId: place.placeId });
    const { from, request } = answerOf(whatIf, 'named-request');
    expect(from).toBeNull();
    if (!request.possible) throw new Error(request.hindrance);
    expect(request.outcome).toMatchObject({ candidateId, placeId: place.placeId, pinned: true });
    expect(request.consequences.before).toMatchObject(summary());
    expect(request.consequences.after.proposed).toBeLessThanOrEqual(request.consequences.before.proposed);
    expect(request.consequences.noLongerProposed.count + request.consequences.moved.count).toBeGreaterThan(0);
    expect(whatIf.explanation?.sv).toContain('Att placera personen här kostar:');
    expect(whatIf.explanation?.en).toContain('To place the person here costs:');
  });

  test('what one more seat is worth', async () => {
    // Somebody fits here and lacks nothing but a seat, and the starts have room.
    const waits = first(unplaced().filter(({ reasons }) => reasons.some(({ kind }) => kind === 'seats-taken')));
    const placeId = waits.nearest?.placeId ?? full().placeId;
    const whatIf = await asked({ kind: 'extra-seat', placeId });
    const { consequences } = answerOf(whatIf, 'extra-seat');
    expect(consequences.after.proposed).toBe(consequences.before.proposed + 1);
    expect(consequences.newlyProposed.count - consequences.noLongerProposed.count).toBe(1);
    for (const { from } of consequences.newlyProposed.first) expect(from).toBeNull();
    expect(whatIf.explanation?.sv).toContain('Med ett säte till här skulle en person till få plats.');
  });

  test('whom a place would reach without a requirement', async () => {
    const cost = places.flatMap(({ placeId, criteria }) =>
      criteria.flatMap(({ requirementIndex, excludedAlone }) =>
        requirementIndex === null || excludedAlone === 0 ? [] : [{ placeId, requirementIndex, excludedAlone }],
      ),
    );
    const { placeId, requirementIndex } = first(cost);
    const whatIf = await asked({ kind: 'without-requirement', placeId, requirementIndex });
    const { eligible, consequences } = answerOf(whatIf, 'without-requirement');
    expect(eligible.after).toBeGreaterThan(eligible.before);
    expect(consequences.after.proposed).toBeGreaterThanOrEqual(consequences.before.proposed);
    expect(whatIf.explanation?.sv).toContain(`kan ${eligible.after} i stället för ${eligible.before} få platsen`);
  });

  test('how a run is mended after a drop-out', async () => {
    const gone = first(proposed());
    const whatIf = await asked({
      kind: 'repair',
      dropOuts: [gone.candidateId],
      closedPlaces: [],
      movedPersonCostPoints: 30,
    });
    const { consequences } = answerOf(whatIf, 'repair');
    const { before, after, newlyProposed, noLongerProposed, moved } = consequences;
    expect(after.proposed).toBe(before.proposed - 1 + newlyProposed.count - noLongerProposed.count);
    for (const { first: named } of [newlyProposed, noLongerProposed, moved])
      expect(named.map(({ candidateId }) => candidateId)).not.toContain(gone.candidateId);
    expect(whatIf.explanation?.sv).toMatch(/^När en person hoppar av:/);
  });

  test('what an answer would mean for the person, without writing it down', async () => {
    const { candidateId } = first(proposed());
    const known = await profileOf(candidateId);
    const whatIf = await asked({ kind: 'answer', answer: { candidateId, field: 'workingTimes', value: ['night'] } });
    const { before, after } = answerOf(whatIf, 'answer');
    expect(before).toEqual(outcomes.find((outcome) => outcome.candidateId === candidateId));
    expect(after).toMatchObject({ kind: 'unplaced', candidateId });
    expect(whatIf.explanation?.sv).toMatch(
      /^Med svaret, medan alla andra behåller det de har:\n\nDet finns inget förslag/,
    );
    expect(await profileOf(candidateId)).toEqual(known);
  });

  test('nothing of whom took no part, and is told so', async () => {
    const { rows } = await takeBatch(as, KARIN, someRows([LATE_LINE]));
    const [late] = rows;
    if (!late || late.outcome === 'rejected') throw new Error('The one row was not taken');
    const question = { kind: 'named-request', candidateId: late.candidateId, placeId: full().placeId } as const;
    expect(await asked(question)).toMatchObject({
      status: 'failed',
      failure: 'not-in-run',
      result: null,
      explanation: null,
      statusText: { sv: expect.stringMatching(/inte med i körningen\. Beställ/) },
    });
  });

  test('all of it is listed with the run, the newest first, and nothing of the run has changed', async () => {
    const auditor = await as(USER_OF.auditor, 'cohorts');
    const { items } = (await auditor.call(listWhatIfs, { params: { runId: run.id }, query: { limit: '100' } })).body;
    expect(new Set(items.map(({ question }) => question.kind))).toEqual(new Set(WHAT_IF_KINDS));
    expect(items.map(({ askedAt }) => askedAt)).toEqual(
      items
        .map(({ askedAt }) => askedAt)
        .toSorted()
        .toReversed(),
    );
    expect(items.every((item) => !('result' in item))).toBe(true);
    expect((await auditor.call(getRun, { params: { runId: run.id } })).body).toEqual(run);
  });
});

describe('an answer to a question of the call list', () => {
  test('is in the profile at once, and tells what it means for the person in the run', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const { items } = (await coordinator.call(getCallList, { params: { runId: run.id } })).body;
    const { candidateId } = first(items.filter(({ topic }) => topic.kind === 'licence' && topic.licence === 'B'));
    expect((await profileOf(candidateId)).licences).toBeNull();
    const taken = await coordinator.call(enterAnswer, {
      params: { runId: run.id },
      body: { candidateId, field: 'licence', value: { licence: 'B', held: true } },
    });
    expect(taken).toMatchObject({ status: 202, location: `/v1/what-ifs/${taken.body.id}` });
    expect(await profileOf(candidateId)).toMatchObject({
      licences: null,
      knownItems: [{ kind: 'licence', licence: 'B', held: true }],
    });
    const whatIf = await ended(taken.body.id);
    const { after } = answerOf(whatIf, 'answer');
    const licences = after.kind === 'proposed' ? after.verdicts : (after.nearest?.missing ?? []);
    expect(licences.filter(({ source, verdict }) => source === 'licences' && verdict === 'unknown')).toEqual([]);
    expect(whatIf.explanation?.en.length).toBeGreaterThan(40);
  });

  test('about one skill leaves the other questions about skills as they were', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const listOf = async (runId: string) => (await coordinator.call(getCallList, { params: { runId } })).body.items;
    const asked = (await listOf(run.id)).flatMap(({ candidateId, topic }) =>
      topic.kind === 'skill' ? [{ candidateId, skillId: topic.skillId }] : [],
    );
    const { candidateId, skillId } = first(asked);
    expect((await profileOf(candidateId)).skills).toBeNull();
    const body = { candidateId, field: 'skill', value: { skillId, held: true, level: 4 } } as const;
    const { id } = (await coordinator.call(enterAnswer, { params: { runId: run.id }, body })).body;
    expect(answerOf(await ended(id), 'answer')).toMatchObject({ kind: 'answer' });
    expect((await profileOf(candidateId)).skills).toBeNull();
    const whole = { candidateId, field: 'skills', value: [{ skillId, level: 4 }] } as const;
    const entered = await coordinator.call(enterAnswer, {
      params: { runId: run.id },
      body: { ...whole, value: [...whole.value] },
    });
    await ended(entered.body.id);
    expect(await profileOf(candidateId)).toMatchObject({ skills: whole.value });
    expect((await profileOf(candidateId)).knownItems.filter(({ kind }) => kind === 'skill')).toEqual([]);
  });
});

describe.skipIf(environment.inside === null)('the message of a what-if', () => {
  const insideOf = () => {
    if (environment.inside === null) throw new Error('Only where one can look inside');
    return environment.inside;
  };
  const answerAgain = (whatIfId: string): string =>
    JSON.stringify(
      WhatIfToAnswer.parse({
        v: 1,
        kind: 'what-if-to-answer',
        eventId: makeWorld().newId('event'),
        tenant: 'soderhamn',
        correlationId: `test-${randomUUID()}`,
        whatIfId,
      }),
    );
  const entriesOf = async (whatIfId: string) =>
    (await insideOf().auditOf('soderhamn')).filter(({ subjects }) => subjects.includes(whatIfId));

  test('that comes more than once has its effect once', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const taken = await coordinator.call(askWhatIf, { params: { runId: run.id }, body: { kind: 'replay' } });
    const { id } = taken.body;
    for (let copy = 0; copy < 3; copy += 1) await insideOf().sendMessage('MatchingQueue', answerAgain(id));
    const whatIf = await ended(id);
    await insideOf().sendMessage('MatchingQueue', answerAgain(id));
    await until(
      async () => (await environment.control?.queueDepths()) ?? [],
      (depths) => depths.every(({ waiting, inFlight }) => waiting + inFlight === 0),
    );
    expect(await ended(id)).toEqual(whatIf);
    expect((await entriesOf(id)).map(({ deed }) => deed)).toEqual(['what-if-asked', 'what-if-answered']);
  });

  test('leaves a line in the log of the matcher under the id of the request that asked', async () => {
    const { id } = await asked({ kind: 'replay' });
    const [entry] = await entriesOf(id);
    const lines = await linesLogged(insideOf(), 'MatcherFunction', ({ whatIfId }) => whatIfId === id);
    expect(lines).toMatchObject([
      {
        event: 'message-handled',
        kind: 'what-if-to-answer',
        correlationId: entry?.correlationId,
        answered: 'answer',
        question: 'replay',
        tries: 1,
      },
    ]);
  });
});
