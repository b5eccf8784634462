import { coversUnit } from '@gruppstart/access/permission';
import type { PlaceChange, PlaceInput } from '@gruppstart/contracts/routes/requirements-routes';
import { Place } from '@gruppstart/domain/requirements/place';
import { PlaceId, type UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import {
  auditOf,
  type Deed,
  NOT_FOUND,
  type Reading,
  type Refusal,
  refusal,
  refusalOf,
  versionToChange,
} from '../deed.ts';
import type { Page, PageRequest, Store, Stored } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { faultInStatement } from './requirement-faults.ts';

type Deps = { readonly store: Store; readonly world: World };

export const unitUnknown = (pointer: string): Refusal =>
  refusal('reference-unknown', undefined, [
    {
      pointer,
      code: 'unit-unknown',
      detail: {
        sv: 'Enheten finns inte, eller hör inte till dina enheter. Samordnaren registrerar nya enheter.',
        en: 'The unit does not exist, or is not one of yours. The coordinator registers new units.',
      },
    },
  ]);

const windowReversed: Refusal = refusal('body-invalid', undefined, [
  {
    pointer: '/closesAfter',
    code: 'window-reversed',
    detail: { sv: 'Sista dagen ligger före första dagen.', en: 'The last day is before the first.' },
  },
]);

/** What the fields of a place say against each other; null: nothing. */
const contradictionIn = ({ opensFrom, closesAfter, sharePercent, sharedSeat }: Place): Refusal | null => {
  if (closesAfter !== null && closesAfter < opensFrom) return windowReversed;
  const inParts = sharedSeat?.reduce((sum, part) => sum + part.sharePercent, 0) ?? 0;
  if (inParts <= sharePercent) return null;
  return refusal('body-invalid', undefined, [
    {
      pointer: '/sharedSeat',
      code: 'parts-over-share',
      detail: {
        sv: `Delarna är tillsammans ${inParts} %. Sätet är på ${sharePercent} %.`,
        en: `The parts are ${inParts} % together. The seat is of ${sharePercent} %.`,
      },
    },
  ]);
};

export const createPlace =
  (deps: Deps) =>
  async (deed: Deed<Stored<Place>>, input: PlaceInput): Promise<Result<Stored<Place>, Refusal>> => {
    const { store, world } = deps;
    const { tenant, permission } = deed.actor;
    if (!coversUnit(permission, input.unitId)) return err(unitUnknown('/unitId'));
    const fault = faultInStatement(input);
    if (fault) return err(fault);
    const unit = await store.get(tenant, 'unit', input.unitId);
    if (!unit) return err(unitUnknown('/unitId'));
    const place: Place = {
      id: PlaceId.parse(world.newId('place')),
      unitId: input.unitId,
      title: input.title,
      occupationId: input.occupationId,
      field: unit.value.field,
      seats: input.seats,
      sharePercent: input.sharePercent,
      sharedSeat: input.sharedSeat ?? null,
      workingTimes: input.workingTimes,
      weeklyHours: input.weeklyHours ?? [],
      opensFrom: input.opensFrom,
      closesAfter: input.closesAfter ?? null,
      supervisorHoursPerWeek: input.supervisorHoursPerWeek ?? 0,
      requirements: input.requirements,
      origin: { kind: 'manager' },
      confirmedAt: deed.now,
    };
    const contradiction = contradictionIn(place);
    if (contradiction) return err(contradiction);
    const stored: Stored<Place> = { value: place, version: 1, seatsTaken: 0, seatsTakenSecond: 0 };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'place', value: place, expected: null }],
      mark: deed.mark(stored),
      audit: [auditOf(world, deed, 'place-stated', [place.id, place.unitId], { seats: place.seats })],
      messages: [],
    });
    return committed.ok ? ok(stored) : err(refusalOf(committed.refusal));
  };

/** What was sent is changed, the rest stays. Confirming makes a draft a place, and needs the seats to be stated. */
export const changePlace =
  (deps: Deps) =>
  async (deed: Deed<Stored<Place>>, placeId: PlaceId, input: PlaceChange): Promise<Result<Stored<Place>, Refusal>> => {
    const { store, world } = deps;
    const { tenant } = deed.actor;
    const read = await readPlace(deps)(deed, placeId);
    if (!read.ok) return read;
    const known = read.value;
    const expected = versionToChange(deed, known);
    if (typeof expected !== 'number') return err(expected);
    const fault = faultInStatement(input);
    if (fault) return err(fault);
    const { confirm, ...stated } = input;
    const place = Place.parse({
      ...known.value,
      ...stated,
      confirmedAt: confirm ? (known.value.confirmedAt ?? deed.now) : known.value.confirmedAt,
    });
    const contradiction = contradictionIn(place);
    if (contradiction) return err(contradiction);
    if (place.confirmedAt !== null && place.occupationId === null) {
      return err(
        refusal('body-invalid', undefined, [
          {
            pointer: '/occupationId',
            code: 'occupation-not-stated',
            detail: { sv: 'Ange vilket yrke platsen gäller.', en: 'State which occupation the place is for.' },
          },
        ]),
      );
    }
    if (place.confirmedAt !== null && place.seats === null) {
      return err(
        refusal('body-invalid', undefined, [
          {
            pointer: '/seats',
            code: 'seats-not-stated',
            detail: { sv: 'Ange hur många platser det gäller.', en: 'State how many seats there are.' },
          },
        ]),
      );
    }
    const stored: Stored<Place> = { ...known, value: place, version: expected + 1 };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'save', kind: 'place', value: place, expected }],
      mark: deed.mark(stored),
      audit: [auditOf(world, deed, confirm ? 'place-confirmed' : 'place-changed', [place.id], { seats: place.seats })],
      messages: [],
    });
    if (committed.ok) return ok(stored);
    return err(refusalOf(committed.refusal, (_index, why) => (why === 'full' ? { code: 'seats-full' } : null)));
  };

export const readPlace =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, placeId: PlaceId): Promise<Result<Stored<Place>, Refusal>> => {
    const stored = await deps.store.get(reading.actor.tenant, 'place', placeId);
    return stored && coversUnit(reading.actor.permission, stored.value.unitId) ? ok(stored) : err(NOT_FOUND);
  };

export const listPlacesInReach =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, asked: UnitId | null, page: PageRequest): Promise<Result<Page<Stored<Place>>, Refusal>> => {
    const { tenant, permission } = reading.actor;
    const [only, ...others] = permission.unitIds;
    if (asked === null && !permission.wholeTenant && others.length > 0) return listOfSeveralUnits(deps, reading, page);
    const unitId = asked ?? (permission.wholeTenant ? null : (only ?? null));
    if (unitId === null && !permission.wholeTenant) return ok({ items: [], nextCursor: null });
    if (unitId !== null && !coversUnit(permission, unitId)) return err(NOT_FOUND);
    const list = unitId === null ? ({ list: 'places' } as const) : ({ list: 'places-of-unit', unitId } as const);
    const found = await deps.store.list(tenant, list, page);
    return found ? ok(found) : err({ code: 'cursor-invalid' });
  };

const UNIT_CURSOR = /^(\d{1,3})\.(.*)$/;

/** A manager of several units reads them one after the other; the cursor says which unit and where in it. */
const listOfSeveralUnits = async (
  deps: { readonly store: Store },
  reading: Reading,
  page: PageRequest,
): Promise<Result<Page<Stored<Place>>, Refusal>> => {
  const { tenant, permission } = reading.actor;
  const at = page.cursor === null ? null : UNIT_CURSOR.exec(page.cursor);
  if (page.cursor !== null && !at) return err({ code: 'cursor-invalid' });
  const index = Number(at?.[1] ?? 0);
  const unitId = permission.unitIds[index];
  if (unitId === undefined) return err({ code: 'cursor-invalid' });
  const found = await deps.store.list(
    tenant,
    { list: 'places-of-unit', unitId },
    { limit: page.limit, cursor: at?.[2] || null },
  );
  if (!found) return err({ code: 'cursor-invalid' });
  const nextUnit = index + 1 < permission.unitIds.length ? `${index + 1}.` : null;
  return ok({ items: found.items, nextCursor: found.nextCursor === null ? nextUnit : `${index}.${found.nextCursor}` });
};
