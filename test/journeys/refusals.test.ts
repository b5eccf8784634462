import { afterAll } from 'vitest';
import { anythingIsAnswered } from './refusals/anything.ts';
import { bodiesAreRefused } from './refusals/bodies.ts';
import { listsKeepTheirPlace } from './refusals/lists.ts';
import { requestsAreRefused } from './refusals/requests.ts';
import { retriesAreSafe } from './refusals/retries.ts';
import { openSmallWorld } from './small-world.ts';

const world = await openSmallWorld();
afterAll(() => world.close());

// What is only refused comes first: it must leave everything as it was.
requestsAreRefused(world);
bodiesAreRefused(world);
listsKeepTheirPlace(world);
retriesAreSafe(world);
anythingIsAnswered(world);
