import { getCandidate, getReferral, listCandidates } from '@gruppstart/contracts/routes/intake-routes';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import { OfficeId } from '@gruppstart/domain/shared/ids';
import { giveGrants } from '@gruppstart/usecases/access/give-grants';
import { listAllCandidates, readCandidate, readReferral } from '@gruppstart/usecases/intake/read-intake';
import { describe, expect, test } from 'vitest';
import { aDeed, COORDINATOR, caseworkerAt, done, expectRefusal, keepAll, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { smallTown } from '../builders/small-town.ts';
import { aCandidateId, aGrant, aPerson, aReferral, aTenant, day } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({ store: environment().store, vault: environment().newVault(), world: worldAt() });
const [HERE, THERE] = [OfficeId.parse('af-101'), OfficeId.parse('af-102')];

/** Somebody whom two offices have referred. */
const somebody = async (over: Partial<Candidate> = {}) => {
  const town = await smallTown(environment().store, aTenant());
  const candidate = await town.candidate(over);
  const referrals = [HERE, THERE].map((officeId) => aReferral({ candidateId: candidate.id, officeId }));
  const person = await deps().vault.seal(town.tenant, candidate.id, aPerson());
  await keepAll(environment().store, town.tenant, [
    ...referrals.map((value) => ({ change: 'save', kind: 'referral', value, expected: null }) as const),
    { change: 'save-person', candidateId: candidate.id, person, identities: [], expected: null },
  ]);
  return { town, candidate, referrals };
};

describe('a person', () => {
  test('is read with name and all referrals by a coordinator, with the own ones by a caseworker', async () => {
    const { town, candidate, referrals } = await somebody();
    const read = async (permission: typeof COORDINATOR) =>
      done(await readCandidate(deps())(aDeed(town.tenant, { permission }), candidate.id));
    const byCoordinator = await read(COORDINATOR);
    expect(byCoordinator).toMatchObject({ candidate: { value: candidate }, person: aPerson() });
    expect(byCoordinator.referrals).toHaveLength(2);
    expect((await read(caseworkerAt(HERE))).referrals).toEqual(referrals.filter(({ officeId }) => officeId === HERE));
  });

  test('is not found by who has not referred them, nor by another organisation, and nothing is noted or opened', async () => {
    const { town, candidate } = await somebody();
    const shut = { ...deps(), vault: { ...deps().vault, open: async () => Promise.reject(new Error('opened')) } };
    const elsewhere = caseworkerAt(OfficeId.parse('af-900'));
    expectRefusal(
      await readCandidate(shut)(aDeed(town.tenant, { permission: elsewhere }), candidate.id),
      getCandidate,
      'not-found',
    );
    expectRefusal(await readCandidate(shut)(aDeed(aTenant()), candidate.id), getCandidate, 'not-found');
    expectRefusal(await readCandidate(shut)(aDeed(town.tenant), aCandidateId()), getCandidate, 'not-found');
    expect(await environment().auditOf(town.tenant)).toEqual([]);
  });

  test.each([
    ['open', false, false, true],
    ['open', false, true, true],
    ['protected', true, false, false],
    ['protected', true, true, true],
  ] as const)(
    'who is %s (%s) is opened to one named for it (%s): %s',
    async (_what, isProtected, mayResolveProtected, isOpened) => {
      const { town, candidate } = await somebody({ isProtected });
      const permission = { ...COORDINATOR, mayResolveProtected };
      const { person } = done(await readCandidate(deps())(aDeed(town.tenant, { permission }), candidate.id));
      expect(person !== null).toBe(isOpened);
      expect(await environment().auditOf(town.tenant)).toMatchObject([
        { deed: 'person-read', subjects: [candidate.id], facts: { purpose: 'follow-own-referral', opened: isOpened } },
      ]);
    },
  );

  test('whose reading could not be noted is not opened', async () => {
    const { town, candidate } = await somebody();
    const opened: string[] = [];
    const { store, vault, world } = deps();
    const mute = {
      store: { ...store, appendAudit: async () => Promise.reject(new Error('no audit')) },
      vault: {
        ...vault,
        open: async (...asked: Parameters<typeof vault.open>) => {
          opened.push(asked[1]);
          return vault.open(...asked);
        },
      },
      world,
    };
    await expect(readCandidate(mute)(aDeed(town.tenant), candidate.id)).rejects.toThrow('no audit');
    expect(opened).toEqual([]);
  });

  test('is on the list of the own organisation', async () => {
    const { town, candidate } = await somebody();
    const page = { limit: 10, cursor: null };
    expect(done(await listAllCandidates(deps())(aDeed(town.tenant), page)).items.map(({ value }) => value.id)).toEqual([
      candidate.id,
    ]);
    expect(done(await listAllCandidates(deps())(aDeed(aTenant()), page)).items).toEqual([]);
    expectRefusal(
      await listAllCandidates(deps())(aDeed(town.tenant), { limit: 10, cursor: 'x' }),
      listCandidates,
      'cursor-invalid',
    );
  });
});

test('a referral is read by the office that made it', async () => {
  const { town, referrals } = await somebody();
  const [mine] = referrals;
  if (!mine) throw new Error('No referral');
  const read = (permission: typeof COORDINATOR) => readReferral(deps())(aDeed(town.tenant, { permission }), mine.id);
  expect(done(await read(caseworkerAt(HERE))).value).toEqual(mine);
  expect((await read(COORDINATOR)).ok).toBe(true);
  expectRefusal(await read(caseworkerAt(THERE)), getReferral, 'not-found');
});

describe('grants', () => {
  test('are given by an operator, and given again with their last day to end them', async () => {
    const tenant = aTenant();
    const grant = aGrant(tenant);
    await giveGrants(deps())([grant], 'c-1');
    await giveGrants(deps())([{ ...grant, validTo: day('2026-12-31') }], 'c-2');
    expect(await environment().store.grantsOf(tenant, grant.userId)).toEqual([{ ...grant, validTo: '2026-12-31' }]);
    expect(await environment().auditOf(tenant)).toMatchObject([
      { deed: 'grant-given', actor: 'system', facts: { role: 'unit-manager', validTo: null } },
      { deed: 'grant-given', facts: { validTo: '2026-12-31' } },
    ]);
  });
});
