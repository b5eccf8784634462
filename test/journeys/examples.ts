import { randomUUID } from 'node:crypto';
import type { Role } from '@gruppstart/contracts/roles';
import type { Route } from '@gruppstart/contracts/route';
import {
  createCohort,
  discloseToUnit,
  getCohort,
  getPlacement,
  getProposal,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { previewErasure } from '@gruppstart/contracts/routes/intake-routes';
import { endPairRule, listPairRules, makePairRule } from '@gruppstart/contracts/routes/matching-rules-routes';
import {
  listUnitNamedRequests,
  type NamedRequestView,
  nameCandidate,
  withdrawNamedRequest,
} from '@gruppstart/contracts/routes/named-request-routes';
import { getPlace, getUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { askWhatIf } from '@gruppstart/contracts/routes/what-if-routes';
import { DEFAULT_WEIGHTS, type NewWeights } from '@gruppstart/domain/matching/weights';
import { DEMO_ADS } from '@gruppstart/local/demo/demo-ads';
import { someRows } from './candidate-files.ts';
import type { Asked } from './requests.ts';
import {
  ANNA,
  CARE_HOME,
  easyPlace,
  employmentFor,
  etagOf,
  everyItem,
  finishRun,
  HELENA,
  KARIN,
  MARIA,
  proposalsOf,
  type SmallTown,
  takeBatch,
} from './small-town.ts';

/** One user of each role in the small town's municipality, whose own scope the town's things lie in. */
export const USER_OF: Readonly<Record<Role, string>> = {
  caseworker: KARIN,
  'unit-manager': MARIA,
  coordinator: ANNA,
  'process-owner': 'birgitta.processagare',
  auditor: 'david.dataskydd',
  hr: HELENA,
  union: 'farid.facket',
  'batch-sender': 'af-batch-sender',
};

/** Their counterparts in the other municipality, as far as it has them. */
export const FOREIGN_USER_OF: Readonly<Partial<Record<Role, string>>> = {
  caseworker: 'sara.handlaggare',
  'unit-manager': 'eva.enhetschef',
  coordinator: 'nils.samordnare',
  'process-owner': 'gunnar.processagare',
  auditor: 'mona.dataskydd',
  hr: 'per.hr',
  union: 'lina.facket',
};

export const rolesOf = (route: Route): readonly Role[] =>
  Object.keys(USER_OF).filter((role): role is Role => role in route.access);

/** One user of each role that may call the route. */
export const usersOf = (route: Route): readonly string[] => rolesOf(route).map((role) => USER_OF[role]);

/** A user who may call the route. */
export const userFor = (route: Route): string => {
  const [user] = usersOf(route);
  if (user === undefined) throw new Error(`Nobody may call ${route.id}`);
  return user;
};

/** Makes a request of the route that is right in every part, and can be made again and again. */
type Example = (town: SmallTown) => Promise<Asked> | Asked;

const later = async (town: SmallTown): Promise<string> => {
  const coordinator = await town.as(ANNA, 'cohorts');
  const body = { name: 'Gruppstart vår', startDate: '2027-03-01', seats: 12 };
  return (await coordinator.call(createCohort, { body })).body.id;
};

/** A proposal of an admission on which nobody has decided, from a run of its own: decisions use proposals up. */
const undecided = async (town: SmallTown): Promise<string> => {
  const run = await finishRun(town.as, 'admission', [town.laterCohortId]);
  const [proposal] = await proposalsOf(town.as, run.id);
  if (!proposal) throw new Error('Nobody is left to admit');
  return proposal.id;
};

const openPlacement = (town: SmallTown): string => {
  const own = town.openPlacements.find(({ unitId }) => unitId === CARE_HOME);
  if (!own) throw new Error('The care home has no open proposal');
  return own.id;
};

/** Sees to it that the care home is told who its open proposal is about; the version of the proposal then. */
const disclosed = async (town: SmallTown): Promise<string> => {
  const params = { proposalId: openPlacement(town) };
  const coordinator = await town.as(ANNA, 'cohorts');
  const known = await coordinator.call(getProposal, { params });
  const etag = known.etag ?? '';
  if (known.body.disclosure !== null) return etag;
  const body = { level: 'contact', reason: 'meeting-agreed' } as const;
  return (await coordinator.call(discloseToUnit, { params, body, etag })).etag ?? '';
};

/** Somebody whom nothing else in the town needs, come with a file of one: an erasure uses people up. */
const passerBy = async (town: SmallTown): Promise<string> => {
  const { rows } = await takeBatch(town.as, KARIN, someRows([110]));
  const [row] = rows;
  if (row?.outcome === 'rejected' || row === undefined) throw new Error('The one row was not taken');
  return row.candidateId;
};

/** Rules in force for the two: a pair has one at a time. */
const rulesOf = async (town: SmallTown, first: string, second: string) => {
  const client = await town.as(ANNA, 'cohorts');
  const all = await everyItem(async (cursor) => (await client.call(listPairRules, { query: cursor })).body);
  const isOfBoth = ({ first: one, second: other }: (typeof all)[number]) =>
    [first, second].includes(one) && [first, second].includes(other);
  return all.filter((rule) => rule.endedAt === null && isOfBoth(rule));
};

const endRulesOf = async (town: SmallTown, first: string, second: string): Promise<void> => {
  const client = await town.as(ANNA, 'cohorts');
  for (const { id } of await rulesOf(town, first, second)) {
    await client.call(endPairRule, { params: { pairRuleId: id }, etag: '*' });
  }
};

/** A rule in force between two others than those for whom rules are made. */
const someRule = async (town: SmallTown): Promise<string> => {
  const [, , first = '', second = ''] = town.candidateIds;
  const [known] = await rulesOf(town, first, second);
  if (known) return known.id;
  const body = { kind: 'together', first, second, apartFrom: null } as const;
  return (await (await town.as(ANNA, 'cohorts')).call(makePairRule, { body })).body.id;
};

/** Somebody whom the care home knows, and its place: those of whom requests are made. */
const namedAtCareHome = (town: SmallTown) => {
  const { candidateId, placeId } = placementAt(town, CARE_HOME);
  return { candidateId, placeId };
};

/** What the care home asks for and has not taken back. */
const requestsInForce = async (town: SmallTown): Promise<readonly NamedRequestView[]> => {
  const client = await town.as(MARIA, 'requirements');
  const params = { unitId: CARE_HOME };
  const all = await everyItem(
    async (cursor) => (await client.call(listUnitNamedRequests, { params, query: cursor })).body,
  );
  return all.filter(({ status }) => status === 'open' || status === 'granted');
};

/** An open request of the care home, made anew: decisions use requests up. */
const openRequest = async (town: SmallTown): Promise<NamedRequestView> => {
  const [known] = await requestsInForce(town);
  if (known) return known;
  const client = await town.as(MARIA, 'requirements');
  return (await client.call(nameCandidate, { params: { unitId: CARE_HOME }, body: namedAtCareHome(town) })).body;
};

const placementAt = (town: SmallTown, unitId: string) => {
  const own = town.placements.find((placement) => placement.unitId === unitId);
  if (!own) throw new Error(`${unitId} has no placement`);
  return own;
};

/** A what-if of the admission, asked anew. */
const asked = async (town: SmallTown): Promise<string> => {
  const coordinator = await town.as(ANNA, 'cohorts');
  const params = { runId: town.admissionRunId };
  return (await coordinator.call(askWhatIf, { params, body: { kind: 'replay' } })).body.id;
};

/** A new row of weights, like the first one but for what is stated. */
export const weightsFrom = (validFrom: string, over: Partial<NewWeights> = {}) => {
  const { validTo: _, ...stated } = DEFAULT_WEIGHTS;
  return { ...stated, version: randomUUID(), validFrom, ...over };
};

const run = ({ admissionRunId }: SmallTown): Asked => ({ params: { runId: admissionRunId } });
const cohort = ({ cohortId }: SmallTown): Asked => ({ params: { cohortId } });
const none = (): Asked => ({});

export const EXAMPLES: Readonly<Record<string, Example>> = {
  sendBatch: () => ({ query: { office: 'af-101' }, body: someRows([100, 101]) }),
  listBatches: () => ({ query: { office: 'af-101' } }),
  getBatch: ({ batchId }) => ({ params: { batchId } }),
  listBatchRows: ({ batchId }) => ({ params: { batchId } }),
  listCandidates: none,
  getCandidate: ({ candidateIds: [candidateId = ''] }) => ({ params: { candidateId } }),
  getReferral: ({ referralId }) => ({ params: { referralId } }),
  previewErasure: ({ candidateIds: [candidateId = ''] }) => ({ params: { candidateId } }),
  eraseCandidate: async (town) => {
    const params = { candidateId: await passerBy(town) };
    const { etag } = await (await town.as(USER_OF['process-owner'], 'intake')).call(previewErasure, { params });
    return { params, body: { ground: 'retention-decision', reference: 'KS 2026/0123' }, etag: etag ?? '' };
  },

  putUnit: async ({ as }) => {
    const params = { unitId: CARE_HOME };
    const { body, etag } = await (await as(ANNA, 'requirements')).call(getUnit, { params });
    const { id: _, ...unit } = body;
    return { params, body: unit, etag: etag ?? '' };
  },
  getUnit: () => ({ params: { unitId: CARE_HOME } }),
  listUnits: none,
  createPlace: () => ({
    body: {
      ...easyPlace(CARE_HOME, 1),
      weeklyHours: [{ weekday: 1, fromMinute: 480, toMinute: 720 }],
      supervisorHoursPerWeek: 4,
      sharedSeat: [
        { sharePercent: 50, weekdays: [1, 2, 3] },
        { sharePercent: 50, weekdays: [3, 4, 5] },
      ],
      requirements: [
        { subject: { kind: 'swedish', minLevel: 'A2' }, strength: 'must', reason: 'Säkerhetsblad ska läsas' },
      ],
    },
  }),
  listPlaces: none,
  getPlace: ({ placeIds }) => ({ params: { placeId: placeIds.care } }),
  changePlace: async ({ as, placeIds }) => {
    const params = { placeId: placeIds.care };
    const { etag } = await (await as(ANNA, 'requirements')).call(getPlace, { params });
    return { params, body: { title: 'Serviceassistent, dag' }, etag: etag ?? '' };
  },
  draftPlaces: () => ({ body: { unitId: CARE_HOME, opensFrom: '2027-01-01', ads: [...DEMO_ADS] } }),
  setTravelTimes: () => ({
    body: { rows: [{ postcode: '82693', unitId: CARE_HOME, carMinutes: 20, busMinutes: null }] },
  }),
  listUnitProposals: () => ({ params: { unitId: CARE_HOME } }),
  listDisclosedPeople: async (town) => {
    await disclosed(town);
    return { params: { unitId: CARE_HOME } };
  },
  answerProposal: async (town) => {
    const proposalId = openPlacement(town);
    return { params: { proposalId }, body: { answer: 'yes' }, etag: await etagOf(town.as, proposalId) };
  },
  askHelpForUnit: (town) => ({
    params: { unitId: CARE_HOME },
    body: { placementId: placementAt(town, CARE_HOME).id, topic: 'tasks' },
  }),

  listUnitPlacements: () => ({ params: { unitId: CARE_HOME } }),
  listUnitHelpRequests: () => ({ params: { unitId: CARE_HOME } }),
  nameCandidate: async (town) => {
    const client = await town.as(MARIA, 'requirements');
    for (const { id, etag } of await requestsInForce(town)) {
      await client.call(withdrawNamedRequest, { params: { unitId: CARE_HOME, namedRequestId: id }, etag });
    }
    return { params: { unitId: CARE_HOME }, body: namedAtCareHome(town) };
  },
  listUnitNamedRequests: async (town) => {
    await openRequest(town);
    return { params: { unitId: CARE_HOME } };
  },
  getUnitNamedRequest: async (town) => ({
    params: { unitId: CARE_HOME, namedRequestId: (await openRequest(town)).id },
  }),
  withdrawNamedRequest: async (town) => {
    const { id, etag } = await openRequest(town);
    return { params: { unitId: CARE_HOME, namedRequestId: id }, etag };
  },

  createCohort: () => ({ body: { name: 'Gruppstart februari', startDate: '2027-02-08', seats: 12 } }),
  listCohorts: none,
  getCohort: cohort,
  publishCohort: async (town) => {
    const params = { cohortId: await later(town) };
    const { etag } = await (await town.as(ANNA, 'cohorts')).call(getCohort, { params });
    return { params, etag: etag ?? '' };
  },
  listParticipants: cohort,
  getCohortCalendar: cohort,
  orderRun: async (town) => {
    const { laterCohortId: cohortId, admissionRunId, placeIds } = town;
    const waiting = await (await town.as(ANNA, 'cohorts')).call(getProposal, {
      params: { proposalId: town.openAdmissions[0] ?? '' },
    });
    const policy = {
      pins: [{ candidateId: waiting.body.candidateId, placeId: placeIds.care, cohortId }],
      placeAtMost: 5,
      keep: { runId: admissionRunId, movedPersonCostPoints: 30 },
      factsOf: null,
    };
    return { body: { purpose: 'admission', cohortIds: [cohortId], horizon: 0, policy } };
  },
  listRuns: none,
  getRun: run,
  listOutcomes: run,
  getOutcome: ({ admissionRunId, candidateIds: [candidateId] }) => ({
    params: { runId: admissionRunId, candidateId: candidateId ?? '' },
  }),
  compareRuns: ({ admissionRunId, placementRunId }) => ({
    params: { runId: admissionRunId, otherRunId: placementRunId },
  }),
  listPlaceOutcomes: run,
  listProposals: run,
  getCallList: run,
  getFairnessReport: run,
  askWhatIf: (town) => ({
    ...run(town),
    body: {
      kind: 'repair',
      dropOuts: town.candidateIds.slice(0, 1),
      closedPlaces: [town.placeIds.preschool],
      movedPersonCostPoints: 10,
    },
  }),
  listWhatIfs: async (town) => {
    await asked(town);
    return run(town);
  },
  getWhatIf: async (town) => ({ params: { whatIfId: await asked(town) } }),
  enterAnswer: (town) => ({
    ...run(town),
    body: { candidateId: town.candidateIds[0] ?? '', field: 'maxTravelMinutes', value: 60 },
  }),
  getProposal: (town) => ({ params: { proposalId: openPlacement(town) } }),
  recordAnswer: async (town) => {
    const proposalId = openPlacement(town);
    const etag = await etagOf(town.as, proposalId);
    return { params: { proposalId }, body: { from: 'employer', answer: 'yes' }, etag };
  },
  decideOnProposal: async (town) => {
    const proposalId = await undecided(town);
    const body = { verdict: 'declined', reason: 'other-plan', noConflictOfInterest: true };
    return { params: { proposalId }, body, etag: await etagOf(town.as, proposalId) };
  },
  discloseToUnit: async (town) => {
    const proposalId = openPlacement(town);
    const body = { level: 'contact', reason: 'meeting-agreed' };
    return { params: { proposalId }, body, etag: await etagOf(town.as, proposalId) };
  },
  withdrawDisclosure: async (town) => {
    const proposalId = openPlacement(town);
    return { params: { proposalId }, etag: await disclosed(town) };
  },
  // A row is stated once: each has a name of its own. It begins when nobody runs anything any more.
  stateWeights: () => ({ body: weightsFrom('2029-01-01') }),
  listWeights: none,
  makePairRule: async (town) => {
    const [first = '', second = ''] = town.candidateIds;
    await endRulesOf(town, first, second);
    return { body: { kind: 'keep-apart', first, second, apartFrom: 'unit' } };
  },
  listPairRules: none,
  getPairRule: async (town) => ({ params: { pairRuleId: await someRule(town) } }),
  endPairRule: async (town) => ({ params: { pairRuleId: await someRule(town) }, etag: '"1"' }),
  listNamedRequests: async (town) => {
    await openRequest(town);
    return { query: { status: 'open' } };
  },
  getNamedRequest: async (town) => ({ params: { namedRequestId: (await openRequest(town)).id } }),
  weighNamedRequest: async (town) => {
    const { id, etag } = await openRequest(town);
    return { params: { namedRequestId: id }, body: { runId: town.admissionRunId }, etag };
  },
  decideOnNamedRequest: async (town) => {
    const { id, etag } = await openRequest(town);
    const body = { verdict: 'refused', reason: 'other-plan', noConflictOfInterest: true };
    return { params: { namedRequestId: id }, body, etag };
  },
  listPlacements: none,
  getPlacement: ({ placements: [placement] }) => ({ params: { placementId: placement?.id ?? '' } }),
  registerEmployment: async ({ as, placements }) => {
    const coordinator = await as(ANNA, 'cohorts');
    for (const { id } of placements) {
      const { body } = await coordinator.call(getPlacement, { params: { placementId: id } });
      if (body.employmentId === null) return { body: employmentFor(body) };
    }
    throw new Error('Every placement has its employment already');
  },
  getEmployment: ({ employmentId }) => ({ params: { employmentId } }),
  askHelp: (town) => ({
    params: { placementId: placementAt(town, CARE_HOME).id },
    body: { side: 'participant', topic: 'hours' },
  }),
};

/** The example of a route. Throws for a route that has none: a new route needs one here. */
export const exampleOf = async (route: Route, town: SmallTown): Promise<Asked> => {
  const example = EXAMPLES[route.id];
  if (!example) throw new Error(`${route.id} has no example`);
  return example(town);
};
