import { coversUnit } from '@gruppstart/access/permission';
import type { HelpRequest, HelpSide, HelpTopic } from '@gruppstart/domain/follow-up/help-request';
import { HelpRequestId, type PlacementId, type UnitId } from '@gruppstart/domain/shared/ids';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import { auditOf, type Deed, NOT_FOUND, type Reading, type Refusal, refusal, refusalOf } from '../deed.ts';
import type { Store } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export interface HelpAsked {
  readonly placementId: PlacementId;
  readonly side: HelpSide;
  readonly topic: HelpTopic;
  /** The unit that asks, when it asks itself: the placement must be there. */
  readonly unitId: UnitId | null;
}

/** Either side asks the resource centre for help with a placement. */
export const askHelp =
  (deps: { readonly store: Store; readonly world: World }) =>
  async (deed: Deed<HelpRequest>, asked: HelpAsked): Promise<Result<HelpRequest, Refusal>> => {
    const { store, world } = deps;
    const { tenant, userId, permission } = deed.actor;
    if (asked.unitId !== null) {
      if (!coversUnit(permission, asked.unitId)) return err(NOT_FOUND);
      if (!(await store.get(tenant, 'unit', asked.unitId))) return err(NOT_FOUND);
    }
    const placement = await store.get(tenant, 'placement', asked.placementId);
    if (!placement && asked.unitId === null) return err(NOT_FOUND);
    if (!placement || (asked.unitId !== null && placement.value.unitId !== asked.unitId)) {
      return err(
        refusal('reference-unknown', undefined, [
          {
            pointer: '/placementId',
            code: 'placement-unknown',
            detail: { sv: 'Placeringen finns inte på enheten.', en: 'The unit has no such placement.' },
          },
        ]),
      );
    }
    const request: HelpRequest = {
      id: HelpRequestId.parse(world.newId('helpRequest')),
      placementId: asked.placementId,
      side: asked.side,
      topic: asked.topic,
      askedBy: userId,
      askedAt: deed.now,
    };
    const committed = await store.commit(tenant, {
      changes: [{ change: 'add-help-request', request, unitId: placement.value.unitId }],
      mark: deed.mark(request),
      audit: [
        auditOf(world, deed, 'help-asked', [request.id, asked.placementId], { side: asked.side, topic: asked.topic }),
      ],
      messages: [],
    });
    return committed.ok ? ok(request) : err(refusalOf(committed.refusal));
  };

/** What help has been asked for at a unit. The unit sees its own requests; what a participant asks, only the centre sees. */
export const listHelpRequestsOfUnit =
  (deps: { readonly store: Store }) =>
  async (reading: Reading, unitId: UnitId): Promise<Result<readonly HelpRequest[], Refusal>> => {
    const { tenant, permission } = reading.actor;
    if (!coversUnit(permission, unitId) || !(await deps.store.get(tenant, 'unit', unitId))) return err(NOT_FOUND);
    const requests = await deps.store.helpRequests(tenant, unitId);
    return ok(requests.filter(({ side }) => permission.wholeTenant || side === 'unit'));
  };
