import { createHash, randomBytes } from 'node:crypto';
import { ID_PREFIXES } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import type { World } from '@gruppstart/usecases/ports/world';
import { ulid } from './ulid.ts';

/** The real clock and real chance. Tests hand in their own. */
export const makeWorld = (): World => ({
  now: () => Instant.parse(new Date().toISOString()),
  newId: (kind) => `${ID_PREFIXES[kind]}_${ulid(Date.now(), randomBytes(10))}`,
  newSeed: () => randomBytes(32).toString('hex'),
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
});
