/** A binary heap of nodes keyed by two-part distances, with decrease-key. Distances live in the caller's arrays. */
export interface NodeHeap {
  size: number;
  readonly nodes: Int32Array;
  /** Position of a node in `nodes`; only meaningful while the node is in the heap. */
  readonly position: Int32Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export const newHeap = (high: Float64Array, low: Float64Array): NodeHeap => ({
  size: 0,
  nodes: new Int32Array(high.length),
  position: new Int32Array(high.length),
  high,
  low,
});

const isCloser = (heap: NodeHeap, a: number, b: number): boolean => {
  const difference = heap.high[a]! - heap.high[b]!;
  return difference < 0 || (difference === 0 && heap.low[a]! < heap.low[b]!);
};

const put = (heap: NodeHeap, node: number, index: number): void => {
  heap.nodes[index] = node;
  heap.position[node] = index;
};

/** Restores order after the node at `start` came closer. */
const siftUp = (heap: NodeHeap, start: number): void => {
  const node = heap.nodes[start]!;
  let index = start;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap.nodes[parent]!;
    if (!isCloser(heap, node, above)) break;
    put(heap, above, index);
    index = parent;
  }
  put(heap, node, index);
};

export const pushNode = (heap: NodeHeap, node: number): void => {
  put(heap, node, heap.size);
  heap.size += 1;
  siftUp(heap, heap.size - 1);
};

/** Call after the distance of a node in the heap was lowered. */
export const nodeCameCloser = (heap: NodeHeap, node: number): void => siftUp(heap, heap.position[node]!);

/** Takes out the closest node. The heap must not be empty. */
export const popNode = (heap: NodeHeap): number => {
  const top = heap.nodes[0]!;
  heap.size -= 1;
  if (heap.size === 0) return top;
  const node = heap.nodes[heap.size]!;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.size) break;
    if (child + 1 < heap.size && isCloser(heap, heap.nodes[child + 1]!, heap.nodes[child]!)) child += 1;
    if (!isCloser(heap, heap.nodes[child]!, node)) break;
    put(heap, heap.nodes[child]!, index);
    index = child;
  }
  put(heap, node, index);
  return top;
};
