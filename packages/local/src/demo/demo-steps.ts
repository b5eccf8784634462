import { setTimeout as pause } from 'node:timers/promises';
import type { Door } from '@gruppstart/contracts/roles';
import {
  type CohortView,
  createCohort,
  decideOnProposal,
  type FairnessView,
  getCallList,
  getFairnessReport,
  getRun,
  listOutcomes,
  listProposals,
  type OutcomeView,
  orderRun,
  type ProposalView,
  type RunView,
  recordAnswer,
  registerEmployment,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { type BatchView, getBatch, listBatchRows, sendBatch } from '@gruppstart/contracts/routes/intake-routes';
import {
  answerProposal,
  changePlace,
  createPlace,
  draftPlaces,
  listUnitProposals,
  putUnit,
  setTravelTimes,
} from '@gruppstart/contracts/routes/requirements-routes';
import type { ApiClient } from './api-client.ts';
import { DEMO_AD_UNITS, DEMO_ADS } from './demo-ads.ts';
import { DEMO_PLACES } from './demo-places.ts';
import { DEMO_MUNICIPALITY_CODE, DEMO_TRAVEL_TIMES, DEMO_UNITS } from './demo-units.ts';

/** A logged-in user at a door; logins are remembered. */
export type As = (userName: string, door: Door) => Promise<ApiClient>;

const COORDINATOR = 'anna.samordnare';
const COLLEAGUE = 'omar.samordnare';
const HR = 'helena.hr';
const CASEWORKER = 'karin.handlaggare';
const PROCESS_OWNER = 'birgitta.processagare';
export const DEMO_ROLES = {
  coordinator: COORDINATOR,
  /** Of the coordinator: who asks for somebody does not decide. */
  colleague: COLLEAGUE,
  hr: HR,
  caseworker: CASEWORKER,
  processOwner: PROCESS_OWNER,
} as const;

const LOOK_EVERY_MS = 100;
const GIVE_UP_AFTER_LOOKS = 600;
const PAGE = '100';

/** Looks again until it is done. Throws when it takes over a minute. */
export const until = async <T>(look: () => Promise<T>, done: (value: T) => boolean): Promise<T> => {
  for (let looks = 0; looks < GIVE_UP_AFTER_LOOKS; looks += 1) {
    const value = await look();
    if (done(value)) return value;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error('Det tog över en minut. / It took over a minute.');
};

/** Every page of a list. */
const everyPage = async <T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<readonly T[]> => {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
};

/** The caseworker sends the file and waits until every row has its outcome. */
export const sendCandidates = async (as: As, bytes: Uint8Array<ArrayBuffer>) => {
  const caseworker = await as(CASEWORKER, 'intake');
  const sent = await caseworker.call(sendBatch, { query: {}, body: bytes });
  const batch: BatchView = await until(
    async () => (await caseworker.call(getBatch, { params: { batchId: sent.body.id } })).body,
    ({ status }) => status === 'finished',
  );
  const rows = await everyPage(async (cursor) => {
    const page = await caseworker.call(listBatchRows, {
      params: { batchId: batch.id },
      query: { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
    });
    return page.body;
  });
  return { batch, rows };
};

/** The units and travel minutes by the coordinator, the places by each unit's own manager, three of them from ads. */
export const statePlaces = async (as: As) => {
  const coordinator = await as(COORDINATOR, 'requirements');
  for (const { id, name, field, postcode } of DEMO_UNITS) {
    await coordinator.call(putUnit, {
      params: { unitId: id },
      body: { name, field, postcode, municipalityCode: DEMO_MUNICIPALITY_CODE },
    });
  }
  await coordinator.call(setTravelTimes, { body: { rows: [...DEMO_TRAVEL_TIMES] } });
  const managerOf = (unitId: string): string => {
    const unit = DEMO_UNITS.find(({ id }) => id === unitId);
    if (!unit) throw new Error(`Demo unit ${unitId} is missing`);
    return unit.manager;
  };
  let places = 0;
  let seats = 0;
  for (const place of DEMO_PLACES) {
    const manager = await as(managerOf(place.unitId), 'requirements');
    const stated = await manager.call(createPlace, { body: place });
    places += 1;
    seats += stated.body.seats ?? 0;
  }
  for (const { adId, unitId, seats: stated } of DEMO_AD_UNITS) {
    const manager = await as(managerOf(unitId), 'requirements');
    const ads = DEMO_ADS.filter(({ id }) => id === adId);
    const drafted = await manager.call(draftPlaces, { body: { unitId, opensFrom: '2027-01-01', ads: [...ads] } });
    const [row] = drafted.body.items;
    if (!row?.ok) throw new Error(`The ad ${adId} became no draft`);
    await manager.call(changePlace, {
      params: { placeId: row.createdId },
      etag: '"1"',
      body: { seats: stated, confirm: true },
    });
    places += 1;
    seats += stated;
  }
  return { places, seats };
};

export const planStarts = async (
  as: As,
  starts: readonly { readonly name: string; readonly startDate: string; readonly seats: number }[],
): Promise<readonly CohortView[]> => {
  const coordinator = await as(COORDINATOR, 'cohorts');
  const cohorts: CohortView[] = [];
  for (const start of starts) cohorts.push((await coordinator.call(createCohort, { body: start })).body);
  return cohorts;
};

export interface RunRead {
  readonly run: RunView;
  readonly outcomes: readonly OutcomeView[];
  readonly proposals: readonly ProposalView[];
}

/** So many points it must be worth to move somebody away from what was proposed before. */
export const MOVED_PERSON_COST_POINTS = 30;

/**
 * Orders a run, waits for it and reads what it says of everybody. `keepOf`: an earlier run, whose proposals are kept where
 * it costs little.
 */
export const runMatching = async (
  as: As,
  purpose: 'admission' | 'placement',
  cohortIds: readonly string[],
  keepOf: string | null = null,
): Promise<RunRead> => {
  const coordinator = await as(COORDINATOR, 'cohorts');
  const keep = keepOf === null ? null : { runId: keepOf, movedPersonCostPoints: MOVED_PERSON_COST_POINTS };
  const policy = { pins: [], placeAtMost: null, keep, factsOf: null };
  const ordered = await coordinator.call(orderRun, {
    body: { purpose, cohortIds: [...cohortIds], horizon: 0, policy },
  });
  const params = { runId: ordered.body.id };
  const run = await until(
    async () => (await coordinator.call(getRun, { params })).body,
    ({ status }) => status !== 'working',
  );
  if (run.status === 'failed') throw new Error(`The run failed: ${run.failure}`);
  const query = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
  const outcomes = await everyPage(
    async (cursor) => (await coordinator.call(listOutcomes, { params, query: query(cursor) })).body,
  );
  const proposals = await everyPage(
    async (cursor) => (await coordinator.call(listProposals, { params, query: query(cursor) })).body,
  );
  return { run, outcomes, proposals };
};

export const readCallList = async (as: As, run: RunView) =>
  (await (await as(COORDINATOR, 'cohorts')).call(getCallList, { params: { runId: run.id } })).body.items;

export const readFairness = async (as: As, run: RunView): Promise<FairnessView> =>
  (await (await as(COORDINATOR, 'cohorts')).call(getFairnessReport, { params: { runId: run.id } })).body;

/** In the demo a few say no, always the same ones: the sixteenth, the thirty-second ... */
const NO_EVERY = 16;
export const saysNo = (index: number): boolean => index % NO_EVERY === NO_EVERY - 1;

/** The persons' answers are recorded and each proposal is decided: an admission. */
export const admit = async (
  as: As,
  proposals: readonly ProposalView[],
): Promise<{ approved: number; declined: number }> => {
  const coordinator = await as(COORDINATOR, 'cohorts');
  const counts = { approved: 0, declined: 0 };
  for (const [index, { id }] of proposals.entries()) {
    const params = { proposalId: id };
    const no = saysNo(index);
    const answered = await coordinator.call(recordAnswer, {
      params,
      etag: '"1"',
      body: { from: 'person', answer: no ? 'no' : 'yes' },
    });
    await coordinator.call(decideOnProposal, {
      params,
      etag: answered.etag ?? '',
      body: no
        ? { verdict: 'declined', reason: 'person-declined', noConflictOfInterest: true }
        : { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true },
    });
    counts[no ? 'declined' : 'approved'] += 1;
  }
  return counts;
};

/** Each unit's manager answers for the own places, then person and employer, then the decision: a placement. */
export const place = async (as: As, proposals: readonly ProposalView[]): Promise<number> => {
  const coordinator = await as(COORDINATOR, 'cohorts');
  const hr = await as(HR, 'cohorts');
  for (const unit of DEMO_UNITS) {
    const manager = await as(unit.manager, 'requirements');
    const waiting = await manager.call(listUnitProposals, { params: { unitId: unit.id }, query: { limit: PAGE } });
    for (const { id, etag, unitAnswer } of waiting.body.items) {
      if (unitAnswer || !proposals.some((proposal) => proposal.id === id)) continue;
      await manager.call(answerProposal, { params: { proposalId: id }, etag, body: { answer: 'yes' } });
    }
  }
  let decided = 0;
  for (const { id } of proposals) {
    const params = { proposalId: id };
    const person = await coordinator.call(recordAnswer, {
      params,
      etag: '"2"',
      body: { from: 'person', answer: 'yes' },
    });
    const employer = await hr.call(recordAnswer, {
      params,
      etag: person.etag ?? '',
      body: { from: 'employer', answer: 'yes' },
    });
    await coordinator.call(decideOnProposal, {
      params,
      etag: employer.etag ?? '',
      body: { verdict: 'approved', reason: 'agreed-after-meeting', noConflictOfInterest: true },
    });
    decided += 1;
  }
  return decided;
};

const CENTRE = { name: 'Resurscentrum, Söderhamns kommun', organisationNumber: null };
const PAYER = { name: 'Arbetsmarknadsenheten, Söderhamns kommun', organisationNumber: null };

export interface PlacementToEmploy {
  readonly id: string;
  readonly unitId: string;
  readonly startDate: string;
  readonly sharePercent: number;
}

/** The resource centre employs; the work is done at the unit; another purse pays. */
export const employ = async (as: As, placements: readonly PlacementToEmploy[]): Promise<number> => {
  const hr = await as(HR, 'cohorts');
  for (const { id, unitId, startDate, sharePercent } of placements) {
    await hr.call(registerEmployment, {
      body: {
        placementId: id,
        form: 'BEA',
        employer: CENTRE,
        workplaceUnitId: unitId,
        payer: PAYER,
        startDate,
        endDate: null,
        sharePercent,
      },
    });
  }
  return placements.length;
};
