import { getProposal, recordAnswer as recordRoute } from '@gruppstart/contracts/routes/cohorts-routes';
import { answerProposal as answerRoute, listUnitProposals } from '@gruppstart/contracts/routes/requirements-routes';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import { UnitId } from '@gruppstart/domain/shared/ids';
import { A_RESULT } from '@gruppstart/domain/test-support/builders';
import { answerProposal } from '@gruppstart/usecases/proposals/answer-proposal';
import { listProposalsOfUnit, readProposal } from '@gruppstart/usecases/proposals/read-proposals';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, managerOf, NOW, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import { aRun, aRunId, aTenant, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, world: worldAt() });

/** A proposal that nobody has answered, for a member of a start. */
const proposed = async (purpose: Proposal['purpose']) => {
  const town = await smallTown(environment().store, aTenant());
  const cohort = await town.start('2027-01-11');
  const place = await town.place();
  const candidate = await town.member(cohort, place);
  return { town, proposal: await town.proposal(candidate, cohort, place, { purpose }) };
};

describe('an answer', () => {
  test('is recorded with who and when, and may be changed until the decision', async () => {
    const { town, proposal } = await proposed('placement');
    const answer = answerProposal(deps());
    const permission = managerOf(town.unit.id);
    const first = done(
      await answer(aDeed(town.tenant, { permission, expected: 1 }), proposal.id, 'unit', 'meet-first'),
    );
    expect(first).toMatchObject({
      version: 2,
      value: { answers: { unit: { answer: 'meet-first', recordedBy: 'samordnare', recordedAt: NOW }, person: null } },
    });
    expectRefusal(
      await answer(aDeed(town.tenant, { permission, expected: 1 }), proposal.id, 'unit', 'yes'),
      answerRoute,
      'precondition-failed',
    );
    expect(
      done(await answer(aDeed(town.tenant, { permission, expected: 2 }), proposal.id, 'unit', 'yes')).value.answers.unit
        ?.answer,
    ).toBe('yes');
    expect((await environment().auditOf(town.tenant)).map(({ facts }) => facts)).toEqual([
      { from: 'unit', answer: 'meet-first' },
      { from: 'unit', answer: 'yes' },
    ]);
  });

  test('about an admission is asked of the person alone', async () => {
    const { town, proposal } = await proposed('admission');
    const answer = answerProposal(deps());
    for (const who of ['unit', 'employer'] as const) {
      expectRefusal(await answer(aDeed(town.tenant), proposal.id, who, 'yes'), answerRoute, 'body-invalid', {
        pointer: '',
        code: 'not-asked',
      });
    }
    expect((await answer(aDeed(town.tenant), proposal.id, 'person', 'no')).ok).toBe(true);
  });

  test('and a reading reach the own unit only, and its list shows no admissions', async () => {
    const { town, proposal } = await proposed('placement');
    const [own, other] = [managerOf(town.unit.id), managerOf(UnitId.parse('unit_elsewhere'))];
    const page = { limit: 10, cursor: null };
    expect((await readProposal(deps())(aDeed(town.tenant, { permission: own }), proposal.id)).ok).toBe(true);
    expectRefusal(
      await readProposal(deps())(aDeed(town.tenant, { permission: other }), proposal.id),
      getProposal,
      'not-found',
    );
    expectRefusal(
      await answerProposal(deps())(aDeed(town.tenant, { permission: other }), proposal.id, 'unit', 'yes'),
      answerRoute,
      'not-found',
    );
    const listed = done(await listProposalsOfUnit(deps())(aDeed(town.tenant, { permission: own }), town.unit.id, page));
    expect(listed.items.map(({ value }) => value.purpose)).toEqual(['placement']);
    expectRefusal(
      await listProposalsOfUnit(deps())(aDeed(town.tenant, { permission: other }), town.unit.id, page),
      listUnitProposals,
      'not-found',
    );
  });

  test('to what a newer run has taken the place of can only be no, and the unit is not shown it any more', async () => {
    const { town, proposal } = await proposed('placement');
    const { store } = environment();
    const at = (orderedAt: string, id = aRunId()) =>
      aRun({
        id,
        purpose: 'placement',
        cohortIds: [proposal.cohortId],
        orderedAt: instant(orderedAt),
        result: A_RESULT as never,
      });
    const runs = [at('2026-12-01T06:00:00.000Z', proposal.runId), at('2026-12-01T07:00:00.000Z')];
    const shown = async () => {
      const read = listProposalsOfUnit(deps())(aDeed(town.tenant), town.unit.id, { limit: 10, cursor: null });
      return done(await read).items.map(({ value }) => value.id);
    };
    const keep = (value: (typeof runs)[number] | undefined) =>
      keepAll(store, town.tenant, value ? [{ change: 'save', kind: 'run', value, expected: null }] : []);
    await keep(runs[0]);
    expect(await shown()).toEqual([proposal.id]);
    await keep(runs[1]);
    expect(await shown()).toEqual([]);
    const answer = answerProposal(deps());
    for (const given of ['yes', 'meet-first'] as const) {
      for (const [who, route] of [
        ['unit', answerRoute],
        ['person', recordRoute],
      ] as const) {
        expectRefusal(await answer(aDeed(town.tenant), proposal.id, who, given), route, 'superseded');
      }
    }
    done(await answer(aDeed(town.tenant), proposal.id, 'person', 'no'));
  });
});
