import { expect, test } from 'vitest';
import { pageRequest } from './page-request.ts';

test.each([
  [{}, { limit: 50, cursor: null }],
  [{ limit: '1' }, { limit: 1, cursor: null }],
  [
    { limit: '100', cursor: 'abc' },
    { limit: 100, cursor: 'abc' },
  ],
])('the query %j asks for the page %j', (query, page) => {
  expect(pageRequest(query)).toEqual(page);
});
