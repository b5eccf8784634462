import { localDate } from '@gruppstart/domain/shared/local-date';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_PROGRAMME } from './default-programme.ts';
import { introductionTimetable, timetable } from './introduction-timetable.ts';
import {
  ClockTime,
  minuteOfDay,
  ProgrammeTemplate,
  programmeOn,
  SESSION_KIND_LABELS,
  SESSION_KINDS,
  skillsTaught,
  taughtMinutes,
} from './programme-template.ts';

const sessionsFrom = (start: string) => {
  const result = introductionTimetable(DEFAULT_PROGRAMME, localDate(start));
  if (!result.ok) throw new Error(result.error.text.en);
  return result.value;
};
const defaultSessions = DEFAULT_PROGRAMME.days.flatMap((day) => day.sessions);

/** Template input with the sessions of its only day replaced. */
const templateWith = (...sessions: readonly object[]) => ({ ...DEFAULT_PROGRAMME, days: [{ sessions }] });
const plainSession = {
  start: '08:30',
  end: '09:30',
  title: { sv: 'Pass', en: 'Session' },
  kind: 'information',
  skillId: null,
  mandatory: false,
  recommended: false,
  seats: null,
};

describe('the default programme', () => {
  it('has ten days of five to five and a half taught hours between 08:30 and 15:00', () => {
    expect(DEFAULT_PROGRAMME.days.length).toBe(10);
    for (const { sessions } of DEFAULT_PROGRAMME.days) {
      const minutes = sessions.reduce((sum, session) => sum + taughtMinutes(session, DEFAULT_PROGRAMME.lunch), 0);
      expect(minutes).toBeGreaterThanOrEqual(300);
      expect(minutes).toBeLessThanOrEqual(330);
      expect(sessions[0]?.start).toBe('08:30');
      expect(sessions.at(-1)?.end).toBe('15:00');
    }
  });

  it('demands hygiene, secrecy and fire safety, and recommends cardiopulmonary resuscitation', () => {
    const titles = (mark: 'mandatory' | 'recommended') =>
      defaultSessions.filter((session) => session[mark]).map((session) => session.title.sv);
    expect(titles('mandatory')).toEqual([
      'Basala hygienrutiner: webbutbildning och övning',
      'Sekretess, tystnadsplikt och sociala medier',
      'Brandskydd med praktisk övning',
    ]);
    expect(titles('recommended')).toEqual(['Hjärt-lungräddning']);
  });

  it('leaves lunch free except on study visits', () => {
    const overLunch = defaultSessions.filter((session) => session.start < '12:30' && session.end > '11:30');
    expect(overLunch.map((session) => session.kind)).toEqual(['study-visit', 'study-visit']);
  });

  it('teaches eight skills to the whole cohort, all of them in the vocabulary', () => {
    const skills = skillsTaught(DEFAULT_PROGRAMME);
    expect(skills.length).toBe(8);
    const known = SKILLS.map((skill) => skill.id);
    for (const { skillId, seats } of skills) expect([known.includes(skillId), seats]).toEqual([true, null]);
  });

  it('is valid from 2026 on', () => {
    expect(programmeOn([DEFAULT_PROGRAMME], localDate('2025-12-31'))).toBeNull();
    expect(programmeOn([DEFAULT_PROGRAMME], localDate('2026-01-01'))).toBe(DEFAULT_PROGRAMME);
  });
});

describe('timetable', () => {
  it('gives every session of the template its date, minutes and a key of its own', () => {
    const sessions = sessionsFrom('2027-01-11');
    expect(sessions.length).toBe(defaultSessions.length);
    expect(new Set(sessions.map(({ key }) => key)).size).toBe(sessions.length);
    expect(sessions[0]).toMatchObject({
      key: 'day01-1',
      dayNumber: 1,
      date: '2027-01-11',
      startMinute: 510,
      endMinute: 570,
    });
    expect(sessions.at(-1)).toMatchObject({
      key: 'day10-3',
      dayNumber: 10,
      date: '2027-01-22',
      start: '14:00',
      end: '15:00',
    });
  });

  it('knows that study visits and the meeting with the unit are held away from the centre', () => {
    const elsewhere = sessionsFrom('2027-01-11').filter(({ atCentre }) => !atCentre);
    expect(elsewhere.map(({ key }) => key)).toEqual(['day05-1', 'day09-1', 'day10-1']);
  });

  it('keeps the keys when the start moves', () => {
    const keys = (start: string) => sessionsFrom(start).map(({ key }) => key);
    expect(keys('2027-03-22')).toEqual(keys('2027-01-11'));
  });

  it('holds nothing on the red days of Easter', () => {
    const dates = [...new Set(sessionsFrom('2027-03-22').map(({ date }) => date))];
    expect(dates).toEqual([
      '2027-03-22',
      '2027-03-23',
      '2027-03-24',
      '2027-03-25',
      '2027-03-30',
      '2027-03-31',
      '2027-04-01',
      '2027-04-02',
      '2027-04-05',
      '2027-04-06',
    ]);
  });

  it('refuses a start on a red day just as the course days do', () => {
    expect(introductionTimetable(DEFAULT_PROGRAMME, localDate('2027-01-06'))).toMatchObject({
      ok: false,
      error: { code: 'start-is-no-course-day', cause: 'red', nextCourseDay: '2027-01-07' },
    });
  });

  test.each([0, 9, 11])('takes no list of %i days for a template of ten', (count) => {
    const days = Array.from({ length: count }, () => localDate('2027-01-11'));
    expect(() => timetable(DEFAULT_PROGRAMME, days)).toThrow(RangeError);
  });
});

describe('ProgrammeTemplate', () => {
  it('takes sessions that follow each other', () => {
    const template = templateWith(plainSession, { ...plainSession, start: '09:30', end: '10:00' });
    expect(ProgrammeTemplate.safeParse(template).success).toBe(true);
  });

  test.each([
    ['a session that ends before it starts', templateWith({ ...plainSession, end: '08:30' })],
    ['sessions that overlap', templateWith(plainSession, { ...plainSession, start: '09:29', end: '10:00' })],
    ['sessions in the wrong order', templateWith({ ...plainSession, start: '12:30', end: '13:00' }, plainSession)],
    ['a session both mandatory and recommended', templateWith({ ...plainSession, mandatory: true, recommended: true })],
    ['a mandatory session without room for all', templateWith({ ...plainSession, mandatory: true, seats: 12 })],
    ['a session that does not say for how many', templateWith({ ...plainSession, seats: undefined })],
    ['fewer seats than none', templateWith({ ...plainSession, seats: -1 })],
    ['a time that no clock shows', templateWith({ ...plainSession, end: '24:00' })],
    ['an unknown kind', templateWith({ ...plainSession, kind: 'lunch' })],
    ['a title in one language', templateWith({ ...plainSession, title: { sv: 'Pass' } })],
    ['a day without sessions', templateWith()],
    ['no days', { ...DEFAULT_PROGRAMME, days: [] }],
    ['a lunch that ends before it starts', { ...DEFAULT_PROGRAMME, lunch: { start: '12:30', end: '11:30' } }],
    ['an end before its beginning', { ...DEFAULT_PROGRAMME, validTo: '2025-12-31' }],
    ['a field of its own', { ...DEFAULT_PROGRAMME, teacher: 'x' }],
  ])('refuses %s', (_what, template) => {
    expect(ProgrammeTemplate.safeParse(template).success).toBe(false);
  });

  it('is chosen by date, and the later one holds where two overlap', () => {
    const ended = { ...DEFAULT_PROGRAMME, id: 'ended', validTo: localDate('2026-06-30') };
    const newer = { ...DEFAULT_PROGRAMME, id: 'newer', validFrom: localDate('2026-06-01') };
    for (const templates of [
      [ended, newer],
      [newer, ended],
    ]) {
      expect(programmeOn(templates, localDate('2026-05-31'))?.id).toBe('ended');
      expect(programmeOn(templates, localDate('2026-06-15'))?.id).toBe('newer');
      expect(programmeOn(templates, localDate('2026-07-01'))?.id).toBe('newer');
    }
    expect(programmeOn([ended], localDate('2026-07-01'))).toBeNull();
  });

  it('has a label of its own in both languages for every kind', () => {
    expect(Object.keys(SESSION_KIND_LABELS)).toEqual([...SESSION_KINDS]);
    expect(new Set(SESSION_KINDS.map((kind) => SESSION_KIND_LABELS[kind].sv)).size).toBe(SESSION_KINDS.length);
  });

  it('names a skill once however many sessions teach it, in the same order whatever the order of the days', () => {
    const [first, second] = ['yV9B_PxJ_TxS', 'C1qR_L83_nzh'].map((skillId) => ({ ...plainSession, skillId }));
    const days = [{ sessions: [first] }, { sessions: [second] }, { sessions: [first] }];
    const taught = (order: readonly object[]) =>
      skillsTaught(ProgrammeTemplate.parse({ ...DEFAULT_PROGRAMME, days: order }));
    expect(taught(days).map(({ skillId }) => skillId)).toEqual(['C1qR_L83_nzh', 'yV9B_PxJ_TxS']);
    expect(taught(days.toReversed())).toEqual(taught(days));
  });

  test.each([
    [[null], null],
    [[6], 6],
    [[0], 0],
    [[6, 4], 10],
    [[6, null], null],
    [[null, 6], null],
    [[null, null], null],
  ])('gives a skill of sessions with seats for %j to so many: %j', (seats, expected) => {
    const days = seats.map((each) => ({ sessions: [{ ...plainSession, skillId: 'C1qR_L83_nzh', seats: each }] }));
    const template = ProgrammeTemplate.parse({ ...DEFAULT_PROGRAMME, days });
    expect(skillsTaught(template)).toEqual([{ skillId: 'C1qR_L83_nzh', seats: expected }]);
  });

  it('counts minutes after midnight', () => {
    expect(minuteOfDay(ClockTime.parse('09:35'))).toBe(575);
  });
});
