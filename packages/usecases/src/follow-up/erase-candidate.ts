import { type Erasure, type ErasureHindrance, hindrancesOn } from '@gruppstart/domain/follow-up/erasure';
import type { Candidate, Referral } from '@gruppstart/domain/intake/candidate';
import type { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import type { CandidateId, TenantId } from '@gruppstart/domain/shared/ids';
import type { Instant, LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages } from '../all-pages.ts';
import {
  auditOf,
  type Deed,
  NOT_FOUND,
  type Reading,
  type Refusal,
  refusal,
  refusalOf,
  todayOf,
  versionToChange,
} from '../deed.ts';
import { endsForCandidate } from '../ended-disclosures.ts';
import type { Change, KeptPerson, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

type Deps = { readonly store: Store; readonly world: World };

/** Everything that is kept of a person and that an erasure takes away. */
export interface KeptOfPerson {
  readonly candidate: Stored<Candidate>;
  /** Null when there is no sealed person (any more). */
  readonly person: Stored<KeptPerson> | null;
  /** Marks that lead to this person today. */
  readonly identities: readonly string[];
  /** Those that still have the sender's reference. */
  readonly referrals: readonly Stored<Referral>[];
  readonly sharePercent: number | null;
  readonly disclosures: number;
}

/**
 * Collects what is kept of a person. `known` are identities told from elsewhere, such as the ledger's: they count only
 * where they lead to this person and not to somebody who has come since.
 */
export const keptOfPerson = async (
  store: Store,
  tenant: TenantId,
  candidateId: CandidateId,
  known: readonly string[] = [],
): Promise<KeptOfPerson | null> => {
  const candidate = await store.get(tenant, 'candidate', candidateId);
  if (!candidate) return null;
  const person = (await store.sealedPersons(tenant, [candidateId])).get(candidateId) ?? null;
  const claimed = await store.findIdentities(tenant, [...new Set([...(person?.value.identities ?? []), ...known])]);
  const referrals = await allPages((page) => store.list(tenant, { list: 'referrals-of-candidate', candidateId }, page));
  return {
    candidate,
    person,
    identities: [...claimed].flatMap(([blindIndex, owner]) => (owner === candidateId ? [blindIndex] : [])),
    referrals: referrals.filter(({ value }) => value.reference !== null),
    sharePercent: await store.shareOf(tenant, candidateId),
    disclosures: (await store.disclosuresOfCandidate(tenant, candidateId)).length,
  };
};

const NOTHING_KNOWN: MatchingProfile = {
  enrolledSince: null,
  availableFrom: null,
  shareFromPercent: null,
  shareToPercent: null,
  workingTimes: null,
  engagements: null,
  licences: null,
  swedish: null,
  languages: null,
  skills: null,
  experience: null,
  knownItems: [],
  wishes: null,
  maxTravelMinutes: null,
  hasCar: null,
  postcode: null,
};

const withoutReference = ({ value, version }: Stored<Referral>): Change => ({
  change: 'save',
  kind: 'referral',
  value: { ...value, reference: null },
  expected: version,
});

const releaseOf =
  (candidateId: CandidateId) =>
  (blindIndex: string): Change => ({ change: 'release-identity', blindIndex, candidateId });

/** So many referrals lose their reference, and so many marks go, together with the rest; a transaction holds 100 items. */
const REFERRALS_AT_ONCE = 20;
const IDENTITIES_AT_ONCE = 20;
const EARLY_AT_ONCE = 50;

/**
 * Beyond what one transaction holds, references and their marks go first: what is left if that breaks off is erased the
 * next time. The oldest marks, the number among them, stay to the last: until then the same person is found by them.
 */
export const eraseEarly = async (store: Store, tenant: TenantId, kept: KeptOfPerson): Promise<void> => {
  const early = [
    ...kept.referrals.slice(REFERRALS_AT_ONCE).map(withoutReference),
    ...kept.identities.slice(IDENTITIES_AT_ONCE).map(releaseOf(kept.candidate.value.id)),
  ];
  for (let from = 0; from < early.length; from += EARLY_AT_ONCE) {
    const changes = early.slice(from, from + EARLY_AT_ONCE);
    const committed = await store.commit(tenant, { changes, mark: null, audit: [], messages: [] });
    if (!committed.ok) throw new Error(`What must go first could not be erased: ${committed.refusal.kind}`);
  }
};

/** Whether an erasure has nothing more to take away. A list may lag behind, and then show a reference afterwards. */
export const isWhollyErased = ({ candidate, person, identities, referrals, disclosures }: KeptOfPerson): boolean =>
  candidate.value.erasedAt !== null && person === null && identities.length + referrals.length + disclosures === 0;

/**
 * Everything that makes a person nobody: the key and what it sealed, the marks, what units were told, references and
 * profile. The id stays as an empty marker, so that runs, seats and numbers hold.
 */
export const erasingChanges = async (
  store: Store,
  tenant: TenantId,
  { candidate, person, identities, referrals, sharePercent }: KeptOfPerson,
  at: Instant,
): Promise<readonly Change[]> => {
  const { id, createdAt } = candidate.value;
  const erased: Candidate = {
    id,
    profile: NOTHING_KNOWN,
    unmatchedSkills: [],
    interpreterLanguage: null,
    isProtected: false,
    createdAt,
    updatedAt: at,
    erasedAt: at,
  };
  return [
    { change: 'save', kind: 'candidate', value: erased, expected: candidate.version },
    { change: 'close-share', candidateId: id, expected: sharePercent },
    ...(person === null ? [] : [{ change: 'erase-person', candidateId: id, expected: person.version } as const]),
    ...identities.slice(0, IDENTITIES_AT_ONCE).map(releaseOf(id)),
    ...referrals.slice(0, REFERRALS_AT_ONCE).map(withoutReference),
    ...(await endsForCandidate(store, tenant, id)),
  ];
};

/** More of them are noted in further entries of the ledger. */
const IDENTITIES_PER_ENTRY = 80;

/** At least one, which may be empty. */
const chunksOf = (identities: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(identities.length / size)) }, (_, index) =>
    identities.slice(index * size, (index + 1) * size),
  );

/** What hinders an erasure. Null: a placement is being made at this very moment, and the list does not show it yet. */
const hindrancesFor = async (
  store: Store,
  tenant: TenantId,
  { candidate, sharePercent }: KeptOfPerson,
  today: LocalDate,
): Promise<readonly ErasureHindrance[] | null> => {
  if (candidate.value.erasedAt !== null || sharePercent === null) return [];
  const all = await allPages((page) => store.list(tenant, { list: 'placements' }, page));
  const placements = all.map(({ value }) => value).filter(({ candidateId }) => candidateId === candidate.value.id);
  if (placements.reduce((sum, placement) => sum + placement.sharePercent, 0) !== sharePercent) return null;
  const ids = placements.flatMap(({ employmentId }) => employmentId ?? []);
  const employments = (await store.getMany(tenant, 'employment', ids)).map(({ value }) => value);
  return hindrancesOn(placements, employments, today);
};

export interface ErasureSeen {
  readonly kept: KeptOfPerson;
  readonly hindrances: readonly ErasureHindrance[];
}

/** What an erasure would take away and what hinders it: the dry run. Nothing of the person is opened. */
export const previewErasure =
  (deps: Pick<Deps, 'store'>) =>
  async (reading: Reading, candidateId: CandidateId): Promise<Result<ErasureSeen, Refusal>> => {
    const { tenant } = reading.actor;
    const kept = await keptOfPerson(deps.store, tenant, candidateId);
    if (!kept) return err(NOT_FOUND);
    return ok({ kept, hindrances: (await hindrancesFor(deps.store, tenant, kept, todayOf(reading))) ?? [] });
  };

/**
 * Erases a person for good, on a decision whose reference is kept in the ledger. In one transaction: afterwards nobody
 * can open the person, find it again by its number, or place it. A backup that is restored is told by the ledger.
 */
export const eraseCandidate =
  (deps: Deps) =>
  async (deed: Deed<ErasureSeen>, candidateId: CandidateId, asked: Erasure): Promise<Result<ErasureSeen, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId } = deed.actor;
    const kept = await keptOfPerson(store, tenant, candidateId);
    if (!kept) return err(NOT_FOUND);
    if (isWhollyErased(kept)) return err({ code: 'candidate-erased' });
    const expected = versionToChange(deed, kept.candidate);
    if (typeof expected !== 'number') return err(expected);
    const hindrances = await hindrancesFor(store, tenant, kept, todayOf(deed));
    if (hindrances === null) return err({ code: 'request-in-flight' });
    if (hindrances.length > 0) {
      const where = hindrances.map(({ placementId }) => placementId).join(', ');
      return err(
        refusal('erasure-hindered', {
          sv: `Placeringen eller anställningen är inte slut: ${where}. Radera när den är det.`,
          en: `The placement or employment has not ended: ${where}. Erase when it has.`,
        }),
      );
    }
    await eraseEarly(store, tenant, kept);
    const changes = await erasingChanges(store, tenant, kept, deed.now);
    const erased = changes[0];
    if (erased?.change !== 'save' || erased.kind !== 'candidate') throw new Error('An erasure begins with the marker');
    const after: ErasureSeen = {
      kept: {
        candidate: { value: erased.value, version: expected + 1, seatsTaken: 0 },
        person: null,
        identities: [],
        referrals: [],
        sharePercent: null,
        disclosures: 0,
      },
      hindrances: [],
    };
    const identities = [...new Set([...(kept.person?.value.identities ?? []), ...kept.identities])];
    const committed = await store.commit(tenant, {
      changes: [
        ...changes,
        ...chunksOf(identities, IDENTITIES_PER_ENTRY).map(
          (chunk): Change => ({
            change: 'note-erasure',
            eventId: world.newId('event'),
            entry: { tenant, candidateId, identities: [...chunk], ...asked, erasedBy: userId, at: deed.now },
          }),
        ),
      ],
      mark: deed.mark(after),
      audit: [auditOf(world, deed, 'candidate-erased', [candidateId], { ...asked })],
      messages: [],
    });
    if (committed.ok) return ok(after);
    return err(
      // Whatever else of the person has changed meanwhile: what there is to erase must be looked at again.
      refusalOf(committed.refusal, (index) =>
        index === 0 ? { code: 'precondition-failed' } : { code: 'request-in-flight' },
      ),
    );
  };
