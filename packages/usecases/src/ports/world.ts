import type { IdKind } from '@gruppstart/domain/shared/ids';
import type { Instant } from '@gruppstart/domain/shared/local-date';

/** Time and chance, handed in so that rules stay pure and tests stay exact. */
export interface World {
  now(): Instant;
  /** A fresh id with the kind's prefix. */
  newId(kind: IdKind): string;
  /** 32 random bytes, hex: a seed. */
  newSeed(): string;
  /** SHA-256, hex. */
  sha256(content: Uint8Array | string): string;
}
