import { CallListEntry } from '@gruppstart/domain/matching/outcome';
import * as z from 'zod';

/** About 130 bytes an entry: a chunk stays far under the 400 KB of an item. */
const CHUNK_ENTRIES = 1_000;

/** `of` is the number of chunks, in each: chunks that a longer list left behind are not read. */
export const CallListChunk = z.strictObject({ of: z.int().min(1), entries: z.array(CallListEntry) });
export type CallListChunk = z.infer<typeof CallListChunk>;

export const callListChunks = (entries: readonly CallListEntry[]): readonly CallListChunk[] => {
  const of = Math.max(1, Math.ceil(entries.length / CHUNK_ENTRIES));
  return Array.from({ length: of }, (_, index) => ({
    of,
    entries: entries.slice(index * CHUNK_ENTRIES, (index + 1) * CHUNK_ENTRIES),
  }));
};

/** @param chunks in their order */
export const joinCallList = (chunks: readonly CallListChunk[]): readonly CallListEntry[] =>
  chunks.slice(0, chunks[0]?.of ?? 0).flatMap(({ entries }) => entries);
