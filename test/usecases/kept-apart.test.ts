import {
  decideOnProposal as decideRoute,
  registerEmployment as employRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import type { Cohort } from '@gruppstart/domain/cohorts/cohort';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { NewPairRule } from '@gruppstart/domain/matching/pair-rule';
import { ANSWERERS, Answer } from '@gruppstart/domain/proposals/answer';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import type { Place } from '@gruppstart/domain/requirements/place';
import { LocalDate } from '@gruppstart/domain/shared/local-date';
import { type DecisionAsked, decideOnProposal } from '@gruppstart/usecases/decisions/decide-on-proposal';
import { registerEmployment } from '@gruppstart/usecases/employment/employments';
import { endPairRule, makePairRule } from '@gruppstart/usecases/matching/pair-rules';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { type SmallTown, smallTown } from '../builders/small-town.ts';
import { anEmployment, aTenant, aUnit, aUnitId } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, world: worldAt() });
const YES: DecisionAsked = { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true };
const NO: DecisionAsked = { verdict: 'declined', reason: 'other-plan', noConflictOfInterest: true };

const answers = Object.fromEntries(
  ANSWERERS.map((who) => [who, Answer.parse({ answer: 'yes', recordedBy: 'samordnare', recordedAt: NOW })]),
) as Proposal['answers'];

const decide = ({ tenant }: SmallTown, { id }: Proposal, asked = YES) =>
  decideOnProposal(deps())(aDeed(tenant), id, asked);
const rule = async (
  { tenant }: SmallTown,
  of: Pick<NewPairRule, 'kind' | 'apartFrom'>,
  first: Candidate,
  second: Candidate,
) => done(await makePairRule(deps())(aDeed(tenant), { ...of, first: first.id, second: second.id })).value.id;
const APART_FROM_START = { kind: 'keep-apart', apartFrom: 'start' } as const;
const APART_FROM_UNIT = { kind: 'keep-apart', apartFrom: 'unit' } as const;

interface Two {
  readonly town: SmallTown;
  readonly cohort: Cohort;
  readonly place: Place;
  readonly first: Candidate;
  readonly second: Candidate;
  readonly proposals: readonly [Proposal, Proposal];
}

/** Two people with a proposal each that everybody has agreed to, to one start and one place. */
const two = async (purpose: Proposal['purpose']): Promise<Two> => {
  const town = await smallTown(environment().store, aTenant());
  const courseDays = ['2027-01-11', '2027-01-22'] as never;
  const cohort = await town.start('2027-01-11', { seats: 9, courseDays });
  const place = await town.place({ seats: 9 });
  const person = () => (purpose === 'admission' ? town.candidate() : town.member(cohort, place));
  const [first, second] = [await person(), await person()];
  const proposal = (of: Candidate) => town.proposal(of, cohort, place, { purpose, answers });
  return { town, cohort, place, first, second, proposals: [await proposal(first), await proposal(second)] };
};

describe('an employment', () => {
  test('at another unit than the placement’s does not bring two together', async () => {
    const { town, place, first, second, proposals } = await two('placement');
    done(await decide(town, proposals[0]));
    const unit = aUnit();
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: unit, expected: null }]);
    const elsewhere = await town.place({ seats: 9, unitId: unit.id });
    const placement = await town.placement(second, elsewhere);
    await keepAll(environment().store, town.tenant, [
      { change: 'take-share', candidateId: second.id, percent: placement.sharePercent },
    ]);
    const employ = (workplaceUnitId: typeof unit.id) =>
      registerEmployment(deps())(aDeed(town.tenant), {
        placementId: placement.id,
        form: 'BEA',
        employer: { name: 'Resurscentrum', organisationNumber: null },
        workplaceUnitId,
        payer: { name: 'Resurscentrum', organisationNumber: null },
        startDate: placement.startDate,
        endDate: null,
        sharePercent: placement.sharePercent,
      });
    await rule(town, APART_FROM_UNIT, first, second);
    expectRefusal(await employ(place.unitId), employRoute, 'kept-apart');
    done(await employ(unit.id));
  });
});

describe('an approval', () => {
  test.each([
    ['admission', APART_FROM_START],
    ['placement', APART_FROM_START],
    ['placement', APART_FROM_UNIT],
  ] as const)('of a %s does not bring together two whom a younger rule keeps apart: %j', async (purpose, of) => {
    const { town, first, second, proposals } = await two(purpose);
    const ruleId = await rule(town, of, second, first);
    done(await decide(town, proposals[0]));
    expectRefusal(await decide(town, proposals[1]), decideRoute, 'kept-apart');
    done(await decide(town, proposals[1], NO));
    const held = await environment().store.get(town.tenant, 'pairRule', ruleId);
    expect(held?.value).toMatchObject({ id: ruleId, endedAt: null, ...of });
  });

  test('goes through when the rule has been ended', async () => {
    const { town, first, second, proposals } = await two('placement');
    const ruleId = await rule(town, APART_FROM_UNIT, first, second);
    done(await decide(town, proposals[0]));
    done(await endPairRule(deps())(aDeed(town.tenant), ruleId));
    done(await decide(town, proposals[1]));
  });

  test('is held against no rule that says something else', async () => {
    const admitted = await two('admission');
    await rule(admitted.town, APART_FROM_UNIT, admitted.first, admitted.second);
    for (const proposal of admitted.proposals) done(await decide(admitted.town, proposal));
    const together = await two('admission');
    await rule(together.town, { kind: 'together', apartFrom: null }, together.first, together.second);
    for (const proposal of together.proposals) done(await decide(together.town, proposal));
    const apart = await two('placement');
    const elsewhere = await apart.town.place({ seats: 9, unitId: aUnitId() });
    await apart.town.placement(apart.first, elsewhere);
    await keepAll(environment().store, apart.town.tenant, [
      { change: 'take-share', candidateId: apart.first.id, percent: elsewhere.sharePercent },
    ]);
    await rule(apart.town, APART_FROM_UNIT, apart.first, apart.second);
    done(await decide(apart.town, apart.proposals[1]));
  });

  test('to another start than the one that the two are kept out of together goes through', async () => {
    const { town, place, first, second, proposals } = await two('admission');
    await rule(town, APART_FROM_START, first, second);
    done(await decide(town, proposals[0]));
    const march = await town.start('2027-03-08', { seats: 9 });
    done(await decide(town, await town.proposal(second, march, place, { purpose: 'admission', answers })));
  });

  test('waits while the list of placements lags behind', async () => {
    const { town, first, second, proposals } = await two('placement');
    await rule(town, APART_FROM_UNIT, first, second);
    done(await decide(town, proposals[0]));
    const { store } = environment();
    const lagging: typeof store = {
      ...store,
      list: async (tenant, list, page) =>
        list.list === 'placements' ? { items: [], nextCursor: null } : store.list(tenant, list, page),
    };
    const late = await decideOnProposal({ store: lagging, world: worldAt() })(aDeed(town.tenant), proposals[1].id, YES);
    expectRefusal(late, decideRoute, 'request-in-flight');
  });

  test('is held against the unit where somebody works, and no longer once they have left', async () => {
    for (const [endDate, code] of [
      [null, 'kept-apart'],
      ['2026-11-30', null],
    ] as const) {
      const { town, place, first, second, proposals } = await two('placement');
      const elsewhere = await town.place({ seats: 9, unitId: aUnitId() });
      const placement = await town.placement(first, elsewhere);
      const employment = anEmployment({
        candidateId: first.id,
        placementId: placement.id,
        workplaceUnitId: place.unitId,
        endDate: endDate && LocalDate.parse(endDate),
      });
      await keepAll(environment().store, town.tenant, [
        { change: 'save', kind: 'employment', value: employment, expected: null },
        { change: 'save', kind: 'placement', value: { ...placement, employmentId: employment.id }, expected: 1 },
        { change: 'take-share', candidateId: first.id, percent: placement.sharePercent },
      ]);
      await rule(town, APART_FROM_UNIT, first, second);
      const decided = await decide(town, proposals[1]);
      if (code === null) done(decided);
      else expectRefusal(decided, decideRoute, code);
    }
  });

  test('is held against no rule about somebody who has been erased', async () => {
    const { town, first, second, proposals } = await two('admission');
    await rule(town, APART_FROM_START, first, second);
    done(await decide(town, proposals[0]));
    const { store } = environment();
    const kept = await store.get(town.tenant, 'candidate', first.id);
    const erased = { ...first, erasedAt: NOW };
    await keepAll(store, town.tenant, [
      { change: 'save', kind: 'candidate', value: erased, expected: kept?.version ?? null },
    ]);
    done(await decide(town, proposals[1]));
  });

  test('of both at once, and again and again, brings one of them in', async () => {
    for (let round = 0; round < 5; round += 1) {
      for (const [purpose, of] of [
        ['admission', APART_FROM_START],
        ['placement', APART_FROM_UNIT],
      ] as const) {
        const { town, first, second, proposals } = await two(purpose);
        await rule(town, of, first, second);
        const decided = await Promise.all(proposals.map((proposal) => decide(town, proposal)));
        const [refused, ...more] = decided.filter(({ ok }) => !ok);
        expect([purpose, more]).toEqual([purpose, []]);
        expect(['kept-apart', 'precondition-failed', 'request-in-flight']).toContain(
          refused && !refused.ok ? refused.error.code : 'both were approved',
        );
        const late = decided[0]?.ok ? proposals[1] : proposals[0];
        expectRefusal(await decide(town, late), decideRoute, 'kept-apart');
      }
    }
  });
});
