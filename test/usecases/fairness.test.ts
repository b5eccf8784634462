import { getFairnessReport } from '@gruppstart/contracts/routes/cohorts-routes';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import { PersonalNumber } from '@gruppstart/domain/intake/person';
import type { DimensionReport, FairnessPart, FairnessReport } from '@gruppstart/domain/matching/fairness';
import { MatchRun } from '@gruppstart/domain/matching/match-run';
import type { CandidateOutcome } from '@gruppstart/domain/matching/outcome';
import type { CohortId } from '@gruppstart/domain/shared/ids';
import { A_RESULT } from '@gruppstart/domain/test-support/builders';
import { readFairness } from '@gruppstart/usecases/matching/read-fairness';
import type { Change } from '@gruppstart/usecases/ports/store';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, done, expectRefusal, keepAll, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import {
  aCandidate,
  aCohortId,
  anUnplacedOutcome,
  aPerson,
  aProposedOutcome,
  aRun,
  aTenant,
  day,
} from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, vault: environment().newVault(), world: worldAt() });
const [JANUARY, MARCH] = [aCohortId(), aCohortId()];

interface Somebody {
  readonly candidate: Candidate;
  readonly number: PersonalNumber | null;
}

/** Somebody born in 1985, enrolled 100 days before 1 December 2026. */
const somebody = (sex: 'woman' | 'man', over: Partial<Candidate> = {}): Somebody => {
  const candidate = aCandidate(over);
  const profile = { ...candidate.profile, enrolledSince: day('2026-08-23') };
  return { candidate: { ...candidate, profile }, number: PersonalNumber.parse(`1985070998${sex === 'man' ? 1 : 0}5`) };
};
const many = (count: number, sex: 'woman' | 'man'): readonly Somebody[] =>
  Array.from({ length: count }, () => somebody(sex));

/** A tenant with these people, and with runs of them as they come. */
const people = async (...all: readonly Somebody[]) => {
  const tenant = aTenant();
  const { store, vault } = deps();
  const changes: Change[] = [];
  for (const { candidate, number } of all) {
    changes.push({ change: 'save', kind: 'candidate', value: candidate, expected: null });
    // Who is erased is sealed no more.
    if (candidate.erasedAt !== null) continue;
    const person = await vault.seal(tenant, candidate.id, aPerson({ personalNumber: number }));
    changes.push({ change: 'save-person', candidateId: candidate.id, person, identities: [], expected: null });
  }
  await keepAll(store, tenant, changes);

  /** A finished run of these people in which the first so many are proposed to its first start. */
  const run = async (
    of: readonly Somebody[],
    isProposed: (one: Somebody) => boolean,
    over: Partial<MatchRun> = {},
    preliminary = false,
  ): Promise<MatchRun> => {
    const value = MatchRun.parse({ ...aRun({ cohortIds: [JANUARY], ...over }), result: A_RESULT });
    const [cohortId = JANUARY] = value.cohortIds;
    const outcomeOf = (one: Somebody): CandidateOutcome =>
      isProposed(one)
        ? aProposedOutcome({ candidateId: one.candidate.id, cohortId, preliminary })
        : anUnplacedOutcome({ candidateId: one.candidate.id });
    await keepAll(store, tenant, [
      { change: 'save', kind: 'run', value, expected: null },
      ...of.map((one) => ({ change: 'save-outcome', runId: value.id, outcome: outcomeOf(one) }) as const),
    ]);
    return value;
  };
  return { tenant, run, all };
};

/** The use case, with a list of whom it opened. */
const reading = () => {
  const opened: string[] = [];
  const { store, vault, world } = deps();
  const watching: typeof vault = {
    ...vault,
    open: async (tenant, candidateId, sealed) => {
      opened.push(candidateId);
      return vault.open(tenant, candidateId, sealed);
    },
  };
  return { read: readFairness({ store, vault: watching, world }), opened };
};

const sexIn = ({ dimensions }: Pick<FairnessPart, 'dimensions'>): DimensionReport => {
  const sex = dimensions.find(({ dimension }) => dimension === 'sex');
  if (!sex) throw new Error('Nobody compared the sexes');
  return sex;
};
/** Each group as `people proposed`, or that it is hidden. */
const countsIn = (part: Pick<FairnessPart, 'dimensions'>): readonly string[] =>
  sexIn(part).groups.map((group) => (group.kind === 'shown' ? `${group.people} ${group.proposed}` : group.kind));

const among = (...some: readonly Somebody[]) => {
  const chosen = new Set(some);
  return (one: Somebody): boolean => chosen.has(one);
};

describe('a run', () => {
  test('is told of by counts of groups, from one noted reading', async () => {
    const [women, men] = [many(20, 'woman'), many(15, 'man')];
    const { tenant, run, all } = await people(...women, ...men);
    const made = await run(all, among(...women.slice(0, 4), ...men.slice(0, 12)));
    const { read, opened } = reading();
    const report: FairnessReport = done(await read(aDeed(tenant), made.id));
    expect(report).toMatchObject({ purpose: 'admission', alarm: true, run: { people: 35, proposed: 16 } });
    expect(sexIn(report.run)).toMatchObject({
      groups: [
        {
          ...{ group: 'woman', people: 20, proposed: 4, ratePerMille: 200, ratioPerMille: 250, alarm: true },
          medianWaitDays: { proposed: null, notProposed: 100 },
        },
        {
          ...{ group: 'man', people: 15, proposed: 12, ratePerMille: 800, ratioPerMille: 1000, alarm: false },
          medianWaitDays: { proposed: 100, notProposed: null },
        },
      ],
      unknown: 0,
      alarm: true,
    });
    expect(opened.toSorted()).toEqual(all.map(({ candidate }) => candidate.id).toSorted());
    expect(await environment().auditOf(tenant)).toMatchObject([
      {
        deed: 'persons-read',
        actor: 'samordnare',
        subjects: [made.id],
        facts: { purpose: 'compare-groups', opened: 35 },
      },
    ]);
  });

  test('is told of without id, number or day of birth', async () => {
    const { tenant, run, all } = await people(...many(12, 'woman'), ...many(12, 'man'));
    const made = await run(all, among(...all.slice(0, 6)));
    const text = JSON.stringify(done(await reading().read(aDeed(tenant), made.id)));
    expect(text).not.toMatch(/_[0-9a-z]{26}|19850709|1985-07-09|850709|Testsson/i);
    for (const { candidate } of all) expect(text).not.toContain(candidate.id);
  });

  test('counts people with protected identity, those erased and those without a number as unknown', async () => {
    const known = [...many(12, 'woman'), ...many(12, 'man')];
    const secret = somebody('woman', { isProtected: true });
    const erased = somebody('man', { erasedAt: worldAt().now() });
    const { tenant, run, all } = await people(...known, secret, erased, { ...somebody('man'), number: null });
    const made = await run(all, among(...all));
    // Being named for protected identities is for those who must meet a person; a count need not know.
    const permission = { ...COORDINATOR, mayResolveProtected: true };
    const { read, opened } = reading();
    const report = done(await read(aDeed(tenant, { permission }), made.id));
    expect([countsIn(report.run), sexIn(report.run).unknown, report.run.people]).toEqual([['12 12', '12 12'], 3, 27]);
    expect(report.run.dimensions.map(({ unknown }) => unknown)).toEqual([3, 3]);
    expect(opened).not.toContain(secret.candidate.id);
    expect(opened).not.toContain(erased.candidate.id);
    expect(await environment().auditOf(tenant)).toMatchObject([{ facts: { opened: 25 } }]);
  });

  test('proposes nobody by what it says of later starts', async () => {
    const { tenant, run, all } = await people(...many(12, 'woman'), ...many(12, 'man'));
    const made = await run(all, among(...all), {}, true);
    expect(countsIn(done(await reading().read(aDeed(tenant), made.id)).run)).toEqual(['12 0', '12 0']);
  });

  test('of few people is told of without a number of any group', async () => {
    const { tenant, run, all } = await people(...many(9, 'woman'), ...many(30, 'man'));
    const made = await run(all, among(...all));
    expect(countsIn(done(await reading().read(aDeed(tenant), made.id)).run)).toEqual(['too-few', 'too-few']);
  });
});

describe('the twelve whole months before', () => {
  const [women, men] = [many(30, 'woman'), many(30, 'man')];
  const november = (date: string, cohortIds: readonly CohortId[] = [JANUARY]) =>
    ({ orderedAt: `2026-11-${date}T08:00:00.000Z`, cohortIds: [...cohortIds] }) as Partial<MatchRun>;
  const [early, late] = [
    [...women.slice(0, 20), ...men.slice(0, 20)],
    [...women.slice(10), ...men.slice(10)],
  ];

  test('count each person once, over the runs that held for some start', async () => {
    const { tenant, run } = await people(...women, ...men);
    // The first was made again for January and holds no more; what was ordered this month comes next month.
    await run(early, among(...early), november('02'));
    const again = await run(early, among(...women.slice(0, 10), ...men.slice(0, 15)), november('03'));
    const march = await run(late, among(...women.slice(8, 12), ...men.slice(10, 20)), november('20', [MARCH]));
    const made = await run(late, among(...late), { orderedAt: worldAt().now() });
    const report = done(await reading().read(aDeed(tenant), made.id));
    expect(report.twelveMonths).toMatchObject({
      ...{ from: '2025-12-01', to: '2026-11-30', runs: 2, people: 60, proposed: 32 },
    });
    expect(countsIn(report.twelveMonths)).toEqual(['30 12', '30 20']);
    expect(countsIn(report.run)).toEqual(['20 20', '20 20']);
    expect(report.twelveMonths.dimensions.map(({ alarm }) => alarm)).toEqual([true, false]);
    expect([report.alarm, report.run.dimensions.some(({ alarm }) => alarm)]).toEqual([true, false]);
    expect(await environment().auditOf(tenant)).toMatchObject([
      { subjects: [made.id, again.id, march.id], facts: { opened: 60 } },
    ]);
  });

  test('are hidden where they differ from the run by few, for the difference would tell of these', async () => {
    const { tenant, run } = await people(...women, ...men);
    await run([...women, ...men], among(...women), november('02'));
    const made = await run([...women.slice(1), ...men], among(...women.slice(1)));
    const report = done(await reading().read(aDeed(tenant), made.id));
    expect([countsIn(report.run), countsIn(report.twelveMonths)]).toEqual([
      ['29 29', '30 0'],
      ['too-few', 'too-few'],
    ]);
  });

  test('have runs of the same purpose only, and before the first are empty', async () => {
    const { tenant, run } = await people(...women, ...men);
    await run([...women, ...men], among(...women), { ...november('02'), purpose: 'placement' });
    const made = await run([...women, ...men], among(...women));
    const { twelveMonths } = done(await reading().read(aDeed(tenant), made.id));
    expect(twelveMonths).toMatchObject({ runs: 0, people: 0, proposed: 0 });
    expect(twelveMonths.dimensions.map(({ alarm, unknown }) => [alarm, unknown])).toEqual([
      [false, 0],
      [false, 0],
    ]);
  });
});

describe('a report that cannot be given', () => {
  test('is of a run that has not ended, has failed, or is another’s: nobody is opened and nothing noted', async () => {
    const { tenant, run, all } = await people(...many(12, 'woman'));
    const [working, failed] = [aRun(), aRun({ failure: 'no-places' })];
    await keepAll(environment().store, tenant, [
      { change: 'save', kind: 'run', value: working, expected: null },
      { change: 'save', kind: 'run', value: failed, expected: null },
    ]);
    const finished = await run(all, among(...all));
    const { read, opened } = reading();
    expectRefusal(await read(aDeed(tenant), working.id), getFairnessReport, 'run-not-finished');
    expectRefusal(await read(aDeed(tenant), failed.id), getFairnessReport, 'run-failed');
    expectRefusal(await read(aDeed(aTenant()), finished.id), getFairnessReport, 'not-found');
    expect([opened, await environment().auditOf(tenant)]).toEqual([[], []]);
  });

  test('could not be noted: nobody is opened', async () => {
    const { tenant, run, all } = await people(...many(12, 'woman'));
    const made = await run(all, among(...all));
    const { store, world } = deps();
    const mute = { ...store, appendAudit: async () => Promise.reject(new Error('no audit')) };
    const vault = { ...deps().vault, open: async () => Promise.reject(new Error('opened')) };
    await expect(readFairness({ store: mute, vault, world })(aDeed(tenant), made.id)).rejects.toThrow('no audit');
  });
});
