import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allPages, chosenPage, eachAtMost } from './all-pages.ts';
import type { Page } from './ports/store.ts';

describe('all pages', () => {
  test('are read in order until the last, however many, also empty ones between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.nat(), { maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        async (pages) => {
          const asked: (string | null)[] = [];
          const all = await allPages<number>(async ({ cursor }) => {
            asked.push(cursor);
            const at = Number(cursor ?? 0);
            return { items: pages[at] ?? [], nextCursor: at + 1 < pages.length ? String(at + 1) : null };
          });
          expect(all).toEqual(pages.flat());
          expect(asked).toEqual(pages.map((_, index) => (index === 0 ? null : String(index))));
        },
      ),
    );
  });

  test('that the store gives up on are a fault, not an empty list', async () => {
    await expect(allPages(async () => null)).rejects.toThrow('cursor');
  });
});

describe('each at most so many at once', () => {
  test('works on everything once, never on more than the width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), async (items, width) => {
        const done: number[] = [];
        let [now, most] = [0, 0];
        await eachAtMost(items, width, async (item) => {
          now += 1;
          most = Math.max(most, now);
          await Promise.resolve();
          now -= 1;
          done.push(item);
        });
        expect(done.toSorted()).toEqual(items.toSorted());
        expect(most).toBeLessThanOrEqual(width);
        expect(now).toBe(0);
      }),
    );
  });

  test('fails when one piece of work fails', async () => {
    const work = async (item: number): Promise<void> => {
      if (item === 2) throw new Error('no');
    };
    await expect(eachAtMost([1, 2, 3], 2, work)).rejects.toThrow('no');
  });
});

describe('a page of a choice', () => {
  const NUMBERS = Array.from({ length: 423 }, (_, index) => index);
  const read = async ({ limit, cursor }: { limit: number; cursor: string | null }) => {
    const from = Number(cursor ?? 0);
    const items = NUMBERS.slice(from, from + limit);
    return { items, nextCursor: from + limit < NUMBERS.length ? String(from + limit) : null };
  };
  const even = (item: number) => item % 2 === 0;

  test.each([1, 2, 50, 51, 100])('of %i rows is filled as long as there is more, and never over', async (limit) => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<number> | null = await chosenPage({ limit, cursor }, read, even);
      expect(page?.items.length).toBeLessThanOrEqual(limit);
      if (page?.nextCursor) expect(page.items).toHaveLength(limit);
      seen.push(...(page?.items ?? []));
      cursor = page?.nextCursor ?? null;
    } while (cursor !== null);
    expect(seen).toEqual(NUMBERS.filter(even));
  });

  test('reads in large steps however few rows are asked for', async () => {
    let reads = 0;
    const counted = (page: { limit: number; cursor: string | null }) => {
      reads += 1;
      return read(page);
    };
    expect((await chosenPage({ limit: 1, cursor: null }, counted, (item) => item === 422))?.items).toEqual([422]);
    expect(reads).toBeLessThanOrEqual(6);
  });

  test('is nothing when the cursor is nobody’s', async () => {
    expect(await chosenPage({ limit: 3, cursor: 'x' }, async () => null, even)).toBeNull();
  });
});
