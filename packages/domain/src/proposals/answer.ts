import * as z from 'zod';
import { UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';

/** The three who must each answer before a placement: the person, the unit, the employer. */
export const ANSWERERS = ['person', 'unit', 'employer'] as const;
export const Answerer = z.enum(ANSWERERS);
export type Answerer = z.infer<typeof Answerer>;

/** `meet-first` asks for a meeting or visit before a yes or no; it can be replaced by either. */
export const ANSWER_VALUES = ['yes', 'no', 'meet-first'] as const;
export const AnswerValue = z.enum(ANSWER_VALUES);
export type AnswerValue = z.infer<typeof AnswerValue>;

export const Answer = z.strictObject({
  answer: AnswerValue,
  /** Who recorded it; for the person's answer a coordinator who has talked with the person. */
  recordedBy: UserId,
  recordedAt: Instant,
});
export type Answer = z.infer<typeof Answer>;
