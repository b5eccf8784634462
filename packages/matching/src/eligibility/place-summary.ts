import { type BitPlane, countOf, planesBy } from './bits.ts';
import type { Questions } from './judge-cell.ts';
import type { PlaceTally } from './place-tally.ts';
import { isAskable } from './questions.ts';

/** What one question comes to, candidate by candidate: see `PairTable`. */
export interface QuestionCount {
  readonly settles: Int32Array;
  readonly opens: Int32Array;
}

/** Every question that settles something for somebody. */
export type QuestionCounts = ReadonlyMap<number, QuestionCount>;

/** One place more for everybody of `settled`; who is of `opened` is of both. */
const addPlace = ({ settles, opens }: QuestionCount, settled: BitPlane, opened: BitPlane): void => {
  for (let w = 0; w < settled.length; w += 1) {
    const base = w << 5;
    const openedWord = opened[w]!;
    for (let rest = settled[w]!; rest !== 0; rest &= rest - 1) {
      const bit = 31 - Math.clz32(rest & -rest);
      settles[base + bit]! += 1;
      opens[base + bit]! += (openedWord >>> bit) & 1;
    }
  }
};

const isNobody = (plane: BitPlane): boolean => plane.every((word) => word === 0);

export const questionCounts = (candidates: number) => {
  const counts = new Map<number, QuestionCount>();
  return {
    counts: counts as QuestionCounts,
    add(question: number, settled: BitPlane, opened: BitPlane): void {
      const known = counts.get(question);
      if (known === undefined && isNobody(settled)) return;
      const count = known ?? { settles: new Int32Array(candidates), opens: new Int32Array(candidates) };
      counts.set(question, count);
      addPlace(count, settled, opened);
    },
  };
};

/** What the cells of one place say together: who may have one, who may without a question, and what is to be asked. */
export const placeSummary = (words: number) => {
  const eligible = new Int32Array(words);
  const certain = new Int32Array(words);
  const settled = planesBy(words);
  const opened = planesBy(words);
  const asked = new Set<number>();
  return {
    clear(): void {
      eligible.fill(0);
      certain.fill(0);
      for (const question of asked) {
        settled(question).fill(0);
        opened(question).fill(0);
      }
      asked.clear();
    },
    addCell(ofCell: BitPlane, questions: Questions): void {
      const { any, several } = questions;
      for (let w = 0; w < words; w += 1) {
        eligible[w]! |= ofCell[w]!;
        certain[w]! |= ofCell[w]! & ~any[w]!;
      }
      for (const question of questions.asked) {
        if (!isAskable(question)) continue;
        asked.add(question);
        const unknown = questions.unknownOf(question);
        const settledHere = settled(question);
        const openedHere = opened(question);
        for (let w = 0; w < words; w += 1) {
          const matters = ofCell[w]! & unknown[w]!;
          settledHere[w]! |= matters;
          openedHere[w]! |= matters & ~several[w]!;
        }
      }
    },
    countInto(tally: PlaceTally, add: ReturnType<typeof questionCounts>['add']): void {
      tally.eligible = countOf(eligible);
      // Who is certain somewhere is eligible there.
      tally.eligibleWithChecks = tally.eligible - countOf(certain);
      for (const question of asked) {
        const openedHere = opened(question);
        for (let w = 0; w < words; w += 1) openedHere[w]! &= ~certain[w]!;
        add(question, settled(question), openedHere);
      }
    },
  };
};
