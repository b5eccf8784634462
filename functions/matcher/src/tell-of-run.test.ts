import { RUN_FAILURES } from '@gruppstart/domain/matching/match-run';
import { describe, expect, test } from 'vitest';
import { tellOfRun } from './tell-of-run.ts';

describe('the log tells of a delivery', () => {
  test('that made a run: how long it took and how large it was', () => {
    expect(tellOfRun({ made: 'result', candidates: 100, places: 40 }, 1234)).toEqual({
      facts: { made: 'result' },
      figures: { RunDurationMs: 1234, RunCandidates: 100, RunPlaces: 40 },
    });
  });

  test('that found the run made: without figures, which would count it twice', () => {
    expect(tellOfRun({ made: 'before' }, 12)).toEqual({ facts: { made: 'before' } });
  });

  test.each(RUN_FAILURES)('that ended the run as %s: why, and without a size', (failure) => {
    expect(tellOfRun({ made: 'failure', failure }, 50)).toEqual({
      facts: { made: 'failure', failure },
      figures: { RunDurationMs: 50 },
    });
  });
});
