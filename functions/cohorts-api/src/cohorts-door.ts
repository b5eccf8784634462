import { COHORTS_ROUTES } from '@gruppstart/contracts/routes/cohorts-routes';
import { EXPLANATION_ROUTES } from '@gruppstart/contracts/routes/explanation-routes';
import { NAMED_REQUEST_ROUTES } from '@gruppstart/contracts/routes/named-request-routes';
import { type DoorParts, makeDoor } from '@gruppstart/edge/http/door';
import type { Log } from '@gruppstart/edge/log';
import type { Outbox } from '@gruppstart/usecases/ports/senders';
import type { Store } from '@gruppstart/usecases/ports/store';
import type { DisclosureVault, Vault } from '@gruppstart/usecases/ports/vault';
import type { World } from '@gruppstart/usecases/ports/world';
import { cohortRoutes } from './cohort-routes.ts';
import { employmentRoutes } from './employment-routes.ts';
import { explanationRoutes } from './explanation-routes.ts';
import { matchingRulesRoutes } from './matching-rules-routes.ts';
import { namedRequestRoutes } from './named-request-routes.ts';
import { proposalRoutes } from './proposal-routes.ts';
import { runRoutes } from './run-routes.ts';
import { whatIfRoutes } from './what-if-routes.ts';

export interface CohortsDoorParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly disclosures: Pick<DisclosureVault, 'seal'>;
  readonly outbox: Outbox;
  readonly world: World;
  readonly log: Log;
  readonly isOpen?: NonNullable<DoorParts['isOpen']> | null;
}

export const makeCohortsDoor = (parts: CohortsDoorParts) =>
  makeDoor({
    ...parts,
    routes: [...COHORTS_ROUTES, ...EXPLANATION_ROUTES, ...NAMED_REQUEST_ROUTES],
    bound: [
      ...cohortRoutes(parts),
      ...runRoutes(parts),
      ...explanationRoutes(parts),
      ...whatIfRoutes(parts),
      ...proposalRoutes(parts),
      ...employmentRoutes(parts),
      ...matchingRulesRoutes(parts),
      ...namedRequestRoutes(parts),
    ],
  });
