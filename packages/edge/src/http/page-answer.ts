import type { Page } from '@gruppstart/usecases/ports/store';
import type { DoorAnswer } from './handler.ts';

/** A page of a list, each item as it is shown, with the cursor of the next page in body and Link header. */
export const pageAnswer = <T>({ items, nextCursor }: Page<T>, view: (item: T) => unknown): DoorAnswer => ({
  status: 200,
  body: { items: items.map(view), nextCursor },
  nextCursor,
});
