/** Those who wait for their turn to bid, first come first served. Never more than there were at first. */
export interface BidQueue {
  readonly items: Int32Array;
  head: number;
  count: number;
  /** The fewest who have waited at once, and the bids since. */
  fewest: number;
  bidsSinceFewest: number;
}

export const newBidQueue = (bidders: ArrayLike<number>): BidQueue => ({
  items: Int32Array.from(bidders),
  head: 0,
  count: bidders.length,
  fewest: bidders.length,
  bidsSinceFewest: 0,
});

/** So many bids per bidder may pass without anybody coming to rest. */
const PATIENCE = 4;

/**
 * Whose turn it is; -1 when nobody waits, or when they have bid for long and are no fewer: a few can outbid each other in
 * small steps without end, and a search settles that at about the cost of so many bids.
 */
export const nextBidder = (queue: BidQueue): number => {
  const { items } = queue;
  if (queue.count < queue.fewest) {
    queue.fewest = queue.count;
    queue.bidsSinceFewest = 0;
  }
  if (queue.count === 0 || queue.bidsSinceFewest > PATIENCE * items.length) return -1;
  const bidder = items[queue.head]!;
  queue.head = (queue.head + 1) % items.length;
  queue.count -= 1;
  queue.bidsSinceFewest += 1;
  return bidder;
};

/** Lets somebody wait (again) who was outbid. */
export const addBidder = (queue: BidQueue, bidder: number): void => {
  queue.items[(queue.head + queue.count) % queue.items.length] = bidder;
  queue.count += 1;
};

/** Those who still wait, in their order. */
export const waitingBidders = ({ items, head, count }: BidQueue): readonly number[] =>
  Array.from({ length: count }, (_, index) => items[(head + index) % items.length]!);
