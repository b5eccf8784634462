import type { PageRequest } from '@gruppstart/usecases/ports/store';

const DEFAULT_PAGE_ROWS = 50;

/** The page that a list's query asks for. */
export const pageRequest = (query: {
  readonly limit?: string | undefined;
  readonly cursor?: string | undefined;
}): PageRequest => ({
  limit: query.limit === undefined ? DEFAULT_PAGE_ROWS : Number(query.limit),
  cursor: query.cursor ?? null,
});
