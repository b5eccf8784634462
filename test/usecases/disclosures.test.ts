import {
  decideOnProposal as decideRoute,
  discloseToUnit as discloseRoute,
  withdrawDisclosure as withdrawRoute,
} from '@gruppstart/contracts/routes/cohorts-routes';
import { eraseCandidate as eraseRoute } from '@gruppstart/contracts/routes/intake-routes';
import { listDisclosedPeople as peopleRoute } from '@gruppstart/contracts/routes/requirements-routes';
import type { Candidate } from '@gruppstart/domain/intake/candidate';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { MatchRun } from '@gruppstart/domain/matching/match-run';
import { ANSWERERS } from '@gruppstart/domain/proposals/answer';
import type { DisclosureLevel, DisclosureReason } from '@gruppstart/domain/proposals/disclosure';
import type { Proposal } from '@gruppstart/domain/proposals/proposal';
import { EventId, OfficeId, RunId } from '@gruppstart/domain/shared/ids';
import { taken } from '@gruppstart/files/test-support/candidate-file-text';
import { decideOnProposal } from '@gruppstart/usecases/decisions/decide-on-proposal';
import { endSuperseded } from '@gruppstart/usecases/ended-disclosures';
import { eraseCandidate } from '@gruppstart/usecases/follow-up/erase-candidate';
import { identitiesOf } from '@gruppstart/usecases/intake/identities';
import { settleAcceptedRow } from '@gruppstart/usecases/intake/settle-row';
import { makeRun } from '@gruppstart/usecases/matching/make-run';
import type { Store } from '@gruppstart/usecases/ports/store';
import { answerProposal } from '@gruppstart/usecases/proposals/answer-proposal';
import { discloseToUnit, withdrawDisclosure } from '@gruppstart/usecases/proposals/disclose';
import { listDisclosedPeople } from '@gruppstart/usecases/proposals/read-disclosures';
import { describe, expect, test } from 'vitest';
import { aDeed, done, expectRefusal, keepAll, managerOf, worldAt } from '../builders/deeds.ts';
import { useEnvironment } from '../builders/open-environment.ts';
import { SEED, type SmallTown, smallTown } from '../builders/small-town.ts';
import { aBatch, aPerson, aProposalId, aRun, aTenant, aUnit, instant } from '../contracts/builders.ts';

const environment = useEnvironment();
const deps = () => ({
  store: environment().store,
  vault: environment().newVault(),
  disclosures: environment().newDisclosureVault(),
  world: worldAt(),
});

const PERSON = aPerson({ givenName: 'Åsa', phone: '070-174 06 05', supportNeeds: ['breaks'] });

/** Somebody proposed to the town's unit, with a person in the vault. */
const proposed = async (over: Partial<Proposal> = {}, who: Partial<Candidate> = {}) => {
  const town = await smallTown(environment().store, aTenant());
  const place = await town.place();
  const start = await town.start('2027-01-11');
  const candidate = await town.candidate(who);
  const proposal = await town.proposal(candidate, start, place, over);
  const person = await deps().vault.seal(town.tenant, candidate.id, PERSON);
  await keepAll(environment().store, town.tenant, [
    { change: 'save-person', candidateId: candidate.id, person, identities: [], expected: null },
  ]);
  return { town, place, start, candidate, proposal };
};
type Setting = Awaited<ReturnType<typeof proposed>>;

const CONTACT = { level: 'contact', reason: 'meeting-agreed' } as const;
const NEEDS = { level: 'support-needs', reason: 'person-agreed' } as const;
const disclose = (
  { town, proposal }: Pick<Setting, 'town' | 'proposal'>,
  asked: { level: DisclosureLevel; reason: DisclosureReason } = CONTACT,
  store: Store = environment().store,
) => discloseToUnit({ ...deps(), store })(aDeed(town.tenant), proposal.id, asked);
const peopleOf = async (town: SmallTown, unitId = town.unit.id) =>
  done(await listDisclosedPeople(deps())(aDeed(town.tenant, { permission: managerOf(unitId) }), unitId));
const storedProposal = async ({ town, proposal }: Setting) =>
  (await environment().store.get(town.tenant, 'proposal', proposal.id))?.value;

describe('what a unit is told', () => {
  test('is nobody before a meeting, then name and contact, then support needs when the person agrees', async () => {
    const setting = await proposed();
    expect(await peopleOf(setting.town)).toEqual([]);
    expect(done(await disclose(setting)).value.disclosure).toMatchObject({ ...CONTACT, disclosedBy: 'samordnare' });
    const { givenName, familyName, phone, email } = PERSON;
    const contact = { givenName, familyName, phone, email };
    expect(await peopleOf(setting.town)).toMatchObject([
      { told: { proposalId: setting.proposal.id, level: 'contact' }, person: { ...contact, supportNeeds: null } },
    ]);
    done(await disclose(setting, NEEDS));
    expect((await peopleOf(setting.town)).map(({ person }) => person)).toEqual([
      { ...contact, supportNeeds: ['breaks'] },
    ]);
  });

  test.each([
    [
      'support needs for a meeting',
      { level: 'support-needs', reason: 'meeting-agreed' },
      '/reason',
      'reason-does-not-fit',
    ],
    ['contact for no meeting', { level: 'contact', reason: 'person-agreed' }, '/reason', 'reason-does-not-fit'],
    ['support needs before the name', NEEDS, '/level', 'contact-first'],
  ] as const)('is never %s', async (_what, asked, pointer, code) => {
    const setting = await proposed();
    expectRefusal(await disclose(setting, asked), discloseRoute, 'body-invalid', { pointer, code });
    expect(await peopleOf(setting.town)).toEqual([]);
  });

  test.each([
    ['an admission', { purpose: 'admission' }, 'body-invalid'],
    [
      'a declined proposal',
      {
        decision: {
          id: 'dec_01jd4z8w6k3v9r5t2q7n0m1px0',
          verdict: 'declined',
          reason: 'other-plan',
          decidedBy: 'samordnare',
          decidedAt: '2026-12-01T08:00:00.000Z',
        },
      },
      'already-decided',
    ],
  ] as const)('is nothing of %s', async (_what, over, code) => {
    expectRefusal(await disclose(await proposed(over as unknown as Partial<Proposal>)), discloseRoute, code);
  });

  test('is nothing of a person with protected identity, of one who was erased, or of another organisation', async () => {
    expectRefusal(await disclose(await proposed({}, { isProtected: true })), discloseRoute, 'identity-protected');
    const erasedAt = instant('2026-11-30T08:00:00.000Z');
    expectRefusal(await disclose(await proposed({}, { erasedAt })), discloseRoute, 'candidate-erased');
    const setting = await proposed();
    const elsewhere = await smallTown(environment().store, aTenant());
    expectRefusal(await disclose({ ...setting, town: elsewhere }), discloseRoute, 'not-found');
    expectRefusal(
      await discloseToUnit(deps())(aDeed(setting.town.tenant, { expected: 7 }), setting.proposal.id, CONTACT),
      discloseRoute,
      'precondition-failed',
    );
  });

  test('is noted in the same transaction, by whom and why, without a word of the person', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const entries = await environment().auditOf(setting.town.tenant);
    expect(entries).toMatchObject([
      {
        deed: 'person-disclosed',
        subjects: [setting.proposal.id, setting.candidate.id, setting.town.unit.id],
        facts: { ...CONTACT, purpose: 'meet-candidate' },
      },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/Åsa|070/);
  });

  test('is nothing when the person is protected at the very moment', async () => {
    const setting = await proposed();
    const { store } = environment();
    const racing: Store = {
      ...store,
      commit: async (tenant, transaction) => {
        const known = await store.get(tenant, 'candidate', setting.candidate.id);
        if (known && !known.value.isProtected) {
          await keepAll(store, tenant, [
            {
              change: 'save',
              kind: 'candidate',
              value: { ...known.value, isProtected: true },
              expected: known.version,
            },
          ]);
        }
        return store.commit(tenant, transaction);
      },
    };
    expectRefusal(await disclose(setting, CONTACT, racing), discloseRoute, 'request-in-flight');
    expect(await peopleOf(setting.town)).toEqual([]);
  });
});

describe('the people a unit may know', () => {
  test('are read by its own managers, each reading noted before anything is opened', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const { town } = setting;
    const opened: string[] = [];
    const { disclosures, ...rest } = deps();
    const mute = {
      ...rest,
      store: { ...rest.store, appendAudit: async () => Promise.reject(new Error('no audit')) },
      disclosures: {
        open: async (...asked: Parameters<typeof disclosures.open>) => {
          opened.push(asked[0].candidateId);
          return disclosures.open(...asked);
        },
      },
    };
    const reading = aDeed(town.tenant, { permission: managerOf(town.unit.id) });
    await expect(listDisclosedPeople(mute)(reading, town.unit.id)).rejects.toThrow('no audit');
    expect(opened).toEqual([]);
    await peopleOf(town);
    expect((await environment().auditOf(town.tenant)).at(-1)).toMatchObject({
      deed: 'persons-read',
      subjects: [town.unit.id, setting.candidate.id],
      facts: { purpose: 'meet-candidate' },
    });
  });

  test('of another unit are not to be found, nor to be opened under another unit’s name', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const { town } = setting;
    const other = aUnit();
    await keepAll(environment().store, town.tenant, [{ change: 'save', kind: 'unit', value: other, expected: null }]);
    const asOther = aDeed(town.tenant, { permission: managerOf(other.id) });
    expectRefusal(await listDisclosedPeople(deps())(asOther, town.unit.id), peopleRoute, 'not-found');
    expect(await peopleOf(town, other.id)).toEqual([]);
    const [kept] = await environment().store.disclosuresOfUnit(town.tenant, town.unit.id);
    if (!kept) throw new Error('Nothing was disclosed');
    const told = { tenant: town.tenant, candidateId: kept.candidateId, unitId: other.id };
    await expect(deps().disclosures.open(told, kept.sealed)).rejects.toThrow();
  });
});

describe('a disclosure ends', () => {
  const expectEnded = async (setting: Setting) => {
    expect(await peopleOf(setting.town)).toEqual([]);
    expect(await environment().store.disclosuresOfCandidate(setting.town.tenant, setting.candidate.id)).toEqual([]);
    expect((await storedProposal(setting))?.disclosure).toBeNull();
  };

  test('when the coordinator takes it back, once', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const withdraw = () => withdrawDisclosure(deps())(aDeed(setting.town.tenant), setting.proposal.id);
    done(await withdraw());
    await expectEnded(setting);
    expectRefusal(await withdraw(), withdrawRoute, 'not-found');
  });

  test.each(ANSWERERS)('when the %s says no, and not with any other answer', async (from) => {
    const setting = await proposed();
    done(await disclose(setting));
    const { town, proposal } = setting;
    const permission = from === 'unit' ? managerOf(town.unit.id) : aDeed(town.tenant).actor.permission;
    for (const answer of ['yes', 'meet-first'] as const) {
      done(await answerProposal(deps())(aDeed(town.tenant, { permission }), proposal.id, from, answer));
      expect(await peopleOf(town)).toHaveLength(1);
    }
    done(await answerProposal(deps())(aDeed(town.tenant, { permission }), proposal.id, from, 'no'));
    await expectEnded(setting);
    expectRefusal(await disclose(setting), discloseRoute, 'answer-is-no');
  });

  test('when the proposal is declined', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const { town, proposal } = setting;
    const asked = { verdict: 'declined', reason: 'other-plan', noConflictOfInterest: true } as const;
    done(await decideOnProposal(deps())(aDeed(town.tenant), proposal.id, asked));
    await expectEnded(setting);
  });

  test('not when it is approved: the unit will work with the person', async () => {
    const setting = await proposed();
    done(await disclose(setting));
    const { town, proposal } = setting;
    for (const from of ANSWERERS) done(await answerProposal(deps())(aDeed(town.tenant), proposal.id, from, 'yes'));
    const asked = { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true } as const;
    done(await decideOnProposal(deps())(aDeed(town.tenant), proposal.id, asked));
    expect(await peopleOf(town)).toHaveLength(1);
    done(await disclose(setting, NEEDS));
  });

  test('when a newer run has taken the place of the proposal, even if the worker died before saying so', async () => {
    const setting = await proposed();
    const { town, start } = setting;
    const older = aRun({ id: setting.proposal.runId, purpose: 'placement', cohortIds: [start.id] });
    const newer = aRun({
      id: RunId.parse(worldAt().newId('run')),
      purpose: 'placement',
      cohortIds: [start.id],
      orderedAt: instant('2026-12-01T09:00:00.000Z'),
      snapshotHash: null,
      result: null,
      failure: null,
    });
    await keepAll(environment().store, town.tenant, [
      { change: 'save', kind: 'run', value: older, expected: null },
      { change: 'save', kind: 'run', value: newer, expected: null },
      {
        change: 'add-participant',
        participant: {
          candidateId: setting.candidate.id,
          cohortId: start.id,
          proposalId: aProposalId(),
          since: start.publishedAt ?? instant('2026-12-01T08:00:00.000Z'),
        },
      },
    ]);
    done(await disclose(setting));
    const message = {
      v: 1,
      kind: 'run-to-make',
      eventId: EventId.parse(worldAt().newId('event')),
      tenant: town.tenant,
      correlationId: 'c-1',
      runId: newer.id,
    } as const;
    const making = { store: environment().store, blobs: environment().blobs, world: worldAt() };
    const dying: Store = {
      ...making.store,
      commit: async (tenant, transaction) => {
        if (transaction.changes.some(({ change }) => change === 'end-disclosure')) throw new Error('the worker died');
        return making.store.commit(tenant, transaction);
      },
    };
    await expect(makeRun({ ...making, store: dying })(message)).rejects.toThrow('the worker died');
    expect((await environment().store.get(town.tenant, 'run', newer.id))?.value.result).not.toBeNull();
    expect(await peopleOf(town)).toHaveLength(1);
    expect(await makeRun(making)(message)).toEqual({ made: 'before' });
    await expectEnded(setting);
    expectRefusal(await disclose(setting), discloseRoute, 'superseded');
    expect(await environment().auditOf(town.tenant)).toContainEqual(
      expect.objectContaining({ deed: 'disclosure-ended', facts: { why: 'superseded' } }),
    );
  });
});

/** The store, with something else happening right after the look of this number for whom a person is disclosed to. */
const afterLook = (number: number, store: Store, meanwhile: () => Promise<unknown>): Store => {
  let looks = 0;
  return {
    ...store,
    disclosuresOfCandidate: async (...of) => {
      const found = await store.disclosuresOfCandidate(...of);
      looks += 1;
      if (looks === number) await meanwhile();
      return found;
    },
  };
};

const FINISHED: NonNullable<MatchRun['result']> = {
  finishedAt: instant('2026-12-01T09:00:01.000Z'),
  seed: SEED,
  resultHash: SEED,
  summary: {
    purpose: 'placement',
    engineVersion: '1',
    weightsVersion: '1',
    candidates: 0,
    places: 0,
    seats: 0,
    proposed: 0,
    proposedPreliminary: 0,
    unplaced: 0,
    points: 0,
    maxPoints: 0,
    fitPercent: null,
    questions: 0,
    cohorts: [],
    sessionNeeds: [],
    frontier: [],
  },
  certificate: { ok: true, levels: [], starts: [] },
};

describe('a disclosure that comes in between', () => {
  test('is found by a file that protects the person, which had looked for disclosures before it', async () => {
    const setting = await proposed();
    const { town, candidate } = setting;
    const { store } = environment();
    const { vault, world } = deps();
    const row: ParsedRow = { ...taken({}), protection: 'secrecy-marking' };
    const { number } = identitiesOf(row, OfficeId.parse('af-101'));
    if (number === null) throw new Error('The row has no number');
    const blindIndex = await vault.blindIndex(town.tenant, number);
    await keepAll(store, town.tenant, [{ change: 'claim-identity', blindIndex, candidateId: candidate.id }]);
    const person = await vault.seal(town.tenant, candidate.id, {
      ...PERSON,
      personalNumber: row.person.personalNumber,
    });
    await keepAll(store, town.tenant, [
      { change: 'save-person', candidateId: candidate.id, person, identities: [blindIndex], expected: 1 },
    ]);
    const racing = afterLook(1, store, async () => done(await disclose(setting)));
    const task = { tenant: town.tenant, batch: aBatch({ officeId: OfficeId.parse('af-101') }), row: 0 };
    await settleAcceptedRow({ store: racing, vault, world }, { ...task, now: world.now(), correlationId: 'c-1' }, row);
    expect((await store.get(town.tenant, 'candidate', candidate.id))?.value.isProtected).toBe(true);
    expect(await peopleOf(town)).toEqual([]);
  });

  test('refuses an erasure, which had looked for disclosures before it, and the next finds it', async () => {
    const setting = await proposed();
    const { town, candidate } = setting;
    const { store, world } = deps();
    const asked = { ground: 'retention-decision', reference: 'KS 2026/0123' } as const;
    // The first look counts them, the second ends them.
    const racing = afterLook(2, store, async () => done(await disclose(setting)));
    const first = await eraseCandidate({ store: racing, world })(aDeed(town.tenant), candidate.id, asked);
    expectRefusal(first, eraseRoute, 'precondition-failed');
    expect(await peopleOf(town)).toHaveLength(1);
    done(await eraseCandidate({ store, world })(aDeed(town.tenant), candidate.id, asked));
    expect(await peopleOf(town)).toEqual([]);
  });

  test('is refused when a run takes the place of the proposal meanwhile', async () => {
    const setting = await proposed();
    const { town, start } = setting;
    const { store, world } = deps();
    const older = aRun({ id: setting.proposal.runId, purpose: 'placement', cohortIds: [start.id] });
    const working = aRun({
      purpose: 'placement',
      cohortIds: [start.id],
      orderedAt: instant('2026-12-01T09:00:00.000Z'),
    });
    const ended = { ...working, result: FINISHED };
    await keepAll(store, town.tenant, [
      { change: 'save', kind: 'run', value: older, expected: null },
      { change: 'save', kind: 'run', value: working, expected: null },
    ]);
    let finished = false;
    const racing: Store = {
      ...store,
      commit: async (tenant, transaction) => {
        if (!finished) {
          finished = true;
          await keepAll(store, tenant, [{ change: 'save', kind: 'run', value: ended, expected: 1 }]);
          await endSuperseded({ store, world }, tenant, ended, 'c-1');
        }
        return store.commit(tenant, transaction);
      },
    };
    const late = await disclose(setting, CONTACT, racing);
    expect(await peopleOf(town)).toEqual([]);
    expectRefusal(late, discloseRoute, 'request-in-flight');
    expectRefusal(await disclose(setting), discloseRoute, 'superseded');
    expect((await storedProposal(setting))?.disclosure).toBeNull();
  });
});

test('a person who was erased is not approved either', async () => {
  const setting = await proposed({}, { erasedAt: instant('2026-11-30T08:00:00.000Z') });
  const { town, proposal } = setting;
  for (const from of ANSWERERS) done(await answerProposal(deps())(aDeed(town.tenant), proposal.id, from, 'yes'));
  const asked = { verdict: 'approved', reason: 'fits-well', noConflictOfInterest: true } as const;
  expectRefusal(
    await decideOnProposal(deps())(aDeed(town.tenant), proposal.id, asked),
    decideRoute,
    'candidate-erased',
  );
});
