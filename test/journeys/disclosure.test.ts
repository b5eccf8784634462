import { discloseToUnit, getProposal, withdrawDisclosure } from '@gruppstart/contracts/routes/cohorts-routes';
import { getCandidate } from '@gruppstart/contracts/routes/intake-routes';
import { answerProposal, listDisclosedPeople } from '@gruppstart/contracts/routes/requirements-routes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type JourneyEnvironment, openEnvironment } from './environment.ts';
import { until } from './requests.ts';
import { ANNA, buildSmallTown, CARE_HOME, etagOf, finishRun, MARIA, type SmallTown } from './small-town.ts';

describe('what a unit may know of who a person is', () => {
  let environment: JourneyEnvironment;
  let town: SmallTown;
  const undecided: string[] = [];
  const next = (): string => {
    const proposalId = undecided.shift();
    if (proposalId === undefined) throw new Error('The town has too few open proposals');
    return proposalId;
  };

  beforeAll(async () => {
    environment = await openEnvironment();
    town = await buildSmallTown(environment);
    const ordinary = town.openPlacements.filter(
      ({ unitId, candidateId }) => unitId === CARE_HOME && candidateId !== town.protectedId,
    );
    undecided.push(...ordinary.map(({ id }) => id));
  });
  afterAll(() => environment.close());

  const told = async () => {
    const manager = await town.as(MARIA, 'requirements');
    return (await manager.call(listDisclosedPeople, { params: { unitId: CARE_HOME } })).body.items;
  };
  const disclose = async (proposalId: string, level: 'contact' | 'support-needs') => {
    const reason = level === 'contact' ? ('meeting-agreed' as const) : ('person-agreed' as const);
    const coordinator = await town.as(ANNA, 'cohorts');
    const etag = await etagOf(town.as, proposalId);
    return coordinator.call(discloseToUnit, { params: { proposalId }, etag, body: { level, reason } });
  };

  test('is nothing at first', async () => {
    expect(await told()).toEqual([]);
  });

  test('is name and contact when a meeting is agreed, and support needs when the person agrees, until the unit says no', async () => {
    const proposalId = next();
    await disclose(proposalId, 'contact');
    const [known] = await told();
    const coordinator = await town.as(ANNA, 'intake');
    const { person } = (await coordinator.call(getCandidate, { params: { candidateId: known?.candidateId ?? '' } }))
      .body;
    expect(known).toMatchObject({
      proposalId,
      person: {
        givenName: person?.givenName,
        familyName: person?.familyName,
        phone: person?.phone,
        email: person?.email,
      },
    });
    expect(JSON.stringify(known)).not.toContain(person?.personalNumber ?? 'no number');
    expect(known?.person.supportNeeds).toBeNull();

    await disclose(proposalId, 'support-needs');
    expect((await told())[0]?.person.supportNeeds).toEqual(person?.supportNeeds);

    const manager = await town.as(MARIA, 'requirements');
    const etag = await etagOf(town.as, proposalId);
    await manager.call(answerProposal, { params: { proposalId }, etag, body: { answer: 'no' } });
    expect(await told()).toEqual([]);
  });

  test('ends when the centre takes it back', async () => {
    const proposalId = next();
    await disclose(proposalId, 'contact');
    expect(await told()).toHaveLength(1);
    const coordinator = await town.as(ANNA, 'cohorts');
    const params = { proposalId };
    await coordinator.call(withdrawDisclosure, { params, etag: await etagOf(town.as, proposalId) });
    expect(await told()).toEqual([]);
    expect((await coordinator.call(getProposal, { params })).body.disclosure).toBeNull();
    undecided.push(proposalId);
  });

  test('ends when a newer run has made other proposals', async () => {
    await disclose(next(), 'contact');
    expect(await told()).toHaveLength(1);
    await finishRun(town.as, 'placement', [town.cohortId]);
    await until(told, (people) => people.length === 0);
  });
});
