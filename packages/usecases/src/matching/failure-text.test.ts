import { RUN_FAILURES } from '@gruppstart/domain/matching/match-run';
import { WHAT_IF_FAILURES } from '@gruppstart/domain/matching/what-if';
import { STALLED_TEXT } from '@gruppstart/domain/shared/stalled';
import { describe, expect, test } from 'vitest';
import { endedText } from './failure-text.ts';

describe('what is said of a run or a what-if that has not come to a result', () => {
  test.each([...new Set([...RUN_FAILURES, ...WHAT_IF_FAILURES])])(
    '%s: what was wrong and what to do, in both languages',
    (failure) => {
      const said = endedText('failed', failure);
      for (const text of [said?.sv, said?.en]) expect(text).toMatch(/^\p{Lu}.+\. .*\p{Lu}.+\.$/u);
      expect(said?.sv).not.toBe(said?.en);
    },
  );

  test('one that has stalled says so, and one that works or has a result says nothing more', () => {
    expect(endedText('stalled', null)).toBe(STALLED_TEXT);
    expect(endedText('working', null)).toBeNull();
    expect(endedText('finished', null)).toBeNull();
  });
});
