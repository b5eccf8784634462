import { assertNever } from '@gruppstart/domain/shared/result';
import { ENGLISH } from './english.ts';
import { amount } from './numbers.ts';
import type { PersonWording } from './person-wording.ts';

const { date: day } = ENGLISH;
const jobs = (count: number): string => amount(count, 'one job', 'jobs');
const occupation = (name: string): string => name.toLowerCase();

/** The same in simple English. */
export const PERSON_ENGLISH: PersonWording = {
  admission: (startDate) => [
    `We propose that you begin in the group on ${day(startDate)}.`,
    'There is work that fits you.',
    'But no place is promised yet.',
  ],
  placement: ({ title, unitName }) => ['We propose a job for you.', `The job is: ${title}, ${unitName}.`],
  sharedJob: (part) => `The job is shared, and your part is ${part}.`,
  preliminary: 'This is early and can change.',
  chosenByCoordinator: 'A coordinator has chosen this for you.',
  changed: 'It is not the same proposal as last time.',
  unplaced: 'You got no proposal this time.',
  reason(reason) {
    switch (reason.kind) {
      case 'not-available-by-start':
        return `You can begin on ${day(reason.availableFrom)}, but the last start is on ${day(reason.lastStartDate)}.`;
      case 'no-open-place':
        return 'There were no free jobs when you can begin.';
      case 'no-eligible-place':
        return `We looked at ${jobs(reason.openPlaces)}, but nothing fitted.`;
      case 'ruled-out':
        return `We cannot propose ${jobs(reason.places)} that would otherwise fit you.`;
      case 'under-minimum-fit':
        return `We saw ${jobs(reason.places)} that fitted you too little.`;
      case 'seats-taken':
        return 'There were jobs that fitted you, but not for everybody.';
      case 'cohort-full':
        return 'There were jobs that fitted you, but the group is full.';
      case 'limit-chosen':
        return 'There were jobs that fitted you, but the group is small this time.';
      case 'other-planning':
        return 'There were jobs that fitted you, but the plan for the group did not allow it.';
      default:
        return assertNever(reason);
    }
  },
  fits: {
    availability: () => 'You can begin in time.',
    share: () => 'You can work as much as the job needs.',
    'working-times': () => 'You can work at the times of the job.',
    engagements: () => 'The job does not clash with your other times.',
    travel: () => 'The journey is not too long for you.',
    'own-wishes': () => 'The job is something you want.',
    swedish: () => 'Your Swedish is good enough.',
    skill: (name) => `You know this: ${name}.`,
    language: (name) => `You know ${name}.`,
    licence: (name) => `You have driving licence ${name}.`,
    experience: (name) => `You have worked as ${occupation(name)}.`,
  },
  taught: (name) => `You will learn this in the course: ${name}.`,
  unmet: {
    'own-wishes': () => 'The job is not something you have said that you want.',
    swedish: () => 'More Swedish is good but not a must.',
    skill: (name) => `This is good to know but not a must: ${name}.`,
    language: (name) => `It is good to know ${name}, but it is not a must.`,
    licence: (name) => `It is good to have driving licence ${name}, but it is not a must.`,
    experience: (name) => `It is good to have worked more as ${occupation(name)}, but it is not a must.`,
  },
  lacks(judged, name) {
    switch (judged.kind) {
      case 'availability':
        return `The course begins on ${day(judged.asked.startDate)}, and you cannot begin then.`;
      case 'place-window':
        return `It is not possible to begin the job on ${day(judged.asked.firstWorkingDay)}.`;
      case 'share':
        return `The job is ${judged.asked.sharePercent} percent of full time, and you cannot work that.`;
      case 'working-times':
        return `The job has these times: ${judged.asked.workingTimes.map(ENGLISH.workingTime).join(', ')}.`;
      case 'engagements':
        return 'The job clashes with your other times.';
      case 'travel':
        return judged.found.minutes === null || judged.asked.maxTravelMinutes === null
          ? 'The journey there is too long for you.'
          : `The journey takes ${judged.found.minutes} minutes, and you want at most ${judged.asked.maxTravelMinutes}.`;
      case 'own-wishes':
        return 'The job is not something you want.';
      case 'requirement':
        switch (judged.asked.kind) {
          case 'swedish':
            return 'The job needs more Swedish than you have now.';
          case 'skill':
            return `The job needs you to know this: ${name}.`;
          case 'language':
            return `The job needs more ${name} than you have now.`;
          case 'licence':
            return `The job needs driving licence ${name}.`;
          case 'experience':
            return `The job needs more work as ${occupation(name)} than you have done.`;
          default:
            return assertNever(judged.asked);
        }
      default:
        return assertNever(judged);
    }
  },
  unknown: {
    availability: () => 'We do not know when you can begin.',
    share: () => 'We do not know how much you can work.',
    'working-times': () => 'We do not know what times you can work.',
    engagements: () => 'We do not know if you have other times every week.',
    travel: () => 'We do not know if the journey is too long for you.',
    'own-wishes': () => 'We do not know what work you want.',
    swedish: () => 'We do not know how much Swedish you know.',
    skill: (name) => `We do not know if you know this: ${name}.`,
    language: (name) => `We do not know if you know ${name}.`,
    licence: (name) => `We do not know if you have driving licence ${name}.`,
    experience: (name) => `We do not know if you have worked as ${occupation(name)}.`,
  },
  nearest: ({ title, unitName }) => `This was nearest: ${title}, ${unitName}.`,
  nearestFits: 'That job fits you, but not everybody could get a proposal.',
  nearestIsFull: 'That job would have fitted you, but there is no free place now.',
  nearestFitsTooLittle: 'That job fitted you too little.',
  advice: {
    availability: () => 'Can you begin earlier? Tell your caseworker.',
    'place-window': () => 'Ask Resurscentrum when it is possible to begin the job.',
    share: () => 'Can you work more or less? Tell your caseworker.',
    'working-times': () => 'Can you work at other times? Tell your caseworker.',
    engagements: () => 'Can you move your other times? Tell your caseworker.',
    travel: () => 'Can you travel longer? Tell your caseworker.',
    'own-wishes': () => 'Do you want other jobs too? Tell your caseworker.',
    swedish: () => 'Ask your caseworker about a course in Swedish.',
    skill: (name) => `Ask Resurscentrum how you can learn this: ${name}.`,
    language: (name) => `Do you know more ${name} than we think? Tell your caseworker.`,
    licence: (name) => `Do you have driving licence ${name}, or will you get it soon? Tell your caseworker.`,
    experience: (name) => `Have you done more work as ${occupation(name)} than we think? Tell your caseworker.`,
  },
  tellWhatIsUnknown: 'Tell your caseworker how it is, so that we know more.',
  answerYesOrNo: {
    admission: 'Do you want to be in the group? Say yes or no to Resurscentrum.',
    placement: 'Do you want the job? Say yes or no to Resurscentrum.',
  },
  askWhenNext: 'Ask Resurscentrum when the next group begins.',
  askWhy: 'Do you want to know why? Ask Resurscentrum.',
  ending: [
    'A computer has worked this out, but people decide.',
    'Is something wrong? Tell your caseworker or Resurscentrum.',
  ],
};
