import type { Consequences, RequestHindrance, WhatIfAnswer, WhatIfQuestion } from '@gruppstart/domain/matching/what-if';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { assertNever } from '@gruppstart/domain/shared/result';
import { explainUnplaced } from './explain-outcome.ts';
import { amount, quantity } from './numbers.ts';
import type { ExplainLabels, ExplanationLanguage, Phrasebook } from './phrasebook.ts';
import { oneMoreSeatSentence } from './place-text.ts';
import { namedRequestSentences, runChangeSentences } from './run-change-text.ts';
import { phrasebookFor, topicText } from './sentences.ts';

interface NamedPlace {
  readonly title: string;
  readonly unitName: string;
}

interface Wording {
  readonly same: string;
  readonly notSame: string;
  weights(version: string): string;
  dropOuts(people: number): string;
  closed(places: number): string;
  /** What has happened, none or more: "när en person hoppar av och 2 platser stänger". */
  when(happened: readonly string[]): string;
  place(place: NamedPlace): string;
  request(place: NamedPlace, startDate: LocalDate, book: Phrasebook): string;
  /** Both sides of a comparison are not on one scale. */
  readonly otherScale: string;
  readonly noObstacle: string;
  readonly obstacles: string;
  readonly hindrances: Readonly<Record<RequestHindrance, string>>;
  withoutRequirement(topic: string, before: number, after: number): string;
  readonly answerChanges: string;
  readonly answerChangesNothing: string;
  readonly answerStillNone: string;
  answerChangesPoints(before: number, after: number): string;
}

const SWEDISH: Wording = {
  same: 'Körningen gjordes om och blev exakt likadan.',
  notSame: 'Körningen gjordes om och blev inte likadan. Tala om det för driften.',
  weights: (version) => `Med vikterna ${version}:`,
  otherScale: 'Poäng och passning efteråt är räknade med de andra vikterna. Jämför hur många och vilka som får plats.',
  dropOuts: (people) => `${amount(people, 'en person', 'personer')} hoppar av`,
  closed: (places) => `${amount(places, 'en plats', 'platser')} stänger`,
  when: (happened) => (happened.length === 0 ? 'När inget har hänt:' : `När ${happened.join(' och ')}:`),
  place: ({ title, unitName }) => `${title}, ${unitName}.`,
  request: ({ title, unitName }, startDate, book) => `${title}, ${unitName}, start ${book.date(startDate)}.`,
  noObstacle: 'Inget känt hindrar att personen får platsen.',
  obstacles: 'Körningen hade inte själv föreslagit det:',
  hindrances: {
    'place-full': 'Det går inte: platsens alla säten är tagna av andra än dem som körningen gäller.',
    'start-full': 'Det går inte: gruppen är fylld av andra än dem som körningen gäller.',
    'other-rule': 'Det går inte: det strider mot något annat som är bestämt för körningen.',
  },
  withoutRequirement: (topic, before, after) =>
    `Utan kravet ”${topic}” kan ${after === before ? `lika många (${after})` : `${after} i stället för ${before}`} få platsen.`,
  answerChanges: 'Med svaret, medan alla andra behåller det de har:',
  answerChangesNothing: 'Svaret ändrar inte personens förslag, medan alla andra behåller det de har.',
  answerStillNone: 'Också med svaret är personen utan förslag, medan alla andra behåller det de har.',
  answerChangesPoints: (before, after) =>
    `Svaret ändrar inte vilken plats personen får, men passningen: ${after} poäng i stället för ${before}.`,
};

const ENGLISH: Wording = {
  same: 'The run was made again and came out exactly the same.',
  notSame: 'The run was made again and did not come out the same. Tell operations.',
  weights: (version) => `With the weights ${version}:`,
  otherScale: 'Points and fit afterwards are counted by the other weights. Compare how many and who get a place.',
  dropOuts: (people) => `${amount(people, 'one person drops', 'people drop')} out`,
  closed: (places) => amount(places, 'one place closes', 'places close'),
  when: (happened) => (happened.length === 0 ? 'When nothing has happened:' : `When ${happened.join(' and ')}:`),
  place: ({ title, unitName }) => `${title}, ${unitName}.`,
  request: ({ title, unitName }, startDate, book) => `${title}, ${unitName}, start on ${book.date(startDate)}.`,
  noObstacle: 'Nothing known keeps the person from having the place.',
  obstacles: 'The run would not have proposed it by itself:',
  hindrances: {
    'place-full': 'It cannot be done: all seats of the place are taken by others than those whom the run is about.',
    'start-full': 'It cannot be done: the group is filled by others than those whom the run is about.',
    'other-rule': 'It cannot be done: it goes against something else that is settled for the run.',
  },
  withoutRequirement: (topic, before, after) =>
    `Without the requirement “${topic}”, ${after === before ? `as many (${after})` : `${after} instead of ${before}`} can have the place.`,
  answerChanges: 'With the answer, while everybody else keeps what they have:',
  answerChangesNothing: 'The answer does not change the person’s proposal, while everybody else keeps what they have.',
  answerStillNone: 'With the answer too the person has no proposal, while everybody else keeps what they have.',
  answerChangesPoints: (before, after) =>
    `The answer does not change which place the person gets, but the fit: ${quantity(after, 'point', 'points')} instead of ${before}.`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** Why a named person cannot have a place at all. */
export const hindranceSentence = (hindrance: RequestHindrance, language: ExplanationLanguage): string =>
  WORDINGS[language].hindrances[hindrance];

const worthOf = ({ before, after }: Consequences) => ({
  placed: after.proposed - before.proposed,
  points: after.points - before.points,
});

const isOf = <K extends WhatIfQuestion['kind']>(
  question: WhatIfQuestion,
  kind: K,
): question is Extract<WhatIfQuestion, { kind: K }> => question.kind === kind;

const misfit = (question: WhatIfQuestion, answer: WhatIfAnswer): never => {
  throw new Error(`A ${answer.kind} is no answer to a ${question.kind}`);
};

/** A what-if in whole sentences, the most telling first. What the person would be proposed is told of elsewhere. */
export const whatIfSentences = (
  question: WhatIfQuestion,
  answer: WhatIfAnswer,
  sameAsRun: boolean,
  labels: ExplainLabels,
  language: ExplanationLanguage,
): readonly string[] => {
  const wording = WORDINGS[language];
  switch (answer.kind) {
    case 'replay':
      return [sameAsRun ? wording.same : wording.notSame];
    case 'weights':
      if (!isOf(question, 'weights')) return misfit(question, answer);
      return [
        wording.weights(question.weights.version),
        ...runChangeSentences(answer.consequences, language),
        wording.otherScale,
      ];
    case 'repair':
      if (!isOf(question, 'repair')) return misfit(question, answer);
      return [
        wording.when([
          ...(question.dropOuts.length > 0 ? [wording.dropOuts(new Set(question.dropOuts).size)] : []),
          ...(question.closedPlaces.length > 0 ? [wording.closed(new Set(question.closedPlaces).size)] : []),
        ]),
        ...runChangeSentences(answer.consequences, language),
      ];
    case 'extra-seat':
      if (!isOf(question, 'extra-seat')) return misfit(question, answer);
      return [
        wording.place(labels.place(question.placeId)),
        oneMoreSeatSentence(worthOf(answer.consequences), language),
      ];
    case 'without-requirement': {
      if (!isOf(question, 'without-requirement')) return misfit(question, answer);
      const topic = topicText(answer.subject, labels, phrasebookFor(language));
      const { before, after } = answer.eligible;
      return [
        wording.place(labels.place(question.placeId)),
        wording.withoutRequirement(topic, before, after),
        ...runChangeSentences(answer.consequences, language),
      ];
    }
    case 'named-request': {
      const { request } = answer;
      if (!request.possible) return [hindranceSentence(request.hindrance, language)];
      const { outcome, obstacles, consequences } = request;
      const { candidateId, placeId, cohortId } = outcome;
      const place = wording.request(labels.place(placeId), labels.startDate(cohortId), phrasebookFor(language));
      const reasons = explainUnplaced(
        { kind: 'unplaced', candidateId, reasons: obstacles, nearest: null },
        labels,
        language,
      );
      return [
        place,
        ...namedRequestSentences(consequences, language),
        ...(obstacles.length === 0
          ? [wording.noObstacle]
          : [wording.obstacles, ...reasons.reasons.map((reason) => `- ${reason}`)]),
      ];
    }
    case 'answer': {
      const { before, after } = answer;
      if (before.kind === 'unplaced' && after.kind === 'unplaced') return [wording.answerStillNone];
      const isSameSeat =
        before.kind === 'proposed' &&
        after.kind === 'proposed' &&
        before.placeId === after.placeId &&
        before.cohortId === after.cohortId &&
        before.seatPart === after.seatPart;
      if (!isSameSeat) return [wording.answerChanges];
      return before.points === after.points
        ? [wording.answerChangesNothing]
        : [wording.answerChangesPoints(before.points, after.points)];
    }
    default:
      return assertNever(answer);
  }
};
