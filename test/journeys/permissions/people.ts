import { listParticipants, publishCohort, registerEmployment } from '@gruppstart/contracts/routes/cohorts-routes';
import { getCandidate } from '@gruppstart/contracts/routes/intake-routes';
import {
  listUnitHelpRequests,
  listUnitPlacements,
  listUnitProposals,
} from '@gruppstart/contracts/routes/requirements-routes';
import { PERSONAL_FIELDS, type PersonRecord } from '@gruppstart/domain/intake/person';
import { describe, expect, test } from 'vitest';
import { ANNA, CARE_HOME, HELENA, KARIN, MARIA, OMAR } from '../small-town.ts';
import type { SmallWorld } from '../small-world.ts';
import { knownPeople, toldOf } from './known-people.ts';

const YUSUF = 'yusuf.handlaggare';

/** Who knows a person, what a unit sees before a meeting, and what a reading leaves behind. */
export const peopleAreKnownToFew = ({ environment, ready, sendTo, town }: SmallWorld): void => {
  const { inside } = environment;
  const { as } = town;

  const personOf = async (userName: string, candidateId: string): Promise<PersonRecord | null> =>
    (await (await as(userName, 'intake')).call(getCandidate, { params: { candidateId } })).body.person;

  describe('a person with protected identity', () => {
    test('is known to the users who are named for it, and to nobody else', async () => {
      const known = await personOf(ANNA, town.protectedId);
      expect(known?.familyName).toMatch(/\p{L}{2}/u);
      for (const userName of [OMAR, KARIN]) {
        expect(await personOf(userName, town.protectedId)).toBeNull();
        const [other = ''] = town.candidateIds.filter((id) => id !== town.protectedId);
        expect((await personOf(userName, other))?.familyName).toMatch(/\p{L}{2}/u);
      }
    });

    test('has neither contact nor postcode for anybody', async () => {
      const { body } = await (await as(ANNA, 'intake')).call(getCandidate, {
        params: { candidateId: town.protectedId },
      });
      expect([body.person?.phone, body.person?.email, body.candidate.profile.postcode]).toEqual([null, null, null]);
    });

    test('is a member like the others, without a name for who may not know it', async () => {
      const namesFor = async (userName: string) => {
        const client = await as(userName, 'cohorts');
        const { items } = (await client.call(listParticipants, { params: { cohortId: town.cohortId } })).body;
        return new Map(items.map(({ candidateId, person }) => [candidateId, person?.familyName ?? null]));
      };
      const [forAnna, forOmar] = [await namesFor(ANNA), await namesFor(OMAR)];
      expect([...forOmar.keys()]).toEqual([...forAnna.keys()]);
      expect([...forAnna.values()]).not.toContain(null);
      const unnamed = [...forOmar].filter(([, name]) => name === null).map(([candidateId]) => candidateId);
      expect(unnamed).toEqual([town.protectedId]);
    });
  });

  describe('who a person is', () => {
    test('a unit does not see before a meeting: no name, number, measure, postcode or wish', async () => {
      const client = await as(MARIA, 'requirements');
      const params = { unitId: CARE_HOME };
      const { items } = (await client.call(listUnitProposals, { params, query: {} })).body;
      expect(items.length).toBeGreaterThan(1);
      for (const proposal of items) {
        expect(Object.keys(proposal).toSorted()).toEqual(
          [
            ...[
              'id',
              'placeId',
              'placeTitle',
              'cohortId',
              'candidateId',
              'seatPart',
              'status',
              'points',
              'maxPoints',
              'parts',
            ],
            ...['verdicts', 'explanation', 'unitAnswer', 'etag'],
          ].toSorted(),
        );
        expect(proposal.parts.reduce((sum, { points }) => sum + points, 0)).toBe(proposal.points);
      }
      const placements = (await client.call(listUnitPlacements, { params })).body;
      const requests = (await client.call(listUnitHelpRequests, { params })).body;
      for (const seen of [items, placements, requests]) {
        expect(JSON.stringify(seen)).not.toMatch(
          /wish|travel|commute|postcode|measure|hasCar|Minutes|önskemål|önskat|restid|pendl|postnummer|insats/i,
        );
      }
    });

    test.skipIf(inside === null)('stands sealed in the table, and in no log', async () => {
      const people = await knownPeople(town);
      const items = (await inside?.storedItems()) ?? [];
      expect(items.length).toBeGreaterThan(100);
      const names = ['IntakeApi', 'RequirementsApi', 'CohortsApi', 'IntakeWorker', 'Matcher', 'Grants'];
      const logs = await Promise.all(names.map((name) => inside?.logOf(`${name}Function`)));
      const lines = logs.flatMap((log) => (log ?? []).map((line) => JSON.stringify(line)));
      expect(lines.length).toBeGreaterThan(0);
      const audit = ((await inside?.auditOf('soderhamn')) ?? []).map((entry) => JSON.stringify(entry));
      for (const kept of [...items, ...lines, ...audit]) {
        expect(toldOf(kept, people, PERSONAL_FIELDS)).toEqual([]);
      }
    });

    test.skipIf(inside === null)(
      'is noted whenever it is read: by whom, whose, for what, and what was not opened',
      async () => {
        const readings = async () =>
          ((await inside?.auditOf('soderhamn')) ?? []).filter(({ deed }) => /^persons?-read$/.test(deed));
        const before = await readings();
        const [other = ''] = town.candidateIds.filter((id) => id !== town.protectedId);
        await personOf(OMAR, other);
        await personOf(OMAR, town.protectedId);
        await (await as(OMAR, 'cohorts')).call(listParticipants, { params: { cohortId: town.cohortId } });
        const [ordinary, secret, list, ...more] = (await readings()).slice(before.length);
        expect(more).toEqual([]);
        const byOmar = { actor: 'user-5t2ja7q9ec' };
        const purpose = 'follow-own-referral';
        expect(ordinary).toMatchObject({
          ...byOmar,
          deed: 'person-read',
          subjects: [other],
          facts: { purpose, opened: true },
        });
        expect(secret).toMatchObject({ ...byOmar, subjects: [town.protectedId], facts: { purpose, opened: false } });
        expect(list).toMatchObject({ ...byOmar, deed: 'persons-read', facts: { purpose: 'lead-introduction' } });
        expect(list?.subjects).toContain(town.cohortId);
        expect(list?.subjects).not.toContain(town.protectedId);
        expect(list?.subjects.filter((id) => town.candidateIds.includes(id)).length).toBe(5);
      },
    );

    test.skipIf(inside === null)('is not noted where nothing was read: a refusal leaves no entry', async () => {
      const before = (await inside?.auditOf('soderhamn'))?.length;
      const refused = [
        await sendTo(getCandidate, ready(getCandidate), {}, YUSUF),
        await sendTo(listParticipants, ready(listParticipants), {}, HELENA),
        await sendTo(publishCohort, ready(publishCohort), {}, HELENA),
        await sendTo(registerEmployment, { body: {} }, {}, HELENA),
      ];
      expect(refused.map(({ status }) => status)).toEqual([404, 403, 403, 422]);
      expect((await inside?.auditOf('soderhamn'))?.length).toBe(before);
    });
  });
};
