import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openApiDocument } from './openapi.ts';
import { PROBLEMS } from './problem.ts';
import { problemsOf, ROUTES } from './registry.ts';
import { DOORS, ROLES } from './roles.ts';

/** What the tests read of the document; the rest is looked up by pointer. */
const Operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(
    z.looseObject({ name: z.string().optional(), in: z.string().optional(), $ref: z.string().optional() }),
  ),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
const Document = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  tags: z.array(z.looseObject({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});
const text = JSON.stringify(openApiDocument());
const document = Document.parse(JSON.parse(text));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const refsIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(refsIn);
  if (node === null || typeof node !== 'object') return [];
  const own = '$ref' in node && typeof node.$ref === 'string' ? [node.$ref] : [];
  return [...own, ...Object.values(node).flatMap(refsIn)];
};
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, part) =>
        node !== null && typeof node === 'object' ? Object.entries(node).find(([key]) => key === part)?.[1] : undefined,
      document,
    );

describe('the API in words', () => {
  test('is OpenAPI 3.1 and the same every time', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(JSON.stringify(openApiDocument())).toBe(text);
  });

  test('holds every route of the registry and nothing else', () => {
    const written = operations.map(
      ({ path, method, operation }) => `${method.toUpperCase()} ${path} ${operation.operationId}`,
    );
    expect(written.toSorted()).toEqual(ROUTES.map(({ method, path, id }) => `${method} ${path} ${id}`).toSorted());
  });

  test('points only to what is there, and holds no shape that nobody points to', () => {
    const refs = new Set(refsIn(document));
    expect(refs.size).toBeGreaterThan(20);
    expect([...refs].filter((ref) => !ref.startsWith('#/components/') || at(ref) === undefined)).toEqual([]);
    const unused = Object.keys(document.components.schemas).filter((name) => !refs.has(`#/components/schemas/${name}`));
    expect(unused).toEqual([]);
  });

  test('keeps what only zod reads to itself', () => {
    expect(text).not.toMatch(/\$defs|"~standard"|"\$schema"/);
  });

  test('keeps a property that is called id', () => {
    expect(at('#/components/schemas/Unit')).toMatchObject({ properties: { id: { type: 'string' } } });
  });

  test.each(ROUTES)('says of $id what the registry says', (route) => {
    const found = operations.find(({ operation }) => operation.operationId === route.id)?.operation;
    if (!found) throw new Error('Not written');
    expect(found.summary).toBe(route.summary);
    expect(found.security).toEqual([{ [route.door]: [route.scope] }]);
    expect(ROLES.filter((role) => found.description.includes(`${role} (`)).toSorted()).toEqual(
      Object.keys(route.access).toSorted(),
    );
    const named = found.parameters.map((parameter) => parameter.name ?? parameter.$ref?.split('/').at(-1));
    expect(named).toEqual([
      ...Object.keys(route.params?.shape ?? {}),
      ...Object.keys(route.query?.shape ?? {}),
      ...(route.method === 'POST' ? ['IdempotencyKey'] : []),
      ...({ required: ['IfMatch'], 'when-existing': ['IfMatchWhenExisting'], none: [] } as const)[route.ifMatch],
    ]);
    const mediaTypes = route.body?.kind === 'file' ? route.body.mediaTypes : ['application/json'];
    expect(Object.keys(found.requestBody?.content ?? {})).toEqual(route.body ? mediaTypes : []);
    const statuses = [...Object.keys(route.answers), ...problemsOf(route).map((code) => String(PROBLEMS[code].status))];
    expect(Object.keys(found.responses).toSorted()).toEqual([...new Set([...statuses, '401'])].toSorted());
  });

  test('names every problem of a route under its status', () => {
    const missing = ROUTES.flatMap((route) => {
      const responses = JSON.stringify(
        operations.find(({ operation }) => operation.operationId === route.id)?.operation,
      );
      return problemsOf(route).filter((code) => !responses.includes(`\`${code}\``));
    });
    expect(missing).toEqual([]);
  });

  test('has a tag and a security scheme for each door', () => {
    expect(Object.keys(document.components.securitySchemes)).toEqual([...DOORS]);
    const tags = document.tags.map(({ name }) => name);
    expect(operations.filter(({ operation }) => !operation.tags.every((tag) => tags.includes(tag)))).toEqual([]);
  });
});

test.each(
  ROUTES.flatMap((route) => {
    const answers = Object.values(route.answers).flatMap(({ schema }) => schema ?? []);
    const body = route.body?.kind === 'json' ? [route.body.schema] : [];
    return [
      { id: route.id, schemas: [...answers, ...body, ...[route.params, route.query].filter((each) => each !== null)] },
    ];
  }),
)('what $id takes and gives is the same on both sides of a parse: no transforms, no defaults', ({ schemas }) => {
  for (const schema of schemas) {
    expect(z.toJSONSchema(schema, { io: 'input' })).toEqual(z.toJSONSchema(schema, { io: 'output' }));
  }
});
