import { coversUnit } from '@gruppstart/access/permission';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { ProposalId, RunId, UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { chosenPage } from '../all-pages.ts';
import { NOT_FOUND, type Reading, type Refusal } from '../deed.ts';
import { proposalIdOf } from '../matching/proposal-id.ts';
import { finishedRun } from '../matching/read-run.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { supersededNow } from './superseded.ts';

export const readProposal =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, proposalId: ProposalId): Promise<Result<Stored<Proposal>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'proposal', proposalId);
    return stored && coversUnit(reading.actor.permission, stored.value.unitId) ? ok(stored) : err(NOT_FOUND);
  };

/** The proposals of a finished run, a page of its outcomes at a time. */
export const listProposalsOfRun =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (reading: Reading, runId: RunId, page: PageRequest): Promise<Result<Page<Stored<Proposal>>, Refusal>> => {
    const { tenant } = reading.actor;
    const run = await finishedRun(deps, reading, runId);
    if (!run.ok) return run;
    const found = await chosenPage(
      page,
      (next) => deps.store.outcomes(tenant, runId, next),
      (outcome) => outcome.kind === 'proposed' && !outcome.preliminary,
    );
    if (!found) return err({ code: 'cursor-invalid' });
    const ids = found.items.map(({ candidateId }) => proposalIdOf(deps.world, runId, candidateId));
    return ok({ ...found, items: await deps.store.getMany(tenant, 'proposal', ids) });
  };

/**
 * What a unit is to answer: the placements proposed to it. An admission promises no place and asks no unit. What a newer run
 * has taken the place of is left out, unless somebody has decided on it.
 */
export const listProposalsOfUnit =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, unitId: UnitId, page: PageRequest): Promise<Result<Page<Stored<Proposal>>, Refusal>> => {
    const { tenant, permission } = reading.actor;
    if (!coversUnit(permission, unitId) || !(await deps.store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    const isSuperseded = await supersededNow(deps.store, reading);
    const found = await chosenPage(
      page,
      (next) => deps.store.list(tenant, { list: 'proposals-of-unit', unitId }, next),
      ({ value }) => value.purpose === 'placement' && (value.decision !== null || !isSuperseded(value)),
    );
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };
