import { recordAnswer } from '@gruppstart/contracts/routes/cohorts-routes';
import { listBatches } from '@gruppstart/contracts/routes/intake-routes';
import {
  createPlace,
  listPlaces,
  listUnitPlacements,
  listUnitProposals,
  listUnits,
} from '@gruppstart/contracts/routes/requirements-routes';
import { describe, expect, test } from 'vitest';
import { exampleOf } from '../examples.ts';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, CARE_HOME, easyPlace, HELENA, PETER, PRESCHOOL } from '../small-town.ts';
import { refusedWith, type SmallWorld } from '../small-world.ts';

const YUSUF = 'yusuf.handlaggare';
const LENA = 'lena.enhetschef';

/** What the matrix cannot say of a scope: exactly what lies in it, and what hangs on more than the role. */
export const scopesHold = ({ environment, ready, sendTo, town }: SmallWorld): void => {
  const { as } = town;

  describe('in their own scope', () => {
    test('unit managers list their own units and places, and nothing else', async () => {
      const client = await as(PETER, 'requirements');
      expect((await client.call(listUnits, { query: {} })).body.items.map(({ id }) => id)).toEqual([PRESCHOOL]);
      const places = (await client.call(listPlaces, { query: {} })).body.items;
      expect(places.map(({ id, unitId }) => [id, unitId])).toContainEqual([town.placeIds.preschool, PRESCHOOL]);
      expect(new Set(places.map(({ unitId }) => unitId))).toEqual(new Set([PRESCHOOL]));
    });

    test('caseworkers list the batches of their own office', async () => {
      const own = await (await as(YUSUF, 'intake')).call(listBatches, { query: {} });
      expect(own.body.items).toEqual([]);
    });

    test('caseworkers learn nothing of which other offices there are', async () => {
      for (const office of ['af-101', 'af-999']) {
        refusedWith(listBatches, await sendTo(listBatches, { query: { office } }, {}, YUSUF), 'not-permitted');
      }
    });

    test('coordinators, who have no office, must name one', async () => {
      refusedWith(listBatches, await sendTo(listBatches, {}, {}, ANNA), 'office-unclear');
    });
  });

  test('nobody records for others what only a talk with them can tell', async () => {
    const asked = await exampleOf(recordAnswer, town);
    const body = { from: 'person', answer: 'yes' };
    expectProblem(await sendTo(recordAnswer, { ...asked, body }, {}, HELENA), 'not-permitted');
    expect((await sendTo(recordAnswer, { ...asked, body }, {}, ANNA)).status).toBe(200);
  });

  test('a deputy reaches the units of whom they stand in for', async () => {
    expect((await ask(environment, LENA, createPlace, { body: easyPlace(CARE_HOME, 1) })).status).toBe(201);
    expect((await ask(environment, LENA, listUnitProposals, ready(listUnitProposals))).status).toBe(200);
    expectProblem(await ask(environment, LENA, createPlace, { body: easyPlace(PRESCHOOL, 1) }), 'reference-unknown');
  });
};

/** Moves the clock by more than a year: nothing comes after this. */
export const deputiesEnd = ({ environment, ready }: SmallWorld): void => {
  const { control } = environment;
  const reading = () => ask(environment, LENA, listUnitPlacements, ready(listUnitPlacements));

  test.skipIf(control === null)('a deputy’s right ends after its last day', async () => {
    await control?.moveClock({ toMs: Date.parse('2028-05-31T23:00:00+02:00') });
    expect((await reading()).status).toBe(200);
    await control?.moveClock({ toMs: Date.parse('2028-06-01T00:01:00+02:00') });
    expectProblem(await reading(), 'not-found');
  });
};
