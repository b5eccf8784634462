import { randomUUID } from 'node:crypto';
import { ROUTES } from '@gruppstart/contracts/registry';
import { needsIdempotencyKey, type Route } from '@gruppstart/contracts/route';
import { createCohort } from '@gruppstart/contracts/routes/cohorts-routes';
import { createPlace } from '@gruppstart/contracts/routes/requirements-routes';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { exampleOf, userFor } from '../examples.ts';
import type { Asked, RawAnswer } from '../requests.ts';
import { ANNA, OMAR, PETER, PRESCHOOL } from '../small-town.ts';
import { byId, expectSame, refusedWith, routeOf, type SmallWorld } from '../small-world.ts';

/** The same request again, with its key. */
export const retriesAreSafe = (world: SmallWorld): void => {
  const { environment, sendTo, town } = world;
  const { control } = environment;

  const shown = ({ status, text, headers }: RawAnswer) => [status, text, headers.get('etag'), headers.get('location')];

  /** Something else under the same key: another body, or another thing where there is no body. */
  const differing = (route: Route, asked: Asked): Asked => {
    if (asked.body instanceof Uint8Array) return { ...asked, body: new Uint8Array([...asked.body, 10]) };
    if (asked.body === undefined) return { ...asked, params: { cohortId: town.laterCohortId } };
    const body = z.record(z.string(), z.unknown()).parse(asked.body);
    const otherwise: Readonly<Record<string, unknown>> = {
      name: 'Gruppstart mars',
      title: 'Något annat',
      topic: 'talk',
      answer: 'meet-first',
      level: 'support-needs',
      reference: 'KS 2026/0124',
      noConflictOfInterest: false,
      reason: 'facts-were-wrong',
      opensFrom: '2027-02-01',
      horizon: 1,
      movedPersonCostPoints: 11,
      value: 45,
      form: 'AB',
      longWaitDays: 200,
      apartFrom: 'start',
      candidateId: town.candidateIds.find((id) => id !== body.candidateId),
      runId: town.placementRunId,
      rows: [{ postcode: '82631', unitId: PRESCHOOL, carMinutes: 1, busMinutes: 1 }],
    };
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
};
