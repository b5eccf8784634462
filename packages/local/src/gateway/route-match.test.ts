import { describe, expect, test } from 'vitest';
import type { RouteModel } from '../template/model.ts';
import { createRouteMatcher } from './route-match.ts';

const route = (key: string): RouteModel => ({
  key,
  functionName: 'F',
  authorizer: null,
  scopes: [],
  integrationTimeoutMs: 30_000,
});
const matcher = (...keys: readonly string[]) => createRouteMatcher(keys.map(route));

const PETS = [
  'GET /pets/dog/1',
  'GET /pets/dog/{id}',
  'GET /pets/{proxy+}',
  'ANY /{proxy+}',
  'GET /',
  'POST /pets',
  '$default',
];

describe('the most exact route answers', () => {
  test.each<[string, string, string, Record<string, string> | null]>([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', null],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['GET', '/pets/dog/2/teeth', 'GET /pets/{proxy+}', { proxy: 'dog/2/teeth' }],
    ['POST', '/pets', 'POST /pets', null],
    ['GET', '/pets', 'ANY /{proxy+}', { proxy: 'pets' }],
    ['POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    ['DELETE', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
    ['GET', '/', 'GET /', null],
    ['POST', '/', '$default', null],
    ['GET', '/pets/dog/a b', 'GET /pets/dog/{id}', { id: 'a b' }],
  ])('%s %s', (method, path, key, parameters) => {
    const found = matcher(...PETS)(method, path);
    expect(found?.route.key).toBe(key);
    expect(found?.pathParameters ?? null).toEqual(parameters);
  });

  test('whatever order the template lists them in', () => {
    const backwards = matcher(...PETS.toReversed());
    for (const path of ['/pets/dog/1', '/pets/dog/2', '/pets/cat', '/', '/else']) {
      expect(backwards('GET', path)?.route.key).toBe(matcher(...PETS)('GET', path)?.route.key);
    }
  });

  test.each<[string, readonly string[], string, string, string]>([
    ['a named method comes before ANY', ['ANY /a', 'GET /a'], 'GET', '/a', 'GET /a'],
    ['ANY takes what no method names', ['ANY /a', 'GET /a'], 'PUT', '/a', 'ANY /a'],
    [
      'a fixed path for ANY comes before a variable for the method',
      ['GET /u/{id}', 'ANY /u/near'],
      'GET',
      '/u/near',
      'ANY /u/near',
    ],
    [
      'a full path comes before a greedy one with the method',
      ['GET /u/{rest+}', 'ANY /u/{id}'],
      'GET',
      '/u/1',
      'ANY /u/{id}',
    ],
    [
      'a longer greedy route comes before a shorter',
      ['ANY /a/{rest+}', 'ANY /a/b/{rest+}'],
      'GET',
      '/a/b/c',
      'ANY /a/b/{rest+}',
    ],
    [
      'a wrong method falls to the catch-all',
      ['GET /v1/batches', 'ANY /v1/batches', 'ANY /v1/batches/{rest+}'],
      'DELETE',
      '/v1/batches',
      'ANY /v1/batches',
    ],
    [
      'text before a variable decides at the first difference',
      ['GET /{a}/x/{b}', 'GET /p/{c}/{d}'],
      'GET',
      '/p/x/1',
      'GET /p/{c}/{d}',
    ],
  ])('%s', (_rule, keys, method, path, expected) => {
    expect(matcher(...keys)(method, path)?.route.key).toBe(expected);
    expect(matcher(...keys.toReversed())(method, path)?.route.key).toBe(expected);
  });
});

describe('no route answers', () => {
  test.each<[string, string, readonly string[]]>([
    ['another method', '/a', ['POST /a']],
    ['a longer path', '/a/b', ['GET /a']],
    ['a shorter path', '/a', ['GET /a/{id}']],
    ['an empty variable', '/a/', ['GET /a/{id}']],
    ['nothing for a greedy variable', '/a/', ['GET /a/{rest+}']],
    ['a trailing slash', '/a/', ['GET /a']],
    ['another case', '/A', ['GET /a']],
  ])('%s', (_what, path, keys) => {
    expect(matcher(...keys)('GET', path)).toBeNull();
  });
});
