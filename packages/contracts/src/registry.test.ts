import { PERSONAL_FIELDS } from '@gruppstart/domain/intake/person';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { PROBLEM_CODES } from './problem.ts';
import { QUEUE_OF, QUEUES, QueueMessage } from './queue-messages.ts';
import { catchAllPaths, PUBLIC_PATHS, problemsOf, ROUTES, routesOf } from './registry.ts';
import { DOORS, PURPOSES, SCOPES } from './roles.ts';
import { ANSWER_HEADERS, MAX_JSON_BYTES, METHODS, needsIdempotencyKey, type Route } from './route.ts';

const parametersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
const repeated = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index);

/** Every property name that a schema can show, however deep. */
const propertiesIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(propertiesIn);
  if (node === null || typeof node !== 'object') return [];
  const own = 'properties' in node && node.properties ? Object.keys(node.properties) : [];
  return [...own, ...Object.values(node).flatMap(propertiesIn)];
};
const shownBy = (route: Route): ReadonlySet<string> =>
  new Set(Object.values(route.answers).flatMap(({ schema }) => (schema ? propertiesIn(z.toJSONSchema(schema)) : [])));

describe('every route', () => {
  test('has an id and a method-and-path of its own', () => {
    expect(ROUTES.length).toBeGreaterThan(30);
    expect(repeated(ROUTES.map(({ id }) => id))).toEqual([]);
    expect(repeated(ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`))).toEqual([]);
  });

  test('belongs to one door, by its list and by its declaration', () => {
    expect(DOORS.flatMap((door) => routesOf(door)).length).toBe(ROUTES.length);
    expect(METHODS.filter((method) => ROUTES.some((route) => route.method === method))).not.toEqual([]);
  });

  test.each(ROUTES)('$id declares what it takes and answers', (route) => {
    expect(route.id).toMatch(/^[a-z][A-Za-z]+$/);
    expect(route.path).toMatch(/^\/v1(\/([a-z][a-z.-]*|\{[a-z][A-Za-z]*\}))+$/);
    expect(route.summary.length).toBeGreaterThan(5);
    expect(route.summary.endsWith('.')).toBe(false);
    expect(Object.keys(route.params?.shape ?? {})).toEqual(parametersOf(route.path));
    expect(route.scope).toBe(`${route.door}.${route.method === 'GET' ? 'read' : 'write'}`);
    expect(SCOPES).toContain(route.scope);
    expect(Object.keys(route.access)).not.toEqual([]);
    expect(route.body !== null && (route.method === 'GET' || route.method === 'DELETE')).toBe(false);
    expect(
      Object.keys(route.answers)
        .map(Number)
        .filter((status) => status < 200 || status > 299),
    ).toEqual([]);
    const headers = Object.values(route.answers).flatMap((answer) => answer.headers ?? []);
    expect(headers.filter((header) => !ANSWER_HEADERS.includes(header))).toEqual([]);
  });

  test.each(ROUTES.filter((route) => route.method === 'POST'))(
    '$id needs an idempotency key, as every POST',
    (route) => {
      expect(needsIdempotencyKey(route)).toBe(true);
      expect(problemsOf(route)).toEqual(
        expect.arrayContaining(['idempotency-key-missing', 'idempotency-key-reused', 'request-in-flight']),
      );
    },
  );

  test.each(ROUTES.filter((route) => route.method !== 'POST'))('$id needs none', (route) => {
    expect(needsIdempotencyKey(route)).toBe(false);
    expect(problemsOf(route)).not.toContain('idempotency-key-missing');
  });

  /** A command on something that exists: it changes what its own path names, so it does not answer 201 or 202. */
  const isCommand = (route: Route): boolean =>
    route.method === 'POST' &&
    route.params !== null &&
    route.answers[201] === undefined &&
    route.answers[202] === undefined;

  test.each(ROUTES)('$id asks for If-Match exactly when it changes what exists', (route) => {
    const required = route.method === 'PATCH' || route.method === 'DELETE' || isCommand(route);
    const otherwise = route.method === 'PUT' ? 'when-existing' : 'none';
    expect(route.ifMatch).toBe(required ? 'required' : otherwise);
    if (route.ifMatch === 'none') return;
    expect(problemsOf(route)).toEqual(expect.arrayContaining(['precondition-required', 'precondition-failed']));
    expect(Object.values(route.answers).every(({ headers }) => headers?.includes('ETag'))).toBe(true);
  });

  test.each(ROUTES)('$id gives a Location with what it creates or begins, and a Link with pages', (route) => {
    const withLocation = [201, 202].flatMap((status) => route.answers[status] ?? []);
    const readable = withLocation.filter(({ headers }) => headers?.includes('ETag'));
    expect(readable.every(({ headers }) => headers?.includes('Location'))).toBe(true);
    const pages = route.query !== null && 'cursor' in route.query.shape;
    expect(route.answers[200]?.headers?.includes('Link') ?? false).toBe(pages);
    expect(problemsOf(route).includes('cursor-invalid')).toBe(pages);
  });

  test('takes at most 1 MB of JSON, and of a file what it says', () => {
    const files = ROUTES.flatMap(({ id, body }) => (body?.kind === 'file' ? [[id, body.maxBytes]] : []));
    expect(files).toEqual([['sendBatch', 4 * MAX_JSON_BYTES]]);
  });
});

describe('personal fields', () => {
  test.each(ROUTES)('$id shows exactly those that it declares, for one purpose', (route) => {
    const shown = PERSONAL_FIELDS.filter((field) => shownBy(route).has(field));
    expect(shown).toEqual(PERSONAL_FIELDS.filter((field) => route.personal?.fields.includes(field)));
    if (route.personal) expect(PURPOSES).toContain(route.personal.purpose);
  });

  test('are shown by few routes, and opened by one more that shows none', () => {
    expect(ROUTES.flatMap(({ id, personal }) => (personal ? [[id, personal.fields.length > 0]] : []))).toEqual([
      ['getCandidate', true],
      ['listDisclosedPeople', true],
      ['listParticipants', true],
      ['getFairnessReport', false],
    ]);
  });

  test('at the units’ door are never the number, the day of birth or the measure', () => {
    const shown = routesOf('requirements').flatMap(({ personal }) => personal?.fields ?? []);
    expect(shown).toContain('familyName');
    for (const field of ['personalNumber', 'birthDate', 'possibleMeasures', 'measureValidUntil'] as const) {
      expect(shown).not.toContain(field);
    }
  });

  test('are never sent in a path or a query', () => {
    const names = ROUTES.flatMap(({ params, query }) => [
      ...Object.keys(params?.shape ?? {}),
      ...Object.keys(query?.shape ?? {}),
    ]);
    expect(PERSONAL_FIELDS.filter((field) => names.includes(field))).toEqual([]);
  });
});

describe('what no route takes', () => {
  const asPattern = (path: string): RegExp =>
    new RegExp(`^${path.replace('{rest+}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  const catchers = DOORS.flatMap((door) => catchAllPaths(door).map((path) => ({ door, path })));
  /** The gateway takes the most exact path: without a greedy part, then the longer. */
  const catcherOf = (path: string) =>
    catchers
      .filter((catcher) => asPattern(catcher.path).test(path))
      .toSorted(
        (a, b) => Number(a.path.includes('+}')) - Number(b.path.includes('+}')) || b.path.length - a.path.length,
      )
      .at(0);

  test.each(ROUTES)('on the path of $id comes to its own door', ({ path, door }) => {
    const asked = path.replaceAll(/\{\w+\}/g, 'x');
    const owners = new Set(ROUTES.filter((route) => asPattern(route.path).test(asked)).map((route) => route.door));
    expect(owners).toEqual(new Set([door]));
    expect(catcherOf(asked)?.door).toBe(door);
  });

  test('no path is caught by two doors', () => {
    expect(repeated(catchers.map(({ path }) => path))).toEqual([]);
  });

  test('below a root that two doors share comes to the one with most routes there', () => {
    expect(catcherOf('/v1/proposals/x/answers')?.door).toBe('requirements');
    expect(catcherOf('/v1/proposals/x/elsewhere')?.door).toBe('cohorts');
    expect(catcherOf('/v1/batches/x/y/z')?.door).toBe('intake');
  });

  test('outside the roots is caught by nobody, and public paths are no door’s', () => {
    expect(catcherOf('/v2/batches')).toBeUndefined();
    expect(PUBLIC_PATHS.map((path) => catcherOf(path)).filter(Boolean)).toEqual([]);
  });
});

test('every problem can be answered by some route; a wrong method by the door itself', () => {
  const answered = new Set(ROUTES.flatMap((route) => problemsOf(route)));
  expect(PROBLEM_CODES.filter((code) => !answered.has(code))).toEqual(['method-not-allowed']);
});

test('every kind of message has a queue, and every queue a kind', () => {
  const kinds = QueueMessage.options.map((option) => option.shape.kind.value);
  expect(kinds.toSorted()).toEqual(Object.keys(QUEUE_OF).toSorted());
  expect(new Set(Object.values(QUEUE_OF))).toEqual(new Set(QUEUES));
});
