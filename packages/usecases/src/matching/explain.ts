import type { CallListEntry, CandidateOutcome, PlaceOutcome, RunSummary } from '@gruppstart/domain/matching/outcome';
import type { CohortId, PlaceId, TenantId } from '@gruppstart/domain/shared/ids';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { callGainSentence } from '@gruppstart/matching/explain/call-gain-text';
import { explainProposal, explainUnplaced } from '@gruppstart/matching/explain/explain-outcome';
import { frontierText } from '@gruppstart/matching/explain/frontier-text';
import type { ExplainLabels, ExplanationLanguage, NamedPlace } from '@gruppstart/matching/explain/phrasebook';
import { placeSentences } from '@gruppstart/matching/explain/place-text';
import { questionSentences } from '@gruppstart/matching/explain/question-text';
import { sessionNeedText } from '@gruppstart/matching/explain/session-need-text';
import type { Documents, Store } from '../ports/store.ts';

const SKILL_LABELS = new Map(SKILLS.map((skill) => [skill.id, { sv: skill.label, en: skill.labelEn }]));
const OCCUPATION_LABELS = new Map(OCCUPATIONS.map((each) => [each.id, { sv: each.label, en: each.labelEn }]));

/** Everything that the sentences of some outcomes name: places, units and starts. */
export interface NamedThings {
  readonly places: ReadonlyMap<PlaceId, NamedPlace>;
  readonly cohorts: ReadonlyMap<CohortId, Pick<Documents['cohort'], 'startDate'>>;
}

export const placeIdsIn = (outcome: CandidateOutcome): readonly PlaceId[] => {
  if (outcome.kind === 'proposed')
    return [outcome.placeId, outcome.heldBack?.placeId, outcome.movedFrom?.placeId].filter((id) => id !== undefined);
  return outcome.nearest ? [outcome.nearest.placeId] : [];
};

export const cohortIdsIn = (outcome: CandidateOutcome): readonly CohortId[] => {
  if (outcome.kind === 'proposed')
    return outcome.movedFrom ? [outcome.cohortId, outcome.movedFrom.cohortId] : [outcome.cohortId];
  const named = outcome.reasons.flatMap((reason) => ('cohortId' in reason ? [reason.cohortId] : []));
  return outcome.nearest ? [...named, outcome.nearest.cohortId] : named;
};

/** Looks up what is named, once per thing. */
export const namesOf = async (
  store: Store,
  tenant: TenantId,
  placeIds: readonly PlaceId[],
  cohortIds: readonly CohortId[],
): Promise<NamedThings> => {
  const [places, cohorts] = await Promise.all([
    store.getMany(tenant, 'place', [...new Set(placeIds)]),
    store.getMany(tenant, 'cohort', [...new Set(cohortIds)]),
  ]);
  const units = await store.getMany(tenant, 'unit', [...new Set(places.map(({ value }) => value.unitId))]);
  const unitNames = new Map(units.map(({ value }) => [value.id, value.name]));
  return {
    places: new Map(
      places.map(({ value }) => [
        value.id,
        {
          title: value.title,
          unitName: unitNames.get(value.unitId) ?? value.unitId,
          ...(value.sharedSeat ? { shared: { wholePercent: value.sharePercent, parts: value.sharedSeat } } : {}),
        },
      ]),
    ),
    cohorts: new Map(cohorts.map(({ value }) => [value.id, value])),
  };
};

/** Looks up what a page of outcomes names. */
export const namesFor = (store: Store, tenant: TenantId, outcomes: readonly CandidateOutcome[]): Promise<NamedThings> =>
  namesOf(store, tenant, outcomes.flatMap(placeIdsIn), outcomes.flatMap(cohortIdsIn));

export const labelsIn = (things: NamedThings, language: ExplanationLanguage): ExplainLabels => ({
  place: (id) => things.places.get(id) ?? { title: id, unitName: id },
  startDate: (id) => {
    const cohort = things.cohorts.get(id);
    if (!cohort) throw new Error(`The cohort ${id} that an explanation names was not looked up`);
    return cohort.startDate;
  },
  skill: (id) => SKILL_LABELS.get(id)?.[language] ?? id,
  occupation: (id) => OCCUPATION_LABELS.get(id)?.[language] ?? id,
});

const HEADINGS = {
  sv: {
    against: 'Talar emot',
    notes: 'Att veta',
    toCheck: 'Kontrollera',
    taught: 'Lärs under introduktionen',
    notStated: 'Inte uppgivet',
    met: 'Passar',
    score: 'Poäng',
    nearest: 'Närmast',
  },
  en: {
    against: 'Against',
    notes: 'To know',
    toCheck: 'To check',
    taught: 'Learned in the introduction',
    notStated: 'Not stated',
    met: 'Fits',
    score: 'Points',
    nearest: 'Nearest',
  },
} as const satisfies Record<ExplanationLanguage, Record<string, string>>;

const section = (heading: string, sentences: readonly string[]): readonly string[] =>
  sentences.length === 0 ? [] : ['', `${heading}:`, ...sentences.map((sentence) => `- ${sentence}`)];

const inLanguage = (outcome: CandidateOutcome, things: NamedThings, language: ExplanationLanguage): string => {
  const labels = labelsIn(things, language);
  const headings = HEADINGS[language];
  if (outcome.kind === 'proposed') {
    const said = explainProposal(outcome, labels, language);
    return [
      said.headline,
      ...section(headings.notes, said.notes),
      ...section(headings.against, said.against),
      ...section(headings.toCheck, said.toCheck),
      ...section(headings.met, said.met),
      ...section(headings.taught, said.taught),
      ...section(headings.notStated, said.notStated),
      ...section(headings.score, said.score),
    ].join('\n');
  }
  const said = explainUnplaced(outcome, labels, language);
  const nearest = said.nearest;
  return [
    said.headline,
    ...said.reasons.map((reason) => `- ${reason}`),
    ...(nearest ? section(headings.nearest, [nearest.headline, ...nearest.missing]) : []),
    ...(nearest ? section(headings.toCheck, nearest.toCheck) : []),
  ].join('\n');
};

/** The same said in each language. */
export const inBoth = (say: (language: ExplanationLanguage) => string): BilingualText => ({
  sv: say('sv'),
  en: say('en'),
});

/** An outcome in plain words, both languages, from its codes alone. */
export const explainOutcome = (outcome: CandidateOutcome, things: NamedThings): BilingualText =>
  inBoth((language) => inLanguage(outcome, things, language));

/** What comes of a finished run as a whole: the trade between number and fit, and what it asks of the introduction. */
export const explainRun = ({ frontier, sessionNeeds, cohorts }: RunSummary): BilingualText | null => {
  const starts = new Map(cohorts.map(({ cohortId, startDate }) => [cohortId, { startDate }]));
  const names: NamedThings = { places: new Map(), cohorts: starts };
  const needed = sessionNeeds.filter(({ need, notStated }) => need + notStated > 0);
  // The trade is about the next start alone.
  const tradedAt = cohorts.length > 1 ? (cohorts[0]?.startDate ?? null) : null;
  if (frontier.length === 0 && needed.length === 0) return null;
  return inBoth((language) =>
    [
      ...(frontier.length === 0 ? [] : [frontierText(frontier, tradedAt, language)]),
      ...needed.map((need) => sessionNeedText(need, labelsIn(names, language), language)),
    ].join('\n'),
  );
};

const NO_NAMES: NamedThings = { places: new Map(), cohorts: new Map() };

/** What a place's seats and criteria come to in a run; the place itself stands beside it. */
export const explainPlace = (outcome: PlaceOutcome): BilingualText =>
  inBoth((language) => placeSentences(outcome, labelsIn(NO_NAMES, language), language).join('\n'));

/** What somebody has or has not; of all else there is more or less. */
const YES_OR_NO: readonly CallListEntry['topic']['kind'][] = ['skill', 'language', 'licence'];

/** What the answer to a question of the call list is worth. */
export const gainText = ({ topic, opens, settles, ifYes, ifNo, isEstimate }: CallListEntry): BilingualText => {
  const isYesOrNo = YES_OR_NO.includes(topic.kind);
  const gains = { yes: { places: opens, ...ifYes }, no: { places: -settles, ...ifNo }, isEstimate, isYesOrNo };
  return inBoth((language) => callGainSentence(gains, language));
};

/** The question behind an entry of the call list. */
export const questionText = (entry: CallListEntry): BilingualText =>
  inBoth((language) => questionSentences(entry, labelsIn(NO_NAMES, language), language));
