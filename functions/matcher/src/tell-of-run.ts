import type { Told } from '@gruppstart/edge/queue/worker';
import type { RunMade } from '@gruppstart/usecases/matching/make-run';

/** How the log tells of a delivery. One that found its run ended has no figures: they would count the run twice. */
export const tellOfRun = (done: RunMade, durationMs: number): Told => {
  switch (done.made) {
    case 'before':
      return { facts: { made: done.made } };
    case 'failure':
      return { facts: { made: done.made, failure: done.failure }, figures: { RunDurationMs: durationMs } };
    case 'result':
      return {
        facts: { made: done.made },
        figures: { RunDurationMs: durationMs, RunCandidates: done.candidates, RunPlaces: done.places },
      };
  }
};
