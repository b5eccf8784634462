import { PROBLEM_CODES, PROBLEMS, ProblemBody } from '@gruppstart/contracts/problem';
import { describe, expect, test } from 'vitest';
import { pointerOf, problemBody } from './problem-answer.ts';

/** Words that English needs and Swedish does not have. */
const ENGLISH = /\b(the|and|this|that|your|you|with|again|what|please|not|has|was)\b/i;
const SWEDISH = /\b(och|att|inte|som|eller|din|ditt|är|på|för|igen)\b/i;

describe('the problem document', () => {
  test.each(PROBLEM_CODES)('of %s says in both languages what to do about it', (code) => {
    const body = problemBody(code, 'req-1');
    expect(ProblemBody.safeParse(body).success).toBe(true);
    expect(body).toMatchObject({ type: `urn:gruppstart:problem:${code}`, status: PROBLEMS[code].status, code });
    expect(body.detail).not.toMatch(ENGLISH);
    expect(body.detailEn).not.toMatch(SWEDISH);
    for (const text of [body.detail, body.detailEn]) {
      expect(text.trim().length).toBeGreaterThan(10);
      expect(text.endsWith('.')).toBe(true);
    }
  });

  test('says what the deed says, when it says anything', () => {
    const errors = [{ pointer: '/seats', code: 'taken', detail: { sv: 'Upptagen', en: 'Taken' } }];
    expect(problemBody('seats-full', 'req-1', { sv: 'Fullt', en: 'Full' }, errors)).toMatchObject({
      detail: 'Fullt',
      detailEn: 'Full',
      correlationId: 'req-1',
      errors,
    });
  });
});

test.each([
  [[], ''],
  [['rows', 1, 'id'], '/rows/1/id'],
  [['a/b', 'c~d', '~1'], '/a~1b/c~0d/~01'],
  [[''], '/'],
])('the path %j is the pointer %j', (path, pointer) => {
  expect(pointerOf(path)).toBe(pointer);
});
