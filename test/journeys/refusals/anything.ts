import { ROUTES } from '@gruppstart/contracts/registry';
import type { RequestBody, Route } from '@gruppstart/contracts/route';
import { sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { someRows } from '../candidate-files.ts';
import { exampleOf } from '../examples.ts';
import { placesIn, withValueAt } from '../mutations.ts';
import { type Asked, pathOf, problemIn, type RawAnswer } from '../requests.ts';
import { CARE_HOME } from '../small-town.ts';
import { byId, type SmallWorld } from '../small-world.ts';

/** Runs for each route. FUZZ_RUNS=500 looks longer. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 12);

type JsonRoute = Route & { readonly body: Extract<RequestBody, { kind: 'json' }> };
const JSON_ROUTES = ROUTES.filter((route): route is JsonRoute => route.body?.kind === 'json');

/** Whatever anybody sends is answered, and never by a fault of ours. */
export const anythingIsAnswered = (world: SmallWorld): void => {
  const { ready, sendTo, town } = world;
  const { control, inside } = world.environment;

  const TEXTS = [
    '',
    ' ',
    '\u0000',
    '\ud800',
    'å\u0301\u202e\u{1F469}\u200d\u{1F467}',
    '__proto__',
    '2027-02-30',
    '2027-03-01',
    '0000-01-01',
    '0001-01-01',
    '2100-01-04',
    '9999-12-31',
    '-271821-04-20',
    '82630',
    CARE_HOME,
    town.cohortId,
    town.placeIds.care,
    town.protectedId,
    'x'.repeat(5000),
  ];
  const anyText = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 90 }));
  const anyNumber = fc.oneof(
    fc.constantFrom(0, -0, -1, 1, 50, 51, 100, 101, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324),
    fc.integer({ min: -5, max: 2000 }),
  );
  const anyValue = fc.oneof(anyText, anyNumber, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }));

  /** Half right: the example with some of its places changed. Then the rules behind the schema are reached, too. */
  const nearly = (body: unknown): fc.Arbitrary<unknown> =>
    fc
      .array(fc.tuple(fc.constantFrom(...placesIn(body).filter((path) => path.length > 0)), anyValue), {
        minLength: 1,
        maxLength: 3,
      })
      .map((changes) => changes.reduce((changed, [path, value]) => withValueAt(changed, path, value), body));

  const anyBody = (body: unknown): fc.Arbitrary<unknown> =>
    fc.oneof({ arbitrary: anyValue, weight: 1 }, { arbitrary: nearly(body), weight: 4 });

  /** Whatever was asked, the answer is one that the contract knows: never a fault of ours. */
  const isAnAnswer = (route: Route, answer: RawAnswer): void => {
    expect(answer.status, answer.text).toBeLessThan(500);
    if (answer.status >= 400) problemIn(answer);
    else expect(Object.keys(route.answers)).toContain(String(answer.status));
  };

  describe('whatever is sent', () => {
    test.each(byId(JSON_ROUTES))('to %s as JSON is answered', async (_, route) => {
      await fc.assert(
        fc.asyncProperty(anyBody(ready(route).body), async (body) => {
          const etag = ready(route).etag === undefined ? {} : { etag: '*' };
          isAnAnswer(route, await sendTo(route, { ...ready(route), ...etag }, { body: JSON.stringify(body) }));
        }),
        { numRuns: RUNS },
      );
    });

    test('as a file is answered, and a file that is taken is finished', async () => {
      const whole = Buffer.from(someRows([2, 3, 27, 32, 62, 65, 118])).toString('latin1');
      const [header = '', ...rows] = whole.split('\r\n').filter((line) => line !== '');
      const cell = fc.oneof(
        anyText,
        fc.constantFrom('100 %', '0,5', 'Nej', '"', '";"', '=1+1', "'", '46041', '19121212-1212'),
      );
      const row = fc.oneof(
        anyText,
        fc.tuple(fc.constantFrom(...rows), fc.nat(26), cell).map(([line, index, value]) => {
          const cells = line.split(';');
          return cells.with(Math.min(index, cells.length - 1), value).join(';');
        }),
      );
      const file = fc.oneof(
        { arbitrary: fc.uint8Array({ maxLength: 300 }), weight: 1 },
        {
          arbitrary: fc
            .array(row, { minLength: 1, maxLength: 6 })
            .map((lines) => new Uint8Array(Buffer.from([header, ...lines].join('\r\n'), 'latin1'))),
          weight: 4,
        },
      );
      await fc.assert(
        fc.asyncProperty(file, async (bytes) => {
          isAnAnswer(sendBatch, await sendTo(sendBatch, { ...ready(sendBatch), body: new Uint8Array(bytes) }));
        }),
        { numRuns: RUNS },
      );
    });

    test('in an address is answered', async () => {
      const reading = ROUTES.filter(({ method }) => method === 'GET');
      const asked = fc.tuple(fc.constantFrom(...reading), anyText, fc.dictionary(anyText, anyText, { maxKeys: 3 }));
      await fc.assert(
        fc.asyncProperty(asked, async ([route, id, query]) => {
          const names = Object.keys(ready(route).params ?? {});
          const params = Object.fromEntries(names.map((name) => [name, `x${id}`.slice(0, 800).toWellFormed()]));
          const short = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, value.slice(0, 400)]));
          for (const [path, search] of [
            [params, {}],
            [ready(route).params, short],
          ] as const) {
            const answer = await sendTo(route, {}, { path: pathOf(route, path, search) });
            isAnAnswer(route, answer);
          }
        }),
        { numRuns: RUNS },
      );
    });
  });

  test('after all of it everything that is kept can still be read, and no function has failed', async () => {
    await world.atRest();
    for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
      const asked: Asked = await exampleOf(route, town);
      const hasPages = route.query !== null && 'limit' in route.query.shape;
      const answer = await sendTo(route, {
        ...asked,
        query: { ...asked.query, ...(hasPages ? { limit: '100' } : {}) },
      });
      expect(`${route.id} ${answer.status} ${answer.text.slice(0, 300)}`).toMatch(/^\w+ 200 /);
    }
    const dead = ((await control?.queueDepths()) ?? []).filter(
      ({ isDeadLetter, waiting }) => isDeadLetter && waiting > 0,
    );
    expect(dead).toEqual([]);
    for (const name of ['IntakeApi', 'RequirementsApi', 'CohortsApi', 'IntakeWorker', 'Matcher']) {
      const lines = (await inside?.logOf(`${name}Function`)) ?? [];
      expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    }
  });
};
