import { existsSync, readFileSync } from 'node:fs';
import {
  changePlace,
  createPlace,
  draftPlaces,
  getPlace,
  putUnit,
  setTravelTimes,
} from '@gruppstart/contracts/routes/requirements-routes';
import { DEMO_ADS } from '@gruppstart/local/demo/demo-ads';
import { DEMO_PLACES } from '@gruppstart/local/demo/demo-places';
import { DEMO_MUNICIPALITY_CODE, DEMO_TRAVEL_TIMES, DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, easyPlace } from '../small-town.ts';
import { first, managerOf, type Story } from './story.ts';

/** Units, travel minutes, places, and places from job ads. */
export const requirementListsJourney = (story: Story): void => {
  const { environment, as } = story;

  describe('the units’ requirement lists', () => {
    test('are stated by each unit’s own manager', async () => {
      const coordinator = await as(ANNA, 'requirements');
      for (const { id, name, field, postcode } of DEMO_UNITS) {
        const body = { name, field, postcode, municipalityCode: DEMO_MUNICIPALITY_CODE };
        expect((await coordinator.call(putUnit, { params: { unitId: id }, body })).status).toBe(201);
      }
      const { items } = (await coordinator.call(setTravelTimes, { body: { rows: [...DEMO_TRAVEL_TIMES] } })).body;
      expect(items.every(({ ok }) => ok)).toBe(true);
      for (const place of DEMO_PLACES) {
        const stated = await (await as(managerOf(place.unitId), 'requirements')).call(createPlace, { body: place });
        expect(stated.body).toMatchObject({
          status: 'open',
          seats: place.seats,
          seatsTaken: 0,
          origin: { kind: 'manager' },
        });
      }
    });

    test('may offer several seats of one kind', async () => {
      const unitId = 'unit_centralkoket';
      const client = await as(managerOf(unitId), 'requirements');
      const stated = await client.call(createPlace, { body: easyPlace(unitId, 4) });
      expect(stated.body).toMatchObject({ seats: 4, status: 'open' });
    });

    test('must state their seats, and 0 closes a place', async () => {
      const place = first(DEMO_PLACES);
      const { seats: _, ...withoutSeats } = place;
      const unstated = expectProblem(
        await ask(environment, managerOf(place.unitId), createPlace, { body: withoutSeats }),
        'body-invalid',
      );
      expect(unstated.errors.map(({ pointer }) => pointer)).toEqual(['/seats']);
      const closed = await (await as(managerOf(place.unitId), 'requirements')).call(createPlace, {
        body: { ...place, title: 'Stängd plats', seats: 0 },
      });
      expect(closed.body.status).toBe('closed');
    });

    test('carry the manager’s reason with every must', async () => {
      const place = first(DEMO_PLACES);
      const subject = { kind: 'licence', licence: 'B' };
      const refused = await ask(environment, managerOf(place.unitId), createPlace, {
        body: { ...place, requirements: [{ subject, strength: 'must' }] },
      });
      const [error] = expectProblem(refused, 'body-invalid').errors;
      expect(error).toMatchObject({ pointer: '/requirements/0/reason', code: 'must-needs-reason' });
    });

    const unitId = 'unit_lokalvard-centrum';
    let draftId = '';
    test('can begin from job ads, as drafts whose demands are wishes and whose seats are not stated', async () => {
      const client = await as(managerOf(unitId), 'requirements');
      const body = { unitId, opensFrom: '2027-01-01', ads: [...DEMO_ADS] };
      const drafted = (await client.call(draftPlaces, { body })).body.items;
      expect(drafted.map(({ id, ok }) => [id, ok])).toEqual(DEMO_ADS.map(({ id }) => [id, true]));
      for (const row of drafted) {
        if (!row.ok) throw new Error(`The ad ${row.id} became no draft`);
        const draft = (await client.call(getPlace, { params: { placeId: row.createdId } })).body;
        expect(draft).toMatchObject({
          status: 'draft',
          seats: null,
          confirmedAt: null,
          origin: { kind: 'job-ad', adId: row.id },
        });
        expect(draft.requirements.length).toBeGreaterThan(0);
        expect(new Set(draft.requirements.map(({ strength }) => strength))).toEqual(new Set(['wish']));
        draftId = row.createdId;
      }
      const again = (await client.call(draftPlaces, { body })).body.items;
      expect(again.map((row) => (row.ok ? 'drafted' : row.code))).toEqual(DEMO_ADS.map(() => 'already-drafted'));
    });

    test('are not places until the manager confirms them and states the seats', async () => {
      const userName = managerOf(unitId);
      const confirm = { params: { placeId: draftId }, etag: '"1"' };
      const refused = await ask(environment, userName, changePlace, { ...confirm, body: { confirm: true } });
      expect(expectProblem(refused, 'body-invalid').errors).toMatchObject([
        { pointer: '/seats', code: 'seats-not-stated' },
      ]);
      const client = await as(userName, 'requirements');
      const confirmed = await client.call(changePlace, { ...confirm, body: { confirm: true, seats: 1 } });
      expect(confirmed.body).toMatchObject({ status: 'open', seats: 1 });
    });

    const ADS = new URL('../../../../shared/data/external/jobads_2025-09.json', import.meta.url);
    test.skipIf(!existsSync(ADS))(
      'take real job ads as they are, ad by ad (passed over where the ads are not at hand)',
      async () => {
        const ads = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(readFileSync(ADS, 'utf8')));
        const body = { unitId: 'unit_fastighet-centrum', opensFrom: '2028-01-01', ads: ads.slice(0, 50) };
        const answer = await ask(environment, managerOf(body.unitId), draftPlaces, { body });
        expect(`${answer.status} ${answer.text.slice(0, 400)}`).toMatch(/^200 /);
        const { items } = z
          .object({ items: z.array(z.object({ id: z.string(), ok: z.boolean() })) })
          .parse(JSON.parse(answer.text));
        expect(items).toHaveLength(50);
        expect(items.filter(({ ok }) => ok).length).toBeGreaterThan(25);
      },
    );
  });
};
