import { WhatIfToAnswer } from '@gruppstart/contracts/queue-messages';
import {
  askWhatIf as askRoute,
  enterAnswer as enterRoute,
  getWhatIf,
} from '@gruppstart/contracts/routes/what-if-routes';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { ProfileAnswer } from '@gruppstart/domain/matching/profile-answer';
import { DEFAULT_WEIGHTS } from '@gruppstart/domain/matching/weights';
import { type WhatIf, WhatIfQuestion, whatIfStatus } from '@gruppstart/domain/matching/what-if';
import type { CandidateId, PlaceId, WhatIfId } from '@gruppstart/domain/shared/ids';
import { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { askWhatIf } from '@gruppstart/usecases/matching/ask-what-if';
import { enterAnswer } from '@gruppstart/usecases/matching/enter-answer';
import { explainWhatIf } from '@gruppstart/usecases/matching/explain-what-if';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import { orderRun } from '@gruppstart/usecases/matching/order-run';
import { listWhatIfsOfRun, readWhatIf } from '@gruppstart/usecases/matching/read-what-ifs';
import { workOutWhatIf } from '@gruppstart/usecases/matching/work-out-what-if';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import type { Store } from '@gruppstart/usecases/ports/store';
import { describe, expect, test } from 'vitest';
import { aDeed, done, dyingAtCommit, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCandidateId, anEventId, aPlaceId, aRunId, aTenant, aWhatIf, aWhatIfId } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({
  store: environment().store,
  blobs: environment().blobs,
  world: worldAt(),
  outbox: environment().outboxAt(NOW),
});
const PAGE = { limit: 100, cursor: null };

const allWhatIfs = async (town: SmallTown, runId: MatchRun['id']) =>
  done(await listWhatIfsOfRun(deps())(aDeed(town.tenant), runId, PAGE)).items.map(({ value }) => value);

const messageOf = (town: SmallTown, whatIfId: WhatIfId): WhatIfToAnswer =>
  WhatIfToAnswer.parse({
    v: 1,
    kind: 'what-if-to-answer',
    eventId: anEventId(),
    tenant: town.tenant,
    correlationId: 'req-1',
    whatIfId,
  });

interface Setting {
  readonly town: SmallTown;
  readonly run: MatchRun;
  readonly people: readonly Candidate[];
  readonly placeIds: readonly PlaceId[];
}

/** Two places with one seat each, three who fit and have waited long, one who has not and cannot drive, and a finished admission. */
const finished = async (): Promise<Setting> => {
  const town = await smallTown(environment().store, aTenant());
  const january = await town.start('2027-01-11', { seats: 3 });
  const drives = { subject: { kind: 'licence', licence: 'B' }, strength: 'must', reason: 'Kör mellan husen' } as const;
  const places = [await town.place({ seats: 1 }), await town.place({ seats: 1, requirements: [drives] })];
  const people: Candidate[] = [];
  for (let index = 0; index < 3; index += 1) people.push(await town.candidate());
  const [first] = people;
  if (!first) throw new Error('Nobody came');
  const enrolledSince = LocalDate.parse('2026-11-02');
  people.push(await town.candidate({ profile: { ...first.profile, licences: [], enrolledSince } }));
  const asked = { purpose: 'admission', cohortIds: [january.id], horizon: 0 } as const;
  const { value } = done(await orderRun(deps())(aDeed(town.tenant), { ...asked, cohortIds: [january.id] }));
  await makeRun(deps())({
    v: 1,
    kind: 'run-to-make',
    eventId: anEventId(),
    tenant: town.tenant,
    correlationId: 'req-1',
    runId: value.id,
  });
  const run = await environment().store.get(town.tenant, 'run', value.id);
  if (!run?.value.result) throw new Error('The run did not finish');
  return { town, run: run.value, people, placeIds: places.map(({ id }) => id) };
};

const ask = async ({ town, run }: Setting, question: unknown): Promise<WhatIf> =>
  done(await askWhatIf(deps())(aDeed(town.tenant), run.id, WhatIfQuestion.parse(question))).value;
const kept = async (town: SmallTown, id: WhatIfId): Promise<WhatIf> =>
  done(await readWhatIf(deps())(aDeed(town.tenant), id)).value;
const answered = async (setting: Setting, question: unknown): Promise<WhatIf> => {
  const { id } = await ask(setting, question);
  await workOutWhatIf(deps())(messageOf(setting.town, id));
  return kept(setting.town, id);
};
const entriesOf = async (town: SmallTown, deed: string) =>
  (await environment().auditOf(town.tenant)).filter((entry) => entry.deed === deed);
const proposedPeople = async ({ town, run }: Setting): Promise<readonly CandidateId[]> => {
  const page = await environment().store.outcomes(town.tenant, run.id, PAGE);
  return (page?.items ?? []).flatMap((outcome) => (outcome.kind === 'proposed' ? [outcome.candidateId] : []));
};

describe('a what-if that is asked', () => {
  test('is kept and listed with its run, and a message is sent to answer it', async () => {
    const setting = await finished();
    const { town, run, placeIds } = setting;
    const question = { kind: 'extra-seat', placeId: placeIds[0] };
    const whatIf = await ask(setting, question);
    expect(whatIf).toMatchObject({ runId: run.id, question, askedBy: 'samordnare', askedAt: NOW, result: null });
    expect(whatIfStatus(whatIf, NOW)).toBe('working');
    expect(await explainWhatIf(environment().store, town.tenant, whatIf)).toBeNull();
    const messages = await environment().received('matching', town.tenant, 2);
    expect(messages).toContainEqual(expect.objectContaining({ kind: 'what-if-to-answer', whatIfId: whatIf.id }));
    const listed = () => listWhatIfsOfRun(deps())(aDeed(town.tenant), run.id, PAGE);
    await expect.poll(async () => done(await listed()).items.map(({ value }) => value.id)).toEqual([whatIf.id]);
    expect(await entriesOf(town, 'what-if-asked')).toMatchObject([
      { subjects: [whatIf.id, run.id, placeIds[0]], facts: { kind: 'extra-seat' } },
    ]);
  });

  test.each([
    [{ kind: 'named-request', candidateId: aCandidateId() }, 'placeId', '/candidateId', 'candidate-unknown'],
    [{ kind: 'extra-seat', placeId: aPlaceId() }, null, '/placeId', 'place-unknown'],
    [
      { kind: 'repair', dropOuts: [aCandidateId()], closedPlaces: [], movedPersonCostPoints: 0 },
      null,
      '/dropOuts/0',
      'candidate-unknown',
    ],
    [
      { kind: 'repair', dropOuts: [], closedPlaces: [aPlaceId()], movedPersonCostPoints: 0 },
      null,
      '/closedPlaces/0',
      'place-unknown',
    ],
    [
      { kind: 'answer', answer: { candidateId: aCandidateId(), field: 'hasCar', value: true } },
      null,
      '/answer/candidateId',
      'candidate-unknown',
    ],
  ])('about what nobody has is refused by its place: %j', async (question, filled, pointer, code) => {
    const { town, run, placeIds } = await finished();
    const whole = WhatIfQuestion.parse(filled === null ? question : { ...question, [filled]: placeIds[0] });
    const refused = await askWhatIf(deps())(aDeed(town.tenant), run.id, whole);
    expectRefusal(refused, askRoute, 'reference-unknown', { pointer, code });
  });

  test('of a run that is not finished, or that is another’s, is refused', async () => {
    const setting = await finished();
    const { town, run } = setting;
    const again = { purpose: run.purpose, cohortIds: run.cohortIds, horizon: 0 };
    const { value } = done(await orderRun(deps())(aDeed(town.tenant), again));
    const replay = { kind: 'replay' } as const;
    expectRefusal(await askWhatIf(deps())(aDeed(town.tenant), value.id, replay), askRoute, 'run-not-finished');
    expectRefusal(await askWhatIf(deps())(aDeed(aTenant()), run.id, replay), askRoute, 'not-found');
    expectRefusal(await listWhatIfsOfRun(deps())(aDeed(town.tenant), aRunId(), PAGE), askRoute, 'not-found');
    const { id } = await ask(setting, replay);
    expectRefusal(await readWhatIf(deps())(aDeed(aTenant()), id), getWhatIf, 'not-found');
  });
});

describe('a what-if that is answered', () => {
  test('as a replay proves that the run comes out the same', async () => {
    const setting = await finished();
    const whatIf = await answered(setting, { kind: 'replay' });
    expect(whatIf.result).toEqual({
      answeredAt: NOW,
      resultHash: setting.run.result?.resultHash,
      sameAsRun: true,
      answer: { kind: 'replay' },
    });
    expect(whatIfStatus(whatIf, NOW)).toBe('finished');
    expect(await explainWhatIf(environment().store, setting.town.tenant, whatIf)).toEqual({
      sv: 'Körningen gjordes om och blev exakt likadan.',
      en: 'The run was made again and came out exactly the same.',
    });
  });

  test('as one more seat tells who would be proposed as well', async () => {
    const setting = await finished();
    const { town, placeIds } = setting;
    const whatIf = await answered(setting, { kind: 'extra-seat', placeId: placeIds[0] });
    expect(whatIf.result?.answer).toMatchObject({
      consequences: { before: { proposed: 2 }, after: { proposed: 3 }, newlyProposed: { count: 1 } },
    });
    const told = await explainWhatIf(environment().store, town.tenant, whatIf);
    expect(told?.sv).toBe(
      `Serviceassistent, ${town.unit.name}.\nMed ett säte till här skulle en person till få plats.`,
    );
    expect(told?.en).toContain('one more person would get a place');
  });

  test('as a named request tells the price, and the whole story of the person there', async () => {
    const setting = await finished();
    const { town, people, placeIds } = setting;
    const named = people.at(-1)?.id;
    const whatIf = await answered(setting, { kind: 'named-request', candidateId: named, placeId: placeIds[1] });
    expect(whatIf.result?.answer).toMatchObject({
      request: {
        possible: true,
        obstacles: [{ kind: 'no-eligible-place' }],
        consequences: { noLongerProposed: { count: 1 } },
      },
    });
    const told = await explainWhatIf(environment().store, town.tenant, whatIf);
    expect(told?.sv).toMatch(
      /^Serviceassistent, .*, start 11 januari 2027\.\nAtt placera personen här kostar: en annan/,
    );
    expect(told?.sv).toMatch(/Körningen hade inte själv föreslagit det:\n- .*körkort B/);
    expect(told?.sv).toContain('\n\nTalar emot:\n');
    expect(told?.en).toContain('The run would not have proposed it by itself:');
  });

  test.each([
    ['weights', async ({ run }: Setting) => ({ kind: 'weights', weights: weightsIn(run) })],
    ['repair', async (setting: Setting) => repairOf(await proposedPeople(setting))],
    [
      'without-requirement',
      async ({ placeIds }: Setting) => ({
        kind: 'without-requirement',
        placeId: placeIds[1],
        requirementIndex: 0,
      }),
    ],
  ])('as %s is kept with sentences in both languages', async (_kind, questionOf) => {
    const setting = await finished();
    const whatIf = await answered(setting, await questionOf(setting));
    expect(whatIf.result).not.toBeNull();
    const told = await explainWhatIf(environment().store, setting.town.tenant, whatIf);
    expect(told?.sv).not.toBe(told?.en);
    expect(told?.sv.length).toBeGreaterThan(20);
  });

  test('about somebody or something that took no part has failed', async () => {
    const setting = await finished();
    const later = await setting.town.place();
    const whatIf = await answered(setting, { kind: 'extra-seat', placeId: later.id });
    expect(whatIf).toMatchObject({ result: null, failure: 'not-in-run' });
    expect(await entriesOf(setting.town, 'what-if-failed')).toMatchObject([
      { subjects: [whatIf.id, setting.run.id], facts: { kind: 'extra-seat', failure: 'not-in-run' } },
    ]);
  });

  test('on facts that are gone, or of another engine, has failed', async () => {
    const gone = await finished();
    await environment().blobs.delete(blobKeys.snapshot(gone.town.tenant, gone.run.id, gone.run.snapshotHash ?? ''));
    expect(await answered(gone, { kind: 'replay' })).toMatchObject({ failure: 'facts-unusable' });

    const older = await finished();
    const stored = await environment().store.get(older.town.tenant, 'run', older.run.id);
    const { result } = older.run;
    if (!stored || !result) throw new Error('The run is gone');
    const value = { ...older.run, result: { ...result, summary: { ...result.summary, engineVersion: 'older' } } };
    const change = { change: 'save', kind: 'run', value, expected: stored.version } as const;
    await keepAll(environment().store, older.town.tenant, [change]);
    expect(await answered(older, { kind: 'replay' })).toMatchObject({ failure: 'facts-unusable' });
  });

  test('looks at nobody anew who has been erased: only a replay is made of such facts', async () => {
    const setting = await finished();
    const { town, people, placeIds } = setting;
    const [gone] = people;
    if (!gone) throw new Error('Nobody came');
    const stored = await environment().store.get(town.tenant, 'candidate', gone.id);
    const value = { ...gone, erasedAt: NOW };
    const change = { change: 'save', kind: 'candidate', value, expected: stored?.version ?? 0 } as const;
    await keepAll(environment().store, town.tenant, [change]);
    const named = WhatIfQuestion.parse({ kind: 'named-request', candidateId: gone.id, placeId: placeIds[0] });
    expectRefusal(await askWhatIf(deps())(aDeed(town.tenant), setting.run.id, named), askRoute, 'candidate-erased');
    expect(await answered(setting, repairOf([gone.id]))).toMatchObject({ failure: 'facts-unusable' });
    expect(await answered(setting, { kind: 'replay' })).toMatchObject({ result: { sameAsRun: true } });
  });

  test('again by another delivery of the message changes nothing', async () => {
    const setting = await finished();
    const { town } = setting;
    const { id } = await ask(setting, { kind: 'replay' });
    await workOutWhatIf(deps())(messageOf(town, id));
    const before = await environment().store.get(town.tenant, 'what-if', id);
    const later = { ...deps(), world: worldAt('2026-12-02T08:00:00.000Z') };
    expect(await workOutWhatIf(later)(messageOf(town, id))).toEqual({ answered: 'before' });
    expect(await environment().store.get(town.tenant, 'what-if', id)).toEqual(before);
    expect(await entriesOf(town, 'what-if-answered')).toHaveLength(1);
  });

  test('by two deliveries at the same moment is ended once', async () => {
    const setting = await finished();
    const { town } = setting;
    const { id } = await ask(setting, { kind: 'replay' });
    await Promise.all([1, 2].map(() => workOutWhatIf(deps())(messageOf(town, id))));
    expect((await environment().store.get(town.tenant, 'what-if', id))?.version).toBe(2);
    expect(await entriesOf(town, 'what-if-answered')).toHaveLength(1);
  });

  test('whose message was given up shows as stalled, and ends when the message is sent again', async () => {
    const setting = await finished();
    const { town } = setting;
    const { id } = await ask(setting, { kind: 'replay' });
    const late = Instant.parse('2026-12-01T09:00:00.000Z');
    const dying = { ...deps(), store: dyingAtCommit(environment().store, 1) };
    await expect(workOutWhatIf(dying)(messageOf(town, id))).rejects.toThrow('the worker died');
    expect(whatIfStatus(await kept(town, id), late)).toBe('stalled');
    await workOutWhatIf(deps())(messageOf(town, id));
    expect(whatIfStatus(await kept(town, id), late)).toBe('finished');
  });

  test('does not exist, or is of a run that does not: the message fails', async () => {
    const { town } = await finished();
    await expect(workOutWhatIf(deps())(messageOf(town, aWhatIfId()))).rejects.toThrow('does not exist');
    const orphan = aWhatIf({ result: null });
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'what-if', value: orphan, expected: null },
    ]);
    await expect(workOutWhatIf(deps())(messageOf(town, orphan.id))).rejects.toThrow('does not exist');
  });
});

/** The weights that the run was made with, under another name. */
const weightsIn = (run: MatchRun) => {
  const { validTo: _, ...weights } = DEFAULT_WEIGHTS;
  return { ...weights, version: `${run.result?.summary.weightsVersion}-x`, minimumFitPercent: 0 };
};
const repairOf = (dropOuts: readonly CandidateId[]) => ({
  kind: 'repair',
  dropOuts: dropOuts.slice(0, 1),
  closedPlaces: [],
  movedPersonCostPoints: 10,
});

describe('an answer that is entered', () => {
  const saysYes = (candidateId: CandidateId | undefined): ProfileAnswer =>
    ProfileAnswer.parse({ candidateId, field: 'licences', value: ['B'] });

  test('stands in the profile at once, and the person is looked at again while the others keep what they have', async () => {
    const setting = await finished();
    const { town, run, people } = setting;
    const answer = saysYes(people.at(-1)?.id);
    const before = await environment().store.get(town.tenant, 'candidate', answer.candidateId);
    const later = '2026-12-01T09:00:00.000Z';
    const { value } = done(await enterAnswer(deps())(aDeed(town.tenant, { now: later }), run.id, answer));
    expect(value).toMatchObject({ runId: run.id, question: { kind: 'answer', answer } });
    const after = await environment().store.get(town.tenant, 'candidate', answer.candidateId);
    expect(after).toEqual({
      value: { ...before?.value, profile: { ...before?.value.profile, licences: ['B'] }, updatedAt: later },
      version: 2,
      seatsTaken: 0,
    });
    await workOutWhatIf(deps())(messageOf(town, value.id));
    const { result } = await kept(town, value.id);
    expect(result?.answer).toMatchObject({ kind: 'answer', before: { kind: 'unplaced' }, after: { kind: 'unplaced' } });
    const told = await explainWhatIf(environment().store, town.tenant, await kept(town, value.id));
    expect(told?.sv).toMatch(/^Också med svaret är personen utan förslag/);
  });

  test('with words that no vocabulary knows is refused, and what was known stays', async () => {
    const { town, run, people } = await finished();
    const { candidateId } = saysYes(people[0]?.id);
    const before = await environment().store.get(town.tenant, 'candidate', candidateId);
    const skills = [{ skillId: 'local_zzz', level: null }];
    const experience = [{ occupationId: 'local_zzz', years: 2 }];
    for (const answer of [
      ProfileAnswer.parse({ candidateId, field: 'skills', value: skills }),
      ProfileAnswer.parse({ candidateId, field: 'experience', value: experience }),
      ProfileAnswer.parse({ candidateId, field: 'skill', value: { ...skills[0], held: true } }),
      ProfileAnswer.parse({ candidateId, field: 'occupation', value: { ...experience[0], held: true } }),
    ]) {
      expectRefusal(await enterAnswer(deps())(aDeed(town.tenant), run.id, answer), enterRoute, 'body-invalid');
      const question = WhatIfQuestion.parse({ kind: 'answer', answer });
      expectRefusal(await askWhatIf(deps())(aDeed(town.tenant), run.id, question), askRoute, 'body-invalid');
    }
    expect(await environment().store.get(town.tenant, 'candidate', candidateId)).toEqual(before);
  });

  test.each([
    ['wishes', [{ kind: 'unit', unitName: 'Tolvan Tolvansson, diabetes' }], 'unit-unknown'],
    [
      'wishes',
      [
        { kind: 'field', field: 'care' },
        { kind: 'unit', unitName: '\u0000\u202e' },
      ],
      'unit-unknown',
    ],
    ['languages', [{ language: 'diabetes', level: null }], 'free-text-forbidden'],
    ['language', { language: 'Diabetes', held: true, level: null }, 'free-text-forbidden'],
    ['enrolledSince', '0001-01-01', 'date-malformed'],
    ['availableFrom', '9999-12-31', 'date-malformed'],
  ])('of %s %j says more than may be kept, and is kept nowhere', async (field, value, code) => {
    const { town, run, people } = await finished();
    const { candidateId } = saysYes(people[0]?.id);
    const before = await environment().store.get(town.tenant, 'candidate', candidateId);
    const answer = ProfileAnswer.parse({ candidateId, field, value });
    const refused = await enterAnswer(deps())(aDeed(town.tenant), run.id, answer);
    expectRefusal(refused, enterRoute, 'body-invalid');
    expect(refused).toMatchObject({ error: { errors: [{ code }] } });
    const question = WhatIfQuestion.parse({ kind: 'answer', answer });
    expectRefusal(await askWhatIf(deps())(aDeed(town.tenant), run.id, question), askRoute, 'body-invalid');
    expect(await environment().store.get(town.tenant, 'candidate', candidateId)).toEqual(before);
    expect((await allWhatIfs(town, run.id)).map(({ question: { kind } }) => kind)).toEqual([]);
  });

  test('may wish for a unit that there is', async () => {
    const { town, run, people } = await finished();
    const { candidateId } = saysYes(people[0]?.id);
    const wishes = [{ kind: 'unit', unitName: town.unit.name.toUpperCase() }];
    const answer = ProfileAnswer.parse({ candidateId, field: 'wishes', value: wishes });
    done(await enterAnswer(deps())(aDeed(town.tenant), run.id, answer));
    expect((await environment().store.get(town.tenant, 'candidate', candidateId))?.value.profile).toMatchObject({
      wishes,
    });
  });

  test('about one thing in a list adds to what is known, and leaves the rest of the list unknown', async () => {
    const { town, run, people } = await finished();
    const { candidateId } = saysYes(people[0]?.id);
    const { store } = environment();
    const known = await store.get(town.tenant, 'candidate', candidateId);
    if (!known) throw new Error('Nobody is there');
    const value = { ...known.value, profile: { ...known.value.profile, languages: null } };
    await keepAll(store, town.tenant, [{ change: 'save', kind: 'candidate', value, expected: known.version }]);
    for (const [language, held] of [
      ['arabiska', true],
      ['polska', false],
    ] as const) {
      const answer = ProfileAnswer.parse({ candidateId, field: 'language', value: { language, held, level: null } });
      done(await enterAnswer(deps())(aDeed(town.tenant), run.id, answer));
    }
    expect((await store.get(town.tenant, 'candidate', candidateId))?.value.profile).toMatchObject({
      languages: null,
      knownItems: [
        { kind: 'language', language: 'arabiska', held: true },
        { kind: 'language', language: 'polska', held: false },
      ],
    });
  });

  test('about more than can be kept of one person is refused, and what was known stays', async () => {
    const { town, run, people } = await finished();
    const { candidateId } = saysYes(people[0]?.id);
    const languages = ProfileAnswer.parse({
      candidateId,
      field: 'languages',
      value: Array.from({ length: 12 }, (_, index) => ({ language: `språk ${'abcdefghijkl'[index]}`, level: null })),
    });
    done(await enterAnswer(deps())(aDeed(town.tenant), run.id, languages));
    const before = await environment().store.get(town.tenant, 'candidate', candidateId);
    const value = { language: 'polska', held: true, level: null };
    const one = ProfileAnswer.parse({ candidateId, field: 'language', value });
    expectRefusal(await enterAnswer(deps())(aDeed(town.tenant), run.id, one), enterRoute, 'body-invalid');
    expect(await environment().store.get(town.tenant, 'candidate', candidateId)).toEqual(before);
  });

  test('is noted with the fact it was about, and never with what was said', async () => {
    const { town, run, people } = await finished();
    const answer = saysYes(people[0]?.id);
    const { value } = done(await enterAnswer(deps())(aDeed(town.tenant), run.id, answer));
    expect(await entriesOf(town, 'answer-entered')).toMatchObject([
      {
        actor: 'samordnare',
        subjects: [answer.candidateId, run.id, value.id],
        facts: { field: 'licences', source: 'call' },
      },
    ]);
    expect(await entriesOf(town, 'what-if-asked')).toMatchObject([{ facts: { kind: 'answer' } }]);
  });

  test('while a file is saving the same candidate is written upon what the file has said', async () => {
    const { town, run, people } = await finished();
    const answer = saysYes(people[0]?.id);
    const { store } = environment();
    let interruptions = 0;
    const busy: Store = {
      ...store,
      get: async (tenant, kind, id) => {
        const found = await store.get(tenant, kind, id);
        if (kind === 'candidate' && interruptions === 0) {
          interruptions += 1;
          const known = await store.get(tenant, 'candidate', answer.candidateId);
          if (!known) throw new Error('Nobody is there');
          const value = { ...known.value, profile: { ...known.value.profile, swedish: 'C1' as const } };
          await keepAll(store, tenant, [{ change: 'save', kind: 'candidate', value, expected: known.version }]);
        }
        return found;
      },
    };
    done(await enterAnswer({ ...deps(), store: busy })(aDeed(town.tenant), run.id, answer));
    const after = await store.get(town.tenant, 'candidate', answer.candidateId);
    expect(after?.value.profile).toMatchObject({ licences: ['B'], swedish: 'C1' });
    expect(after?.version).toBe(3);
  });

  test('gives up when the candidate never stands still, and keeps nothing', async () => {
    const { town, run, people } = await finished();
    const answer = saysYes(people[0]?.id);
    const { store } = environment();
    const stale: Store = {
      ...store,
      commit: async () => ({ ok: false, refusal: { kind: 'change-refused', changeIndex: 0, why: 'stale' } }),
    };
    const refused = await enterAnswer({ ...deps(), store: stale })(aDeed(town.tenant), run.id, answer);
    expectRefusal(refused, enterRoute, 'request-in-flight');
    expect((await store.get(town.tenant, 'candidate', answer.candidateId))?.version).toBe(1);
  });

  test('of somebody unknown, erased, or in a run of others is refused', async () => {
    const { town, run, people } = await finished();
    expectRefusal(
      await enterAnswer(deps())(aDeed(town.tenant), run.id, saysYes(aCandidateId())),
      enterRoute,
      'reference-unknown',
      { pointer: '/candidateId', code: 'candidate-unknown' },
    );
    expectRefusal(await enterAnswer(deps())(aDeed(aTenant()), run.id, saysYes(people[0]?.id)), enterRoute, 'not-found');
    const erased = await town.candidate({ erasedAt: NOW });
    const refused = await enterAnswer(deps())(aDeed(town.tenant), run.id, saysYes(erased.id));
    expectRefusal(refused, enterRoute, 'candidate-erased');
  });
});
