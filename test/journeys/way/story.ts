import type { CohortView, OutcomeView, PlacementView, ProposalView } from '@gruppstart/contracts/routes/cohorts-routes';
import { listOutcomes, recordAnswer } from '@gruppstart/contracts/routes/cohorts-routes';
import { listCandidates } from '@gruppstart/contracts/routes/intake-routes';
import { listPlaces } from '@gruppstart/contracts/routes/requirements-routes';
import { DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { expect } from 'vitest';
import type { JourneyEnvironment } from '../environment.ts';
import { ask, type RawAnswer } from '../requests.ts';
import { ANNA, type As, asIn, etagOf, everyItem } from '../small-town.ts';

/** One way from a file of candidates to employment. Each part adds what the next one builds on. */
export interface Story {
  readonly environment: JourneyEnvironment;
  readonly as: As;
  /** The two starts of January. */
  cohorts: readonly CohortView[];
  outcomes: readonly OutcomeView[];
  proposals: readonly ProposalView[];
  placements: readonly PlacementView[];
}

export const beginStory = (environment: JourneyEnvironment): Story => ({
  environment,
  as: asIn(environment),
  cohorts: [],
  outcomes: [],
  proposals: [],
  placements: [],
});

/** The first of what must not be empty. */
export const first = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error('The list is empty');
  return item;
};

/** Who answers for a unit. */
export const managerOf = (unitId: string): string => first(DEMO_UNITS.filter(({ id }) => id === unitId)).manager;

export const allCandidates = async ({ as }: Story) => {
  const coordinator = await as(ANNA, 'intake');
  return everyItem(
    async (cursor) => (await coordinator.call(listCandidates, { query: { limit: '100', ...cursor } })).body,
  );
};

export const allPlaces = async ({ as }: Story) => {
  const coordinator = await as(ANNA, 'requirements');
  return everyItem(async (cursor) => (await coordinator.call(listPlaces, { query: { limit: '100', ...cursor } })).body);
};

export const outcomesOf = async ({ as }: Story, runId: string): Promise<readonly OutcomeView[]> => {
  const coordinator = await as(ANNA, 'cohorts');
  return everyItem(
    async (cursor) =>
      (await coordinator.call(listOutcomes, { params: { runId }, query: { limit: '100', ...cursor } })).body,
  );
};

/** What a decision is asked with. */
export const decision = (proposalId: string, etag: string, more: Readonly<Record<string, unknown>> = {}) => ({
  params: { proposalId },
  etag,
  body: { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true, ...more },
});

/** An answer that a user records for the person or the employer, on the proposal as it is now unless an ETag says otherwise. */
export const recorded = async (
  { environment, as }: Story,
  userName: string,
  proposalId: string,
  from: 'person' | 'employer',
  answer = 'yes',
  etag?: string,
): Promise<RawAnswer> =>
  ask(environment, userName, recordAnswer, {
    params: { proposalId },
    etag: etag ?? (await etagOf(as, proposalId)),
    body: { from, answer },
  });

/** The ETag of an answer that was a success. */
export const etagFrom = (answer: RawAnswer): string => {
  expect(`${answer.status} ${answer.text}`).toMatch(/^20[01] /);
  return answer.headers.get('etag') ?? '';
};
