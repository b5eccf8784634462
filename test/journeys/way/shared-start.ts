import { createCohort, getCohort, getCohortCalendar, publishCohort } from '@gruppstart/contracts/routes/cohorts-routes';
import { describe, expect, test } from 'vitest';
import { ask, expectProblem } from '../requests.ts';
import { ANNA } from '../small-town.ts';
import { first, type Story } from './story.ts';

/** Red days and eves around the turn of the year, from the law and the municipalities' agreements, by hand. */
const FREE_DAYS = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-31', '2027-01-01', '2027-01-06'];
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

/** Two starts are planned. */
export const sharedStartJourney = (story: Story): void => {
  const { environment, as } = story;

  describe('a shared start', () => {
    test.each(['2026-12-24', '2026-12-31', '2027-01-06', '2027-01-09'])(
      'cannot be on %s, a day without course',
      async (startDate) => {
        const body = { name: 'Fel dag', startDate, seats: 12 };
        const refused = expectProblem(await ask(environment, ANNA, createCohort, { body }), 'start-not-course-day');
        expect(refused.errors.map(({ pointer }) => pointer)).toEqual(['/startDate']);
      },
    );

    test('cannot be in the past', async () => {
      const body = { name: 'Igår', startDate: '2026-11-30', seats: 12 };
      expectProblem(await ask(environment, ANNA, createCohort, { body }), 'in-the-past');
    });

    test('has ten course days that pass over weekends, red days and eves', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const planned = async (name: string, startDate: string, seats: number) =>
        (await coordinator.call(createCohort, { body: { name, startDate, seats } })).body;
      const overChristmas = await planned('Över jul', '2026-12-21', 12);
      story.cohorts = [await planned('Januari 1', '2027-01-11', 14), await planned('Januari 2', '2027-01-25', 12)];
      for (const cohort of [overChristmas, ...story.cohorts]) {
        expect(cohort.courseDays).toHaveLength(10);
        expect(new Set(cohort.courseDays).size).toBe(10);
        expect(cohort.courseDays).toEqual(cohort.courseDays.toSorted());
        expect(cohort.courseDays[0]).toBe(cohort.startDate);
        expect(cohort.courseDays.filter((day) => FREE_DAYS.includes(day) || isWeekend(day))).toEqual([]);
        expect([...new Set(cohort.sessions.map(({ date }) => date))]).toEqual(cohort.courseDays);
        expect(cohort.status).toBe('planned');
      }
      expect(overChristmas.courseDays).toEqual([
        ...['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-28', '2026-12-29', '2026-12-30'],
        ...['2027-01-04', '2027-01-05', '2027-01-07', '2027-01-08'],
      ]);
    });
  });
};

const property = (event: string, name: string): string =>
  new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? '';
const eventsIn = (calendar: string): readonly string[] =>
  calendar.replaceAll(/\r\n /g, '').split('BEGIN:VEVENT').slice(1);

/** The first start is published, and its calendar read. */
export const publishedStartJourney = (story: Story): void => {
  const { environment, as } = story;

  describe('a published start', () => {
    test('holds, and says so', async () => {
      const coordinator = await as(ANNA, 'cohorts');
      const params = { cohortId: first(story.cohorts).id };
      const read = await coordinator.call(getCohort, { params });
      const published = await coordinator.call(publishCohort, { params, etag: read.etag ?? '' });
      expect(published.body.status).toBe('published');
      const again = { params, etag: published.etag ?? '' };
      expectProblem(await ask(environment, ANNA, publishCohort, again), 'already-published');
    });

    test('has a calendar with one event per session, in Swedish time, in either language', async () => {
      const { id, sessions } = first(story.cohorts);
      const coordinator = await as(ANNA, 'cohorts');
      const params = { cohortId: id };
      const calendar = await coordinator.call(getCohortCalendar, { params, query: {} });
      const swedish = eventsIn(calendar.body);
      const english = eventsIn((await coordinator.call(getCohortCalendar, { params, query: { language: 'en' } })).body);
      const clock = (date: string, time: string) => `${date.replaceAll('-', '')}T${time.replace(':', '')}00`;
      const asTold = (events: readonly string[]) =>
        events.map((event) => [
          property(event, 'DTSTART'),
          property(event, 'DTEND'),
          property(event, 'SUMMARY').replaceAll('\\', ''),
        ]);
      expect(asTold(swedish)).toEqual(
        sessions.map((each) => [clock(each.date, each.start), clock(each.date, each.end), each.title]),
      );
      expect(asTold(english).map(([, , title]) => title)).toEqual(sessions.map(({ titleEn }) => titleEn));
      for (const event of swedish) expect(event).toContain('DTSTART;TZID=Europe/Stockholm:');
      // A calendar that has taken an earlier version in takes the change by the same id and a higher number.
      expect(new Set(swedish.map((event) => `"${property(event, 'SEQUENCE')}"`))).toEqual(new Set([calendar.etag]));
      const uids = swedish.map((event) => property(event, 'UID'));
      expect(new Set(uids).size).toBe(sessions.length);
      expect(english.map((event) => property(event, 'UID'))).toEqual(uids);
    });
  });
};
