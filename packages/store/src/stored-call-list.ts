import { CallListEntry } from '@gruppstart/domain/matching/outcome';
import * as z from 'zod';

/** About 130 bytes an entry: a chunk stays far under the 400 KB of an item. */
const CHUNK_ENTRIES = 1_000;

/** `of` is the number of chunks, in each: chunks that a longer list left behind are not read. */
const StoredChunk = z.strictObject({ of: z.int().min(1), entries: z.array(CallListEntry) });
type StoredChunk = z.infer<typeof StoredChunk>;

export const callListChunks = (entries: readonly CallListEntry[]): readonly StoredChunk[] => {
  const of = Math.max(1, Math.ceil(entries.length / CHUNK_ENTRIES));
  return Array.from({ length: of }, (_, index) => ({
    of,
    entries: entries.slice(index * CHUNK_ENTRIES, (index + 1) * CHUNK_ENTRIES),
  }));
};

/** @param chunks in their order */
export const joinCallList = (chunks: readonly unknown[]): readonly CallListEntry[] => {
  if (chunks.length === 0) return [];
  const { of } = StoredChunk.parse(chunks[0]);
  return chunks.slice(0, of).flatMap((chunk) => StoredChunk.parse(chunk).entries);
};
