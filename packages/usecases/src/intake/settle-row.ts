import type { Batch } from '@gruppstart/domain/intake/batch';
import { Candidate, type Referral } from '@gruppstart/domain/intake/candidate';
import { withoutSettledItems } from '@gruppstart/domain/intake/known-item';
import type { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import type { ParsedRow } from '@gruppstart/domain/intake/parsed-row';
import type { PersonRecord } from '@gruppstart/domain/intake/person';
import type { RowError, RowOutcome } from '@gruppstart/domain/intake/row-outcome';
import { CandidateId, ReferralId, type TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';
import { derivedId } from '../derived-id.ts';
import { endsForCandidate } from '../ended-disclosures.ts';
import type { AuditEntry, Change, Store } from '../ports/store.ts';
import type { Identity, Vault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';
import { areDifferentPeople, identitiesOf } from './identities.ts';

export interface RowDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly world: World;
}

export interface RowTask {
  readonly tenant: TenantId;
  readonly batch: Batch;
  /** 0 = first data row. */
  readonly row: number;
  readonly now: Instant;
  readonly correlationId: string;
}

const MAX_ATTEMPTS = 6;

/** From and to are one fact: a known end that contradicts what is said now gives way to it. */
const withoutReversedShare = (merged: MatchingProfile, said: MatchingProfile): MatchingProfile => {
  const { shareFromPercent: from, shareToPercent: to } = merged;
  if (from === null || to === null || from <= to) return merged;
  return { ...merged, shareFromPercent: said.shareFromPercent, shareToPercent: said.shareToPercent };
};

/** A file's empty cell says nothing: what was known before stays, and of single things too as long as no list says it all. */
const mergedProfile = (known: MatchingProfile, said: MatchingProfile): MatchingProfile => {
  const merged = Object.entries(known).map(([field, value]) => [field, said[field as keyof MatchingProfile] ?? value]);
  return withoutSettledItems({ ...(Object.fromEntries(merged) as MatchingProfile), knownItems: known.knownItems });
};

const mergedPerson = (known: PersonRecord, said: PersonRecord): PersonRecord => ({
  personalNumber: said.personalNumber ?? known.personalNumber,
  birthDate: said.birthDate ?? known.birthDate,
  givenName: said.givenName,
  familyName: said.familyName,
  phone: said.phone ?? known.phone,
  email: said.email ?? known.email,
  possibleMeasures: said.possibleMeasures.length > 0 ? said.possibleMeasures : known.possibleMeasures,
  measureValidUntil: said.measureValidUntil ?? known.measureValidUntil,
  supportNeeds: said.supportNeeds.length > 0 ? said.supportNeeds : known.supportNeeds,
});

const withoutContact = (person: PersonRecord): PersonRecord => ({ ...person, phone: null, email: null });
const withoutPostcode = (profile: MatchingProfile): MatchingProfile => ({ ...profile, postcode: null });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const auditRow = ({ world }: RowDeps, task: RowTask, deed: string, subjects: readonly string[]): AuditEntry => ({
  eventId: derivedId(world, 'event', [task.batch.id, String(task.row), deed]),
  at: task.now,
  actor: task.batch.sentBy,
  deed,
  subjects: [task.batch.id, ...subjects],
  facts: { row: task.row },
  correlationId: task.correlationId,
});

const settle = (task: RowTask, outcome: RowOutcome): Change => ({
  change: 'settle-row',
  batchId: task.batch.id,
  row: task.row,
  outcome,
});

type Plan = {
  readonly outcome: RowOutcome;
  readonly changes: readonly Change[];
  readonly audit: readonly AuditEntry[];
};

const planNewPerson = async (
  deps: RowDeps,
  task: RowTask,
  row: ParsedRow,
  toClaim: readonly string[],
): Promise<Plan> => {
  const { vault, world } = deps;
  const candidateId = CandidateId.parse(world.newId('candidate'));
  const isProtected = row.protection !== 'none';
  const person = isProtected ? withoutContact(row.person) : row.person;
  const candidate: Candidate = {
    id: candidateId,
    profile: isProtected ? withoutPostcode(row.profile) : row.profile,
    unmatchedSkills: [...row.unmatchedSkills],
    interpreterLanguage: row.interpreterLanguage,
    isProtected,
    createdAt: task.now,
    updatedAt: task.now,
    erasedAt: null,
  };
  const referral = referralOf(deps, task, row, candidateId);
  const outcome: RowOutcome = {
    line: row.line,
    outcome: 'created',
    candidateId,
    referralId: referral.id,
    contactWithheld: isProtected,
    warnings: [...row.warnings],
  };
  return {
    outcome,
    changes: [
      settle(task, outcome),
      ...toClaim.map((blindIndex): Change => ({ change: 'claim-identity', blindIndex, candidateId })),
      { change: 'save', kind: 'candidate', value: candidate, expected: null },
      { change: 'save', kind: 'referral', value: referral, expected: null },
      {
        change: 'save-person',
        candidateId,
        person: await vault.seal(task.tenant, candidateId, person),
        identities: toClaim,
        expected: null,
      },
    ],
    audit: [auditRow(deps, task, 'candidate-created', [candidateId, referral.id])],
  };
};

const referralOf = ({ world }: RowDeps, task: RowTask, row: ParsedRow, candidateId: CandidateId): Referral => ({
  id: ReferralId.parse(derivedId(world, 'referral', [task.tenant, task.batch.officeId, row.reference, candidateId])),
  candidateId,
  referrer: 'arbetsformedlingen',
  officeId: task.batch.officeId,
  caseworker: task.batch.sentBy,
  reference: row.reference,
  batchId: task.batch.id,
  referredAt: task.batch.receivedAt,
});

const planKnownPerson = async (
  deps: RowDeps,
  task: RowTask,
  row: ParsedRow,
  candidateId: CandidateId,
  toClaim: readonly string[],
): Promise<Plan | 'look-again' | 'somebody-else'> => {
  const { store, vault } = deps;
  const known = await store.get(task.tenant, 'candidate', candidateId);
  const sealed = (await store.sealedPersons(task.tenant, [candidateId])).get(candidateId);
  // The identity is claimed by a transaction that also makes these; not seen yet means: look again.
  if (!known || !sealed) return 'look-again';
  // A file never lifts a protection: that is a named user's own deed.
  const isProtected = known.value.isProtected || row.protection !== 'none';
  const knownPerson = await vault.open(task.tenant, candidateId, sealed.value);
  if (areDifferentPeople(knownPerson, row.person)) return 'somebody-else';
  const mergedFacts = withoutReversedShare(mergedProfile(known.value.profile, row.profile), row.profile);
  const mergedRecord = mergedPerson(knownPerson, row.person);
  const person = isProtected ? withoutContact(mergedRecord) : mergedRecord;
  // A cell with only names that the vocabulary lacks leaves the skills unknown, and still says something.
  const saysSkills = row.profile.skills !== null || row.unmatchedSkills.length > 0;
  const candidate: Candidate = {
    ...known.value,
    profile: isProtected ? withoutPostcode(mergedFacts) : mergedFacts,
    unmatchedSkills: saysSkills ? [...row.unmatchedSkills] : known.value.unmatchedSkills,
    interpreterLanguage: row.interpreterLanguage ?? known.value.interpreterLanguage,
    isProtected,
  };
  const referral = referralOf(deps, task, row, candidateId);
  const knownReferral = await store.get(task.tenant, 'referral', referral.id);

  const candidateChanged = !same(Candidate.parse(candidate), Candidate.parse(known.value));
  const personChanged = !same(person, knownPerson);
  const changed = candidateChanged || personChanged || knownReferral === null;
  const outcome: RowOutcome = {
    line: row.line,
    outcome: changed ? 'updated' : 'unchanged',
    candidateId,
    referralId: referral.id,
    contactWithheld: isProtected,
    warnings: [...row.warnings],
  };
  const changes: Change[] = [
    settle(task, outcome),
    ...toClaim.map((blindIndex): Change => ({ change: 'claim-identity', blindIndex, candidateId })),
  ];
  if (candidateChanged) {
    changes.push({
      change: 'save',
      kind: 'candidate',
      value: { ...candidate, updatedAt: task.now },
      expected: known.version,
    });
  }
  if (personChanged || toClaim.length > 0) {
    changes.push({
      change: 'save-person',
      candidateId,
      person: personChanged ? await vault.seal(task.tenant, candidateId, person) : sealed.value,
      // With the person, all that was claimed for it must be found again.
      identities: [...sealed.value.identities, ...toClaim],
      expected: sealed.version,
    });
  }
  if (!knownReferral) {
    changes.push({ change: 'save', kind: 'referral', value: referral, expected: null });
    // An erasure at this very moment would not find the new referral.
    if (!candidateChanged) {
      changes.push({ change: 'unchanged', kind: 'candidate', id: candidateId, expected: known.version });
    }
  }
  if (isProtected && !known.value.isProtected) {
    changes.push(...(await endsForCandidate(store, task.tenant, candidateId)));
  }
  return {
    outcome,
    changes,
    audit: changed ? [auditRow(deps, task, 'candidate-updated', [candidateId, referral.id])] : [],
  };
};

/** Settles a row that the file reader refused. */
export const settleRejectedRow = async (deps: RowDeps, task: RowTask, error: RowError): Promise<void> => {
  const outcome: RowOutcome = { line: error.line, outcome: 'rejected', error };
  const committed = await deps.store.commit(task.tenant, {
    changes: [settle(task, outcome)],
    mark: null,
    audit: [],
    messages: [],
  });
  if (!committed.ok && !(committed.refusal.kind === 'change-refused' && committed.refusal.why === 'exists')) {
    throw new Error(`Row ${task.row} of ${task.batch.id} could not be settled: ${committed.refusal.kind}`);
  }
};

/**
 * Takes one row: makes the person or finds the one who is known, and notes the referral and the outcome, in one
 * transaction. Two batches with the same person at the same moment end as one candidate: whoever loses looks again.
 */
export const settleAcceptedRow = async (deps: RowDeps, task: RowTask, row: ParsedRow): Promise<void> => {
  const { store, vault } = deps;
  const indexOf = (identity: Identity | null) => (identity === null ? null : vault.blindIndex(task.tenant, identity));
  const identities = identitiesOf(row, task.batch.officeId);
  const byNumber = await indexOf(identities.number);
  const byReference = await indexOf(identities.reference);
  const own = [byNumber, byReference].filter((index) => index !== null);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const claimed = await store.findIdentities(task.tenant, own);
    const known = own.map((index) => claimed.get(index)).find((candidateId) => candidateId !== undefined);
    const unclaimed = own.filter((index) => !claimed.has(index));
    const found = known === undefined ? 'somebody-else' : await planKnownPerson(deps, task, row, known, unclaimed);
    if (found === 'look-again') continue;
    const plan = found === 'somebody-else' ? await planNewPerson(deps, task, row, unclaimed) : found;
    const committed = await store.commit(task.tenant, {
      changes: plan.changes,
      mark: null,
      audit: plan.audit,
      messages: [],
    });
    if (committed.ok) return;
    const { refusal } = committed;
    if (refusal.kind === 'change-refused' && refusal.changeIndex === 0 && refusal.why === 'exists') return;
  }
  throw new Error(`Row ${task.row} of ${task.batch.id} kept losing against other changes`);
};
