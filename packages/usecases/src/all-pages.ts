import type { Page, PageRequest } from './ports/store.ts';

const PAGE_SIZE = 100;

/** Every item of a list, page by page. For lists that a tenant's size bounds; never for a whole region at a door. */
export const allPages = async <T>(read: (page: PageRequest) => Promise<Page<T> | null>): Promise<readonly T[]> => {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> | null = await read({ limit: PAGE_SIZE, cursor });
    if (!page) throw new Error('A cursor that the store itself gave was not taken back');
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
};

/** So much is read at once when most of it may not be chosen. */
const READ_AT_ONCE = 100;

/**
 * A page of what is left after a choice: reads on until the page is full or the list ends, so that nobody has to turn
 * empty pages, in large steps however few rows are asked for. Never more than the limit: a step that would give more is
 * read again up to the last row that fits, so that the cursor goes on right after it.
 */
export const chosenPage = async <T>(
  page: PageRequest,
  read: (page: PageRequest) => Promise<Page<T> | null>,
  isChosen: (item: T) => boolean,
): Promise<Page<T> | null> => {
  const chosen: T[] = [];
  let { cursor } = page;
  do {
    const step: Page<T> | null = await read({ limit: READ_AT_ONCE, cursor });
    if (!step) return null;
    const places = step.items.flatMap((item, index) => (isChosen(item) ? [index] : []));
    const missing = page.limit - chosen.length;
    const lastFitting = places[missing - 1];
    if (lastFitting !== undefined && lastFitting < step.items.length - 1) {
      const exact = await read({ limit: lastFitting + 1, cursor });
      return exact && { items: [...chosen, ...exact.items.filter(isChosen)], nextCursor: exact.nextCursor };
    }
    chosen.push(...step.items.filter(isChosen));
    cursor = step.nextCursor;
  } while (cursor !== null && chosen.length < page.limit);
  return { items: chosen, nextCursor: cursor };
};

/** Runs work on each item, at most `width` at a time, in order of the list. */
export const eachAtMost = async <T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
};
