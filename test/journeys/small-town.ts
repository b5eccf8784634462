import type { Door } from '@gruppstart/contracts/roles';
import {
  createCohort,
  decideOnProposal,
  getProposal,
  getRun,
  listPlacements,
  listProposals,
  orderRun,
  type PlacementView,
  type ProposalView,
  publishCohort,
  type RunView,
  recordAnswer,
  registerEmployment,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { type BatchView, getBatch, listBatchRows, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import { answerProposal, createPlace, putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { PLAIN_POLICY } from '@gruppstart/domain/matching/run-policy';
import { type ApiClient, makeApiClient } from '@gruppstart/local/demo/api-client';
import { someRows } from './candidate-files.ts';
import type { JourneyEnvironment } from './environment.ts';
import { until } from './requests.ts';

/** Typed calls as a user at a door. */
export type As = (userName: string, door: Door) => Promise<ApiClient>;

export const asIn =
  (environment: Pick<JourneyEnvironment, 'apiUrl' | 'token'>): As =>
  async (userName, door) =>
    makeApiClient(environment.apiUrl, await environment.token(userName, door));

export const KARIN = 'karin.handlaggare';
export const ANNA = 'anna.samordnare';
export const OMAR = 'omar.samordnare';
export const HELENA = 'helena.hr';
export const MARIA = 'maria.enhetschef';
export const PETER = 'peter.enhetschef';

/** Sends a file and waits until every row has its outcome. */
export const takeBatch = async (as: As, userName: string, bytes: Uint8Array<ArrayBuffer>) => {
  const sender = await as(userName, 'intake');
  const sent = await sender.call(sendBatch, { query: {}, body: bytes });
  const params = { batchId: sent.body.id };
  const batch: BatchView = await until(
    async () => (await sender.call(getBatch, { params })).body,
    ({ status }) => status === 'finished',
  );
  const rows = await everyItem(
    async (cursor) => (await sender.call(listBatchRows, { params, query: { limit: '100', ...cursor } })).body,
  );
  return { batch, rows };
};

/** Every item of a list, page by page. */
export const everyItem = async <T>(
  read: (cursor: { cursor?: string }) => Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }>,
): Promise<readonly T[]> => {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly T[]; readonly nextCursor: string | null } = await read(
      cursor === null ? {} : { cursor },
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
};

/** Orders a run and waits until it has ended. */
export const finishRun = async (
  as: As,
  purpose: 'admission' | 'placement',
  cohortIds: readonly string[],
  horizon = 0,
  policy: Partial<RunView['policy']> | null = null,
): Promise<RunView> => {
  const coordinator = await as(ANNA, 'cohorts');
  const stated = policy === null ? {} : { policy: { ...PLAIN_POLICY, ...policy } };
  const body = { purpose, cohortIds: [...cohortIds], horizon, ...stated };
  const ordered = await coordinator.call(orderRun, { body });
  return until(
    async () => (await coordinator.call(getRun, { params: { runId: ordered.body.id } })).body,
    ({ status }) => status !== 'working',
  );
};

export const proposalsOf = async (as: As, runId: string): Promise<readonly ProposalView[]> => {
  const coordinator = await as(ANNA, 'cohorts');
  return everyItem(
    async (cursor) =>
      (await coordinator.call(listProposals, { params: { runId }, query: { limit: '100', ...cursor } })).body,
  );
};

/** The version of a proposal that a change must name. */
export const etagOf = async (as: As, proposalId: string): Promise<string> => {
  const coordinator = await as(ANNA, 'cohorts');
  return (await coordinator.call(getProposal, { params: { proposalId } })).etag ?? '';
};

/** The person says yes and the coordinator admits. */
export const admit = async (as: As, proposalId: string): Promise<void> => {
  const coordinator = await as(ANNA, 'cohorts');
  const params = { proposalId };
  const yes = await coordinator.call(recordAnswer, {
    params,
    etag: await etagOf(as, proposalId),
    body: { from: 'person', answer: 'yes' },
  });
  await coordinator.call(decideOnProposal, {
    params,
    etag: yes.etag ?? '',
    body: { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true },
  });
};

/** Person, unit and employer say yes; nothing is decided. */
export const agree = async (as: As, { id }: Pick<ProposalView, 'id'>, manager: string): Promise<string> => {
  const params = { proposalId: id };
  const coordinator = await as(ANNA, 'cohorts');
  const hr = await as(HELENA, 'cohorts');
  const unit = await (await as(manager, 'requirements')).call(answerProposal, {
    params,
    etag: await etagOf(as, id),
    body: { answer: 'yes' },
  });
  const person = await coordinator.call(recordAnswer, {
    params,
    etag: unit.etag ?? '',
    body: { from: 'person', answer: 'yes' },
  });
  const employer = await hr.call(recordAnswer, {
    params,
    etag: person.etag ?? '',
    body: { from: 'employer', answer: 'yes' },
  });
  return employer.etag ?? '';
};

export const CARE_HOME = 'unit_aldreboende-solgarden';
export const PRESCHOOL = 'unit_forskola-kotten';
/** Who answers for the places of a unit. */
export const MANAGER_OF: Readonly<Record<string, string>> = { [CARE_HOME]: MARIA, [PRESCHOOL]: PETER };

const SERVICE_ASSISTANT = 'local_serviceassistent';

/** A place that asks for nothing, so that everybody who can work days from January fits. */
export const easyPlace = (unitId: string, seats: number, title = 'Serviceassistent') => ({
  unitId,
  title,
  occupationId: SERVICE_ASSISTANT,
  seats,
  sharePercent: 100,
  workingTimes: ['day' as const],
  opensFrom: '2027-01-01',
  requirements: [],
});

/** Lines of Söderhamn's file whose people can all work full time on days from 2027-01-11; the last is protected. */
const READY_LINES = [9, 10, 13, 30, 33, 36, 40, 65] as const;

/** The smallest town in which every route has something to do. Ids only: what else is known is asked of the API. */
export interface SmallTown {
  readonly as: As;
  readonly batchId: string;
  readonly candidateIds: readonly string[];
  readonly protectedId: string;
  readonly referralId: string;
  readonly placeIds: { readonly care: string; readonly preschool: string };
  /** A published start with members, and one that is only planned. */
  readonly cohortId: string;
  readonly laterCohortId: string;
  readonly admissionRunId: string;
  /** Proposals of the admission that nobody has decided on. */
  readonly openAdmissions: readonly string[];
  readonly placementRunId: string;
  readonly openPlacements: readonly ProposalView[];
  readonly placements: readonly PlacementView[];
  readonly employmentId: string;
}

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The small town has no ${what}`);
  return value;
};

export const employmentFor = ({ id, unitId, startDate, sharePercent }: PlacementView) => ({
  placementId: id,
  form: 'BEA' as const,
  employer: { name: 'Resurscentrum', organisationNumber: null },
  workplaceUnitId: unitId,
  payer: { name: 'Arbetsmarknadsenheten', organisationNumber: '212000-2353' },
  startDate,
  endDate: null,
  sharePercent,
});

/** Builds the town through the API alone. */
export const buildSmallTown = async (environment: Pick<JourneyEnvironment, 'apiUrl' | 'token'>): Promise<SmallTown> => {
  const as = asIn(environment);
  const units = await as(ANNA, 'requirements');
  const coordinator = await as(ANNA, 'cohorts');
  const unit = (unitId: string, name: string, field: 'care' | 'preschool') =>
    units.call(putUnit, { params: { unitId }, body: { name, field, postcode: '82630', municipalityCode: '2182' } });
  await unit(CARE_HOME, 'Äldreboendet Solgården', 'care');
  await unit(PRESCHOOL, 'Förskolan Kotten', 'preschool');
  const stated = async (unitId: string, manager: string, seats: number) =>
    (await (await as(manager, 'requirements')).call(createPlace, { body: easyPlace(unitId, seats) })).body.id;
  const placeIds = { care: await stated(CARE_HOME, MARIA, 6), preschool: await stated(PRESCHOOL, PETER, 2) };

  const { batch, rows } = await takeBatch(as, KARIN, someRows(READY_LINES));
  const taken = rows.flatMap((row) => (row.outcome === 'rejected' ? [] : [row]));
  const secret = found(
    taken.find(({ contactWithheld }) => contactWithheld),
    'protected person',
  );

  const planned = async (name: string, startDate: string) =>
    (await coordinator.call(createCohort, { body: { name, startDate, seats: 12 } })).body.id;
  const cohortId = await planned('Gruppstart januari 1', '2027-01-11');
  const laterCohortId = await planned('Gruppstart januari 2', '2027-01-25');
  const admission = await finishRun(as, 'admission', [cohortId]);
  const admissions = (await proposalsOf(as, admission.id)).toSorted(
    (a, b) => Number(b.candidateId === secret.candidateId) - Number(a.candidateId === secret.candidateId),
  );
  for (const { id } of admissions.slice(0, 6)) await admit(as, id);
  const cohort = { params: { cohortId }, etag: '*' };
  await coordinator.call(publishCohort, cohort);

  const placementRun = await finishRun(as, 'placement', [cohortId]);
  const everybody = await proposalsOf(as, placementRun.id);
  const [firstInCare, ...restInCare] = everybody.filter(({ unitId }) => unitId === CARE_HOME);
  const inPreschool = everybody.filter(({ unitId }) => unitId === PRESCHOOL);
  // Both units have somebody placed, and the care home has somebody to answer for still.
  const proposed = [found(firstInCare, 'proposal in care'), ...inPreschool, ...restInCare];
  for (const proposal of proposed.slice(0, 3)) {
    const etag = await agree(as, proposal, found(MANAGER_OF[proposal.unitId], 'manager'));
    const body = { verdict: 'approved', reason: 'agreed-after-meeting', noConflictOfInterest: true } as const;
    await coordinator.call(decideOnProposal, { params: { proposalId: proposal.id }, etag, body });
  }
  const placements = (await coordinator.call(listPlacements, { query: {} })).body.items;
  const employment = await (await as(HELENA, 'cohorts')).call(registerEmployment, {
    body: employmentFor(found(placements[0], 'placement')),
  });
  return {
    as,
    batchId: batch.id,
    candidateIds: taken.map(({ candidateId }) => candidateId),
    protectedId: secret.candidateId,
    referralId: found(taken[0], 'referral').referralId,
    placeIds,
    cohortId,
    laterCohortId,
    admissionRunId: admission.id,
    openAdmissions: admissions.slice(6).map(({ id }) => id),
    placementRunId: placementRun.id,
    openPlacements: proposed.slice(3),
    placements,
    employmentId: employment.body.id,
  };
};
