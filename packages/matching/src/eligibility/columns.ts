import type { CompiledCandidate } from '../compiled-run.ts';
import type { Criterion } from '../criteria/criterion.ts';

/** Everybody by one fact: who is in the same class is judged alike by every criterion on the topic. */
export interface Column {
  readonly classOf: Uint16Array | Int32Array;
  /** One candidate of each class, who is judged for all of it. */
  readonly members: Int32Array;
}

const MOST_SMALL_CLASSES = 65_536;

export const columnBy = (count: number, keyOf: (candidate: number) => string | number): Column => {
  const classOf = count <= MOST_SMALL_CLASSES ? new Uint16Array(count) : new Int32Array(count);
  const classes = new Map<string | number, number>();
  const members: number[] = [];
  for (let c = 0; c < count; c += 1) {
    const key = keyOf(c);
    let index = classes.get(key);
    if (index === undefined) {
      index = members.push(c) - 1;
      classes.set(key, index);
    }
    classOf[c] = index;
  }
  return { classOf, members: Int32Array.from(members) };
};

/** Columns by topic, each made when it is first asked for. */
export type Columns = (criterion: Criterion) => Column;

export const columnsOf = (candidates: readonly CompiledCandidate[]): Columns => {
  const columns = new Map<string, Column>();
  return (criterion) => {
    const known = columns.get(criterion.topicKey);
    if (known !== undefined) return known;
    const { kind } = criterion.topic;
    // These two are judged at a start, which the person's own starts decide.
    const readsStart = kind === 'availability' || kind === 'place-window';
    const column = columnBy(candidates.length, (c) => {
      const { facts, startMask, allowedMask } = candidates[c]!;
      const key = criterion.factsKey(facts);
      return readsStart ? `${startMask} ${allowedMask} ${key}` : key;
    });
    columns.set(criterion.topicKey, column);
    return column;
  };
};
