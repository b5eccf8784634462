import { MAX_JSON_BYTES } from '@gruppstart/contracts/route';
import { describe, expect, test } from 'vitest';
import { codeOf, GOOD_INPUT, MAX_FILE, problemOf, type Sent, smallDoor } from '../test-support/small-door.ts';

describe('If-Match', () => {
  const change = async (ifMatch: string | null) => {
    const door = smallDoor();
    const headers = ifMatch === null ? {} : { 'if-match': ifMatch };
    const code = await codeOf(await door.send('PATCH', '/v1/things/thing_aa', {}, headers));
    return code === 'ok 200' ? door.deeds[0]?.deed.expected : code;
  };

  test.each([
    ['"3"', 3],
    [' "3" ', 3],
    ['"0"', 0],
    ['*', 'any'],
    [null, 'precondition-required'],
    ['3', 'precondition-failed'],
    ['W/"3"', 'precondition-failed'],
    ['"3", "4"', 'precondition-failed'],
    ['"three"', 'precondition-failed'],
    ['"1234567890123456"', 'precondition-failed'],
    ['', 'precondition-failed'],
  ])('%j gives %s', async (header, expected) => {
    expect(await change(header)).toBe(expected);
  });

  test('may be left out where the thing may be new', async () => {
    const door = smallDoor();
    expect(await codeOf(await door.send('PUT', '/v1/things/thing_aa', GOOD_INPUT))).toBe('ok 200');
    expect(door.deeds[0]?.deed.expected).toBeNull();
  });

  test('is not read where nothing existing is changed', async () => {
    const door = smallDoor();
    expect(await codeOf(await door.call('/v1/things/thing_aa', { headers: { 'if-match': 'x' } }))).toBe('ok 200');
    expect(await codeOf(await door.send('POST', '/v1/things', GOOD_INPUT, { 'if-match': '"5"' }))).toBe('ok 201');
    expect(door.deeds.map(({ deed }) => deed.expected)).toEqual([null, null]);
  });
});

describe('the query', () => {
  test.each([
    ['?other=1', [{ pointer: '/other', code: 'unknown-field' }]],
    ['?limit=10&limit=20', [{ pointer: 'limit', code: 'repeated' }]],
    ['?limit=0', [{ pointer: '/limit', code: 'invalid-format' }]],
    ['?limit=101', [{ pointer: '/limit', code: 'invalid-format' }]],
    ['?kind=evening', [{ pointer: '/kind', code: 'invalid-value' }]],
    [`?cursor=${'a'.repeat(601)}`, [{ pointer: '/cursor', code: 'too-big' }]],
    ['?__proto__=1', [{ pointer: '/__proto__', code: 'unknown-field' }]],
  ])('%s is refused', async (query, errors) => {
    const problem = await problemOf(await smallDoor().call(`/v1/things${query}`));
    expect(problem).toMatchObject({ status: 400, code: 'query-invalid', errors });
  });

  test('of a route that takes none is refused by name', async () => {
    const problem = await problemOf(await smallDoor().call('/v1/things/thing_aa?name=Testsson'));
    expect(problem).toMatchObject({ code: 'query-invalid', errors: [{ pointer: 'name', code: 'unknown-parameter' }] });
    expect(JSON.stringify(problem)).not.toContain('Testsson');
  });

  test('that is good arrives as it was asked', async () => {
    const door = smallDoor();
    await door.call('/v1/things?limit=100&kind=night');
    expect(door.deeds[0]?.request).toEqual({ params: null, query: { limit: '100', kind: 'night' }, body: null });
  });
});

describe('a JSON body', () => {
  const post = (body: Sent, contentType = 'application/json') =>
    smallDoor().call('/v1/things', {
      method: 'POST',
      body,
      headers: { 'content-type': contentType, 'idempotency-key': 'k-1' },
    });

  test.each(['application/json', 'Application/JSON; charset=utf-8', ' application/json ;x=1'])(
    '%s is taken',
    async (type) => {
      expect(await codeOf(await post(JSON.stringify(GOOD_INPUT), type))).toBe('ok 201');
    },
  );

  test.each([
    '',
    'text/plain',
    'application/xml',
    'application/jsonx',
    'application/merge-patch+json',
    'multipart/form-data',
  ])('%j is not', async (type) => {
    expect(await codeOf(await post(JSON.stringify(GOOD_INPUT), type))).toBe('media-type-unsupported');
  });

  test('of a PATCH may be a merge patch', async () => {
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '*' };
    expect(await codeOf(await smallDoor().send('PATCH', '/v1/things/thing_aa', { seats: 1 }, headers))).toBe('ok 200');
  });

  test.each([
    ['nothing', ''],
    ['half', '{"title":'],
    ['two', '{}{}'],
    ['NaN', 'NaN'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
    ['Windows-1252', new Uint8Array([0x22, 0xe5, 0x22])],
    ['Windows-1252 after the gateway has made text of it', '{"title":"S\uFFFDderhamn","seats":2}'],
    ['half a character', '{"title":"En sak\\ud800","seats":2}'],
    ['half a character in a name', '{"title":"En sak","seats":2,"\\uDC00":1}'],
  ])('that is %s is malformed', async (_what, body) => {
    expect(await problemOf(await post(body))).toMatchObject({ status: 400, code: 'json-malformed' });
  });

  test('may hold whole characters written as two halves, and what only looks like a half', async () => {
    expect(await codeOf(await post('{"title":"Glad \\ud83d\\ude00","seats":2}'))).toBe('ok 201');
    expect(await codeOf(await post('{"title":"Snett \\\\ud800","seats":2}'))).toBe('ok 201');
  });

  test('may begin with a byte-order mark', async () => {
    expect(await codeOf(await post(`\uFEFF${JSON.stringify(GOOD_INPUT)}`))).toBe('ok 201');
  });

  const padded = (bytes: number): string => {
    const text = JSON.stringify(GOOD_INPUT);
    return `${text}${' '.repeat(bytes - text.length)}`;
  };
  test('of exactly 1 MB is taken, one byte more is too large', async () => {
    expect(await codeOf(await post(padded(MAX_JSON_BYTES)))).toBe('ok 201');
    expect(await problemOf(await post(padded(MAX_JSON_BYTES + 1)))).toMatchObject({
      status: 413,
      code: 'body-too-large',
    });
  });

  test.each([
    ['null', 'null', '', 'invalid-type'],
    ['a list', '[]', '', 'invalid-type'],
    ['an unknown field', '{"title":"En sak","seats":1,"extra":true}', '/extra', 'unknown-field'],
    ['a field named like a prototype', '{"title":"En sak","seats":1,"__proto__":{}}', '/__proto__', 'unknown-field'],
    ['a number as text', '{"title":"En sak","seats":"1"}', '/seats', 'invalid-type'],
    ['half a seat', '{"title":"En sak","seats":1.5}', '/seats', 'invalid-type'],
    ['a field missing', '{"title":"En sak"}', '/seats', 'invalid-type'],
    [
      'a list with a fault inside',
      '{"title":"En sak","seats":1,"spans":[{"from":1},{"from":"x"}]}',
      '/spans/1/from',
      'invalid-type',
    ],
  ])('that is %s is refused where it is wrong', async (_what, body, pointer, code) => {
    const problem = await problemOf(await post(body));
    expect(problem).toMatchObject({ status: 422, code: 'body-invalid', errors: [{ pointer, code }] });
  });

  test.each([
    ['a field missing', '{"title":"En sak"}', 'Uppgiften saknas.'],
    ['a number as text', '{"title":"En sak","seats":"1"}', 'Fel typ: här väntas ett tal.'],
  ])('%s is told as what it is', async (_what, body, sv) => {
    const problem = await problemOf(await post(body));
    expect(problem.errors.map(({ detail }) => detail.sv)).toEqual([sv]);
  });
});

describe('a file', () => {
  const send = (body: Sent, contentType?: string) => {
    const door = smallDoor({ answer: { sendFile: () => ({ status: 202, body: { bytes: 1 } }) } });
    const response = door.call('/v1/files', {
      method: 'POST',
      body,
      headers: { 'idempotency-key': 'k-1', ...(contentType ? { 'content-type': contentType } : {}) },
    });
    const received = async () => {
      await response;
      return door.deeds[0]?.request.body;
    };
    return { response, received };
  };
  const form = (...parts: readonly (readonly [string, string | Blob])[]): FormData => {
    const data = new FormData();
    for (const [name, value] of parts) data.append(name, value);
    return data;
  };
  const blob = (size: number): Blob => new Blob([new Uint8Array(size).fill(0xe5)]);

  test('arrives byte for byte, alone or in a form with other fields', async () => {
    const bytes = new Uint8Array([0xe5, 0x00, 0x0d, 0x0a, 0xff]);
    expect(await send(bytes, 'application/octet-stream').received()).toEqual(bytes);
    expect(await send(form(['note', 'x'], ['file', new Blob([bytes])])).received()).toEqual(bytes);
  });

  test.each(['text/csv', 'text/plain', 'application/json', ''])(
    'as %j is not taken: the gateway would have changed it',
    async (type) => {
      expect(await codeOf(await send('a;b', type || undefined).response)).toBe('media-type-unsupported');
    },
  );

  test.each([
    ['no file', form(['note', 'x'])],
    ['two files', form(['file', blob(1)], ['other', blob(1)])],
  ])('in a form with %s is refused', async (_what, data) => {
    expect(await problemOf(await send(data).response)).toMatchObject({
      code: 'body-invalid',
      errors: [{ pointer: '', code: 'one-file-expected' }],
    });
  });

  test.each(['multipart/form-data', 'multipart/form-data; boundary=other'])(
    'in a broken form (%s) is refused',
    async (type) => {
      expect(await codeOf(await send('--x\r\n\r\nhej', type).response)).toBe('body-invalid');
    },
  );

  test.each([
    ['alone', (size: number) => send(blob(size), 'application/octet-stream')],
    ['in a form', (size: number) => send(form(['file', blob(size)]))],
  ])('%s may be as large as declared, and one byte more is too large', async (_how, of) => {
    expect(await codeOf(await of(MAX_FILE).response)).toBe('ok 202');
    expect(await codeOf(await of(MAX_FILE + 1).response)).toBe('body-too-large');
    expect(await codeOf(await of(MAX_FILE + 10_000).response)).toBe('body-too-large');
  });
});
