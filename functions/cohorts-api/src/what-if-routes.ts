import {
  type AskedWhatIf,
  askWhatIf as askRoute,
  enterAnswer as enterRoute,
  getWhatIf,
  listWhatIfs,
  type WhatIfView,
} from '@gruppstart/contracts/routes/what-if-routes';
import { type WhatIf, whatIfStatus } from '@gruppstart/domain/matching/what-if';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { ok } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type BoundRoute, bind, type DoorAnswer } from '@gruppstart/edge/http/handler';
import { lookAgain } from '@gruppstart/edge/http/look-again';
import { pageAnswer } from '@gruppstart/edge/http/page-answer';
import { pageRequest } from '@gruppstart/edge/http/page-request';
import { askWhatIf } from '@gruppstart/usecases/matching/ask-what-if';
import { enterAnswer } from '@gruppstart/usecases/matching/enter-answer';
import { explainWhatIf } from '@gruppstart/usecases/matching/explain-what-if';
import { endedText } from '@gruppstart/usecases/matching/failure-text';
import { listWhatIfsOfRun, readWhatIf } from '@gruppstart/usecases/matching/read-what-ifs';
import type { Stored } from '@gruppstart/usecases/ports/store';
import type { CohortsDoorParts } from './cohorts-door.ts';

const askedView = (whatIf: WhatIf, now: Instant): AskedWhatIf => {
  const { result: _, ...asked } = whatIf;
  const status = whatIfStatus(whatIf, now);
  return { ...asked, status, statusText: endedText(status, whatIf.failure) };
};

const whatIfView = (whatIf: WhatIf, explanation: BilingualText | null, now: Instant): WhatIfView => ({
  ...askedView(whatIf, now),
  result: whatIf.result,
  explanation,
});

const taken = ({ value, version }: Stored<WhatIf>, now: Instant): DoorAnswer => ({
  status: 202,
  body: whatIfView(value, null, now),
  version,
  location: `/v1/what-ifs/${value.id}`,
  ...lookAgain(true),
});

export const whatIfRoutes = (parts: CohortsDoorParts): readonly BoundRoute[] => [
  bind(
    askRoute,
    (deed, { params, body }) => askWhatIf(parts)(deed, params.runId, body),
    (stored, _request, { now }) => taken(stored, now),
  ),
  bind(
    listWhatIfs,
    (reading, { params, query }) => listWhatIfsOfRun(parts)(reading, params.runId, pageRequest(query)),
    (page, _request, { now }) => pageAnswer(page, ({ value }) => askedView(value, now)),
  ),
  bind(
    getWhatIf,
    async (reading, { params }) => {
      const found = await readWhatIf(parts)(reading, params.whatIfId);
      if (!found.ok) return found;
      const explanation = await explainWhatIf(parts.store, reading.actor.tenant, found.value.value);
      return ok({ ...found.value, explanation });
    },
    ({ value, version, explanation }, _request, { now }) => ({
      status: 200,
      body: whatIfView(value, explanation, now),
      version,
      ...lookAgain(whatIfStatus(value, now) === 'working'),
    }),
  ),
  bind(
    enterRoute,
    (deed, { params, body }) => enterAnswer(parts)(deed, params.runId, body),
    (stored, _request, { now }) => taken(stored, now),
  ),
];
