import * as z from 'zod';

/** From the bench to the cloud's process. One at a time: each is answered before the next is sent. */
export const ToCloud = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    dataDir: z.string(),
    assemblyDirectory: z.string(),
    atMs: z.number(),
    throttles: z.boolean(),
  }),
  z.object({ kind: z.literal('move-clock'), toMs: z.number() }),
  z.object({ kind: z.literal('measure-memory') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToCloud = z.infer<typeof ToCloud>;

/** The answers. */
export const FromCloud = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), apiUrl: z.string(), issuer: z.string() }),
  z.object({ kind: z.literal('clock-moved') }),
  /** Resident memory now, and at its highest since the process began. */
  z.object({ kind: z.literal('memory'), bytes: z.number(), peakBytes: z.number() }),
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type FromCloud = z.infer<typeof FromCloud>;
