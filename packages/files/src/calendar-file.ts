import type { CohortId } from '@gruppstart/domain/shared/ids';
import type { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import type { BilingualText } from '@gruppstart/domain/shared/text';

export const CALENDAR_FILE_LANGUAGES = ['sv', 'en'] as const;
export type CalendarFileLanguage = (typeof CALENDAR_FILE_LANGUAGES)[number];

/** A session as the calendar file shows it. `start` and `end` are Stockholm clock times, `08:30`. */
export interface CalendarFileSession {
  /** Stable within the cohort, `day01-1`. */
  readonly key: string;
  readonly date: LocalDate;
  readonly start: string;
  readonly end: string;
  readonly title: BilingualText;
  readonly mandatory?: boolean;
  /** False when it is held elsewhere, so that the calendar's location does not send people to the wrong place. */
  readonly atCentre?: boolean;
}

/** What a cohort's calendar file is made of. There is no field for people, and none may be put into the texts. */
export interface CohortCalendar {
  readonly cohortId: CohortId;
  /** The cohort's name, never a person's. */
  readonly name: string;
  /** Rises by one with every published change of the timetable; calendars replace what they have only then. */
  readonly sequence: number;
  readonly sessions: readonly CalendarFileSession[];
  /** Where the sessions at the centre are held. */
  readonly location?: string;
  readonly language: CalendarFileLanguage;
  /** Stands as DTSTAMP in every event, so that the same input gives the same bytes. */
  readonly generatedAt: Instant;
}

/**
 * Central European time under the rule of 1996: summer time from the last Sunday of March to the last Sunday of
 * October. Written out in full because Outlook does not look a TZID up by itself.
 */
const STOCKHOLM_TIME_ZONE: readonly string[] = [
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Stockholm',
  'BEGIN:STANDARD',
  'DTSTART:19961027T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'TZNAME:CET',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:19960331T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'TZNAME:CEST',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

const MANDATORY_NOTE: BilingualText = { sv: 'Obligatoriskt pass', en: 'Mandatory session' };

/** RFC 5545 3.3.11. Line breaks of every kind become `\n`; other control characters may not stand in a text at all. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|[\n\r\u2028\u2029]/g, '\\n')
    .replace(/(?!\t)\p{Cc}/gu, '');

const MAX_LINE_OCTETS = 75;
const encoder = new TextEncoder();

/** RFC 5545 3.1: at most 75 octets a line, the space that continues it included; never inside a character. */
const foldLine = (line: string): string => {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MAX_LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
};

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** `20270111T083000`, to be read in the time zone that the property names. */
const localDateTime = (date: LocalDate, time: string): string => {
  if (!CLOCK_TIME.test(time)) throw new RangeError(`No clock time for a calendar file: ${time}`);
  return `${date.replaceAll('-', '')}T${time.replace(':', '')}00`;
};

/** `2026-12-01T07:00:00.000Z` to `20261201T070000Z`. */
const utcStamp = (instant: Instant): string => instant.replace(/\.\d+/, '').replace(/[-:]/g, '');

const inOrder = (a: CalendarFileSession, b: CalendarFileSession): number => {
  const [left, right] = [`${a.date} ${a.start} ${a.key}`, `${b.date} ${b.start} ${b.key}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

const eventLines = (calendar: CohortCalendar, session: CalendarFileSession): readonly string[] => {
  const { cohortId, name, language, location } = calendar;
  if (session.end <= session.start) throw new RangeError(`Session ${session.key} does not end after its start`);
  const description = session.mandatory ? `${name}\n${MANDATORY_NOTE[language]}` : name;
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(`${cohortId}-${session.key}@gruppstart`)}`,
    `DTSTAMP:${utcStamp(calendar.generatedAt)}`,
    `SEQUENCE:${calendar.sequence}`,
    `DTSTART;TZID=Europe/Stockholm:${localDateTime(session.date, session.start)}`,
    `DTEND;TZID=Europe/Stockholm:${localDateTime(session.date, session.end)}`,
    `SUMMARY;LANGUAGE=${language}:${escapeText(session.title[language])}`,
    `DESCRIPTION;LANGUAGE=${language}:${escapeText(description)}`,
    ...(location && session.atCentre !== false ? [`LOCATION;LANGUAGE=${language}:${escapeText(location)}`] : []),
    'STATUS:CONFIRMED',
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
};

/**
 * A cohort's timetable as an iCalendar file (RFC 5545, `text/calendar; charset=utf-8`): one event per session, with a
 * UID that stays the same from version to version. Events come in the order of the clock whatever order the sessions
 * have. Throws a RangeError for what no timetable may hold: two sessions with one key, an end before its start, a
 * clock time that does not exist, a sequence that is no whole number from 0 on.
 */
export const cohortCalendarFile = (calendar: CohortCalendar): string => {
  const { sessions, sequence, name, language } = calendar;
  if (!Number.isInteger(sequence) || sequence < 0) throw new RangeError(`No sequence number: ${sequence}`);
  if (new Set(sessions.map(({ key }) => key)).size !== sessions.length) {
    throw new RangeError(`Cohort ${calendar.cohortId} has two sessions with the same key`);
  }
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Gruppstart//Gruppstart//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'X-WR-TIMEZONE:Europe/Stockholm',
    ...STOCKHOLM_TIME_ZONE,
    ...sessions.toSorted(inOrder).flatMap((session) => eventLines(calendar, session)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
};
