import { randomUUID } from 'node:crypto';
import { ROUTES } from '@gruppstart/contracts/registry';
import { needsIdempotencyKey, type Route } from '@gruppstart/contracts/route';
import { createCohort } from '@gruppstart/contracts/routes/cohorts-routes';
import { createPlace } from '@gruppstart/contracts/routes/requirements-routes';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleOf, rolesOf, USER_OF, userFor } from './examples.ts';
import type { Asked, RawAnswer } from './requests.ts';
import { ANNA, OMAR, PETER, PRESCHOOL } from './small-town.ts';
import { byId, expectSame, openSmallWorld, refusedWith, routeOf } from './small-world.ts';

const world = await openSmallWorld();
const { environment, ready, sendTo, town } = world;
const { control } = environment;
afterAll(() => world.close());

describe('a list', () => {
  const lists = ROUTES.filter(({ query }) => query !== null && 'cursor' in query.shape);
  const Page = z.object({ items: z.array(z.unknown()), nextCursor: z.string().nullable() });

  /** A list to its end, so many rows at a time. A page may hold fewer than asked for, even none, before the last. */
  const readAll = async (route: Route, asked: Asked, limit: string, user = userFor(route)) => {
    const items: unknown[] = [];
    const cursors: string[] = [];
    for (;;) {
      const cursor = cursors.at(-1);
      const query = { ...asked.query, limit, ...(cursor === undefined ? {} : { cursor }) };
      const answer = await sendTo(route, { ...asked, query }, {}, user);
      expect(`${route.id} ${answer.status} ${answer.text.slice(0, 200)}`).toMatch(/^\w+ 200 /);
      const page = Page.parse(JSON.parse(answer.text));
      expect(page.items.length).toBeLessThanOrEqual(Number(limit));
      items.push(...page.items);
      const next = /^<(\/v1\/.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
      const linked = next === undefined ? null : new URL(next, environment.apiUrl).searchParams.get('cursor');
      expect(linked).toBe(page.nextCursor);
      if (page.nextCursor === null) return { items, cursors };
      cursors.push(page.nextCursor);
    }
  };

  test.each(byId(lists))('by %s is the same read one by one as read at once, for each who may', async (_, route) => {
    for (const user of rolesOf(route).map((role) => USER_OF[role])) {
      const whole = await readAll(route, ready(route), '100', user);
      expect(new Set(whole.items.map((item) => JSON.stringify(item))).size).toBe(whole.items.length);
      expect((await readAll(route, ready(route), '1', user)).items).toEqual(whole.items);
    }
  });

  /** The outcomes of a run and the proposals in them are one list, shown in two ways. */
  const listOf = ({ id }: Route): string => (id === 'listProposals' ? 'listOutcomes' : id);

  test.each(byId(lists))('by %s refuses a cursor that is broken, and one of any other list', async (_, route) => {
    const foreign: string[] = [];
    for (const other of lists.filter((each) => listOf(each) !== listOf(route))) {
      foreign.push(...(await readAll(other, ready(other), '1')).cursors.slice(0, 1));
    }
    if ('runId' in (ready(route).params ?? {})) {
      const ofAnotherRun = await readAll(route, { ...ready(route), params: { runId: town.placementRunId } }, '1');
      foreign.push(...ofAnotherRun.cursors.slice(0, 1));
    }
    expect(foreign.length).toBeGreaterThan(4);
    const broken = ['x', 'e30', 'W10', 'AAAA', Buffer.from('["x"]').toString('base64url'), '%00', 'å'];
    for (const cursor of [...broken, ...foreign]) {
      for (const user of rolesOf(route).map((role) => USER_OF[role])) {
        const answer = await sendTo(route, { ...ready(route), query: { ...ready(route).query, cursor } }, {}, user);
        refusedWith(route, answer, 'cursor-invalid');
      }
    }
  });
});

const shown = ({ status, text, headers }: RawAnswer) => [status, text, headers.get('etag'), headers.get('location')];

/** Something else under the same key: another body, or another thing where there is no body. */
const differing = (route: Route, asked: Asked): Asked => {
  if (asked.body instanceof Uint8Array) return { ...asked, body: new Uint8Array([...asked.body, 10]) };
  if (asked.body === undefined) return { ...asked, params: { cohortId: town.laterCohortId } };
  const otherwise: Readonly<Record<string, unknown>> = {
    name: 'Gruppstart mars',
    title: 'Något annat',
    topic: 'talk',
    answer: 'meet-first',
    reason: 'facts-were-wrong',
    opensFrom: '2027-02-01',
    horizon: 1,
    form: 'AB',
    rows: [{ postcode: '82631', unitId: PRESCHOOL, carMinutes: 1, busMinutes: 1 }],
  };
  const body = z.record(z.string(), z.unknown()).parse(asked.body);
  const [name] = Object.keys(otherwise).filter((each) => each in body);
  if (name === undefined) throw new Error(`What could be asked otherwise of ${route.id}?`);
  return { ...asked, body: { ...body, [name]: otherwise[name] } };
};

describe('a request sent again with its key', () => {
  test.each(byId(ROUTES.filter(needsIdempotencyKey)))(
    'to %s gets the first answer again and has its effect once',
    async (_, route) => {
      const asked = { ...(await exampleOf(route, town)), idempotencyKey: randomUUID() };
      const done = await sendTo(route, asked);
      expect(Object.keys(route.answers), done.text).toContain(String(done.status));
      expect(done.headers.get('idempotency-replayed')).toBeNull();
      const before = await world.allThatIsKept();
      for (const again of [await sendTo(route, asked), await sendTo(route, asked)]) {
        expect(shown(again)).toEqual(shown(done));
        expect(again.headers.get('idempotency-replayed')).toBe('true');
      }
      refusedWith(route, await sendTo(route, differing(route, asked)), 'idempotency-key-reused');
      expectSame(await world.allThatIsKept(), before);
    },
  );

  test.each(['createPlace', 'createCohort', 'sendBatch', 'draftPlaces', 'orderRun'])(
    'five times at once to %s has its effect once',
    async (id) => {
      const route = routeOf(id);
      const example = await exampleOf(route, town);
      // The ads are drafts at the care home already.
      const body =
        id === 'draftPlaces' ? { ...z.looseObject({}).parse(example.body), unitId: PRESCHOOL } : example.body;
      const user = id === 'draftPlaces' ? PETER : userFor(route);
      const asked = { ...example, body, idempotencyKey: randomUUID() };
      const answers = await Promise.all(Array.from({ length: 5 }, () => sendTo(route, asked, {}, user)));
      const [done, ...others] = answers.filter(({ status }) => status < 300);
      if (!done) throw new Error(`None of five was done: ${answers.map(({ text }) => text).join('\n')}`);
      for (const other of others) expect(shown(other)).toEqual(shown(done));
      for (const answer of answers) if (answer.status >= 300) refusedWith(route, answer, 'request-in-flight');
      expect(shown(await sendTo(route, asked, {}, user))).toEqual(shown(done));
    },
  );

  test('is another request when another user, or another route, gets the same key', async () => {
    const idempotencyKey = randomUUID();
    const cohort = { ...(await exampleOf(createCohort, town)), idempotencyKey };
    const place = { ...(await exampleOf(createPlace, town)), idempotencyKey };
    const answers = [
      await sendTo(createCohort, cohort, {}, ANNA),
      await sendTo(createCohort, cohort, {}, OMAR),
      await sendTo(createPlace, place, {}, ANNA),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(3);
  });

  test.skipIf(control === null)('is a new one a day later', async () => {
    const asked = { ...(await exampleOf(createCohort, town)), idempotencyKey: randomUUID() };
    const done = await sendTo(createCohort, asked);
    await control?.moveClock({ byDays: 0.99 });
    expect(shown(await sendTo(createCohort, asked))).toEqual(shown(done));
    await control?.moveClock({ byDays: 0.02 });
    const anew = await sendTo(createCohort, asked);
    expect(anew.status).toBe(201);
    expect(anew.headers.get('location')).not.toBe(done.headers.get('location'));
  });
});
