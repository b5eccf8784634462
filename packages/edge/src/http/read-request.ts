import type { ProblemItem } from '@gruppstart/contracts/problem';
import { MAX_JSON_BYTES, needsIdempotencyKey, type Route } from '@gruppstart/contracts/route';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { NOT_FOUND, type Refusal, refusal } from '@gruppstart/usecases/deed';
import type { RouteRequest } from './handler.ts';
import { problemItems } from './zod-problems.ts';

const mediaTypeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const item = (pointer: string, code: string, sv: string, en: string): ProblemItem => ({
  pointer,
  code,
  detail: { sv, en },
});

/** `If-Match`: a quoted version, or `*` for whatever it is. Read only where the route asks for it. */
export const readIfMatch = (route: Route, request: Request): Result<number | 'any' | null, Refusal> => {
  if (route.ifMatch === 'none') return ok(null);
  const header = request.headers.get('if-match');
  if (header === null) return route.ifMatch === 'required' ? err({ code: 'precondition-required' }) : ok(null);
  if (header.trim() === '*') return ok('any');
  const version = /^"(\d{1,15})"$/.exec(header.trim());
  if (version?.[1]) return ok(Number(version[1]));
  return err(
    refusal('precondition-failed', {
      sv: 'If-Match ska vara ETag precis som den står i svaret, med citattecken, till exempel "2". Inget har sparats.',
      en: 'If-Match takes the ETag exactly as the answer shows it, quotes included, for example "2". Nothing was kept.',
    }),
  );
};

export const readIdempotencyKey = (route: Route, request: Request): Result<string | null, Refusal> => {
  if (!needsIdempotencyKey(route)) return ok(null);
  const key = request.headers.get('idempotency-key');
  if (key === null) return err({ code: 'idempotency-key-missing' });
  return /^[\x21-\x7e]{1,128}$/.test(key) ? ok(key) : err({ code: 'idempotency-key-malformed' });
};

const readQuery = (route: Route, url: URL): Result<unknown, Refusal> => {
  const names = [...url.searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    return err(
      refusal('query-invalid', undefined, [
        item(repeated.slice(0, 60), 'repeated', 'Parametern står två gånger.', 'The parameter is given twice.'),
      ]),
    );
  }
  if (!route.query) {
    const [unexpected] = names;
    if (unexpected === undefined) return ok(null);
    return err(
      refusal('query-invalid', undefined, [
        item(unexpected.slice(0, 60), 'unknown-parameter', 'Okänd parameter.', 'Unknown parameter.'),
      ]),
    );
  }
  const parsed = route.query.safeParse(Object.fromEntries(url.searchParams), { reportInput: true });
  return parsed.success ? ok(parsed.data) : err(refusal('query-invalid', undefined, problemItems(parsed.error)));
};

const readFile = async (
  route: Route & { body: { kind: 'file' } },
  request: Request,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<Uint8Array, Refusal>> => {
  const withinLimit = (content: Uint8Array): Result<Uint8Array, Refusal> =>
    content.byteLength > route.body.maxBytes ? err({ code: 'body-too-large' }) : ok(content);
  if (mediaTypeOf(request) !== 'multipart/form-data') return withinLimit(bytes);
  const asSent = new Response(bytes, { headers: { 'content-type': request.headers.get('content-type') ?? '' } });
  const form = await asSent.formData().catch(() => null);
  const files = form ? [...form.values()].filter((value) => value instanceof File) : [];
  const [file] = files;
  if (!file || files.length !== 1) {
    return err(
      refusal('body-invalid', undefined, [
        item('', 'one-file-expected', 'Skicka exakt en fil i formuläret.', 'Send exactly one file in the form.'),
      ]),
    );
  }
  return withinLimit(new Uint8Array(await file.arrayBuffer()));
};

/** Room for the boundary lines of multipart around a file of the largest size. */
const MULTIPART_OVERHEAD_BYTES = 4096;

/**
 * Reads JSON whose texts are whole. `"\\ud800"` is half a character: JSON can write it, but no answer can show it again
 * and no table need take it (RFC 7493). Throws a SyntaxError.
 */
const parseWholeText = (text: string): unknown => {
  if (!/\\u[dD]/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => {
    const isWhole = key.isWellFormed() && (typeof value !== 'string' || value.isWellFormed());
    if (!isWhole) throw new SyntaxError('Half a character');
    return value;
  });
};

const readBody = async (
  route: Route,
  request: Request,
): Promise<Result<{ parsed: unknown; bytes: Uint8Array }, Refusal>> => {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const { body } = route;
  if (!body) {
    return bytes.byteLength > MAX_JSON_BYTES ? err({ code: 'body-too-large' }) : ok({ parsed: null, bytes });
  }
  const mediaType = mediaTypeOf(request);
  if (body.kind === 'file') {
    if (!body.mediaTypes.includes(mediaType)) return err({ code: 'media-type-unsupported' });
    if (bytes.byteLength > body.maxBytes + MULTIPART_OVERHEAD_BYTES) return err({ code: 'body-too-large' });
    const file = await readFile({ ...route, body }, request, bytes);
    return file.ok ? ok({ parsed: file.value, bytes: file.value }) : file;
  }
  const acceptsJson =
    mediaType === 'application/json' || (route.method === 'PATCH' && mediaType === 'application/merge-patch+json');
  if (!acceptsJson) return err({ code: 'media-type-unsupported' });
  if (bytes.byteLength > MAX_JSON_BYTES) return err({ code: 'body-too-large' });
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // The gateway hands JSON on as text, with this sign in place of whatever was no UTF-8: "S\uFFFDderhamn" was Latin-1.
    if (text.includes('\uFFFD')) return err({ code: 'json-malformed' });
    json = parseWholeText(text);
  } catch {
    return err({ code: 'json-malformed' });
  }
  const parsed = body.schema.safeParse(json, { reportInput: true });
  return parsed.success
    ? ok({ parsed: parsed.data, bytes })
    : err(refusal('body-invalid', undefined, problemItems(parsed.error)));
};

export interface ReadRequest {
  readonly request: RouteRequest<Route>;
  /** The body as it was sent, for the hash that an idempotency key is bound to. */
  readonly bytes: Uint8Array;
}

/** Reads path, query and body as the registry declares them. A path parameter of the wrong form is an id that does not exist. */
export const readRequest = async (
  route: Route,
  request: Request,
  pathParameters: Readonly<Record<string, string>>,
): Promise<Result<ReadRequest, Refusal>> => {
  const params = route.params ? route.params.safeParse(pathParameters) : null;
  if (params && !params.success) return err(NOT_FOUND);
  const query = readQuery(route, new URL(request.url));
  if (!query.ok) return query;
  const body = await readBody(route, request);
  if (!body.ok) return body;
  return ok({
    request: { params: params?.data ?? null, query: query.value, body: body.value.parsed } as RouteRequest<Route>,
    bytes: body.value.bytes,
  });
};
