import * as z from 'zod';

/** Longer than any cursor made here: keys are under 300 characters. */
const MAX_CURSOR_LENGTH = 2_000;

/** What a cursor belongs to: one list of one tenant. */
export interface CursorScope {
  readonly name: string;
  /** How each part of a position must begin for the position to lie in the list. */
  readonly prefixes: readonly string[];
  /** What every key in the list has in common and a cursor need not say. */
  readonly fixed: Readonly<Record<string, string>>;
}

export const encodeCursor = (scope: CursorScope, position: readonly string[]): string =>
  Buffer.from(JSON.stringify([scope.name, ...position])).toString('base64url');

const Decoded = z.array(z.string().min(1).max(1_024));

const parse = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

/** The position after which the next page begins; null when the cursor is broken or belongs to something else. */
export const decodeCursor = (scope: CursorScope, cursor: string): readonly string[] | null => {
  if (cursor.length > MAX_CURSOR_LENGTH) return null;
  const decoded = Decoded.safeParse(parse(cursor));
  if (!decoded.success) return null;
  const [name, ...position] = decoded.data;
  if (name !== scope.name || position.length !== scope.prefixes.length) return null;
  return position.every((part, index) => part.startsWith(scope.prefixes[index] ?? '')) ? position : null;
};
