import { readFile } from 'node:fs/promises';
import {
  type CohortView,
  type FairnessView,
  getCohort,
  getCohortCalendar,
  listPlacements,
  type OutcomeView,
  type PlacementView,
  publishCohort,
  type RunView,
} from '@gruppstart/contracts/routes/cohorts-routes';
import type { BatchView } from '@gruppstart/contracts/routes/intake-routes';
import { askHelpForUnit } from '@gruppstart/contracts/routes/requirements-routes';
import type { LaptopCloud } from '../laptop-cloud.ts';
import { fetchToken } from '../login/fetch-token.ts';
import { makeApiClient } from './api-client.ts';
import {
  type AnswerOnTheTelephone,
  type AskedOfRun,
  askOfRun,
  callSomebody,
  readDifferences,
  readForPerson,
} from './ask-of-run.ts';
import {
  type As,
  admit,
  DEMO_ROLES,
  employ,
  place,
  planStarts,
  readCallList,
  readFairness,
  runMatching,
  sendCandidates,
  statePlaces,
} from './demo-steps.ts';
import { DEMO_UNITS } from './demo-units.ts';
import { type NamedSomebody, nameSomebody } from './name-somebody.ts';

/** The demo begins here, six weeks before the first start. */
export const DEMO_BEGINS = '2026-12-01T08:00:00+01:00';
const STARTS = [
  { name: 'Gruppstart januari 1', startDate: '2027-01-11', seats: 16 },
  { name: 'Gruppstart januari 2', startDate: '2027-01-25', seats: 16 },
] as const;
/** Course day on which the introduction and the study visits have shown enough to place people. */
const PLACEMENT_COURSE_DAY = 8;

const CANDIDATE_FILE = new URL('./data/kandidater-soderhamn-2027-01.csv', import.meta.url);

/** What the demo did and read, for whoever prints it. */
export interface DemoStory {
  readonly batch: BatchView;
  readonly refusedRows: readonly { readonly line: number; readonly column: string | null; readonly why: string }[];
  readonly places: number;
  readonly seats: number;
  readonly cohorts: readonly CohortView[];
  /** The admission that was looked at first, and what was asked of it. */
  readonly firstAdmission: RunView;
  readonly questions: Awaited<ReturnType<typeof readCallList>>;
  readonly asked: AskedOfRun;
  readonly named: NamedSomebody;
  readonly called: AnswerOnTheTelephone;
  /** The admission that was decided on, once the call had been made. */
  readonly admission: RunView;
  readonly outcomes: readonly OutcomeView[];
  readonly differences: Awaited<ReturnType<typeof readDifferences>>;
  readonly forPerson: string;
  readonly fairness: FairnessView;
  readonly approved: number;
  readonly declined: number;
  readonly placed: number;
  readonly employed: number;
  readonly placements: readonly PlacementView[];
  readonly calendar: string;
  readonly helpAsked: number;
}

/** Eight in the morning, Stockholm winter time: the whole demo lies between December and February. */
const morningOf = (day: string): number => Date.parse(`${day}T08:00:00+01:00`);

export const rememberLogins = (cloud: Pick<LaptopCloud, 'apiUrl' | 'issuer'>): As => {
  const clients = new Map<string, Promise<string>>();
  return async (userName, door) => {
    const key = `${userName} ${door}`;
    const token = clients.get(key) ?? fetchToken({ issuer: cloud.issuer, userName, door });
    clients.set(key, token);
    return makeApiClient(cloud.apiUrl, await token);
  };
};

/** The way of Söderhamn, once, all through the HTTP API. `tell` gets a line at each step. */
export const runDemo = async (
  cloud: Pick<LaptopCloud, 'apiUrl' | 'issuer' | 'moveClock'>,
  tell: (line: string) => void,
): Promise<DemoStory> => {
  // A token lives an hour; the demo's clock moves by weeks, so each part of the story logs in anew.
  let as = rememberLogins(cloud);

  tell('Handläggaren skickar en fil med kandidater / the caseworker sends a file of candidates');
  const { batch, rows } = await sendCandidates(as, new Uint8Array(await readFile(CANDIDATE_FILE)));
  const refusedRows = rows.flatMap((row) =>
    row.outcome === 'rejected' ? [{ line: row.line, column: row.error.column, why: row.error.detail.sv }] : [],
  );

  tell('Enhetscheferna anger platser, tre av dem ur annonser / unit managers state places, three of them from ads');
  const { places, seats } = await statePlaces(as);

  tell('Samordnaren planerar två gruppstarter / the coordinator plans two shared starts');
  const planned = await planStarts(as, STARTS);
  const cohortIds = planned.map(({ id }) => id);

  tell('Antagning: matchningen körs / admission: the matching is run');
  const looked = await runMatching(as, 'admission', cohortIds);
  const questions = await readCallList(as, looked.run);
  tell('Provräkningar: vad hade hänt om? / what-ifs: what would have happened if?');
  const asked = await askOfRun(as, looked);
  tell('En chef ber om en person, och en kollega beslutar / a manager asks for a person, and a colleague decides');
  const named = await nameSomebody(as, looked);
  tell('Ett samtal ur ringlistan, och antagningen körs om / a call from the list, and the admission is run again');
  const called = await callSomebody(as, looked.run.id, questions);
  const admission = await runMatching(as, 'admission', cohortIds, looked.run.id);
  const differences = await readDifferences(as, looked.run.id, admission.run.id);
  const forPerson = await readForPerson(as, admission);
  const fairness = await readFairness(as, admission.run);

  tell('Personernas svar och besluten / the persons’ answers and the decisions');
  const admitted = await admit(as, admission.proposals);

  tell('Gruppstarterna publiceras / the shared starts are published');
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  for (const cohortId of cohortIds) {
    const read = await coordinator.call(getCohort, { params: { cohortId } });
    await coordinator.call(publishCohort, { params: { cohortId }, etag: read.etag ?? '' });
  }
  const [first] = planned;
  if (!first) throw new Error('The demo has no start');
  const calendar = await coordinator.call(getCohortCalendar, { params: { cohortId: first.id }, query: {} });

  let decided = admitted.approved + admitted.declined;
  let employed = 0;
  let helpAsked = 0;
  for (const cohort of planned) {
    const placementDay = cohort.courseDays[PLACEMENT_COURSE_DAY - 1];
    const lastDay = cohort.courseDays.at(-1);
    if (placementDay === undefined || lastDay === undefined) throw new Error('A cohort has too few course days');
    tell(`Klockan flyttas till kursdag ${PLACEMENT_COURSE_DAY}, ${placementDay}: placering / placement`);
    await cloud.moveClock({ toMs: morningOf(placementDay) });
    as = rememberLogins(cloud);
    const placement = await runMatching(as, 'placement', [cohort.id]);
    decided += await place(as, placement.proposals);

    tell(`Introduktionen är slut ${lastDay}: anställning / the introduction ends: employment`);
    await cloud.moveClock({ toMs: morningOf(lastDay) });
    as = rememberLogins(cloud);
    const own = (await listAll(as)).filter(({ cohortId }) => cohortId === cohort.id);
    employed += await employ(as, own);
    helpAsked += await askForHelp(as, own);
  }

  const reader = await as(DEMO_ROLES.coordinator, 'cohorts');
  const cohorts = await Promise.all(
    cohortIds.map(async (cohortId) => (await reader.call(getCohort, { params: { cohortId } })).body),
  );
  return {
    batch,
    refusedRows,
    places,
    seats,
    cohorts,
    firstAdmission: looked.run,
    questions,
    asked,
    named,
    called,
    admission: admission.run,
    outcomes: admission.outcomes,
    differences,
    forPerson,
    fairness,
    ...admitted,
    placed: decided - admitted.approved - admitted.declined,
    employed,
    placements: await listAll(as),
    calendar: calendar.body,
    helpAsked,
  };
};

const listAll = async (as: As): Promise<readonly PlacementView[]> => {
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  return (await coordinator.call(listPlacements, { query: { limit: '100' } })).body.items;
};

/** The unit with the first placement asks the resource centre for help, as units do in the first weeks. */
const askForHelp = async (as: As, placements: readonly PlacementView[]): Promise<number> => {
  const [first] = placements;
  const unit = DEMO_UNITS.find(({ id }) => id === first?.unitId);
  if (!first || !unit) return 0;
  const manager = await as(unit.manager, 'requirements');
  await manager.call(askHelpForUnit, {
    params: { unitId: unit.id },
    body: { placementId: first.id, topic: 'supervision' },
  });
  return 1;
};
