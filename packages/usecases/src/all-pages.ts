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

/**
 * A page of what is left after a choice: reads on until the page is full or the list ends, so that nobody has to turn
 * empty pages. Never more than the limit, because each read asks only for what is still missing.
 */
export const chosenPage = async <T, U>(
  page: PageRequest,
  read: (page: PageRequest) => Promise<Page<T> | null>,
  choose: (items: readonly T[]) => Promise<readonly U[]> | readonly U[],
): Promise<Page<U> | null> => {
  const items: U[] = [];
  let { cursor } = page;
  do {
    const found: Page<T> | null = await read({ limit: page.limit - items.length, cursor });
    if (!found) return null;
    items.push(...(await choose(found.items)));
    cursor = found.nextCursor;
  } while (cursor !== null && items.length < page.limit);
  return { items, nextCursor: cursor };
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
