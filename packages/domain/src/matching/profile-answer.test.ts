import { describe, expect, test } from 'vitest';
import { MatchingProfile } from '../intake/matching-profile.ts';
import { idOf } from '../test-support/builders.ts';
import { PROFILE_FIELDS } from './criterion.ts';
import { ProfileAnswer, withAnswer } from './profile-answer.ts';

const candidateId = idOf('candidate');
const answer = (field: string, value: unknown): ProfileAnswer => ProfileAnswer.parse({ candidateId, field, value });

const PROFILE = MatchingProfile.parse({
  enrolledSince: null,
  availableFrom: null,
  shareFromPercent: 50,
  shareToPercent: 75,
  workingTimes: null,
  engagements: null,
  licences: null,
  swedish: null,
  languages: null,
  skills: null,
  experience: null,
  wishes: null,
  maxTravelMinutes: null,
  hasCar: null,
  postcode: '82630',
});

describe('an answer', () => {
  test('can be given to every question there is, and to no other', () => {
    expect(ProfileAnswer.options.map((option) => option.shape.field.value)).toEqual(PROFILE_FIELDS);
    expect(ProfileAnswer.safeParse({ candidateId, field: 'postcode', value: '82630' }).success).toBe(false);
  });

  test.each(PROFILE_FIELDS)('to %s is something known, never null', (field) => {
    expect(ProfileAnswer.safeParse({ candidateId, field, value: null }).success).toBe(false);
  });

  test.each([
    ['licences', []],
    ['hasCar', false],
    ['swedish', 'B1'],
    ['maxTravelMinutes', 45],
  ])('to %s takes the place of what was known of it, and of nothing else', (field, value) => {
    expect(withAnswer(PROFILE, answer(field, value))).toEqual({ ...PROFILE, [field]: value });
  });

  test.each([
    ['shareFromPercent', 75, { shareFromPercent: 75, shareToPercent: 75 }],
    ['shareFromPercent', 80, { shareFromPercent: 80, shareToPercent: null }],
    ['shareToPercent', 50, { shareFromPercent: 50, shareToPercent: 50 }],
    ['shareToPercent', 40, { shareFromPercent: null, shareToPercent: 40 }],
  ])('of %s %i to somebody who could work 50 to 75 percent leaves %j', (field, value, share) => {
    expect(withAnswer(PROFILE, answer(field, value))).toEqual({ ...PROFILE, ...share });
  });
});
