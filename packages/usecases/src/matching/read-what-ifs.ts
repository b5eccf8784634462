import type { WhatIf } from '@gruppstart/domain/matching/what-if';
import type { RunId, WhatIfId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import { readRun } from './read-run.ts';

type Deps = { readonly store: Store };

export const readWhatIf =
  ({ store }: Deps) =>
  async (reading: Reading, whatIfId: WhatIfId): Promise<Result<Stored<WhatIf>, Refusal>> => {
    const stored = await store.get(reading.actor.tenant, 'what-if', whatIfId);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

/** Everything that has been asked of a run, the newest first: nobody can ask in secret until it suits. */
export const listWhatIfsOfRun =
  (deps: Deps) =>
  async (reading: Reading, runId: RunId, page: PageRequest): Promise<Result<Page<Stored<WhatIf>>, Refusal>> => {
    const run = await readRun(deps)(reading, runId);
    if (!run.ok) return run;
    const found = await deps.store.list(reading.actor.tenant, { list: 'what-ifs-of-run', runId }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };
