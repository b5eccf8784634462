import { expect, test } from 'vitest';
import { isTextBody } from './text-or-binary.ts';

test.each<[string | undefined, string | undefined, boolean]>([
  ['text/plain', undefined, true],
  ['text/csv; charset=windows-1252', undefined, true],
  ['TEXT/HTML', undefined, true],
  ['application/json', undefined, true],
  ['application/json; charset=utf-8', undefined, true],
  ['application/xml', undefined, true],
  ['application/javascript', undefined, true],
  ['application/json', 'identity', true],
  ['application/json', 'gzip', false],
  ['text/plain', 'br', false],
  ['application/problem+json', undefined, false],
  ['application/merge-patch+json', undefined, false],
  ['application/x-www-form-urlencoded', undefined, false],
  ['multipart/form-data; boundary=x', undefined, false],
  ['application/octet-stream', undefined, false],
  ['application/jsonl', undefined, false],
  ['image/svg+xml', undefined, false],
  ['', undefined, false],
  [undefined, undefined, false],
])('a body of %s, encoded %s, is text: %s', (contentType, contentEncoding, expected) => {
  expect(isTextBody(contentType, contentEncoding)).toBe(expected);
});
