import { UserId } from '@gruppstart/domain/shared/ids';
import type { IdempotencyMark } from '@gruppstart/usecases/ports/store';
import * as z from 'zod';

const StoredMark = z.strictObject({
  userId: UserId,
  route: z.string(),
  key: z.string(),
  requestHash: z.string(),
  answer: z.strictObject({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
});

export const readMark = (stored: unknown, expiresAtEpochSeconds: number): IdempotencyMark => ({
  ...StoredMark.parse(stored),
  expiresAtEpochSeconds,
});
