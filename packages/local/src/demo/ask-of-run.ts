import { listPlaceOutcomes } from '@gruppstart/contracts/routes/cohorts-routes';
import { compareRuns, getOutcome } from '@gruppstart/contracts/routes/explanation-routes';
import { listWeights } from '@gruppstart/contracts/routes/matching-rules-routes';
import { askWhatIf, enterAnswer, getWhatIf, type WhatIfView } from '@gruppstart/contracts/routes/what-if-routes';
import type * as z from 'zod';
import type { ApiClient } from './api-client.ts';
import { type As, DEMO_ROLES, MOVED_PERSON_COST_POINTS, type RunRead, type readCallList, until } from './demo-steps.ts';

type Question = z.input<(typeof askWhatIf)['body']['schema']>;
type Answer = z.input<(typeof enterAnswer)['body']['schema']>;
type CallList = Awaited<ReturnType<typeof readCallList>>;

/** What was asked of a run before anything was decided, each with its answer. */
export interface AskedOfRun {
  readonly replay: WhatIfView;
  readonly seat: WhatIfView;
  readonly requirement: WhatIfView;
  readonly weights: WhatIfView;
  readonly repair: WhatIfView;
}

const answered = async (client: ApiClient, whatIfId: string): Promise<WhatIfView> => {
  const whatIf = await until(
    async () => (await client.call(getWhatIf, { params: { whatIfId } })).body,
    ({ status }) => status !== 'working',
  );
  if (whatIf.status !== 'finished') throw new Error(`The what-if has no answer: ${whatIf.failure}`);
  return whatIf;
};

const first = <T>(items: readonly T[], what: string): T => {
  const [item] = items;
  if (item === undefined) throw new Error(`The demo's run has no ${what}`);
  return item;
};

/** Asks what a coordinator and a process owner would ask before anything is decided. */
export const askOfRun = async (as: As, read: RunRead): Promise<AskedOfRun> => {
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  const owner = await as(DEMO_ROLES.processOwner, 'cohorts');
  const params = { runId: read.run.id };
  const ask = async (question: Question, client = coordinator): Promise<WhatIfView> =>
    answered(client, (await client.call(askWhatIf, { params, body: question })).body.id);

  const { items: places } = (await coordinator.call(listPlaceOutcomes, { params })).body;
  const worth = places.toSorted(
    (a, b) => b.oneMoreSeat.placed - a.oneMoreSeat.placed || b.oneMoreSeat.points - a.oneMoreSeat.points,
  );
  const requirements = places
    .flatMap(({ placeId, criteria }) =>
      criteria.flatMap((cost) =>
        cost.requirementIndex === null ? [] : [{ ...cost, placeId, requirementIndex: cost.requirementIndex }],
      ),
    )
    .toSorted((a, b) => b.placedWithout - a.placedWithout || b.excludedAlone - a.excludedAlone);
  const dearest = first(requirements, 'requirement');
  const weightsNow = first(
    (await owner.call(listWeights, {})).body.items.filter(({ inForce }) => inForce),
    'weights',
  );
  const { validTo: _, statedBy: _by, statedAt: _at, inForce: _in, ...weights } = weightsNow;
  return {
    replay: await ask({ kind: 'replay' }),
    seat: await ask({ kind: 'extra-seat', placeId: first(worth, 'place').placeId }),
    requirement: await ask({
      kind: 'without-requirement',
      placeId: dearest.placeId,
      requirementIndex: dearest.requirementIndex,
    }),
    weights: await ask(
      {
        kind: 'weights',
        weights: {
          ...weights,
          version: 'dubbla-onskemal',
          points: { ...weights.points, 'own-wishes': 2 * weights.points['own-wishes'] },
        },
      },
      owner,
    ),
    repair: await ask({
      kind: 'repair',
      dropOuts: [first(read.proposals, 'proposal').candidateId],
      closedPlaces: [],
      movedPersonCostPoints: MOVED_PERSON_COST_POINTS,
    }),
  };
};

/** What somebody might well answer on the telephone; null: the demo does not ask about it. */
const mightAnswer = ({ candidateId, field, topic }: CallList[number]): Answer | null => {
  switch (topic.kind) {
    case 'skill':
      return { candidateId, field: 'skill', value: { skillId: topic.skillId, held: true, level: 3 } };
    case 'licence':
      return { candidateId, field: 'licence', value: { licence: topic.licence, held: true } };
    case 'experience':
      return { candidateId, field: 'occupation', value: { occupationId: topic.occupationId, held: true, years: 2 } };
    default:
      break;
  }
  switch (field) {
    case 'hasCar':
      return { candidateId, field, value: true };
    case 'maxTravelMinutes':
      return { candidateId, field, value: 60 };
    case 'swedish':
      return { candidateId, field, value: 'B1' };
    case 'engagements':
      return { candidateId, field, value: [] };
    case 'workingTimes':
      return { candidateId, field, value: ['day', 'evening'] };
    case 'availableFrom':
      return { candidateId, field, value: '2027-01-04' };
    default:
      return null;
  }
};

export interface AnswerOnTheTelephone {
  readonly entry: CallList[number];
  /** The person looked at again, with the others where they were. */
  readonly whatIf: WhatIfView;
}

/** Calls the first on the list who is asked about a requirement, and writes down what the demo has as an answer. */
export const callSomebody = async (as: As, runId: string, questions: CallList): Promise<AnswerOnTheTelephone> => {
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  const { entry, body } = first(
    questions
      .toSorted((a, b) => Number(b.asked.length > 0) - Number(a.asked.length > 0))
      .flatMap((entry) => {
        const body = mightAnswer(entry);
        return body === null ? [] : [{ entry, body }];
      }),
    'question that the demo can answer',
  );
  const entered = await coordinator.call(enterAnswer, { params: { runId }, body });
  return { entry, whatIf: await answered(coordinator, entered.body.id) };
};

/** Two runs side by side, in Swedish: the whole, and everybody who stands otherwise. */
export const readDifferences = async (as: As, runId: string, otherRunId: string) => {
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  return (await coordinator.call(compareRuns, { params: { runId, otherRunId } })).body;
};

/** What somebody without a proposal is told, in plain words. */
export const readForPerson = async (as: As, { run, outcomes }: RunRead): Promise<string> => {
  const coordinator = await as(DEMO_ROLES.coordinator, 'cohorts');
  const { outcome } = first(
    outcomes.filter(({ outcome: { kind } }) => kind === 'unplaced'),
    'person without a proposal',
  );
  const params = { runId: run.id, candidateId: outcome.candidateId };
  return (await coordinator.call(getOutcome, { params })).body.personText.sv;
};
