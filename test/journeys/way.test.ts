import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import {
  askHelp,
  type CohortView,
  createCohort,
  decideOnProposal,
  getCallList,
  getCohort,
  getCohortCalendar,
  getEmployment,
  getPlacement,
  getProposal,
  listOutcomes,
  listParticipants,
  listPlacements,
  listPlaceOutcomes,
  listRuns,
  type OutcomeView,
  type PlacementView,
  type ProposalView,
  publishCohort,
  type RunView,
  recordAnswer,
  registerEmployment,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { getCandidate, listBatches, listCandidates, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import {
  answerProposal,
  askHelpForUnit,
  changePlace,
  createPlace,
  draftPlaces,
  getPlace,
  listPlaces,
  listUnitProposals,
  putUnit,
  setTravelTimes,
} from '@gruppstart/contracts/routes/requirements-routes';
import { DEMO_ADS } from '@gruppstart/local/demo/demo-ads';
import { DEMO_PLACES } from '@gruppstart/local/demo/demo-places';
import { DEMO_MUNICIPALITY_CODE, DEMO_TRAVEL_TIMES, DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { canonicalJson } from '@gruppstart/matching/canonical-json';
import { replaySnapshot } from '@gruppstart/usecases/matching/make-run';
import { blobKeys } from '@gruppstart/usecases/ports/senders';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { batchFile, SODERHAMN_FILE, someRows } from './candidate-files.ts';
import { openEnvironment } from './environment.ts';
import { ask, expectProblem } from './requests.ts';
import {
  ANNA,
  asIn,
  employmentFor,
  etagOf,
  everyItem,
  finishRun,
  HELENA,
  KARIN,
  OMAR,
  proposalsOf,
  takeBatch,
} from './small-town.ts';

const environment = await openEnvironment();
const { control, inside } = environment;
afterAll(() => environment.close());
const as = asIn(environment);

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const first = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error('The list is empty');
  return item;
};

const Expected = z.object({
  [SODERHAMN_FILE]: z.object({
    rows: z.int(),
    accepted: z.int(),
    rejected: z.array(z.object({ row: z.int(), column: z.string(), code: z.string() })),
    warnings: z.array(z.object({ row: z.int(), column: z.string() })),
    withoutNumber: z.array(z.int()),
    protectedIdentity: z.array(z.int()),
  }),
});
const expected = Expected.parse(
  JSON.parse(readFileSync(new URL('../fixtures/batches/expected.json', import.meta.url), 'utf8')),
)[SODERHAMN_FILE];

const allCandidates = async () => {
  const coordinator = await as(ANNA, 'intake');
  return everyItem(
    async (cursor) => (await coordinator.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
  );
};

describe('the caseworker’s file', () => {
  let sent: Awaited<ReturnType<typeof takeBatch>>;
  beforeAll(async () => {
    sent = await takeBatch(as, KARIN, batchFile(SODERHAMN_FILE));
  });
  const taken = () => sent.rows.flatMap((row) => (row.outcome === 'rejected' ? [] : [row]));

  test('ends row by row as its sender expects', () => {
    expect(sent.rows.map(({ line }) => line)).toEqual(Array.from({ length: expected.rows }, (_, index) => index + 2));
    expect(sent.batch.counts).toEqual({
      rows: expected.rows,
      created: expected.accepted,
      updated: 0,
      unchanged: 0,
      rejected: expected.rejected.length,
      warnings: expected.warnings.length,
    });
    expect(sent.batch.accepted).toBe(expected.accepted);
  });

  test('names line, column and code of every row that was not taken, and never the value', () => {
    const errors = sent.rows.flatMap((row) => (row.outcome === 'rejected' ? [row.error] : []));
    expect(errors.map(({ line, column, code }) => ({ row: line, column, code }))).toEqual(
      expected.rejected.map(({ row, column, code }) => ({ row, column, code })),
    );
    const shown = JSON.stringify(errors);
    for (const value of ['2027-02-31', '19711110', '250', 'flytande', '19670113', 'AF-101']) {
      expect(shown).not.toContain(value);
    }
  });

  test('warns of the one cell that is not kept, without echoing it', () => {
    const warnings = taken().flatMap((row) => row.warnings);
    expect(warnings.map(({ line, column }) => ({ row: line, column }))).toEqual(
      expected.warnings.map(({ row, column }) => ({ row, column })),
    );
    expect(first(warnings).code).toBe('support-need-not-kept');
    expect(JSON.stringify(sent.rows)).not.toContain('ryggproblem');
  });

  test('makes a person of everybody who was taken, the one without a number too', async () => {
    expect((await allCandidates()).map(({ id }) => id).toSorted()).toEqual(
      taken()
        .map(({ candidateId }) => candidateId)
        .toSorted(),
    );
    const caseworker = await as(KARIN, 'intake');
    const [line] = expected.withoutNumber;
    const row = first(taken().filter((each) => each.line === line));
    const { person, referrals } = (await caseworker.call(getCandidate, { params: { candidateId: row.candidateId } }))
      .body;
    expect(person?.personalNumber).toBeNull();
    expect(person?.birthDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(referrals.map(({ id, reference }) => ({ id, reference }))).toEqual([
      { id: row.referralId, reference: 'AF-101-0061' },
    ]);
  });

  test('keeps neither contact nor postcode of those with protected identity, and of nobody else withholds it', async () => {
    const withheld = taken().filter(({ contactWithheld }) => contactWithheld);
    expect(withheld.map(({ line }) => line)).toEqual(expected.protectedIdentity);
    const protectedIds = (await allCandidates()).filter(({ isProtected }) => isProtected).map(({ id }) => id);
    expect(protectedIds.toSorted()).toEqual(withheld.map(({ candidateId }) => candidateId).toSorted());
    const coordinator = await as(ANNA, 'intake');
    for (const candidateId of protectedIds) {
      const { candidate, person } = (await coordinator.call(getCandidate, { params: { candidateId } })).body;
      expect([candidate.profile.postcode, person?.phone, person?.email]).toEqual([null, null, null]);
      expect(person?.familyName).toMatch(/./);
    }
  });

  test('changes nothing and nobody when it is sent again', async () => {
    const before = await allCandidates();
    const again = await takeBatch(as, KARIN, batchFile(SODERHAMN_FILE));
    expect(again.batch.counts).toEqual({ ...sent.batch.counts, created: 0, unchanged: expected.accepted });
    expect(await allCandidates()).toEqual(before);
    const idsByLine = (rows: typeof sent.rows) =>
      rows.map((row) => (row.outcome === 'rejected' ? row.error.code : [row.candidateId, row.referralId]));
    expect(idsByLine(again.rows)).toEqual(idsByLine(sent.rows));
  });

  test('finds the same people when another office sends them, as referrals of its own', async () => {
    const lines = [9, 10, 65];
    const other = await takeBatch(as, 'yusuf.handlaggare', someRows(lines));
    const known = taken().filter(({ line }) => lines.includes(line));
    expect(other.rows.map((row) => (row.outcome === 'rejected' ? null : [row.outcome, row.candidateId]))).toEqual(
      known.map(({ candidateId }) => ['updated', candidateId]),
    );
    expect(await allCandidates()).toHaveLength(expected.accepted);
    const params = { candidateId: first(known).candidateId };
    const referralsSeenBy = async (userName: string) =>
      (await (await as(userName, 'intake')).call(getCandidate, { params })).body.referrals.map(
        ({ officeId }) => officeId,
      );
    expect(await referralsSeenBy('yusuf.handlaggare')).toEqual(['af-103']);
    expect(await referralsSeenBy(KARIN)).toEqual(['af-101']);
    expect((await referralsSeenBy(ANNA)).toSorted()).toEqual(['af-101', 'af-103']);
  });

  test('may be tabs in UTF-8 with a byte-order mark from another municipality, whose people stay there', async () => {
    const skovde = await takeBatch(as, 'sara.handlaggare', batchFile('kandidater-skovde-2027-01.txt'));
    expect(skovde.batch.counts).toMatchObject({ rows: 60, created: 60, rejected: 0 });
    expect(await allCandidates()).toHaveLength(expected.accepted);
  });

  test('is refused whole when a column holds what may not be held, and nothing of it is kept', async () => {
    const caseworker = await as(KARIN, 'intake');
    const listed = async () => [(await caseworker.call(listBatches, { query: {} })).body, await allCandidates()];
    const before = await listed();
    const items = await inside?.storedItems();
    const answer = await ask(environment, KARIN, sendBatch, { body: batchFile('kandidater-otillaten-kolumn.csv') });
    expect(expectProblem(answer, 'file-refused').errors.map(({ pointer }) => pointer)).toEqual(['Diagnos']);
    expect(await listed()).toEqual(before);
    expect(await inside?.storedItems()).toEqual(items);
  });
});

const manager = (unitId: string): string => first(DEMO_UNITS.filter(({ id }) => id === unitId)).manager;

describe('the units’ requirement lists', () => {
  test('are stated by each unit’s own manager', async () => {
    const coordinator = await as(ANNA, 'requirements');
    for (const { id, name, field, postcode } of DEMO_UNITS) {
      const body = { name, field, postcode, municipalityCode: DEMO_MUNICIPALITY_CODE };
      expect((await coordinator.call(putUnit, { params: { unitId: id }, body })).status).toBe(201);
    }
    const { items } = (await coordinator.call(setTravelTimes, { body: { rows: [...DEMO_TRAVEL_TIMES] } })).body;
    expect(items.every(({ ok }) => ok)).toBe(true);
    for (const place of DEMO_PLACES) {
      const stated = await (await as(manager(place.unitId), 'requirements')).call(createPlace, { body: place });
      expect(stated.body).toMatchObject({
        status: 'open',
        seats: place.seats,
        seatsTaken: 0,
        origin: { kind: 'manager' },
      });
    }
  });

  test('must state their seats, and 0 closes a place', async () => {
    const place = first(DEMO_PLACES);
    const { seats: _, ...withoutSeats } = place;
    const unstated = expectProblem(
      await ask(environment, manager(place.unitId), createPlace, { body: withoutSeats }),
      'body-invalid',
    );
    expect(unstated.errors.map(({ pointer }) => pointer)).toEqual(['/seats']);
    const closed = await (await as(manager(place.unitId), 'requirements')).call(createPlace, {
      body: { ...place, title: 'Stängd plats', seats: 0 },
    });
    expect(closed.body.status).toBe('closed');
  });

  test('carry the manager’s reason with every must', async () => {
    const place = first(DEMO_PLACES);
    const subject = { kind: 'licence', licence: 'B' };
    const refused = await ask(environment, manager(place.unitId), createPlace, {
      body: { ...place, requirements: [{ subject, strength: 'must' }] },
    });
    const [error] = expectProblem(refused, 'body-invalid').errors;
    expect(error).toMatchObject({ pointer: '/requirements/0/reason', code: 'must-needs-reason' });
  });

  const unitId = 'unit_lokalvard-centrum';
  let draftId = '';
  test('can begin from job ads, as drafts whose demands are wishes and whose seats are not stated', async () => {
    const client = await as(manager(unitId), 'requirements');
    const body = { unitId, opensFrom: '2027-01-01', ads: [...DEMO_ADS] };
    const drafted = (await client.call(draftPlaces, { body })).body.items;
    expect(drafted.map(({ id, ok }) => [id, ok])).toEqual(DEMO_ADS.map(({ id }) => [id, true]));
    for (const row of drafted) {
      if (!row.ok) throw new Error(`The ad ${row.id} became no draft`);
      const draft = (await client.call(getPlace, { params: { placeId: row.createdId } })).body;
      expect(draft).toMatchObject({
        status: 'draft',
        seats: null,
        confirmedAt: null,
        origin: { kind: 'job-ad', adId: row.id },
      });
      expect(draft.requirements.length).toBeGreaterThan(0);
      expect(new Set(draft.requirements.map(({ strength }) => strength))).toEqual(new Set(['wish']));
      draftId = row.createdId;
    }
    const again = (await client.call(draftPlaces, { body })).body.items;
    expect(again.map((row) => (row.ok ? 'drafted' : row.code))).toEqual(['already-drafted', 'already-drafted']);
  });

  test('are not places until the manager confirms them and states the seats', async () => {
    const userName = manager(unitId);
    const confirm = { params: { placeId: draftId }, etag: '"1"' };
    const refused = await ask(environment, userName, changePlace, { ...confirm, body: { confirm: true } });
    expect(expectProblem(refused, 'body-invalid').errors).toMatchObject([
      { pointer: '/seats', code: 'seats-not-stated' },
    ]);
    const client = await as(userName, 'requirements');
    const confirmed = await client.call(changePlace, { ...confirm, body: { confirm: true, seats: 1 } });
    expect(confirmed.body).toMatchObject({ status: 'open', seats: 1 });
  });

  const ADS = new URL('../../../shared/data/external/jobads_2025-09.json', import.meta.url);
  test.skipIf(!existsSync(ADS))(
    'take real job ads as they are, ad by ad (passed over where the ads are not at hand)',
    async () => {
      const ads = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(readFileSync(ADS, 'utf8')));
      const body = { unitId: 'unit_fastighet-centrum', opensFrom: '2028-01-01', ads: ads.slice(0, 50) };
      const answer = await ask(environment, manager(body.unitId), draftPlaces, { body });
      expect(`${answer.status} ${answer.text.slice(0, 400)}`).toMatch(/^200 /);
      const { items } = z
        .object({ items: z.array(z.object({ id: z.string(), ok: z.boolean() })) })
        .parse(JSON.parse(answer.text));
      expect(items).toHaveLength(50);
      expect(items.filter(({ ok }) => ok).length).toBeGreaterThan(25);
    },
  );
});

/** Red days and eves around the turn of the year, from the law and the municipalities' agreements, by hand. */
const FREE_DAYS = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-31', '2027-01-01', '2027-01-06'];
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

let cohorts: readonly CohortView[] = [];

describe('a shared start', () => {
  test.each(['2026-12-24', '2026-12-31', '2027-01-06', '2027-01-09'])(
    'cannot be on %s, a day without course',
    async (startDate) => {
      const body = { name: 'Fel dag', startDate, seats: 12 };
      const refused = expectProblem(await ask(environment, ANNA, createCohort, { body }), 'start-not-course-day');
      expect(refused.errors.map(({ pointer }) => pointer)).toEqual(['/startDate']);
    },
  );

  test('cannot be in the past', async () => {
    const body = { name: 'Igår', startDate: '2026-11-30', seats: 12 };
    expectProblem(await ask(environment, ANNA, createCohort, { body }), 'in-the-past');
  });

  test('has ten course days that pass over weekends, red days and eves', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const planned = async (name: string, startDate: string, seats: number) =>
      (await coordinator.call(createCohort, { body: { name, startDate, seats } })).body;
    const overChristmas = await planned('Över jul', '2026-12-21', 12);
    cohorts = [await planned('Januari 1', '2027-01-11', 14), await planned('Januari 2', '2027-01-25', 12)];
    for (const cohort of [overChristmas, ...cohorts]) {
      expect(cohort.courseDays).toHaveLength(10);
      expect(new Set(cohort.courseDays).size).toBe(10);
      expect(cohort.courseDays).toEqual(cohort.courseDays.toSorted());
      expect(cohort.courseDays[0]).toBe(cohort.startDate);
      expect(cohort.courseDays.filter((day) => FREE_DAYS.includes(day) || isWeekend(day))).toEqual([]);
      expect([...new Set(cohort.sessions.map(({ date }) => date))]).toEqual(cohort.courseDays);
      expect(cohort.status).toBe('planned');
    }
    expect(overChristmas.courseDays).toEqual([
      ...['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-28', '2026-12-29', '2026-12-30'],
      ...['2027-01-04', '2027-01-05', '2027-01-07', '2027-01-08'],
    ]);
  });
});

let admission: RunView;
let outcomes: readonly OutcomeView[] = [];
let proposals: readonly ProposalView[] = [];

const outcomesOf = async (runId: string): Promise<readonly OutcomeView[]> => {
  const coordinator = await as(ANNA, 'cohorts');
  return everyItem(
    async (cursor) =>
      (await coordinator.call(listOutcomes, { params: { runId }, query: { limit: '100', ...cursor } })).body,
  );
};

describe('an admission', () => {
  beforeAll(async () => {
    admission = await finishRun(
      as,
      'admission',
      cohorts.map(({ id }) => id),
    );
    outcomes = await outcomesOf(admission.id);
    proposals = await proposalsOf(as, admission.id);
  });

  test('gives every candidate an outcome: a proposal, or reasons why not', () => {
    expect(admission.status).toBe('finished');
    expect(outcomes).toHaveLength(expected.accepted);
    expect(new Set(outcomes.map(({ outcome }) => outcome.candidateId)).size).toBe(expected.accepted);
    const unplaced = outcomes.flatMap(({ outcome }) => (outcome.kind === 'unplaced' ? [outcome] : []));
    expect(unplaced.length + proposals.length).toBe(expected.accepted);
    expect(unplaced.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(admission.result?.summary).toMatchObject({
      candidates: expected.accepted,
      proposed: proposals.length,
      unplaced: unplaced.length,
    });
    expect(proposals.length).toBeGreaterThan(20);
  });

  test('proposes nobody twice and fills no place and no start over its seats', async () => {
    expect(new Set(proposals.map(({ candidateId }) => candidateId)).size).toBe(proposals.length);
    for (const cohort of cohorts) {
      const own = proposals.filter(({ cohortId }) => cohortId === cohort.id);
      expect(own.length).toBeLessThanOrEqual(cohort.seats);
    }
    const coordinator = await as(ANNA, 'cohorts');
    const places = (await coordinator.call(listPlaceOutcomes, { params: { runId: admission.id } })).body.items;
    for (const place of places) {
      const own = proposals.filter(({ placeId }) => placeId === place.placeId);
      expect(place.filled).toBe(own.length);
      expect(place.filled).toBeLessThanOrEqual(place.seats - place.takenBefore);
    }
    // Drafts and closed places take no part.
    const open = await everyItem(
      async (cursor) =>
        (await (await as(ANNA, 'requirements')).call(listPlaces, { query: { limit: '100', ...cursor } })).body,
    );
    expect(places.map(({ placeId }) => placeId).toSorted()).toEqual(
      open
        .filter(({ status }) => status === 'open')
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test('explains every score by parts that add up to it, in both languages', () => {
    for (const { outcome, explanation } of proposals) {
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(sum(outcome.parts.map(({ points }) => points))).toBe(outcome.points);
      expect(sum(outcome.parts.map(({ maxPoints }) => maxPoints))).toBe(outcome.maxPoints);
      expect(outcome.verdicts.some(({ verdict, excludes }) => verdict === 'no' && excludes)).toBe(false);
      expect(explanation.sv).toContain('Poäng:');
      expect(explanation.en).toContain('Points:');
    }
    for (const { explanation } of outcomes) expect(explanation.sv).not.toBe(explanation.en);
  });

  test('names the place nearest to somebody without a proposal, and what is missing there', () => {
    const nearest = outcomes.flatMap(({ outcome }) =>
      outcome.kind === 'unplaced' && outcome.nearest ? [outcome.nearest] : [],
    );
    expect(nearest.length).toBeGreaterThan(0);
    for (const { points, maxPoints } of nearest) expect(points).toBeLessThanOrEqual(maxPoints);
  });

  test('lists the questions whose answers would open most places', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const { items } = (await coordinator.call(getCallList, { params: { runId: admission.id } })).body;
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ rank }) => rank)).toEqual(items.map((_, index) => index + 1));
    for (const { question } of items)
      expect([question.sv, question.en]).toEqual([expect.stringMatching(/^Fråga/), expect.stringMatching(/^Ask/)]);
    const candidates = new Set(outcomes.map(({ outcome }) => outcome.candidateId));
    expect(items.every(({ candidateId }) => candidates.has(candidateId))).toBe(true);
  });

  test('opens the seed that the next start committed itself to before anybody had ordered a run', () => {
    const [next] = cohorts;
    expect(sha256(admission.result?.seed ?? '')).toBe(next?.seedCommitment);
    expect(admission.result?.certificate.ok).toBe(true);
  });

  test.skipIf(inside === null)('made again from its stored snapshot gives the same bytes', async () => {
    const stored = await inside?.blobs.get(blobKeys.snapshot('soderhamn' as never, admission.id));
    if (!stored) throw new Error('The run has no snapshot');
    expect(sha256(stored)).toBe(admission.result?.snapshotHash);
    const snapshot = Buffer.from(stored).toString('utf8');
    for (const secret of ['givenName', 'personalNumber', 'postcode', 'Measure', '"1970'])
      expect(snapshot).not.toContain(secret);
    const again = replaySnapshot(snapshot);
    expect(sha256(again.canonical)).toBe(admission.result?.resultHash);
    const byId = (list: readonly OutcomeView['outcome'][]) =>
      canonicalJson(list.toSorted((a, b) => (a.candidateId < b.candidateId ? -1 : 1)));
    expect(byId(again.result.candidates)).toBe(byId(outcomes.map(({ outcome }) => outcome)));
  });
});

const decision = (proposalId: string, etag: string, more: Readonly<Record<string, unknown>> = {}) => ({
  params: { proposalId },
  etag,
  body: { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true, ...more },
});

const recorded = async (userName: string, proposalId: string, from: 'person' | 'employer', answer = 'yes') =>
  ask(environment, userName, recordAnswer, {
    params: { proposalId },
    etag: await etagOf(as, proposalId),
    body: { from, answer },
  });

const inCohort = (index: number) => proposals.filter(({ cohortId }) => cohortId === cohorts[index]?.id);

describe('the decision on an admission', () => {
  test('needs the person’s yes', async () => {
    const { id } = first(inCohort(0));
    const refused = await ask(environment, ANNA, decideOnProposal, decision(id, await etagOf(as, id)));
    expect(expectProblem(refused, 'answers-missing').detail).toContain('personen');
  });

  test('asks neither unit nor employer, since no place is promised', async () => {
    const { id, unitId } = first(inCohort(0));
    expectProblem(await recorded(HELENA, id, 'employer'), 'body-invalid');
    const answer = { params: { proposalId: id }, etag: await etagOf(as, id), body: { answer: 'yes' } };
    expectProblem(await ask(environment, manager(unitId), answerProposal, answer), 'body-invalid');
  });

  test('is refused against the person’s no, which may become a yes before the decision', async () => {
    const { id } = first(inCohort(0));
    expect((await recorded(ANNA, id, 'person', 'no')).status).toBe(200);
    expectProblem(await ask(environment, ANNA, decideOnProposal, decision(id, await etagOf(as, id))), 'answer-is-no');
    expect((await recorded(ANNA, id, 'person')).status).toBe(200);
  });

  test('needs a declared absence of conflict of interest and a reason that goes with it', async () => {
    const { id } = first(inCohort(0));
    const etag = await etagOf(as, id);
    const asked = (more: Readonly<Record<string, unknown>>) =>
      ask(environment, ANNA, decideOnProposal, decision(id, etag, more));
    expectProblem(await asked({ noConflictOfInterest: false }), 'conflict-of-interest');
    expectProblem(await asked({ noConflictOfInterest: undefined }), 'body-invalid');
    expect(expectProblem(await asked({ reason: 'person-declined' }), 'body-invalid').errors).toMatchObject([
      { pointer: '/reason', code: 'reason-does-not-fit' },
    ]);
    expect(await etagOf(as, id)).toBe(etag);
  });

  test('makes the person a member of the start, once', async () => {
    const { id, candidateId } = first(inCohort(0));
    const done = await ask(environment, ANNA, decideOnProposal, decision(id, await etagOf(as, id)));
    expect(done.status).toBe(200);
    expectProblem(
      await ask(environment, OMAR, decideOnProposal, decision(id, await etagOf(as, id))),
      'already-decided',
    );
    const coordinator = await as(ANNA, 'cohorts');
    const params = { cohortId: first(cohorts).id };
    const members = (await coordinator.call(listParticipants, { params })).body.items;
    expect(members.map((member) => member.candidateId)).toEqual([candidateId]);
    expect((await coordinator.call(getCohort, { params })).body.seatsTaken).toBe(1);
  });

  test('of two admissions of the same person at the same time lets one through', async () => {
    const [, later] = cohorts;
    const run = await finishRun(as, 'admission', [later?.id ?? '']);
    const renewed = await proposalsOf(as, run.id);
    const current = inCohort(0).slice(1);
    const both = current.flatMap((one) =>
      renewed.filter(({ candidateId }) => candidateId === one.candidateId).map((other) => [one, other] as const),
    );
    const [one, other] = first(both);
    for (const { id } of [one, other]) expect((await recorded(ANNA, id, 'person')).status).toBe(200);
    const answers = await Promise.all([
      ask(environment, ANNA, decideOnProposal, decision(one.id, '"2"')),
      ask(environment, OMAR, decideOnProposal, decision(other.id, '"2"')),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    for (const answer of answers) if (answer.status === 409) expectProblem(answer, 'already-member');
  });

  test('cannot be on a proposal that a later run of the same start has replaced', async () => {
    const { id } = first(inCohort(1).slice(-1));
    expect((await recorded(ANNA, id, 'person')).status).toBe(200);
    expectProblem(await ask(environment, ANNA, decideOnProposal, decision(id, '"2"')), 'superseded');
    const coordinator = await as(ANNA, 'cohorts');
    const runs = (await coordinator.call(listRuns, { query: {} })).body.items;
    expect(runs).toHaveLength(2);
    expect((await coordinator.call(getProposal, { params: { proposalId: id } })).body.decision).toBeNull();
  });

  test('for everybody else takes one seat each and never more than the start has', async () => {
    for (const { id, decision: decided } of inCohort(0).slice(1)) {
      if (decided) continue;
      const answered = await recorded(ANNA, id, 'person');
      const done = await ask(environment, ANNA, decideOnProposal, decision(id, answered.headers.get('etag') ?? ''));
      // The one who was admitted to the later start above is told so.
      if (done.status !== 200 && !done.text.includes('already-decided')) expectProblem(done, 'already-member');
    }
    const coordinator = await as(ANNA, 'cohorts');
    const params = { cohortId: first(cohorts).id };
    const cohort = (await coordinator.call(getCohort, { params })).body;
    const members = (await coordinator.call(listParticipants, { params })).body.items;
    expect(members).toHaveLength(cohort.seatsTaken);
    expect(cohort.seatsTaken).toBeLessThanOrEqual(cohort.seats);
    expect(cohort.seatsTaken).toBeGreaterThan(10);
  });
});

const property = (event: string, name: string): string =>
  new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? '';
const eventsIn = (calendar: string): readonly string[] =>
  calendar.replaceAll(/\r\n /g, '').split('BEGIN:VEVENT').slice(1);

describe('a published start', () => {
  test('holds, and says so', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const params = { cohortId: first(cohorts).id };
    const read = await coordinator.call(getCohort, { params });
    const published = await coordinator.call(publishCohort, { params, etag: read.etag ?? '' });
    expect(published.body.status).toBe('published');
    const again = { params, etag: published.etag ?? '' };
    expectProblem(await ask(environment, ANNA, publishCohort, again), 'already-published');
  });

  test('has a calendar with one event per session, in Swedish time, in either language', async () => {
    const { id, sessions } = first(cohorts);
    const coordinator = await as(ANNA, 'cohorts');
    const read = async (language?: 'sv' | 'en') =>
      (await coordinator.call(getCohortCalendar, { params: { cohortId: id }, query: language ? { language } : {} }))
        .body;
    const swedish = eventsIn(await read());
    const english = eventsIn(await read('en'));
    const clock = (date: string, time: string) => `${date.replaceAll('-', '')}T${time.replace(':', '')}00`;
    const asTold = (events: readonly string[]) =>
      events.map((event) => [
        property(event, 'DTSTART'),
        property(event, 'DTEND'),
        property(event, 'SUMMARY').replaceAll('\\', ''),
      ]);
    expect(asTold(swedish)).toEqual(
      sessions.map((each) => [clock(each.date, each.start), clock(each.date, each.end), each.title]),
    );
    expect(asTold(english).map(([, , title]) => title)).toEqual(sessions.map(({ titleEn }) => titleEn));
    for (const event of swedish) expect(event).toContain('DTSTART;TZID=Europe/Stockholm:');
    const uids = swedish.map((event) => property(event, 'UID'));
    expect(new Set(uids).size).toBe(sessions.length);
    expect(english.map((event) => property(event, 'UID'))).toEqual(uids);
  });
});

let placed: readonly PlacementView[] = [];
const FIRST_DAY = '2027-01-25';

describe('a placement', () => {
  let run: RunView;
  let proposed: readonly ProposalView[] = [];
  beforeAll(async () => {
    await control?.moveClock({ toMs: Date.parse('2027-01-20T08:00:00+01:00') });
    run = await finishRun(as, 'placement', [first(cohorts).id]);
    proposed = await proposalsOf(as, run.id);
  });

  test.skipIf(control === null)('comes on the eighth course day, when the start is in its introduction', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const cohort = (await coordinator.call(getCohort, { params: { cohortId: first(cohorts).id } })).body;
    expect([cohort.status, cohort.courseDays[7]]).toEqual(['introduction', '2027-01-20']);
  });

  test('is proposed to members of the start only, each with an outcome', async () => {
    const coordinator = await as(ANNA, 'cohorts');
    const params = { cohortId: first(cohorts).id };
    const members = (await coordinator.call(listParticipants, { params })).body.items.map(
      ({ candidateId }) => candidateId,
    );
    const judged = (await outcomesOf(run.id)).map(({ outcome }) => outcome.candidateId);
    expect(judged.toSorted()).toEqual(members.toSorted());
    expect(proposed.length).toBeGreaterThan(8);
  });

  test('needs three answers, and says whose are missing', async () => {
    const { id, unitId } = first(proposed);
    const decide = async () => ask(environment, ANNA, decideOnProposal, decision(id, await etagOf(as, id)));
    expect(expectProblem(await decide(), 'answers-missing').detailEn).toBe(
      'Answers are missing from: the person, the unit, the employer.',
    );
    const waiting = await (await as(manager(unitId), 'requirements')).call(listUnitProposals, {
      params: { unitId },
      query: {},
    });
    const shown = first(waiting.body.items.filter((each) => each.id === id));
    const answer = { params: { proposalId: id }, etag: shown.etag, body: { answer: 'meet-first' } };
    expect((await ask(environment, manager(unitId), answerProposal, answer)).status).toBe(200);
    expect((await recorded(ANNA, id, 'person')).status).toBe(200);
    expect((await recorded(HELENA, id, 'employer')).status).toBe(200);
    expect(expectProblem(await decide(), 'answers-missing').detailEn).toBe('Answers are missing from: the unit.');
    const met = { ...answer, etag: await etagOf(as, id), body: { answer: 'yes' } };
    expect((await ask(environment, manager(unitId), answerProposal, met)).status).toBe(200);
    expect((await decide()).status).toBe(200);
  });

  const agreeTo = async ({ id, unitId }: ProposalView): Promise<string> => {
    const unit = { params: { proposalId: id }, etag: await etagOf(as, id), body: { answer: 'yes' } };
    expect((await ask(environment, manager(unitId), answerProposal, unit)).status).toBe(200);
    expect((await recorded(ANNA, id, 'person')).status).toBe(200);
    const last = await recorded(HELENA, id, 'employer');
    expect(last.status).toBe(200);
    return last.headers.get('etag') ?? '';
  };

  test('never takes more seats than the place has, whoever approves at the same time', async () => {
    // Two proposals for one place whose manager then has one seat only.
    const shared = first(
      proposed.filter((one) =>
        proposed.some((other) => other.id > one.id && other.placeId === one.placeId && other.id !== first(proposed).id),
      ),
    );
    const pair = proposed.filter(({ placeId }) => placeId === shared.placeId);
    expect(pair.length).toBeGreaterThan(1);
    const client = await as(manager(shared.unitId), 'requirements');
    const params = { placeId: shared.placeId };
    const known = await client.call(getPlace, { params });
    const seats = known.body.seatsTaken + 1;
    await client.call(changePlace, { params, etag: known.etag ?? '', body: { seats } });
    const undecided: [string, string][] = [];
    for (const proposal of pair) {
      if (proposal.id !== first(proposed).id) undecided.push([proposal.id, await agreeTo(proposal)]);
    }
    const answers = await Promise.all(
      undecided.map(([id, etag], index) =>
        ask(environment, index % 2 === 0 ? ANNA : OMAR, decideOnProposal, decision(id, etag)),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers) if (answer.status !== 200) expectProblem(answer, 'seats-full');
    const after = (await client.call(getPlace, { params })).body;
    expect([after.seatsTaken, after.seats]).toEqual([seats, seats]);
    const fewer = { params, etag: '*', body: { seats: seats - 1 } };
    expectProblem(await ask(environment, manager(shared.unitId), changePlace, fewer), 'seats-full');
  });

  test('once decided has a first day after the introduction and a first follow-up', async () => {
    for (const proposal of proposed.slice(1)) {
      const now = (await (await as(ANNA, 'cohorts')).call(getProposal, { params: { proposalId: proposal.id } })).body;
      if (now.decision || now.answers.unit) continue;
      const etag = await agreeTo(proposal);
      expect((await ask(environment, ANNA, decideOnProposal, decision(proposal.id, etag))).status).toBe(200);
    }
    placed = (await (await as(ANNA, 'cohorts')).call(listPlacements, { query: { limit: '100' } })).body.items;
    expect(placed.length).toBeGreaterThan(8);
    for (const placement of placed) {
      expect(placement).toMatchObject({ status: 'planned', startDate: FIRST_DAY, employmentId: null });
      expect(placement.firstFollowUpDate > placement.startDate).toBe(true);
    }
    const places = await everyItem(
      async (cursor) =>
        (await (await as(ANNA, 'requirements')).call(listPlaces, { query: { limit: '100', ...cursor } })).body,
    );
    for (const { id, seats, seatsTaken } of places) {
      expect(seatsTaken).toBe(placed.filter(({ placeId }) => placeId === id).length);
      expect(seatsTaken).toBeLessThanOrEqual(seats ?? 0);
    }
  });
});

describe('an employment', () => {
  test('cannot begin before the placement, end before it begins, or be more than the placement', async () => {
    const body = employmentFor(first(placed));
    const asked = (more: Readonly<Record<string, unknown>>) =>
      ask(environment, HELENA, registerEmployment, { body: { ...body, ...more } });
    expect(expectProblem(await asked({ startDate: '2027-01-22' }), 'body-invalid').errors).toMatchObject([
      { pointer: '/startDate', code: 'before-placement' },
    ]);
    expect(expectProblem(await asked({ endDate: '2027-01-01' }), 'body-invalid').errors).toMatchObject([
      { pointer: '/endDate', code: 'ends-before-start' },
    ]);
    expectProblem(await asked({ workplaceUnitId: 'unit_finns-inte' }), 'reference-unknown');
    const half = first(placed.filter(({ sharePercent }) => sharePercent < 100).concat(placed));
    if (half.sharePercent < 100) {
      const all = { ...employmentFor(half), sharePercent: 100 };
      expectProblem(await ask(environment, HELENA, registerEmployment, { body: all }), 'share-exceeded');
    }
  });

  test('says who employs, where the work is and who pays as three things, once per placement', async () => {
    const placement = first(placed);
    const body = employmentFor(placement);
    const hr = await as(HELENA, 'cohorts');
    const registered = await hr.call(registerEmployment, { body });
    const { employer, workplaceUnitId, payer, candidateId } = registered.body;
    expect({ employer, workplaceUnitId, payer, candidateId }).toEqual({
      employer: body.employer,
      workplaceUnitId: placement.unitId,
      payer: body.payer,
      candidateId: placement.candidateId,
    });
    const read = await hr.call(getEmployment, { params: { employmentId: registered.body.id } });
    expect(read.body).toEqual(registered.body);
    expectProblem(await ask(environment, HELENA, registerEmployment, { body }), 'already-employed');
  });

  test.skipIf(control === null)('makes the placement employed, and working from its first day', async () => {
    const hr = await as(HELENA, 'cohorts');
    const params = { placementId: first(placed).id };
    expect((await hr.call(getPlacement, { params })).body.status).toBe('employed');
    await control?.moveClock({ toMs: Date.parse(`${FIRST_DAY}T08:00:00+01:00`) });
    const later = await as(HELENA, 'cohorts');
    expect((await later.call(getPlacement, { params })).body.status).toBe('working');
    const coordinator = await as(ANNA, 'cohorts');
    const cohort = await coordinator.call(getCohort, { params: { cohortId: first(cohorts).id } });
    expect(cohort.body.status).toBe('finished');
  });
});

describe('a request for help', () => {
  test('comes from the unit, for a placement of its own', async () => {
    const { id: placementId, unitId } = first(placed);
    const client = await as(manager(unitId), 'requirements');
    const body = { placementId, topic: 'supervision' as const };
    const asked = await client.call(askHelpForUnit, { params: { unitId }, body });
    expect(asked.body).toMatchObject({ placementId, side: 'unit', topic: 'supervision' });
    const elsewhere = first(DEMO_UNITS.filter(({ id, manager: own }) => own === manager(unitId) && id !== unitId)).id;
    const refused = await ask(environment, manager(unitId), askHelpForUnit, { params: { unitId: elsewhere }, body });
    expectProblem(refused, 'reference-unknown');
  });

  test('comes from the participant, noted by the coordinator', async () => {
    const { id: placementId } = first(placed);
    const coordinator = await as(ANNA, 'cohorts');
    const asked = await coordinator.call(askHelp, {
      params: { placementId },
      body: { side: 'participant', topic: 'hours' },
    });
    expect(asked.body).toMatchObject({ placementId, side: 'participant', topic: 'hours' });
  });
});
