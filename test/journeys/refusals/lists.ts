import { ROUTES } from '@gruppstart/contracts/registry';
import type { Route } from '@gruppstart/contracts/route';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { userFor, usersOf } from '../examples.ts';
import type { Asked } from '../requests.ts';
import { byId, refusedWith, type SmallWorld } from '../small-world.ts';

/** Whoever comes first, and somebody who reaches the whole municipality: the others read as these do. */
const KINDS_OF_REACH = 2;

/** Lists page by page, and cursors that do not belong to them. */
export const listsKeepTheirPlace = (world: SmallWorld): void => {
  const { environment, ready, sendTo, town } = world;

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

    test.each(byId(lists))(
      'by %s is the same read in twos as read at once, for each kind of user',
      async (_, route) => {
        for (const user of usersOf(route).slice(0, KINDS_OF_REACH)) {
          const whole = await readAll(route, ready(route), '100', user);
          expect(new Set(whole.items.map((item) => JSON.stringify(item))).size).toBe(whole.items.length);
          expect((await readAll(route, ready(route), '2', user)).items).toEqual(whole.items);
        }
      },
    );

    /** The outcomes of a run and the proposals in them are one list, shown in two ways. */
    const listOf = ({ id }: Route): string => (id === 'listProposals' ? 'listOutcomes' : id);
    /** Where the second page of each list begins, as far as it has one; and the same of another run's lists. */
    const secondPages = new Map<string, string>();
    beforeAll(async () => {
      const begin = async (name: string, route: Route, asked: Asked) => {
        const { text } = await sendTo(route, { ...asked, query: { ...asked.query, limit: '1' } });
        const { nextCursor } = Page.parse(JSON.parse(text));
        if (nextCursor !== null) secondPages.set(name, nextCursor);
      };
      for (const route of lists) {
        await begin(listOf(route), route, ready(route));
        const isOfRun = route.params !== null && 'runId' in route.params.shape;
        if (isOfRun) await begin('of another run', route, { ...ready(route), params: { runId: town.placementRunId } });
      }
      expect(secondPages.size).toBeGreaterThan(6);
    });

    test.each(byId(lists))('by %s refuses a cursor that is broken, and one of any other list', async (_, route) => {
      const others = [...secondPages].filter(([name]) => name !== listOf(route)).map(([, cursor]) => cursor);
      const broken = ['x', 'W10', Buffer.from('["x"]').toString('base64url'), '%00'];
      for (const cursor of [...broken, ...others]) {
        for (const user of usersOf(route).slice(0, KINDS_OF_REACH)) {
          const answer = await sendTo(route, { ...ready(route), query: { ...ready(route).query, cursor } }, {}, user);
          refusedWith(route, answer, 'cursor-invalid');
        }
      }
    });
  });
};
