import {
  createCohort,
  getCohort,
  listCohorts,
  publishCohort as publishRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { cohortStatus } from '@gruppstart/domain/cohorts/cohort';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import {
  listAllCohorts,
  planCohort,
  publishCohort,
  readCohort,
  readParticipants,
  sessionsOf,
} from '@gruppstart/usecases/cohorts/cohorts';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, done, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { aCohortId, aPerson, aTenant } from '../contracts/builders.ts';

const environment = useEnvironment();
const aTown = () => smallTown(environment().store, aTenant());
const deps = () => ({ store: environment().store, vault: environment().newVault(), world: worldAt() });
const JANUARY = { name: 'Januaristarten', startDate: LocalDate.parse('2027-01-11'), seats: 12 };
const planned = async (town: SmallTown) => done(await planCohort(deps())(aDeed(town.tenant), JANUARY));

describe('a shared start that is planned', () => {
  test('has its ten course days, and a seed that is committed and shown to nobody', async () => {
    const town = await aTown();
    const { value, version } = await planned(town);
    expect(value).toMatchObject({ ...JANUARY, publishedAt: null });
    expect(value.courseDays).toHaveLength(10);
    expect([value.courseDays.at(0), value.courseDays.at(-1), version]).toEqual(['2027-01-11', '2027-01-22', 1]);
    const seed = (await environment().store.seedOf(town.tenant, value.id)) ?? '';
    expect(deps().world.sha256(seed)).toBe(value.seedCommitment);
    const seen = [
      await environment().store.get(town.tenant, 'cohort', value.id),
      await environment().auditOf(town.tenant),
    ];
    expect(JSON.stringify(seen)).not.toContain(seed);
    expect(new Set(sessionsOf(value).map(({ date }) => date))).toEqual(new Set(value.courseDays));
  });

  test('has a seed of its own', async () => {
    const town = await aTown();
    expect((await planned(town)).value.seedCommitment).not.toBe((await planned(town)).value.seedCommitment);
  });

  test.each([
    ['a day that has been', '2026-11-30', 'in-the-past', undefined],
    ['a Saturday', '2027-01-16', 'start-not-course-day', { pointer: '/startDate', code: 'start-is-no-course-day' }],
    ['a red day', '2027-01-06', 'start-not-course-day', { pointer: '/startDate', code: 'start-is-no-course-day' }],
    ['an eve', '2026-12-24', 'start-not-course-day', { pointer: '/startDate', code: 'start-is-no-course-day' }],
    [
      'a year outside the calendar',
      '2199-01-11',
      'start-not-course-day',
      { pointer: '/startDate', code: 'outside-calendar' },
    ],
  ] as const)('on %s is refused', async (_what, startDate, code, item) => {
    const town = await aTown();
    const asked = { ...JANUARY, startDate: LocalDate.parse(startDate) };
    expectRefusal(await planCohort(deps())(aDeed(town.tenant), asked), createCohort, code, item);
    expect(done(await listAllCohorts(deps())(aDeed(town.tenant), { limit: 10, cursor: null })).items).toEqual([]);
  });

  test('may begin today', async () => {
    const town = await aTown();
    const today = { ...JANUARY, startDate: LocalDate.parse('2026-12-01') };
    expect((await planCohort(deps())(aDeed(town.tenant), today)).ok).toBe(true);
  });
});

describe('a shared start that is published', () => {
  test('is so once, and its seats stay as they are', async () => {
    const town = await aTown();
    const { value: cohort } = await planned(town);
    await town.member(cohort, await town.place());
    const { version } = (await environment().store.get(town.tenant, 'cohort', cohort.id)) ?? { version: 0 };
    const published = done(await publishCohort(deps())(aDeed(town.tenant, { expected: version }), cohort.id));
    expect(published).toMatchObject({ version: version + 1, seatsTaken: 1, value: { publishedAt: NOW } });
    expect(await environment().store.get(town.tenant, 'cohort', cohort.id)).toEqual(published);
    expect(cohortStatus(published.value, LocalDate.parse('2026-12-01'))).toBe('published');
    expectRefusal(await publishCohort(deps())(aDeed(town.tenant), cohort.id), publishRoute, 'already-published');
  });

  test.each([
    ['on an old version', { expected: 7 }, 'precondition-failed'],
    ['without a version', { expected: null }, 'precondition-failed'],
    ['when it is over', { now: '2027-01-23T08:00:00.000Z' }, 'in-the-past'],
  ] as const)('%s is refused', async (_what, acting, code) => {
    const town = await aTown();
    const { value } = await planned(town);
    expectRefusal(await publishCohort(deps())(aDeed(town.tenant, acting), value.id), publishRoute, code);
  });

  test('is not found by another organisation', async () => {
    const { value } = await planned(await aTown());
    expectRefusal(await publishCohort(deps())(aDeed(aTenant()), value.id), publishRoute, 'not-found');
    expectRefusal(await readCohort(deps())(aDeed(aTenant()), value.id), getCohort, 'not-found');
    expectRefusal(
      await listAllCohorts(deps())(aDeed(aTenant()), { limit: 10, cursor: 'x' }),
      listCohorts,
      'cursor-invalid',
    );
  });
});

describe('the participants by name', () => {
  const withPeople = async () => {
    const town = await aTown();
    const { value: cohort } = await planned(town);
    const place = await town.place();
    const [open, guarded] = [await town.member(cohort, place), await town.member(cohort, place, { isProtected: true })];
    for (const [candidate, givenName] of [
      [open, 'Åsa'],
      [guarded, 'Bo'],
    ] as const) {
      const person = await deps().vault.seal(town.tenant, candidate.id, aPerson({ givenName }));
      await keepAll(environment().store, town.tenant, [
        { change: 'save-person', candidateId: candidate.id, person, identities: [], expected: null },
      ]);
    }
    return { town, cohort, open, guarded };
  };
  const readAs = async (setting: Awaited<ReturnType<typeof withPeople>>, mayResolveProtected: boolean) => {
    const permission = { ...COORDINATOR, mayResolveProtected };
    const named = done(await readParticipants(deps())(aDeed(setting.town.tenant, { permission }), setting.cohort.id));
    return new Map(named.map(({ participant, person }) => [participant.candidateId, person]));
  };

  test('hold name and phone, and for a protected identity nothing but to those named for it', async () => {
    const setting = await withPeople();
    const shown = { familyName: 'Testsson', phone: '070-174 06 05' };
    const asa = { givenName: 'Åsa', ...shown };
    expect(await readAs(setting, false)).toEqual(
      new Map([
        [setting.open.id, asa],
        [setting.guarded.id, null],
      ]),
    );
    expect(await readAs(setting, true)).toEqual(
      new Map<string, unknown>([
        [setting.open.id, asa],
        [setting.guarded.id, { givenName: 'Bo', ...shown }],
      ]),
    );
  });

  test('are one noted reading, that says who was opened and why, and no name', async () => {
    const setting = await withPeople();
    await readAs(setting, false);
    const noted = (await environment().auditOf(setting.town.tenant)).filter(({ deed }) => deed === 'persons-read');
    expect(noted).toMatchObject([
      { subjects: [setting.cohort.id, setting.open.id], facts: { purpose: 'lead-introduction' } },
    ]);
    expect(JSON.stringify(noted)).not.toMatch(/Åsa|Testsson/);
  });

  test('of a start that does not exist are not found, and nothing is noted', async () => {
    const town = await aTown();
    expectRefusal(await readParticipants(deps())(aDeed(town.tenant), aCohortId()), getCohort, 'not-found');
    expect(await environment().auditOf(town.tenant)).toEqual([]);
  });
});
