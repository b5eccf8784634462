import { describe, expect, test } from 'vitest';
import { PROBLEM_CODES, PROBLEMS, ProblemBody } from './problem.ts';

/** Words that English needs and Swedish does not have. */
const ENGLISH = /\b(the|and|this|that|your|you|with|again|what|please|not|is not|has|was)\b/i;

describe('problem codes', () => {
  test.each(PROBLEM_CODES)('%s has a title in Swedish and one in English', (code) => {
    const { sv, en, status } = PROBLEMS[code];
    expect(sv.trim().length).toBeGreaterThan(3);
    expect(en.trim().length).toBeGreaterThan(3);
    expect(sv).not.toBe(en);
    expect(sv).not.toMatch(ENGLISH);
    expect(en).not.toMatch(/[åäö]/i);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  test('are stable words: small letters and hyphens', () => {
    expect(PROBLEM_CODES.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
  });

  test('have titles of their own', () => {
    expect(new Set(PROBLEM_CODES.map((code) => PROBLEMS[code].sv)).size).toBe(PROBLEM_CODES.length);
    expect(new Set(PROBLEM_CODES.map((code) => PROBLEMS[code].en)).size).toBe(PROBLEM_CODES.length);
  });

  test.each([
    ['idempotency-key-missing', 400],
    ['not-found', 404],
    ['method-not-allowed', 405],
    ['request-in-flight', 409],
    ['precondition-failed', 412],
    ['body-too-large', 413],
    ['media-type-unsupported', 415],
    ['idempotency-key-reused', 422],
    ['precondition-required', 428],
    ['busy', 503],
  ] as const)('%s is answered with %i', (code, status) => {
    expect(PROBLEMS[code].status).toBe(status);
  });
});

test('a problem document holds what is declared and nothing else', () => {
  const body = {
    type: 'urn:gruppstart:problem:not-found',
    title: 'Det finns inget här',
    titleEn: 'There is nothing here',
    status: 404,
    code: 'not-found',
    detail: 'Kontrollera adressen.',
    detailEn: 'Check the address.',
    correlationId: 'c-1',
    errors: [],
  };
  expect(ProblemBody.safeParse(body).success).toBe(true);
  expect(ProblemBody.safeParse({ ...body, stack: 'at x' }).success).toBe(false);
  expect(ProblemBody.safeParse({ ...body, status: 200 }).success).toBe(false);
});
