import { Candidate } from '@gruppstart/domain/intake/candidate';

/** As full as caseworkers' rows usually are; an invented person. */
export const USUAL_CANDIDATE: Candidate = Candidate.parse({
  id: 'cand_01kc5x8f3q9v7t2m4n6p8r0s1t',
  profile: {
    enrolledSince: '2025-03-17',
    availableFrom: '2027-01-11',
    shareFromPercent: 50,
    shareToPercent: 100,
    workingTimes: ['day', 'evening', 'weekend'],
    engagements: [
      { weekday: 1, fromMinute: 480, toMinute: 720 },
      { weekday: 3, fromMinute: 480, toMinute: 720 },
    ],
    licences: ['AM', 'B'],
    swedish: 'B1',
    languages: [
      { language: 'tigrinja', level: 'native' },
      { language: 'arabiska', level: 'B2' },
      { language: 'engelska', level: null },
    ],
    skills: [
      { skillId: 'C1qR_L83_nzh', level: 3 },
      { skillId: 'kj4Q_nLh_u8Q', level: null },
      { skillId: 'xgpz_5A1_B2g', level: 2 },
      { skillId: 'rVUL_AgV_ZTH', level: 1 },
      { skillId: 'local_barnpassning', level: 4 },
      { skillId: 'Yt2Z_1pY_MNz', level: 2 },
    ],
    experience: [
      { occupationId: '4zLr_jP5_peZ', years: 2 },
      { occupationId: 'local_serviceassistent', years: 1 },
    ],
    knownItems: [],
    wishes: [
      { kind: 'field', field: 'care' },
      { kind: 'unit', unitName: 'Solrosen: kök och matsal' },
      { kind: 'field', field: 'preschool' },
    ],
    maxTravelMinutes: 45,
    hasCar: false,
    postcode: '82630',
  },
  unmatchedSkills: ['bakning', 'trädgårdsarbete'],
  interpreterLanguage: 'tigrinja',
  isProtected: false,
  createdAt: '2026-12-01T08:00:00.000Z',
  updatedAt: '2026-12-01T08:00:00.000Z',
  erasedAt: null,
});
