import type { ProblemBody, ProblemCode } from '@gruppstart/contracts/problem';
import { problemsOf, ROUTES } from '@gruppstart/contracts/registry';
import type { Route } from '@gruppstart/contracts/route';
import { afterAll, beforeAll, expect } from 'vitest';
import { type JourneyEnvironment, openEnvironment } from './environment.ts';
import { exampleOf, userFor } from './examples.ts';
import { SECRET } from './mutations.ts';
import { type Asked, expectProblem, type RawAnswer, type RawRequest, requestFor, send, until } from './requests.ts';
import { buildSmallTown, type SmallTown } from './small-town.ts';

/** An environment with the small town in it, and a right request for every route. */
export interface SmallWorld {
  readonly environment: JourneyEnvironment;
  readonly town: SmallTown;
  /** A right request, made once: as long as requests are only refused, it stays right. */
  ready(route: Route): Asked;
  /** Sends a request of the route, right but for what is changed here; as `user`, or as somebody who may. */
  sendTo(route: Route, asked: Asked, changes?: Partial<RawRequest>, user?: string): Promise<RawAnswer>;
  /** Waits until no queue holds anything that is still to be done. */
  atRest(): Promise<void>;
  /** Everything that is stored, or where nobody can look inside, everything that can be read. */
  allThatIsKept(): Promise<readonly string[]>;
  /** The tests of this group must leave nothing behind. */
  keepsNothing(): void;
  close(): Promise<void>;
}

export const routeOf = (id: string): Route => {
  const [route] = ROUTES.filter((each) => each.id === id);
  if (!route) throw new Error(`No route ${id}`);
  return route;
};

/** For `test.each`: the id makes the name of the test. */
export const byId = <R extends Route>(routes: readonly R[]) => routes.map((route) => [route.id, route] as const);

/** The refusal, which must be one that the contract tells clients to expect. */
export const refusedWith = (route: Route, answer: RawAnswer, code: ProblemCode): ProblemBody => {
  const body = expectProblem(answer, code);
  expect(problemsOf(route), `${route.id} declares ${code}`).toContain(code);
  expect(answer.text).not.toContain(SECRET);
  return body;
};

/** Only what differs is shown: the whole is hundreds of items. */
export const expectSame = (after: readonly string[], before: readonly string[]): void => {
  const [known, now] = [new Set(before), new Set(after)];
  const added = after.filter((item) => !known.has(item));
  const gone = before.filter((item) => !now.has(item));
  expect({ added, gone }).toEqual({ added: [], gone: [] });
};

export const openSmallWorld = async (): Promise<SmallWorld> => {
  const environment = await openEnvironment();
  const { control, inside } = environment;
  const town = await buildSmallTown(environment);
  const readyRequests = new Map<string, Asked>();
  for (const route of ROUTES) readyRequests.set(route.id, await exampleOf(route, town));

  const world: SmallWorld = {
    environment,
    town,
    ready(route) {
      const asked = readyRequests.get(route.id);
      if (!asked) throw new Error(`Nothing is ready for ${route.id}`);
      return asked;
    },
    async sendTo(route, asked, changes = {}, user = userFor(route)) {
      const request = requestFor(route, asked);
      const headers = { ...request.headers, ...changes.headers };
      const token = await environment.token(user, route.door);
      return send(environment.apiUrl, { ...request, token, ...changes, headers });
    },
    async atRest() {
      if (control === null) return;
      await until(
        () => control.queueDepths(),
        (depths) => depths.every(({ isDeadLetter, waiting, inFlight }) => isDeadLetter || waiting + inFlight === 0),
      );
    },
    async allThatIsKept() {
      await world.atRest();
      if (inside !== null) return inside.storedItems();
      const read: string[] = [];
      for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
        const { status, text } = await world.sendTo(route, world.ready(route));
        // A calendar says when it was made.
        read.push(`${route.id} ${status} ${text.replaceAll(/^DTSTAMP:.*$/gm, '')}`);
      }
      return read;
    },
    keepsNothing() {
      let before: readonly string[] = [];
      beforeAll(async () => {
        before = await world.allThatIsKept();
      });
      afterAll(async () => {
        expectSame(await world.allThatIsKept(), before);
      });
    },
    close: () => environment.close(),
  };
  await world.atRest();
  return world;
};
