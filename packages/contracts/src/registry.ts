import type { ProblemCode } from './problem.ts';
import type { Door } from './roles.ts';
import { needsIdempotencyKey, type Route } from './route.ts';
import { COHORTS_ROUTES } from './routes/cohorts-routes.ts';
import { EXPLANATION_ROUTES } from './routes/explanation-routes.ts';
import { INTAKE_ROUTES } from './routes/intake-routes.ts';
import { NAMED_REQUEST_ROUTES, UNIT_NAMED_REQUEST_ROUTES } from './routes/named-request-routes.ts';
import { REQUIREMENTS_ROUTES } from './routes/requirements-routes.ts';

/** Every HTTP operation there is. */
export const ROUTES: readonly Route[] = [
  ...INTAKE_ROUTES,
  ...REQUIREMENTS_ROUTES,
  ...UNIT_NAMED_REQUEST_ROUTES,
  ...COHORTS_ROUTES,
  ...EXPLANATION_ROUTES,
  ...NAMED_REQUEST_ROUTES,
];

export const routesOf = (door: Door): readonly Route[] => ROUTES.filter((route) => route.door === door);

/** Paths that anyone may read, served by a function of their own. */
export const PUBLIC_PATHS = ['/openapi.json', '/docs', '/docs/{asset+}'] as const;

/**
 * Gateway paths that carry whatever no route takes (a wrong method, an unknown sub-path) to the door that owns the
 * path, so that our own code answers it. Authorised, without a scope.
 */
export const catchAllPaths = (door: Door): readonly string[] => {
  const own = routesOf(door).map((route) => route.path);
  const roots = new Set(own.map((path) => path.split('/').slice(0, 3).join('/')));
  const sharedWithOthers = (root: string): boolean =>
    ROUTES.some((route) => route.door !== door && route.path.startsWith(`${root}/`));
  const paths = new Set<string>();
  for (const root of roots) {
    if (ownerOfRoot(root) === door) {
      paths.add(root);
      paths.add(`${root}/{rest+}`);
    }
    if (sharedWithOthers(root) && ownerOfRoot(root) !== door) {
      for (const path of own.filter((each) => each.startsWith(`${root}/`))) paths.add(path);
    }
  }
  return [...paths].toSorted();
};

/** Of the doors that have routes below a root, the one with most of them owns the rest of it. */
const ownerOfRoot = (root: string): Door => {
  const counts = new Map<Door, number>();
  for (const route of ROUTES) {
    if (route.path === root || route.path.startsWith(`${root}/`)) {
      counts.set(route.door, (counts.get(route.door) ?? 0) + 1);
    }
  }
  const [first] = [...counts].toSorted(([doorA, a], [doorB, b]) => b - a || (doorA < doorB ? -1 : 1));
  if (!first) throw new Error(`No route below ${root}`);
  return first[0];
};

/** What any operation may answer besides its own problems, by what it takes. */
export const problemsOf = (route: Route): readonly ProblemCode[] => {
  const codes = new Set<ProblemCode>([
    'not-permitted',
    'tenant-missing',
    'fault',
    'busy',
    'restore-not-finished',
    ...route.problems,
  ]);
  codes.add('query-invalid');
  if (route.params) codes.add('not-found');
  if (route.query && 'cursor' in route.query.shape) codes.add('cursor-invalid');
  if (needsIdempotencyKey(route)) {
    codes.add('idempotency-key-missing');
    codes.add('idempotency-key-malformed');
    codes.add('idempotency-key-reused');
    codes.add('request-in-flight');
  }
  if (route.ifMatch !== 'none') {
    codes.add('precondition-required');
    codes.add('precondition-failed');
  }
  if (route.body) {
    codes.add('body-too-large');
    codes.add('media-type-unsupported');
    codes.add('body-invalid');
    if (route.body.kind === 'json') codes.add('json-malformed');
  }
  return [...codes];
};
