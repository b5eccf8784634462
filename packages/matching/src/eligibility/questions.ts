import { type CriterionSource, PROFILE_FIELDS, type ProfileField } from '@gruppstart/domain/matching/criterion';

/** The index of each profile fact; the one after the last stands for what nobody can be asked. */
const NOT_ASKABLE = PROFILE_FIELDS.length;
const FIELDS_PER_TOPIC = NOT_ASKABLE + 1;
const FIELD_INDEX: ReadonlyMap<string, number> = new Map(PROFILE_FIELDS.map((field, index) => [field, index]));

export const fieldOf = (source: CriterionSource): number => FIELD_INDEX.get(source) ?? NOT_ASKABLE;

/**
 * A question as a number: what it is about (an index in `run.topics`) and the fact that has to be asked. Two skills are
 * two questions about one fact; a way to work may be asked about by its longest time or by the car.
 */
export const questionOf = (topic: number, field: number): number => topic * FIELDS_PER_TOPIC + field;

export const isAskable = (question: number): boolean => question % FIELDS_PER_TOPIC !== NOT_ASKABLE;
export const topicOfQuestion = (question: number): number => Math.floor(question / FIELDS_PER_TOPIC);
/** Only of a question that can be asked. */
export const fieldOfQuestion = (question: number): ProfileField => PROFILE_FIELDS[question % FIELDS_PER_TOPIC]!;
