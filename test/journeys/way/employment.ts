import {
  askHelp,
  getCohort,
  getEmployment,
  getPlacement,
  registerEmployment,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { askHelpForUnit, listUnitHelpRequests } from '@gruppstart/contracts/routes/requirements-routes';
import { DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { describe, expect, test } from 'vitest';
import { ask, expectProblem } from '../requests.ts';
import { ANNA, employmentFor, HELENA } from '../small-town.ts';
import { FIRST_DAY } from './placement.ts';
import { first, managerOf, type Story } from './story.ts';

/** Employment, and help for whoever asks for it. */
export const employmentJourney = (story: Story): void => {
  const { environment, as } = story;
  const { control } = environment;

  describe('an employment', () => {
    test('cannot begin before the placement, end before it begins, or be more than the placement', async () => {
      const body = employmentFor(first(story.placements));
      const asked = (more: Readonly<Record<string, unknown>>) =>
        ask(environment, HELENA, registerEmployment, { body: { ...body, ...more } });
      expect(expectProblem(await asked({ startDate: '2027-01-22' }), 'body-invalid').errors).toMatchObject([
        { pointer: '/startDate', code: 'before-placement' },
      ]);
      expect(expectProblem(await asked({ endDate: '2027-01-01' }), 'body-invalid').errors).toMatchObject([
        { pointer: '/endDate', code: 'ends-before-start' },
      ]);
      expectProblem(await asked({ workplaceUnitId: 'unit_finns-inte' }), 'reference-unknown');
      const part = employmentFor(first(story.placements.filter(({ sharePercent }) => sharePercent < 100)));
      const whole = { ...part, sharePercent: 100 };
      const larger = expectProblem(await ask(environment, HELENA, registerEmployment, { body: whole }), 'body-invalid');
      expect(larger.errors).toMatchObject([{ pointer: '/sharePercent', code: 'over-placement-share' }]);
    });

    test('says who employs, where the work is and who pays as three things, once per placement', async () => {
      const placement = first(story.placements);
      const body = employmentFor(placement);
      const hr = await as(HELENA, 'cohorts');
      const registered = await hr.call(registerEmployment, { body });
      const { employer, workplaceUnitId, payer, candidateId } = registered.body;
      expect({ employer, workplaceUnitId, payer, candidateId }).toEqual({
        employer: body.employer,
        workplaceUnitId: placement.unitId,
        payer: body.payer,
        candidateId: placement.candidateId,
      });
      const read = await hr.call(getEmployment, { params: { employmentId: registered.body.id } });
      expect(read.body).toEqual(registered.body);
      expectProblem(await ask(environment, HELENA, registerEmployment, { body }), 'already-employed');
    });

    test.skipIf(control === null)('makes the placement employed, and working from its first day', async () => {
      const hr = await as(HELENA, 'cohorts');
      const params = { placementId: first(story.placements).id };
      expect((await hr.call(getPlacement, { params })).body.status).toBe('employed');
      await control?.moveClock({ toMs: Date.parse(`${FIRST_DAY}T08:00:00+01:00`) });
      const later = await as(HELENA, 'cohorts');
      expect((await later.call(getPlacement, { params })).body.status).toBe('working');
      const coordinator = await as(ANNA, 'cohorts');
      const cohort = await coordinator.call(getCohort, { params: { cohortId: first(story.cohorts).id } });
      expect(cohort.body.status).toBe('finished');
    });
  });

  describe('a request for help', () => {
    test('comes from the unit, for a placement of its own', async () => {
      const { id: placementId, unitId } = first(story.placements);
      const client = await as(managerOf(unitId), 'requirements');
      const body = { placementId, topic: 'supervision' as const };
      const asked = await client.call(askHelpForUnit, { params: { unitId }, body });
      expect(asked.body).toMatchObject({ placementId, side: 'unit', topic: 'supervision' });
      const elsewhere = first(
        DEMO_UNITS.filter(({ id, manager: own }) => own === managerOf(unitId) && id !== unitId),
      ).id;
      const refused = await ask(environment, managerOf(unitId), askHelpForUnit, {
        params: { unitId: elsewhere },
        body,
      });
      expectProblem(refused, 'reference-unknown');
    });

    test('comes from the participant, noted by the coordinator', async () => {
      const { id: placementId, unitId } = first(story.placements);
      const coordinator = await as(ANNA, 'cohorts');
      const asked = await coordinator.call(askHelp, {
        params: { placementId },
        body: { side: 'participant', topic: 'hours' },
      });
      expect(asked.body).toMatchObject({ placementId, side: 'participant', topic: 'hours' });
      const sidesSeenBy = async (userName: string) => {
        const client = await as(userName, 'requirements');
        const seen = await client.call(listUnitHelpRequests, { params: { unitId } });
        return seen.body.items.map(({ side }) => side);
      };
      expect(await sidesSeenBy(ANNA)).toEqual(['unit', 'participant']);
      // What a participant asks is between them and the centre.
      expect(await sidesSeenBy(managerOf(unitId))).toEqual(['unit']);
    });
  });
};
