import type { Told } from '@gruppstart/edge/queue/worker';
import type { WhatIfWorkedOut } from '@gruppstart/usecases/matching/work-out-what-if';

/** How the log tells of a delivery. There are no figures: a what-if is no run, and is not counted as one. */
export const tellOfWhatIf = (done: WhatIfWorkedOut): Told => ({ facts: { ...done } });
