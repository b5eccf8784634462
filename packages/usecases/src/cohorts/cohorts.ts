import { courseDays } from '@gruppstart/calendar/course-days';
import { DEFAULT_PROGRAMME } from '@gruppstart/calendar/default-programme';
import { type TimetableSession, timetable } from '@gruppstart/calendar/introduction-timetable';
import { type Cohort, cohortStatus, type Participant } from '@gruppstart/domain/cohorts/cohort';
import type { PersonRecord } from '@gruppstart/domain/intake/person';
import { CohortId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
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
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { Vault } from '../ports/vault.ts';
import type { World } from '../ports/world.ts';

type Deps = { readonly store: Store; readonly world: World };

/**
 * Plans a shared start: its ten course days are fixed now, and so is the seed for draws, by its hash. Nobody has seen
 * the seed when a run is ordered, and nobody can draw again.
 */
export const planCohort =
  (deps: Deps) =>
  async (
    deed: Deed<Stored<Cohort>>,
    input: Pick<Cohort, 'name' | 'startDate' | 'seats'>,
  ): Promise<Result<Stored<Cohort>, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    if (input.startDate < todayOf(deed)) return err({ code: 'in-the-past' });
    const days = courseDays(input.startDate, DEFAULT_PROGRAMME.days.length);
    if (!days.ok) {
      const { text, code } = days.error;
      return err(refusal('start-not-course-day', text, [{ pointer: '/startDate', code, detail: text }]));
    }
    const seed = world.newSeed();
    const cohort: Cohort = {
      id: CohortId.parse(world.newId('cohort')),
      name: input.name,
      startDate: input.startDate,
      seats: input.seats,
      courseDays: [...days.value],
      programmeVersion: DEFAULT_PROGRAMME.id,
      seedCommitment: world.sha256(seed),
      publishedAt: null,
    };
    const stored: Stored<Cohort> = { value: cohort, version: 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes: [
        { change: 'save', kind: 'cohort', value: cohort, expected: null },
        { change: 'save-seed', cohortId: cohort.id, seed },
      ],
      mark: deed.mark(stored),
      audit: [
        auditOf(world, deed, 'cohort-planned', [cohort.id], {
          startDate: cohort.startDate,
          seats: cohort.seats,
          seedCommitment: cohort.seedCommitment,
        }),
      ],
      messages: [],
    });
    return committed.ok ? ok(stored) : err(refusalOf(committed.refusal));
  };

export const readCohort =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, cohortId: CohortId): Promise<Result<Stored<Cohort>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'cohort', cohortId);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

export const listAllCohorts =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<Cohort>>, Refusal>> => {
    const found = await deps.store.list(reading.actor.tenant, { list: 'cohorts' }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };

/** From here on the start's days hold and its calendar may be handed out. */
export const publishCohort =
  (deps: Deps) =>
  async (deed: Deed<Stored<Cohort>>, cohortId: CohortId): Promise<Result<Stored<Cohort>, Refusal>> => {
    const { store, world } = deps;
    const read = await readCohort(deps)(deed, cohortId);
    if (!read.ok) return read;
    const known = read.value;
    if (known.value.publishedAt !== null) return err({ code: 'already-published' });
    const status = cohortStatus(known.value, todayOf(deed));
    if (status === 'finished') return err({ code: 'in-the-past' });
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number') return err(expected);
    const cohort: Cohort = { ...known.value, publishedAt: deed.now };
    const stored: Stored<Cohort> = { ...known, value: cohort, version: expected + 1 };
    const committed = await store.commit(deed.actor.tenant, {
      changes: [{ change: 'save', kind: 'cohort', value: cohort, expected }],
      mark: deed.mark(stored),
      audit: [auditOf(world, deed, 'cohort-published', [cohortId], { members: known.seatsTaken })],
      messages: [],
    });
    return committed.ok ? ok(stored) : err(refusalOf(committed.refusal));
  };

/** The ten days, session by session, as the cohort's programme says. */
export const sessionsOf = (cohort: Cohort): readonly TimetableSession[] =>
  timetable(DEFAULT_PROGRAMME, cohort.courseDays);

export interface NamedParticipant {
  readonly participant: Participant;
  /** Null for a person with protected identity whom the reader may not resolve. */
  readonly person: Pick<PersonRecord, 'givenName' | 'familyName' | 'phone'> | null;
}

/** Who is in a start, by name: one noted reading for the whole list. */
export const readParticipants =
  (deps: Deps & { readonly vault: Vault }) =>
  async (reading: Reading, cohortId: CohortId): Promise<Result<readonly NamedParticipant[], Refusal>> => {
    const { store, vault, world } = deps;
    const { tenant, permission } = reading.actor;
    const cohort = await readCohort(deps)(reading, cohortId);
    if (!cohort.ok) return cohort;
    const participants = await store.participants(tenant, cohortId);
    const ids = participants.map(({ candidateId }) => candidateId);
    const candidates = await store.getMany(tenant, 'candidate', ids);
    const mayOpen = candidates
      .filter(({ value }) => !value.isProtected || permission.mayResolveProtected)
      .map(({ value }) => value.id);
    await store.appendAudit(
      tenant,
      auditOf(world, reading, 'persons-read', [cohortId, ...mayOpen], { purpose: 'lead-introduction' }),
    );
    const sealed = await store.sealedPersons(tenant, mayOpen);
    return ok(
      await Promise.all(
        participants.map(async (participant) => {
          const record = sealed.get(participant.candidateId);
          if (!record) return { participant, person: null };
          const { givenName, familyName, phone } = await vault.open(tenant, participant.candidateId, record.value);
          return { participant, person: { givenName, familyName, phone } };
        }),
      ),
    );
  };
