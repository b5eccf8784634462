import { WHAT_IF_KINDS } from '@gruppstart/domain/matching/what-if';
import { expect, test } from 'vitest';
import { tellOfWhatIf } from './tell-of-what-if.ts';

test.each(WHAT_IF_KINDS)('the log tells that a %s was answered, and counts no run', (question) => {
  expect(tellOfWhatIf({ answered: 'answer', question })).toEqual({ facts: { answered: 'answer', question } });
});

test('the log tells why there is no answer, or that there was one before', () => {
  expect(tellOfWhatIf({ answered: 'failure', question: 'replay', failure: 'facts-unusable' })).toEqual({
    facts: { answered: 'failure', question: 'replay', failure: 'facts-unusable' },
  });
  expect(tellOfWhatIf({ answered: 'before' })).toEqual({ facts: { answered: 'before' } });
});
