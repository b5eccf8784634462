import { runStatus } from '@gruppstart/domain/matching/match-run';
import type { RunPolicy } from '@gruppstart/domain/matching/run-policy';
import type { RunId } from '@gruppstart/domain/shared/ids';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { type Deed, type Refusal, refusal } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import { faultInPins, type RunAsked } from './faults-in-pins.ts';

const RUN_UNKNOWN: BilingualText = { sv: 'Körningen finns inte.', en: 'The run does not exist.' };
const NOT_FINISHED: BilingualText = {
  sv: 'Körningen är inte klar. Vänta tills den är det.',
  en: 'The run has not finished. Wait until it has.',
};
const FAILED: BilingualText = { sv: 'Körningen misslyckades.', en: 'The run failed.' };
const OTHER_PURPOSE: BilingualText = {
  sv: 'Körningen har ett annat syfte.',
  en: 'The run is of another purpose.',
};
const OTHER_STARTS: BilingualText = {
  sv: 'Körningen gäller andra starter. Ange samma starter och horisont som den.',
  en: 'The run is for other starts. State the same starts and horizon as it has.',
};

/** Why a run that the policy builds on cannot be used; null: it can. */
const faultInRun = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  runId: RunId,
  pointer: string,
  asked: RunAsked,
  sameStarts: boolean,
): Promise<Refusal | null> => {
  const wrong = (itemCode: string, code: Refusal['code'], detail: BilingualText) =>
    refusal(code, undefined, [{ pointer, code: itemCode, detail }]);
  const stored = await store.get(deed.actor.tenant, 'run', runId);
  if (!stored) return wrong('run-unknown', 'reference-unknown', RUN_UNKNOWN);
  const run = stored.value;
  const status = runStatus(run, deed.now);
  if (status === 'failed') return wrong('run-failed', 'run-failed', FAILED);
  if (status !== 'finished') return wrong('run-not-finished', 'run-not-finished', NOT_FINISHED);
  if (run.purpose !== asked.purpose) return wrong('run-of-other-purpose', 'body-invalid', OTHER_PURPOSE);
  const isSame =
    run.horizon === asked.horizon &&
    run.cohortIds.length === asked.cohortIds.length &&
    run.cohortIds.every((id) => asked.cohortIds.includes(id));
  return sameStarts && !isSame ? wrong('run-of-other-starts', 'body-invalid', OTHER_STARTS) : null;
};

/** Why nothing can be ordered under this policy, with pointers; null: it can. */
export const faultInPolicy = async (
  store: Store,
  deed: Pick<Deed<never>, 'actor' | 'now'>,
  asked: RunAsked,
): Promise<Refusal | null> => {
  const { keep, factsOf }: RunPolicy = asked.policy;
  return (
    (keep && (await faultInRun(store, deed, keep.runId, '/policy/keep/runId', asked, false))) ??
    (factsOf && (await faultInRun(store, deed, factsOf, '/policy/factsOf', asked, true))) ??
    (await faultInPins(store, deed, asked))
  );
};
