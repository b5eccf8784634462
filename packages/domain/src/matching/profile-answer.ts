import * as z from 'zod';
import { MatchingProfile } from '../intake/matching-profile.ts';
import { CandidateId } from '../shared/ids.ts';
import type { ProfileField } from './criterion.ts';

const answerTo = <F extends ProfileField, V extends z.ZodType>(field: F, value: V) =>
  z.strictObject({ candidateId: CandidateId, field: z.literal(field), value });

const { shape } = MatchingProfile;

/** What a person has said of one fact, as the profile keeps it. An answer is something known: an empty list is "none". */
export const ProfileAnswer = z
  .discriminatedUnion('field', [
    answerTo('enrolledSince', shape.enrolledSince.unwrap()),
    answerTo('availableFrom', shape.availableFrom.unwrap()),
    answerTo('shareFromPercent', shape.shareFromPercent.unwrap()),
    answerTo('shareToPercent', shape.shareToPercent.unwrap()),
    answerTo('workingTimes', shape.workingTimes.unwrap()),
    answerTo('engagements', shape.engagements.unwrap()),
    answerTo('licences', shape.licences.unwrap()),
    answerTo('swedish', shape.swedish.unwrap()),
    answerTo('languages', shape.languages.unwrap()),
    answerTo('skills', shape.skills.unwrap()),
    answerTo('experience', shape.experience.unwrap()),
    answerTo('wishes', shape.wishes.unwrap()),
    answerTo('maxTravelMinutes', shape.maxTravelMinutes.unwrap()),
    answerTo('hasCar', shape.hasCar.unwrap()),
  ])
  .meta({ id: 'ProfileAnswer' });
export type ProfileAnswer = z.infer<typeof ProfileAnswer>;

/**
 * The facts with the answer in them. A share that turns the known other end around takes its place: what was known of that
 * end is no longer true, and nobody has said what is.
 */
export const withAnswer = <T extends Pick<MatchingProfile, ProfileField>>(
  facts: T,
  { field, value }: ProfileAnswer,
): T => {
  const answered = { ...facts, [field]: value };
  const { shareFromPercent: from, shareToPercent: to } = answered;
  if (from === null || to === null || from <= to) return answered;
  return field === 'shareFromPercent' ? { ...answered, shareToPercent: null } : { ...answered, shareFromPercent: null };
};
