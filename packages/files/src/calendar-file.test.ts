import { CohortId } from '@gruppstart/domain/shared/ids';
import { addDays, Instant, localDate } from '@gruppstart/domain/shared/local-date';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type CalendarFileSession, type CohortCalendar, cohortCalendarFile } from './calendar-file.ts';

const COHORT = CohortId.parse('cohort_0123456789abcdefghjkmnpqrs');

const hygiene: CalendarFileSession = {
  key: 'day03-1',
  date: localDate('2027-01-13'),
  start: '08:30',
  end: '11:30',
  title: { sv: 'Basala hygienrutiner', en: 'Basic hygiene routines' },
  mandatory: true,
};
const visit: CalendarFileSession = {
  key: 'day05-1',
  date: localDate('2027-06-15'),
  start: '08:30',
  end: '15:00',
  title: { sv: 'Studiebesök 1: äldreboende', en: 'Study visit 1: a home for the elderly' },
};
const calendar: CohortCalendar = {
  cohortId: COHORT,
  name: 'Gruppstart 11 januari',
  sequence: 2,
  sessions: [hygiene, visit],
  location: 'Resurscentrum, Storgatan 1; rum 2',
  language: 'sv',
  generatedAt: Instant.parse('2026-12-01T07:05:09.123Z'),
};

interface Line {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

/** Undoes folding, then splits each content line. */
const linesOf = (file: string): readonly Line[] =>
  file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => {
      const parts = /^([A-Z-]+)((?:;[A-Z]+=[^:;]+)*):(.*)$/s.exec(line);
      if (!parts) throw new Error(`No content line: ${line}`);
      return { name: parts[1] ?? '', parameters: parts[2] ?? '', value: parts[3] ?? '' };
    });

const plainText = (value: string): string =>
  value.replace(/\\(.)/gs, (_all, character: string) => (/^n$/i.test(character) ? '\n' : character));

/** The lines between BEGIN and END of every component of one name. */
const componentsOf = (file: string, component: string): readonly (readonly Line[])[] => {
  const found: Line[][] = [];
  let open: Line[] | null = null;
  for (const line of linesOf(file)) {
    if (line.name === 'BEGIN' && line.value === component) open = [];
    else if (line.name === 'END' && line.value === component && open) {
      found.push(open);
      open = null;
    } else open?.push(line);
  }
  return found;
};

const fieldOf = (component: readonly Line[] | undefined, name: string): string => {
  const lines = (component ?? []).filter((line) => line.name === name);
  if (lines.length !== 1) throw new Error(`${lines.length} lines of ${name}`);
  return lines[0]?.value ?? '';
};

const eventOf = (file: string, key: string): readonly Line[] | undefined =>
  componentsOf(file, 'VEVENT').find((event) => fieldOf(event, 'UID').includes(`-${key}@`));

describe('cohortCalendarFile', () => {
  const file = cohortCalendarFile(calendar);

  it('opens and closes one calendar of version 2.0 with its own time zone', () => {
    const lines = linesOf(file).map(({ name, value }) => `${name}:${value}`);
    expect(lines.slice(0, 7)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Gruppstart//Gruppstart//SV',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Gruppstart 11 januari',
      'X-WR-TIMEZONE:Europe/Stockholm',
    ]);
    expect(lines.at(-1)).toBe('END:VCALENDAR');
    expect(componentsOf(file, 'VTIMEZONE').length).toBe(1);
    const opened = lines.filter((line) => line.startsWith('BEGIN:')).map((line) => line.slice(6));
    const closed = lines.filter((line) => line.startsWith('END:')).map((line) => line.slice(4));
    expect(opened.toSorted()).toEqual(closed.toSorted());
  });

  it('gives each session its own event with a stable UID and the sequence', () => {
    const events = componentsOf(file, 'VEVENT');
    expect(events.map((event) => fieldOf(event, 'UID'))).toEqual([
      'cohort_0123456789abcdefghjkmnpqrs-day03-1@gruppstart',
      'cohort_0123456789abcdefghjkmnpqrs-day05-1@gruppstart',
    ]);
    expect(events.map((event) => fieldOf(event, 'SEQUENCE'))).toEqual(['2', '2']);
    expect(events.map((event) => fieldOf(event, 'DTSTAMP'))).toEqual(['20261201T070509Z', '20261201T070509Z']);
  });

  it('keeps the UIDs when a session moves and the sequence rises', () => {
    const moved = cohortCalendarFile({
      ...calendar,
      sequence: 3,
      sessions: [{ ...hygiene, date: localDate('2027-01-14') }, visit],
    });
    const uids = (text: string) => componentsOf(text, 'VEVENT').map((event) => fieldOf(event, 'UID'));
    expect(uids(moved)).toEqual(uids(file));
    expect(fieldOf(eventOf(moved, 'day03-1'), 'DTSTART')).toBe('20270114T083000');
    expect(fieldOf(eventOf(moved, 'day03-1'), 'SEQUENCE')).toBe('3');
  });

  test.each([
    ['winter', 'day03-1', '20270113T083000', '20270113T113000'],
    ['summer', 'day05-1', '20270615T083000', '20270615T150000'],
  ])('shows the Stockholm clock in %s', (_season, key, start, end) => {
    const event = eventOf(file, key);
    expect(event?.filter(({ name }) => name === 'DTSTART' || name === 'DTEND')).toEqual([
      { name: 'DTSTART', parameters: ';TZID=Europe/Stockholm', value: start },
      { name: 'DTEND', parameters: ';TZID=Europe/Stockholm', value: end },
    ]);
  });

  it('writes titles, location and the mark of a mandatory session in the chosen language', () => {
    expect(fieldOf(eventOf(file, 'day05-1'), 'SUMMARY')).toBe('Studiebesök 1: äldreboende');
    expect(plainText(fieldOf(eventOf(file, 'day03-1'), 'DESCRIPTION'))).toBe(
      'Gruppstart 11 januari\nObligatoriskt pass',
    );
    expect(plainText(fieldOf(eventOf(file, 'day05-1'), 'DESCRIPTION'))).toBe('Gruppstart 11 januari');
    expect(plainText(fieldOf(eventOf(file, 'day05-1'), 'LOCATION'))).toBe('Resurscentrum, Storgatan 1; rum 2');
    const english = cohortCalendarFile({ ...calendar, language: 'en' });
    expect(fieldOf(eventOf(english, 'day05-1'), 'SUMMARY')).toBe('Study visit 1: a home for the elderly');
    expect(plainText(fieldOf(eventOf(english, 'day03-1'), 'DESCRIPTION'))).toContain('Mandatory session');
    expect(english).toContain('SUMMARY;LANGUAGE=en:');
  });

  it('has no LOCATION line when none is given', () => {
    const { location: _without, ...rest } = calendar;
    expect(cohortCalendarFile(rest)).not.toContain('LOCATION');
  });

  it('leaves the location out of a session that is held elsewhere', () => {
    const sessions = [
      { ...hygiene, atCentre: true },
      { ...visit, atCentre: false },
    ];
    const withVisit = cohortCalendarFile({ ...calendar, sessions });
    expect(plainText(fieldOf(eventOf(withVisit, 'day03-1'), 'LOCATION'))).toBe('Resurscentrum, Storgatan 1; rum 2');
    expect(eventOf(withVisit, 'day05-1')?.some(({ name }) => name === 'LOCATION')).toBe(false);
  });

  it('names nobody: no event has organizer, attendee, contact or any property outside the list', () => {
    const allowed = [
      'UID',
      'DTSTAMP',
      'SEQUENCE',
      'DTSTART',
      'DTEND',
      'SUMMARY',
      'DESCRIPTION',
      'LOCATION',
      'STATUS',
      'TRANSP',
    ];
    for (const event of componentsOf(file, 'VEVENT')) expect(event.map(({ name }) => name)).toEqual(allowed);
  });

  it('writes nothing but the fields it knows, whatever else a session carries', () => {
    const withMore = { ...hygiene, participant: 'Testa Påhittad', teacher: 'Test Exempel' };
    expect(cohortCalendarFile({ ...calendar, sessions: [withMore, visit] })).toBe(file);
  });

  it('gives the same bytes for the same input, whatever order the sessions have', () => {
    expect(cohortCalendarFile(structuredClone(calendar))).toBe(file);
    expect(cohortCalendarFile({ ...calendar, sessions: [visit, hygiene] })).toBe(file);
  });

  it('is a valid empty calendar for a cohort without sessions', () => {
    expect(componentsOf(cohortCalendarFile({ ...calendar, sessions: [] }), 'VEVENT')).toEqual([]);
  });

  test.each([
    ['two sessions with one key', { sessions: [hygiene, { ...visit, key: hygiene.key }] }],
    ['a session that ends as it starts', { sessions: [{ ...hygiene, end: '08:30' }] }],
    ['a time that no clock shows', { sessions: [{ ...hygiene, end: '24:00' }] }],
    ['a time without its zero', { sessions: [{ ...hygiene, start: '8:30', end: '9:30' }] }],
    ['a negative sequence', { sequence: -1 }],
    ['half a sequence', { sequence: 0.5 }],
  ])('throws at %s', (_what, change) => {
    expect(() => cohortCalendarFile({ ...calendar, ...change })).toThrow(RangeError);
  });
});

describe('lines and texts', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });
  const awkward = fc.string({
    unit: fc.constantFrom('\\', ';', ',', ':', '"', '\n', '\r', '\t', 'å', '🧹', 'a', ' ', '\u0007'),
  });
  const cleaned = (text: string): string =>
    text.replace(/\r\n|[\n\r\u2028\u2029]/g, '\n').replace(/(?![\t\n])\p{Cc}/gu, '');

  it('come back unchanged after unfolding and unescaping', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, awkward), fc.oneof(anyText, awkward), (title, name) => {
        const sessions = [{ ...visit, title: { sv: title, en: 'x' } }];
        const event = eventOf(cohortCalendarFile({ ...calendar, name, sessions }), 'day05-1');
        expect(plainText(fieldOf(event, 'SUMMARY'))).toBe(cleaned(title));
        expect(plainText(fieldOf(event, 'DESCRIPTION'))).toBe(cleaned(name));
      }),
    );
  });

  const expectWellFolded = (title: string) => {
    const sessions = [{ ...visit, title: { sv: title, en: 'x' } }];
    const file = cohortCalendarFile({ ...calendar, name: title, sessions });
    expect(file.endsWith('\r\n')).toBe(true);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of file.split('\r\n')) {
      expect(Buffer.byteLength(line, 'utf8')).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
  };

  it('are at most 75 octets, end with CRLF and break inside no character', () => {
    fc.assert(fc.property(fc.oneof(anyText, awkward), expectWellFolded));
  });

  test.each(['a', 'å', '€', '🧹', 'aå🧹', ','])('are folded so when the text is a long row of %s', (character) => {
    expectWellFolded(character.repeat(300));
  });

  it('use the whole width before they fold', () => {
    const sessions = [{ ...visit, title: { sv: 'a'.repeat(300), en: 'x' } }];
    const lines = cohortCalendarFile({ ...calendar, sessions }).split('\r\n');
    expect(lines.filter((line) => line.includes('aaaa')).map((line) => line.length)).toEqual([75, 75, 75, 75, 24]);
  });

  it('cannot be used to smuggle in an event', () => {
    const name = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.se';
    const file = cohortCalendarFile({ ...calendar, name, sessions: [visit] });
    expect(componentsOf(file, 'VEVENT').length).toBe(1);
    expect(linesOf(file).some((line) => line.name === 'ATTENDEE')).toBe(false);
  });
});

describe('the time zone in the file', () => {
  const [zone] = componentsOf(cohortCalendarFile(calendar), 'VTIMEZONE');
  const rules = (zone ?? []).filter(({ name }) => ['RRULE', 'TZOFFSETTO', 'TZOFFSETFROM', 'DTSTART'].includes(name));
  const [standard, daylight] = [rules.slice(0, 4), rules.slice(4)];

  /** Local date and time of the change that a rule describes in a year, `2027-03-28T02:00`. */
  const changeIn = (year: string, rule: readonly Line[]): string => {
    const month = /^FREQ=YEARLY;BYMONTH=(\d+);BYDAY=-1SU$/.exec(fieldOf(rule, 'RRULE'))?.[1]?.padStart(2, '0');
    const lastDay = new Date(`${year}-${month}-31T00:00:00Z`);
    lastDay.setUTCDate(31 - lastDay.getUTCDay());
    const [hour, minute] = [fieldOf(rule, 'DTSTART').slice(9, 11), fieldOf(rule, 'DTSTART').slice(11, 13)];
    return `${lastDay.toISOString().slice(0, 10)}T${hour}:${minute}`;
  };
  const offset = (date: string, time: string): string => {
    const at = `${date}T${time}`;
    const year = date.slice(0, 4);
    const inSummer = at >= changeIn(year, daylight) && at < changeIn(year, standard);
    return fieldOf(inSummer ? daylight : standard, 'TZOFFSETTO');
  };
  const stockholm = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Stockholm',
    dateStyle: 'short',
    timeStyle: 'short',
  });

  it('leads to the instant that Stockholm itself means, on any day from 2005 to 2099', () => {
    const minuteInDay = fc.integer({ min: 6 * 60, max: 20 * 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 34_698 }), minuteInDay, (days, minute) => {
        const date = addDays(localDate('2005-01-01'), days);
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
        const shift = offset(date, time).replace(/(\d\d)$/, ':$1');
        expect(stockholm.format(new Date(`${date}T${time}:00${shift}`))).toBe(`${date} ${time}`);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['2027-03-27', '+0100'],
    ['2027-03-28', '+0200'],
    ['2027-10-30', '+0200'],
    ['2027-10-31', '+0100'],
  ])('has %s at half past eight at %s', (date, expected) => {
    expect(offset(date, '08:30')).toBe(expected);
  });

  it('joins its two halves without a gap', () => {
    expect(fieldOf(standard, 'TZOFFSETFROM')).toBe(fieldOf(daylight, 'TZOFFSETTO'));
    expect(fieldOf(daylight, 'TZOFFSETFROM')).toBe(fieldOf(standard, 'TZOFFSETTO'));
    expect(fieldOf(zone, 'TZID')).toBe('Europe/Stockholm');
  });
});
