import { coversUnit } from '@gruppstart/access/permission';
import type { Employment, Placement } from '@gruppstart/domain/employment/employment';
import { EmploymentId, type PlacementId, type UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { allPages } from '../all-pages.ts';
import { auditOf, type Deed, NOT_FOUND, type Reading, type Refusal, refusal, refusalOf, todayOf } from '../deed.ts';
import { type KeptApart, keptApart } from '../matching/kept-apart.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export type EmploymentAsked = Omit<Employment, 'id' | 'candidateId' | 'registeredAt'>;

const wrong = (pointer: string, code: string, sv: string, en: string): Refusal =>
  refusal('body-invalid', undefined, [{ pointer, code, detail: { sv, en } }]);

const unknown = (pointer: string, code: string, sv: string, en: string): Refusal =>
  refusal('reference-unknown', undefined, [{ pointer, code, detail: { sv, en } }]);

const faultIn = (asked: EmploymentAsked, placement: Placement): Refusal | null => {
  if (asked.endDate !== null && asked.endDate < asked.startDate) {
    return wrong(
      '/endDate',
      'ends-before-start',
      'Slutdagen ligger före första dagen.',
      'The last day is before the first.',
    );
  }
  if (asked.startDate < placement.startDate) {
    return wrong(
      '/startDate',
      'before-placement',
      `Anställningen kan börja tidigast ${placement.startDate}, efter introduktionen.`,
      `The employment can begin on ${placement.startDate} at the earliest, after the introduction.`,
    );
  }
  if (asked.sharePercent > placement.sharePercent) {
    return wrong(
      '/sharePercent',
      'over-placement-share',
      `Placeringen är på ${placement.sharePercent} %. Anställningen kan inte vara större.`,
      `The placement is for ${placement.sharePercent} %. The employment cannot be larger.`,
    );
  }
  return null;
};

/** Whoever is employed where the placement is comes to nobody new. */
const ALREADY_THERE: KeptApart = { verdict: 'apart', hold: [] };

/** Registers who employs, where the work is done and who pays, for a placement that has been decided. */
export const registerEmployment =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<Stored<Employment>>, asked: EmploymentAsked): Promise<Result<Stored<Employment>, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const placement = await store.get(tenant, 'placement', asked.placementId);
    if (!placement) {
      return err(
        unknown('/placementId', 'placement-unknown', 'Placeringen finns inte.', 'The placement does not exist.'),
      );
    }
    if (placement.value.employmentId !== null) return err({ code: 'already-employed' });
    if (!(await store.get(tenant, 'unit', asked.workplaceUnitId))) {
      return err(unknown('/workplaceUnitId', 'unit-unknown', 'Enheten finns inte.', 'The unit does not exist.'));
    }
    const fault = faultIn(asked, placement.value);
    if (fault) return err(fault);
    const { candidateId, cohortId } = placement.value;
    const coming = { purpose: 'placement' as const, candidateId, cohortId, unitId: asked.workplaceUnitId };
    const { verdict, hold } =
      asked.workplaceUnitId === placement.value.unitId
        ? ALREADY_THERE
        : await keptApart(store, tenant, coming, todayOf(deed));
    if (verdict !== 'apart') return err({ code: verdict === 'together' ? 'kept-apart' : 'request-in-flight' });
    const employment: Employment = {
      ...asked,
      id: EmploymentId.parse(world.newId('employment')),
      candidateId: placement.value.candidateId,
      registeredAt: deed.now,
    };
    const stored: Stored<Employment> = { value: employment, version: 1, seatsTaken: 0 };
    const committed = await store.commit(tenant, {
      changes: [
        { change: 'save', kind: 'employment', value: employment, expected: null },
        {
          change: 'save',
          kind: 'placement',
          value: { ...placement.value, employmentId: employment.id },
          expected: placement.version,
        },
        ...hold,
      ],
      mark: deed.mark(stored),
      audit: [
        auditOf(world, deed, 'employment-registered', [employment.id, employment.placementId, employment.candidateId], {
          form: employment.form,
          startDate: employment.startDate,
        }),
      ],
      messages: [],
    });
    if (committed.ok) return ok(stored);
    return err(
      refusalOf(committed.refusal, (index, why) =>
        index === 1 && why === 'stale' ? { code: 'already-employed' } : null,
      ),
    );
  };

export const readEmployment =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, id: EmploymentId): Promise<Result<Stored<Employment>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'employment', id);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

export const readPlacement =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, id: PlacementId): Promise<Result<Stored<Placement>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'placement', id);
    return stored ? ok(stored) : err(NOT_FOUND);
  };

/** The placements at a unit, by first day. */
export const listPlacementsOfUnit =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, unitId: UnitId): Promise<Result<readonly Placement[], Refusal>> => {
    const { tenant, permission } = reading.actor;
    if (!coversUnit(permission, unitId)) return err(NOT_FOUND);
    if (!(await deps.store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    const all = await allPages((page) => deps.store.list(tenant, { list: 'placements' }, page));
    return ok(all.map(({ value }) => value).filter((placement) => placement.unitId === unitId));
  };

export const listAllPlacements =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, page: PageRequest): Promise<Result<Page<Stored<Placement>>, Refusal>> => {
    const found = await deps.store.list(reading.actor.tenant, { list: 'placements' }, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };
