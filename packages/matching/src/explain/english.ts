import { assertNever } from '@gruppstart/domain/shared/result';
import { clock, dayParts, quantity } from './numbers.ts';
import type { Phrasebook } from './phrasebook.ts';
import { seatHoldersText } from './seat-holders-text.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const PARTS = {
  requirements: 'What the place asks for',
  experience: 'Experience',
  terms: 'Start, share and times',
  'own-wishes': 'Own wishes',
  commute: 'Travel time',
} as const;
const FIELDS = {
  enrolledSince: 'enrolled since',
  availableFrom: 'when the person can begin',
  shareFromPercent: 'lowest share of full time',
  shareToPercent: 'highest share of full time',
  workingTimes: 'possible working times',
  engagements: 'fixed engagements',
  licences: 'driving licence',
  swedish: 'level of Swedish',
  languages: 'other languages',
  skills: 'skills',
  experience: 'experience',
  wishes: 'wishes',
  maxTravelMinutes: 'longest travel time',
  hasCar: 'use of a car',
} as const;
const SKILL_LEVELS = ['', 'a little', 'good', 'very good', 'expert'];

const OTHER_PLANNING_TEXT = {
  'supervisor-hours': 'the supervisors there have no time for more',
  'session-seats': 'the session that it takes is full',
  'group-rule': 'it does not go with how the start is otherwise planned',
} as const;

const date: Phrasebook['date'] = (day) => {
  const { year, month, dayOfMonth } = dayParts(day);
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
};
const places = (count: number): string => quantity(count, 'place', 'places');
const list = (items: readonly string[]): string => items.join(', ');
const weekday: Phrasebook['weekday'] = (day) => WEEKDAYS[day - 1] ?? '';
const span: Phrasebook['span'] = ({ weekday: day, fromMinute, toMinute }) =>
  `${weekday(day)} ${clock(fromMinute)}–${clock(toMinute)}`;
const workingTime: Phrasebook['workingTime'] = (time) => time;

/** The same sentences in English. */
const seatsThere = (count: number): string => {
  if (count === 0) return 'there are no seats there';
  return count === 1 ? 'the seat there is taken' : `the ${count} seats there are taken`;
};
const seatsOfGroup = (count: number): string => {
  if (count === 0) return 'the group has no seats';
  return count === 1 ? 'the only seat of the group is taken' : `the ${count} seats of the group are taken`;
};

export const ENGLISH: Phrasebook = {
  topics: {
    availability: 'when the person can begin',
    placeWindow: 'when the place is open',
    share: 'share of full time',
    workingTimes: 'working times',
    engagements: 'fixed engagements',
    travel: 'travel time',
    ownWishes: 'own wishes',
    swedish: 'Swedish',
    skill: (label) => label,
    language: (name) => name,
    licence: (licence) => `driving licence ${licence}`,
    experience: (occupation) => `experience as ${occupation.toLowerCase()}`,
  },
  date,
  weekday,
  workingTime,
  span,
  level: (level) => (level === 'native' ? 'mother tongue' : level),
  field: (field) => FIELDS[field],
  part: ({ part, points, maxPoints }) => `${PARTS[part]}: ${points} of ${maxPoints} points.`,

  availability({ verdict, asked, found }) {
    if (found.availableFrom === null) return 'It is not stated when the person can begin.';
    if (verdict === 'no')
      return `Can begin on ${date(found.availableFrom)}, but the start is ${date(asked.startDate)}.`;
    return `Can begin in time for the start on ${date(asked.startDate)}.`;
  },
  placeWindow({ verdict, asked, found }) {
    if (verdict === 'yes') return `The place is open on ${date(asked.firstWorkingDay)}.`;
    const until = found.closesAfter === null ? '' : ` to ${date(found.closesAfter)}`;
    return `The place is open from ${date(found.opensFrom)}${until}, but work begins on ${date(asked.firstWorkingDay)}.`;
  },
  share({ verdict, asked, found }) {
    const from = found.fromPercent === null ? '?' : found.fromPercent;
    const to = found.toPercent === null ? '?' : found.toPercent;
    if (verdict === 'yes') return `The place is ${asked.sharePercent} %. That fits.`;
    if (verdict === 'no') return `The place is ${asked.sharePercent} %. The person can work ${from}–${to} %.`;
    return `The place is ${asked.sharePercent} %. How much the person can work is not fully stated (${from}–${to} %).`;
  },
  workingTimes({ verdict, asked, found }) {
    const needed = list(asked.workingTimes.map(workingTime));
    if (verdict === 'yes') return `Can work at the times of the place: ${needed}.`;
    if (found.workingTimes === null) return `The place needs ${needed}. When the person can work is not stated.`;
    return `The place needs ${needed}. The person can: ${list(found.workingTimes.map(workingTime)) || 'none'}.`;
  },
  engagements({ verdict, found }) {
    if (found.overlapping === null) return 'It is not stated whether the person has fixed engagements.';
    if (verdict === 'yes') return 'No fixed engagement overlaps the work.';
    return `Fixed engagements overlap the work: ${list(found.overlapping.map(span))}.`;
  },
  travel({ verdict, asked, found }) {
    const limit = asked.maxTravelMinutes;
    if (found.minutes === null) return 'The travel time is not known.';
    if (limit === null)
      return `The journey takes ${found.minutes} minutes. How far the person can travel is not stated.`;
    if (found.hasCar === null && verdict === 'unknown')
      return `It is not stated whether the person has a car. The slower way takes ${found.minutes} minutes, the limit is ${limit}.`;
    if (found.nearLimit) return `The journey takes ${found.minutes} minutes. That is close to the limit of ${limit}.`;
    const way = found.hasCar === true ? 'by car' : 'by bus';
    const text = `The journey takes ${found.minutes} minutes ${found.hasCar === null ? 'at most' : way}`;
    return verdict === 'yes' ? `${text}, within the limit of ${limit}.` : `${text}. The limit is ${limit} minutes.`;
  },
  requirement({ verdict, strength, taught }, asked, found, given) {
    if (given) return `${asked}: taught ${taught === 'session' ? 'in a session of' : 'during'} the introduction.`;
    const has = found === null ? '' : ` The person has: ${found}.`;
    if (verdict === 'yes') return `${asked}: met.`;
    if (verdict === 'unknown') return `${asked}: not stated.${has}`;
    return strength === 'wish' ? `${asked}: not met, but not required.${has}` : `${asked}: missing.${has}`;
  },
  asked: (topic, atLeast) => (atLeast === null ? topic : `${topic}, at least ${atLeast}`),
  skillLevel: (level) => SKILL_LEVELS[level] ?? String(level),
  years: (years) => quantity(years, 'year', 'years'),
  nearYears: (occupation, years) =>
    `${quantity(years, 'year', 'years')} as ${occupation.toLowerCase()} (a near occupation)`,
  ownWishes({ asked, found }) {
    if (asked.wishes === null) return 'What the person wishes is not stated.';
    if (asked.wishes === 0) return 'The person has no particular wishes.';
    return found.wishRank === null
      ? 'The place is not among what the person wishes.'
      : `The place is wish number ${found.wishRank} of the person.`;
  },

  proposed({ title, unitName, startDate, preliminary, pinned, againstMust }) {
    const kind = preliminary ? 'Preliminary proposal' : 'Proposal';
    const against = againstMust ? ', although something that is required is not met' : '';
    const fixed = pinned ? ` The pair was fixed beforehand${against}.` : '';
    return `${kind}: ${title}, ${unitName}, start on ${date(startDate)}.${fixed}`;
  },
  seatPrice: (points) =>
    `${quantity(points, 'point was', 'points were')} taken off for the seat, because people who fit few others need it.`,
  heldBack: ({ title, unitName, points, pricePoints }) =>
    `${title}, ${unitName}, would give ${points} points and has a free seat. It is kept for people who fit few others (${pricePoints} points are taken off there).`,
  movedFrom: ({ title, unitName, startDate }) =>
    `The proposal has changed. In the earlier run it was ${title}, ${unitName}, start on ${date(startDate)}.`,
  total: (points, maxPoints) => `In all ${points} of ${maxPoints} points.`,
  unplaced: () => 'There is no proposal this time.',
  reason(reason, startDate, topics) {
    switch (reason.kind) {
      case 'not-available-by-start':
        return `The person can begin on ${date(reason.availableFrom)}. The last start is ${date(reason.lastStartDate)}.`;
      case 'no-open-place':
        return 'No place is open with a free seat at the starts that are possible.';
      case 'no-eligible-place':
        return `Nothing that is open (${places(reason.openPlaces)}) fits. What stands in the way: ${list(
          reason.excludedBy.map(({ places: count, alone }, index) => `${topics[index]} (${count}, alone ${alone})`),
        )}.`;
      case 'ruled-out':
        return `Ruled out for this person: ${places(reason.places)}.`;
      case 'under-minimum-fit':
        return `Too little fit: ${places(reason.places)}, at most ${reason.bestFitPercent} %, and at least ${reason.minimumFitPercent} % is needed.`;
      case 'seats-taken':
        return `Start on ${date(startDate(reason.cohortId))}: ${quantity(reason.eligiblePlaces, 'workplace fits', 'workplaces fit')}, but ${seatsThere(reason.seats)}.${seatHoldersText(reason, 'en')}`;
      case 'cohort-full':
        return `Start on ${date(startDate(reason.cohortId))}: there is work that fits, but ${seatsOfGroup(reason.seats)}.${seatHoldersText(reason, 'en')}`;
      case 'limit-chosen':
        return `Start on ${date(startDate(reason.cohortId))}: there is work that fits, but the coordinator chose to propose at most ${quantity(reason.placeAtMost, 'person', 'people')}.`;
      case 'other-planning':
        return `Start on ${date(startDate(reason.cohortId))}: there is work that fits, but ${OTHER_PLANNING_TEXT[reason.because]}.`;
      default:
        return assertNever(reason);
    }
  },
  nearest({ title, unitName, lacks }) {
    const nearest = `Nearest is ${title}, ${unitName}.`;
    switch (lacks) {
      case 'criteria':
        return `${nearest} Missing there:`;
      case 'fit':
        return `${nearest} Nothing in particular is missing there, but in all it fits too little.`;
      case 'seat':
        return `${nearest} It fits, but not everybody could get a proposal.`;
      case 'free-seat':
        return `${nearest} It would have fitted, but there is no free seat.`;
      default:
        return assertNever(lacks);
    }
  },
};
