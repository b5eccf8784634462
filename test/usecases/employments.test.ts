import {
  EmploymentInput,
  registerEmployment as employRoute,
  getEmployment,
  askHelp as helpRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import {
  askHelpForUnit,
  listUnitHelpRequests,
  listUnitPlacements,
} from '@gruppstart/contracts/routes/requirements-routes';
import { placementStatus } from '@gruppstart/domain/employment/employment';
import { HELP_TOPICS } from '@gruppstart/domain/follow-up/help-request';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import {
  type EmploymentAsked,
  listAllPlacements,
  listPlacementsOfUnit,
  readEmployment,
  readPlacement,
  registerEmployment,
} from '@gruppstart/usecases/employment/employments';
import { askHelp, listHelpRequestsOfUnit } from '@gruppstart/usecases/follow-up/ask-help';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, done, expectRefusal, keepAll, managerOf, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import { aPlacement, aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, world: worldAt() });
const day = (text: string) => LocalDate.parse(text);

/** A placement of 75 % from 25 January. */
const placed = async () => {
  const town = await smallTown(environment().store, aTenant());
  const candidate = await town.candidate();
  const placement = await town.placement(candidate, await town.place({ sharePercent: 75 }));
  const asked: EmploymentAsked = EmploymentInput.parse({
    placementId: placement.id,
    form: 'BEA',
    employer: { name: 'Resurscentrum', organisationNumber: '212000-2353' },
    workplaceUnitId: town.unit.id,
    payer: { name: 'Vård och omsorg', organisationNumber: null },
    startDate: '2027-01-25',
    endDate: '2028-01-24',
    sharePercent: 75,
  });
  const register = (over: Partial<EmploymentAsked> = {}) =>
    registerEmployment(deps())(aDeed(town.tenant), { ...asked, ...over });
  return { town, candidate, placement, asked, register };
};

describe('an employment', () => {
  test('names employer, workplace and payer, and the placement knows of it', async () => {
    const { town, candidate, placement, asked, register } = await placed();
    const { value } = done(await register());
    expect(value).toEqual({ ...asked, id: value.id, candidateId: candidate.id, registeredAt: NOW });
    expect(done(await readEmployment(deps())(aDeed(town.tenant), value.id)).value).toEqual(value);
    const after = done(await readPlacement(deps())(aDeed(town.tenant), placement.id)).value;
    expect(after).toEqual({ ...placement, employmentId: value.id });
    expect([placementStatus(after, day('2027-01-24')), placementStatus(after, day('2027-01-25'))]).toEqual([
      'employed',
      'working',
    ]);
    expect((await environment().auditOf(town.tenant)).at(-1)).toMatchObject({
      deed: 'employment-registered',
      facts: { form: 'BEA' },
    });
  });

  test.each([
    ['less time than the placement', { sharePercent: 50 }, 'done', undefined],
    [
      'more time than the placement',
      { sharePercent: 80 },
      'body-invalid',
      { pointer: '/sharePercent', code: 'over-placement-share' },
    ],
    ['a later first day', { startDate: day('2027-02-01') }, 'done', undefined],
    [
      'a first day during the introduction',
      { startDate: day('2027-01-24') },
      'body-invalid',
      { pointer: '/startDate', code: 'before-placement' },
    ],
    ['one day in all', { endDate: day('2027-01-25') }, 'done', undefined],
    [
      'an end before the start',
      { endDate: day('2027-01-24') },
      'body-invalid',
      { pointer: '/endDate', code: 'ends-before-start' },
    ],
    ['no end', { endDate: null }, 'done', undefined],
    [
      'another placement',
      { placementId: aPlacement().id },
      'reference-unknown',
      { pointer: '/placementId', code: 'placement-unknown' },
    ],
    [
      'a unit that does not exist',
      { workplaceUnitId: aUnitId() },
      'reference-unknown',
      { pointer: '/workplaceUnitId', code: 'unit-unknown' },
    ],
  ] as const)('with %s: %s', async (_what, over, expected, item) => {
    const { town, placement, register } = await placed();
    const result = await register(over);
    if (expected === 'done') expect(result.ok).toBe(true);
    else expectRefusal(result, employRoute, expected, item);
    const { employmentId } = done(await readPlacement(deps())(aDeed(town.tenant), placement.id)).value;
    expect(employmentId !== null).toBe(expected === 'done');
  });

  test('is one per placement, also of two at once', async () => {
    const { town, placement, register } = await placed();
    const both = await Promise.all([register(), register({ form: 'AB' })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of both.filter(({ ok }) => !ok)) expectRefusal(refused, employRoute, 'already-employed');
    expectRefusal(await register(), employRoute, 'already-employed');
    const [winner] = both.flatMap((result) => (result.ok ? [result.value.value.id] : []));
    expect(done(await readPlacement(deps())(aDeed(town.tenant), placement.id)).value.employmentId).toBe(winner);
  });

  test('is not found by another organisation, nor is the placement', async () => {
    const { placement, register } = await placed();
    const { value } = done(await register());
    const other = aDeed(aTenant());
    expectRefusal(await readEmployment(deps())(other, value.id), getEmployment, 'not-found');
    expectRefusal(await readPlacement(deps())(other, placement.id), getEmployment, 'not-found');
    expect(done(await listAllPlacements(deps())(other, { limit: 10, cursor: null })).items).toEqual([]);
  });
});

describe('a request for help', () => {
  test.each(HELP_TOPICS)('about %s may come from either side and lies with the unit', async (topic) => {
    const { town, placement } = await placed();
    const fromCentre = done(
      await askHelp(deps())(aDeed(town.tenant), {
        placementId: placement.id,
        side: 'participant',
        topic,
        unitId: null,
      }),
    );
    const manager = aDeed(town.tenant, { permission: managerOf(town.unit.id) });
    const fromUnit = done(
      await askHelp(deps())(manager, { placementId: placement.id, side: 'unit', topic, unitId: town.unit.id }),
    );
    expect(fromCentre).toMatchObject({
      placementId: placement.id,
      side: 'participant',
      topic,
      askedBy: 'samordnare',
      askedAt: NOW,
    });
    const kept = await environment().store.helpRequests(town.tenant, town.unit.id);
    expect(kept.map(({ id }) => id).toSorted()).toEqual([fromCentre.id, fromUnit.id].toSorted());
    // What a participant asks for is between the person and the resource centre.
    expect(done(await listHelpRequestsOfUnit(deps())(manager, town.unit.id))).toEqual(
      kept.filter(({ side }) => side === 'unit'),
    );
    expect(done(await listHelpRequestsOfUnit(deps())(aDeed(town.tenant), town.unit.id))).toEqual(kept);
  });

  test('is about a placement that there is, at the unit that asks', async () => {
    const [{ town, placement }, elsewhere] = [await placed(), await placed()];
    const ask = (unitId: typeof town.unit.id | null, placementId: typeof placement.id, permission = COORDINATOR) =>
      askHelp(deps())(aDeed(town.tenant, { permission }), { placementId, side: 'unit', topic: 'hours', unitId });
    expectRefusal(await ask(null, elsewhere.placement.id), helpRoute, 'not-found');
    const unknown = { pointer: '/placementId', code: 'placement-unknown' };
    expectRefusal(
      await ask(town.unit.id, elsewhere.placement.id, managerOf(town.unit.id)),
      askHelpForUnit,
      'reference-unknown',
      unknown,
    );
    const other = aUnit();
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    expectRefusal(await ask(other.id, placement.id, managerOf(other.id)), askHelpForUnit, 'reference-unknown', unknown);
    expectRefusal(await ask(town.unit.id, placement.id, managerOf(other.id)), askHelpForUnit, 'not-found');
    const nobodys = aUnitId();
    expectRefusal(await ask(nobodys, placement.id, managerOf(nobodys)), askHelpForUnit, 'not-found');
    expect(await environment().store.helpRequests(town.tenant, town.unit.id)).toEqual([]);
  });
});

describe('what a unit reads of its own', () => {
  test('are its placements and what help was asked for there, nobody else’s', async () => {
    const { town, placement } = await placed();
    const other = await town.place({ unitId: aUnitId() });
    await town.placement(await town.candidate(), other);
    const manager = aDeed(town.tenant, { permission: managerOf(town.unit.id) });
    expect(done(await listPlacementsOfUnit(deps())(manager, town.unit.id))).toEqual([placement]);
    expect(done(await listHelpRequestsOfUnit(deps())(manager, town.unit.id))).toEqual([]);
  });

  test('is not found from outside, nor for a unit that does not exist', async () => {
    const { town } = await placed();
    const strange = aUnitId();
    const readings = [
      [aDeed(town.tenant, { permission: managerOf(strange) }), town.unit.id],
      [aDeed(town.tenant), strange],
      [aDeed(aTenant()), town.unit.id],
    ] as const;
    for (const [reading, unitId] of readings) {
      expectRefusal(await listPlacementsOfUnit(deps())(reading, unitId), listUnitPlacements, 'not-found');
      expectRefusal(await listHelpRequestsOfUnit(deps())(reading, unitId), listUnitHelpRequests, 'not-found');
    }
  });
});
