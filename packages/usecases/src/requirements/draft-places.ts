import { coversUnit } from '@gruppstart/access/permission';
import type { DraftRow } from '@gruppstart/contracts/routes/requirements-routes';
import type { Place } from '@gruppstart/domain/requirements/place';
import { PlaceId, type UnitId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { type PlaceDraft, readJobAd } from '@gruppstart/files/job-ad';
import { auditOf, type Deed, type Refusal, refusalOf } from '../deed.ts';
import { derivedId } from '../derived-id.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { unitUnknown } from './places.ts';

type DraftedRow = Extract<DraftRow, { ok: true }>;

export interface AdsForUnit {
  readonly unitId: UnitId;
  readonly opensFrom: LocalDate;
  readonly ads: readonly unknown[];
}

const assumed = (field: string, sv: string, en: string) => ({ field, reason: { sv, en } });

/** What the draft takes for granted where the ad leaves it open, so that the manager sees it before confirming. */
const assumptionsIn = (draft: PlaceDraft): DraftedRow['notTaken'] => [
  assumed(
    'workingTimes',
    'Arbetstiderna står inte i annonsen: utkastet har dag',
    'The ad does not state the times: the draft says day',
  ),
  ...(draft.sharePercent === null
    ? []
    : [
        assumed(
          'sharePercent',
          `Utkastet har annonsens högsta tjänstgöringsgrad, ${draft.sharePercent} %`,
          `The draft has the ad’s highest share of full time, ${draft.sharePercent} %`,
        ),
      ]),
  ...draft.requirements.flatMap(({ subject }) =>
    subject.kind === 'swedish'
      ? [
          assumed(
            'languages',
            `Annonsen säger svenska utan nivå: utkastet har ${subject.minLevel}`,
            `The ad says Swedish without a level: the draft has ${subject.minLevel}`,
          ),
        ]
      : [],
  ),
];

/** An ad can name hundreds of things that we do not take over; the manager needs to see that, not all of them. */
const NOT_TAKEN_SHOWN = 20;

const shortened = (notTaken: DraftedRow['notTaken']): DraftedRow['notTaken'] =>
  notTaken.length <= NOT_TAKEN_SHOWN
    ? notTaken
    : [
        ...notTaken.slice(0, NOT_TAKEN_SHOWN),
        assumed(
          '',
          `och ${notTaken.length - NOT_TAKEN_SHOWN} uppgifter till`,
          `and ${notTaken.length - NOT_TAKEN_SHOWN} more`,
        ),
      ];

/** A draft's hours are the most usual; the manager confirms or changes them with the rest. */
const USUAL_SHARE_PERCENT = 100;

/**
 * Makes drafts of places from job ads, so that what is written already need not be typed again. Everything that the ad
 * asks for comes in as a wish; seats stay unstated until the manager states them. The same ad makes one draft per unit.
 */
export const draftPlaces =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<readonly DraftRow[]>, asked: AdsForUnit): Promise<Result<readonly DraftRow[], Refusal>> => {
    const { store, world } = deps;
    const { tenant, permission } = deed.actor;
    const unit = coversUnit(permission, asked.unitId) ? await store.get(tenant, 'unit', asked.unitId) : null;
    if (!unit) return err(unitUnknown('/unitId'));

    const read = asked.ads.map((ad) => readJobAd(ad));
    const idOf = (adId: string): PlaceId => PlaceId.parse(derivedId(world, 'place', [tenant, asked.unitId, adId]));
    const ids = read.flatMap((draft) => (draft.ok ? [idOf(draft.value.adId)] : []));
    const taken = new Set((await store.getMany(tenant, 'place', ids)).map(({ value }) => value.id));
    const places: Place[] = [];
    const rows = read.map((draft, index): DraftRow => {
      if (!draft.ok) {
        const { code, detail } = draft.error;
        return { id: String(index), ok: false, code, detail: detail.sv, detailEn: detail.en };
      }
      const { adId, title, occupationId, sharePercent, requirements, unreadable } = draft.value;
      const id = idOf(adId);
      if (taken.has(id)) {
        return {
          id: adId,
          ok: false,
          code: 'already-drafted',
          detail: 'Annonsen har redan blivit ett utkast på enheten.',
          detailEn: 'The ad is already a draft of this unit.',
        };
      }
      taken.add(id);
      places.push({
        id,
        unitId: asked.unitId,
        title,
        occupationId,
        field: unit.value.field,
        seats: null,
        sharePercent: sharePercent ?? USUAL_SHARE_PERCENT,
        sharedSeat: null,
        workingTimes: ['day'],
        weeklyHours: [],
        opensFrom: asked.opensFrom,
        closesAfter: null,
        supervisorHoursPerWeek: 0,
        requirements: [...requirements],
        origin: { kind: 'job-ad', adId },
        confirmedAt: null,
      });
      return {
        id: adId,
        ok: true,
        createdId: id,
        notTaken: shortened([
          ...unreadable.map(({ field, reason }) => ({ field, reason })),
          ...assumptionsIn(draft.value),
        ]),
      };
    });
    const committed = await store.commit(tenant, {
      changes: places.map((value) => ({ change: 'save', kind: 'place', value, expected: null })),
      mark: deed.mark(rows),
      audit: [auditOf(world, deed, 'places-drafted', [asked.unitId], { ads: asked.ads.length, drafts: places.length })],
      messages: [],
    });
    if (committed.ok) return ok(rows);
    // Somebody else is making drafts of the same ads at this very moment.
    return err(
      refusalOf(committed.refusal, (_index, why) => (why === 'exists' ? { code: 'request-in-flight' } : null)),
    );
  };
