import type { WhatIfFailure } from '@gruppstart/domain/matching/what-if';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { findInputFaults } from '../input-faults.ts';
import type { MatchInput, RunResult } from '../model.ts';
import { runMatching } from '../run-matching.ts';

/** Runs a changed input from the beginning: right by definition, whatever was changed. */
export const runOtherwise = (input: MatchInput): Result<RunResult, WhatIfFailure> =>
  findInputFaults(input).length > 0 ? err('input-faulty') : ok(runMatching(input));
