import { needsIdempotencyKey } from '@gruppstart/contracts/route';
import { describe, expect, test } from 'vitest';
import { apiMentions, routesFor, shownCalls } from './api-mentions.ts';
import { MARKDOWN_FILES, read } from './markdown.ts';

const MENTIONS = MARKDOWN_FILES.flatMap((file) => apiMentions(read(file)).map((mention) => ({ file, ...mention })));
const CALLS = MARKDOWN_FILES.flatMap((file) => shownCalls(read(file)).map((call) => ({ file, ...call })));

/** What a reader has put into the variables of the pages, as ids of the right form. */
const VALUES: Readonly<Record<string, string>> = {
  $COHORT: `cohort_${'0'.repeat(26)}`,
  $PLACEMENT: `plcm_${'0'.repeat(26)}`,
  $PLACE: `place_${'0'.repeat(26)}`,
  $CANDIDATE: `cand_${'0'.repeat(26)}`,
  $WHATIF: `what_${'0'.repeat(26)}`,
  $OTHER: `cand_${'1'.repeat(26)}`,
  $REQUEST: `named_${'0'.repeat(26)}`,
  $RUN: `run_${'0'.repeat(26)}`,
};

describe('paths of the API in the pages', () => {
  test('are there at all', () => {
    expect(MENTIONS.length).toBeGreaterThan(60);
    expect(CALLS.length).toBeGreaterThan(30);
  });

  test('exist in the registry', () => {
    const unknown = MENTIONS.filter(({ path }) => routesFor(path).length === 0);
    expect(unknown).toEqual([]);
  });

  test('exist with the method that stands before them', () => {
    const wrong = MENTIONS.filter(
      ({ path, method }) => method !== null && !routesFor(path).some((route) => route.method === method),
    );
    expect(wrong).toEqual([]);
  });
});

describe('calls shown for typing', () => {
  const routeOf = ({ path, method }: (typeof CALLS)[number]) =>
    routesFor(path).find((route) => route.method === method);

  test('exist with their method', () => {
    expect(CALLS.filter((call) => routeOf(call) === undefined)).toEqual([]);
  });

  test('carry a token, a key where one is needed and a version where one is needed', () => {
    const incomplete = CALLS.flatMap((call) => {
      const route = routeOf(call);
      const needed = [
        'authorization',
        ...(route && needsIdempotencyKey(route) ? ['idempotency-key'] : []),
        ...(route?.ifMatch === 'required' ? ['if-match'] : []),
        ...(call.body === null ? [] : ['content-type']),
      ];
      return needed.filter((name) => !call.headers.has(name)).map((name) => `${call.file}: ${call.path} lacks ${name}`);
    });
    expect(incomplete).toEqual([]);
  });

  test('ask only with parameters that are declared', () => {
    const unknown = CALLS.flatMap((call) => {
      const declared = Object.keys(routeOf(call)?.query?.shape ?? {});
      return call.query.filter((name) => !declared.includes(name)).map((name) => `${call.file}: ${call.path}?${name}`);
    });
    expect(unknown).toEqual([]);
  });

  const withBody = CALLS.filter(({ body }) => body !== null);

  test('have bodies to check', () => {
    expect(withBody.length).toBeGreaterThan(12);
  });

  test.each(withBody)('$method $path in $file has a body that the API takes', (call) => {
    const route = routeOf(call);
    const text = Object.entries(VALUES).reduce(
      (known, [name, value]) => known.replaceAll(name, value),
      call.body ?? '',
    );
    expect(route?.body?.kind).toBe('json');
    if (route?.body?.kind !== 'json') return;
    const read = route.body.schema.safeParse(JSON.parse(text));
    expect(read.error?.issues ?? []).toEqual([]);
  });
});
