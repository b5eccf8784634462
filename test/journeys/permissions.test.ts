import { afterAll } from 'vitest';
import { everyoneTriesEverything } from './permissions/matrix.ts';
import { peopleAreKnownToFew } from './permissions/people.ts';
import { deputiesEnd, scopesHold } from './permissions/scopes.ts';
import { openSmallWorld } from './small-world.ts';

const world = await openSmallWorld();
afterAll(() => world.close());

// The matrix begins with what is refused and must leave everything as it was.
await everyoneTriesEverything(world);
scopesHold(world);
peopleAreKnownToFew(world);
deputiesEnd(world);
