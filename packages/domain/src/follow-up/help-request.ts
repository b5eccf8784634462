import * as z from 'zod';
import { HelpRequestId, PlacementId, UserId } from '../shared/ids.ts';
import { Instant } from '../shared/local-date.ts';

/** Either side may ask for help: support to both is what made the model case work. */
export const HELP_SIDES = ['participant', 'unit'] as const;
export const HelpSide = z.enum(HELP_SIDES);
export type HelpSide = z.infer<typeof HelpSide>;

/** What help is about, as a topic. What lies behind it is talked about, never written here. */
export const HELP_TOPICS = ['tasks', 'hours', 'language', 'supervision', 'travel', 'talk'] as const;
export const HelpTopic = z.enum(HELP_TOPICS);
export type HelpTopic = z.infer<typeof HelpTopic>;

export const HelpRequest = z.strictObject({
  id: HelpRequestId,
  placementId: PlacementId,
  side: HelpSide,
  topic: HelpTopic,
  askedBy: UserId,
  askedAt: Instant,
});
export type HelpRequest = z.infer<typeof HelpRequest>;
