import * as z from 'zod';
import { PROBLEMS, ProblemBody, type ProblemCode } from './problem.ts';
import { problemsOf, ROUTES } from './registry.ts';
import { type Door, SCOPES } from './roles.ts';
import { type AnswerHeader, needsIdempotencyKey, type Route, type RouteAnswer } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const VERSION = '1.0.0';

const HEADER_TEXTS: Readonly<Record<AnswerHeader, string>> = {
  ETag: 'The version of what is answered; send it in If-Match to change it',
  Location: 'Where the new resource is',
  'Retry-After': 'Seconds after which it is worth looking again',
  Link: 'The next page, with rel="next"',
};

const TAGS: Readonly<Record<Door, { readonly name: string; readonly description: string }>> = {
  intake: { name: 'Intake', description: 'For caseworkers at Arbetsförmedlingen: batches, candidates, referrals.' },
  requirements: {
    name: 'Requirements',
    description: 'For unit managers: units, places, requirements, answers to proposals.',
  },
  cohorts: {
    name: 'Cohorts',
    description: 'For the resource centre: shared starts, runs, proposals, decisions, placements, employments.',
  },
};

const NOT_FOR_READERS = new Set(['$schema', 'id', '$defs', '~standard']);

/** Takes away what only zod needs and points shared shapes to the components. Names of properties are left alone. */
const cleaned = (node: unknown, namesProperties = false): unknown => {
  if (Array.isArray(node)) return node.map((item) => cleaned(item));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => namesProperties || !NOT_FOR_READERS.has(key))
      .map(([key, value]) =>
        !namesProperties && key === '$ref' && typeof value === 'string'
          ? [key, value.replace('#/$defs/', '#/components/schemas/')]
          : [key, cleaned(value, !namesProperties && key === 'properties')],
      ),
  );
};

/** Writes schemas; those that carry an id are written once, as components. */
const makeSchemaWriter = () => {
  const components = new Map<string, unknown>();
  const write = (schema: z.ZodType): unknown => {
    const written = z.toJSONSchema(schema, { target: 'draft-2020-12' });
    for (const [name, definition] of Object.entries(written.$defs ?? {})) components.set(name, cleaned(definition));
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) return cleaned(written);
    if (written.$ref === undefined) components.set(id, cleaned(written));
    return { $ref: `#/components/schemas/${id}` };
  };
  return { write, components };
};
type WriteSchema = ReturnType<typeof makeSchemaWriter>['write'];

const parametersOf = (route: Route, write: WriteSchema): readonly Json[] => {
  const shape = (place: 'path' | 'query', object: z.ZodObject | null): readonly Json[] =>
    Object.entries(object?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || !schema.safeParse(undefined).success,
      schema: write(schema as z.ZodType),
    }));
  const headers: Json[] = [];
  if (needsIdempotencyKey(route)) headers.push({ $ref: '#/components/parameters/IdempotencyKey' });
  if (route.ifMatch === 'required') headers.push({ $ref: '#/components/parameters/IfMatch' });
  if (route.ifMatch === 'when-existing') headers.push({ $ref: '#/components/parameters/IfMatchWhenExisting' });
  return [...shape('path', route.params), ...shape('query', route.query), ...headers];
};

const requestBodyOf = (route: Route, write: WriteSchema): Json | null => {
  const { body } = route;
  if (!body) return null;
  if (body.kind === 'json') return { required: true, content: { 'application/json': { schema: write(body.schema) } } };
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  return {
    required: true,
    description: `At most ${body.maxBytes} bytes`,
    content: Object.fromEntries(
      body.mediaTypes.map((mediaType) => [
        mediaType,
        mediaType === 'multipart/form-data'
          ? { schema: { type: 'object', required: ['file'], properties: { file } } }
          : { schema: file },
      ]),
    ),
  };
};

const answerOf = (answer: RouteAnswer, write: WriteSchema): Json => ({
  description: answer.description,
  ...(answer.headers
    ? {
        headers: Object.fromEntries(
          answer.headers.map((name) => [name, { description: HEADER_TEXTS[name], schema: { type: 'string' } }]),
        ),
      }
    : {}),
  ...(answer.schema
    ? { content: { [answer.mediaType?.split(';')[0] ?? 'application/json']: { schema: write(answer.schema) } } }
    : {}),
});

const problemAnswers = (route: Route): Json => {
  const byStatus = Map.groupBy(problemsOf(route), (code) => PROBLEMS[code].status);
  const answers = [...byStatus].map(([status, codes]: [number, ProblemCode[]]): [string, Json] => [
    String(status),
    {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code].en}`).join('. '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return Object.fromEntries([...answers, ['401', { $ref: '#/components/responses/Unauthorized' }]]);
};

const operationOf = (route: Route, write: WriteSchema): Json => {
  const requestBody = requestBodyOf(route, write);
  const roles = Object.entries(route.access).map(([role, reach]) => `${role} (${reach})`);
  return {
    operationId: route.id,
    tags: [TAGS[route.door].name],
    summary: route.summary,
    description: `Who may: ${roles.join(', ')}.`,
    security: [{ [route.door]: [route.scope] }],
    parameters: parametersOf(route, write),
    ...(requestBody ? { requestBody } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer, write)])),
      ...problemAnswers(route),
    },
  };
};

/** The API in words, made from the registry: OpenAPI 3.1. Equal input gives equal text. */
export const openApiDocument = (): Json => {
  const { write, components } = makeSchemaWriter();
  write(ProblemBody);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of ROUTES) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, write) };
  }
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Gruppstart',
      version: VERSION,
      description:
        'Matching, shared starts and introduction for people on their way into welfare jobs. Errors are problem documents (RFC 9457) in Swedish and English.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      contact: { name: 'Resurscentrum' },
    },
    servers: [{ url: '/', description: 'This address' }],
    tags: Object.values(TAGS),
    paths,
    components: {
      schemas: Object.fromEntries([...components].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      parameters: {
        IdempotencyKey: header(
          'Idempotency-Key',
          true,
          'A value of your own per request, so that a retry is safe. Kept 24 hours per user and operation.',
        ),
        IfMatch: header('If-Match', true, 'The ETag of what you have read, or * for whatever it is now'),
        IfMatchWhenExisting: header('If-Match', false, 'The ETag of what you have read; needed when it exists'),
      },
      responses: {
        Unauthorized: {
          description: 'The token is missing, expired or not for this door; answered by the gateway itself',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
            },
          },
        },
      },
      securitySchemes: Object.fromEntries(
        Object.keys(TAGS).map((door) => [
          door,
          {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: `An access token for the ${door} door. Scopes: ${SCOPES.filter((scope) => scope.startsWith(door)).join(', ')}.`,
          },
        ]),
      ),
    },
  };
};
