import { assertNever } from '@gruppstart/domain/shared/result';
import { clock, dayParts, quantity } from './numbers.ts';
import type { Phrasebook } from './phrasebook.ts';
import { seatHoldersText } from './seat-holders-text.ts';

const MONTHS = 'januari februari mars april maj juni juli augusti september oktober november december'.split(' ');
const WEEKDAYS = ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'];
const TIMES = { day: 'dag', evening: 'kväll', night: 'natt', weekend: 'helg' } as const;
const PARTS = {
  requirements: 'Platsens krav',
  experience: 'Erfarenhet',
  terms: 'Start, omfattning och tider',
  'own-wishes': 'Egna önskemål',
  commute: 'Restid',
} as const;
const FIELDS = {
  enrolledSince: 'inskriven sedan',
  availableFrom: 'när personen kan börja',
  shareFromPercent: 'lägsta tjänstgöringsgrad',
  shareToPercent: 'högsta tjänstgöringsgrad',
  workingTimes: 'vilka tider som går',
  engagements: 'upptagna tider',
  licences: 'körkort',
  swedish: 'nivå i svenska',
  languages: 'andra språk',
  skills: 'kompetenser',
  experience: 'erfarenhet',
  wishes: 'önskemål',
  maxTravelMinutes: 'längsta restid',
  hasCar: 'tillgång till bil',
} as const;
const SKILL_LEVELS = ['', 'lite', 'bra', 'mycket bra', 'expert'];

const OTHER_PLANNING_TEXT = {
  'supervisor-hours': 'handledarna där har inte tid för fler',
  'session-seats': 'passet som behövs för det är fullt',
  'group-rule': 'det går inte ihop med hur starten är planerad i övrigt',
} as const;

const date: Phrasebook['date'] = (day) => {
  const { year, month, dayOfMonth } = dayParts(day);
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
};
const places = (count: number): string => quantity(count, 'plats', 'platser');
const list = (items: readonly string[]): string => items.join(', ');
const weekday: Phrasebook['weekday'] = (day) => WEEKDAYS[day - 1] ?? '';
const span: Phrasebook['span'] = ({ weekday: day, fromMinute, toMinute }) =>
  `${weekday(day)} ${clock(fromMinute)}–${clock(toMinute)}`;
const workingTime: Phrasebook['workingTime'] = (time) => TIMES[time];

/** Plain Swedish: short sentences, everyday words. */
const seatsThere = (count: number): string => {
  if (count === 0) return 'där finns inga säten';
  return count === 1 ? 'sätet där är taget' : `de ${count} sätena där är tagna`;
};
const seatsOfGroup = (count: number): string => {
  if (count === 0) return 'gruppen har inga säten';
  return count === 1 ? 'gruppens enda säte är taget' : `gruppens ${count} säten är tagna`;
};

export const SWEDISH: Phrasebook = {
  topics: {
    availability: 'när personen kan börja',
    placeWindow: 'när platsen är öppen',
    share: 'tjänstgöringsgrad',
    workingTimes: 'arbetstider',
    engagements: 'upptagna tider',
    travel: 'restid',
    ownWishes: 'egna önskemål',
    swedish: 'svenska',
    skill: (label) => label,
    language: (name) => name,
    licence: (licence) => `körkort ${licence}`,
    experience: (occupation) => `erfarenhet som ${occupation.toLowerCase()}`,
  },
  date,
  weekday,
  workingTime,
  span,
  level: (level) => (level === 'native' ? 'modersmål' : level),
  field: (field) => FIELDS[field],
  part: ({ part, points, maxPoints }) => `${PARTS[part]}: ${points} av ${maxPoints} poäng.`,

  availability({ verdict, asked, found }) {
    if (found.availableFrom === null) return 'Det står inte när personen kan börja.';
    if (verdict === 'no') return `Kan börja ${date(found.availableFrom)}, men starten är ${date(asked.startDate)}.`;
    return `Kan börja i tid till starten ${date(asked.startDate)}.`;
  },
  placeWindow({ verdict, asked, found }) {
    if (verdict === 'yes') return `Platsen är öppen när arbetet börjar, ${date(asked.firstWorkingDay)}.`;
    const until = found.closesAfter === null ? '' : ` till ${date(found.closesAfter)}`;
    return `Platsen är öppen från ${date(found.opensFrom)}${until}, men arbetet börjar ${date(asked.firstWorkingDay)}.`;
  },
  share({ verdict, asked, found }) {
    const from = found.fromPercent === null ? '?' : found.fromPercent;
    const to = found.toPercent === null ? '?' : found.toPercent;
    if (verdict === 'yes') return `Platsen är på ${asked.sharePercent} %. Det passar.`;
    if (verdict === 'no')
      return `Platsen är på ${asked.sharePercent} %. Personen kan arbeta ${from === to ? to : `${from}–${to}`} %.`;
    return `Platsen är på ${asked.sharePercent} %. Det står inte helt hur mycket personen kan arbeta (${from}–${to} %).`;
  },
  workingTimes({ verdict, asked, found }) {
    const needed = list(asked.workingTimes.map(workingTime));
    if (verdict === 'yes') return `Kan arbeta på platsens tider: ${needed}.`;
    if (found.workingTimes === null) return `Arbetstid: ${needed}. Det står inte när personen kan arbeta.`;
    return `Arbetstid: ${needed}. Personen kan: ${list(found.workingTimes.map(workingTime)) || 'inga tider'}.`;
  },
  engagements({ verdict, found }) {
    if (found.overlapping === null) return 'Det står inte om personen har upptagna tider i veckan.';
    if (verdict === 'yes') return 'Inga upptagna tider krockar med arbetet.';
    return `Upptagna tider krockar med arbetet: ${list(found.overlapping.map(span))}.`;
  },
  travel({ verdict, asked, found }) {
    const limit = asked.maxTravelMinutes;
    if (found.minutes === null) return 'Restiden dit är inte känd.';
    if (limit === null) return `Resan tar ${found.minutes} minuter. Det står inte hur långt personen kan resa.`;
    if (found.hasCar === null && verdict === 'unknown')
      return `Det står inte om personen har bil. Med det långsammaste sättet tar resan ${found.minutes} minuter, gränsen är ${limit}.`;
    if (found.nearLimit) return `Resan tar ${found.minutes} minuter. Det är nära gränsen på ${limit}.`;
    const way = found.hasCar === true ? 'med bil' : 'med buss';
    const text = `Resan tar ${found.minutes} minuter ${found.hasCar === null ? 'som längst' : way}`;
    return verdict === 'yes' ? `${text}, inom gränsen på ${limit}.` : `${text}. Gränsen är ${limit} minuter.`;
  },
  requirement({ verdict, strength, taught }, asked, found, given) {
    if (given) return `${asked}: lärs ut ${taught === 'session' ? 'i ett pass under' : 'under'} introduktionen.`;
    const has = found === null ? '' : ` Personen har: ${found}.`;
    if (verdict === 'yes') return `${asked}: finns.`;
    if (verdict === 'unknown') return `${asked}: uppgift saknas.${has}`;
    return strength === 'wish' ? `${asked}: finns inte, men är inget krav.${has}` : `${asked}: saknas.${has}`;
  },
  asked: (topic, atLeast) => (atLeast === null ? topic : `${topic}, minst ${atLeast}`),
  skillLevel: (level) => SKILL_LEVELS[level] ?? String(level),
  years: (years) => `${years} år`,
  nearYears: (occupation, years) => `${years} år som ${occupation.toLowerCase()} (närliggande yrke)`,
  ownWishes({ asked, found }) {
    if (asked.wishes === null) return 'Det står inte vad personen önskar.';
    if (asked.wishes === 0) return 'Personen har inga särskilda önskemål.';
    return found.wishRank === null
      ? 'Platsen hör inte till det som personen önskar.'
      : `Platsen är personens önskemål nummer ${found.wishRank}.`;
  },

  proposed({ title, unitName, startDate, preliminary, pinned, againstMust }) {
    const when = `start ${date(startDate)}`;
    const kind = preliminary ? 'Preliminärt förslag' : 'Förslag';
    const against = againstMust ? ', fast något som krävs inte är uppfyllt' : '';
    const fixed = pinned ? ` Paret är bestämt i förväg${against}.` : '';
    return `${kind}: ${title}, ${unitName}, ${when}.${fixed}`;
  },
  seatPrice: (points) =>
    `I fördelningen räknades ${points} poäng av för sätet, för det behövs av personer som passar få andra.`,
  heldBack: ({ title, unitName, points, pricePoints }) =>
    `${title}, ${unitName}, hade gett ${points} poäng och har ett ledigt säte. Platsen hålls för personer som passar få andra (${pricePoints} poäng räknas av där).`,
  movedFrom: ({ title, unitName, startDate }) =>
    `Förslaget är ändrat. I den tidigare körningen var det ${title}, ${unitName}, start ${date(startDate)}.`,
  total: (points, maxPoints) => `Sammanlagt ${points} av ${maxPoints} poäng.`,
  unplaced: () => 'Det finns inget förslag den här gången.',
  reason(reason, startDate, topics) {
    switch (reason.kind) {
      case 'not-available-by-start':
        return `Personen kan börja ${date(reason.availableFrom)}. Den sista starten är ${date(reason.lastStartDate)}.`;
      case 'no-open-place':
        return 'Ingen plats är öppen med lediga platser vid de starter som går.';
      case 'no-eligible-place':
        return `Inget av det som är öppet (${places(reason.openPlaces)}) passar. Det som hindrar: ${list(
          reason.excludedBy.map(
            ({ places: count, alone }, index) =>
              `${topics[index]} (${count} ${count === 1 ? 'plats' : 'platser'}${alone > 0 ? `, på ${alone} är det enda hindret` : ''})`,
          ),
        )}.`;
      case 'ruled-out':
        return `Undantaget för den här personen: ${places(reason.places)}.`;
      case 'under-minimum-fit':
        return `Passar för lite: ${places(reason.places)}. Som bäst ${reason.bestFitPercent} %, och minst ${reason.minimumFitPercent} % behövs.`;
      case 'seats-taken':
        return `Start ${date(startDate(reason.cohortId))}: ${quantity(reason.eligiblePlaces, 'arbetsplats', 'arbetsplatser')} passar, men ${seatsThere(reason.seats)}.${seatHoldersText(reason, 'sv')}`;
      case 'cohort-full':
        return `Start ${date(startDate(reason.cohortId))}: det finns arbete som passar, men ${seatsOfGroup(reason.seats)}.${seatHoldersText(reason, 'sv')}`;
      case 'limit-chosen':
        return `Start ${date(startDate(reason.cohortId))}: det finns arbete som passar, men samordnaren har valt att föreslå högst ${quantity(reason.placeAtMost, 'person', 'personer')}.`;
      case 'other-planning':
        return `Start ${date(startDate(reason.cohortId))}: det finns arbete som passar, men ${OTHER_PLANNING_TEXT[reason.because]}.`;
      default:
        return assertNever(reason);
    }
  },
  nearest({ title, unitName, lacks }) {
    const nearest = `Närmast är ${title}, ${unitName}.`;
    switch (lacks) {
      case 'criteria':
        return `${nearest} Där saknas:`;
      case 'fit':
        return `${nearest} Inget särskilt saknas där, men det passar för lite sammantaget.`;
      case 'seat':
        return `${nearest} Det passar, men alla kunde inte få ett förslag.`;
      case 'free-seat':
        return `${nearest} Det hade passat, men där finns inget ledigt säte.`;
      default:
        return assertNever(lacks);
    }
  },
};
