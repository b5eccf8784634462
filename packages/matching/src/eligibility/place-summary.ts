import { PROFILE_FIELDS } from '@gruppstart/domain/matching/criterion';
import { type BitPlane, countOf, planesBy } from './bits.ts';
import type { Questions } from './judge-cell.ts';
import { NO_QUESTION } from './levels.ts';
import type { PlaceTally } from './place-tally.ts';

const FIELD_COUNT = PROFILE_FIELDS.length;

/** Per candidate and profile field, the places where an answer matters: see `PairTable`. */
export interface QuestionCounts {
  /** One place more for everybody of `settled`; who is of `opened` is of both. */
  add(field: number, settled: BitPlane, opened: BitPlane): void;
  /** Candidate by candidate, and of each field by field. */
  all(): { readonly settles: Int32Array; readonly opens: Int32Array };
}

const byCandidate = (byField: ReadonlyMap<number, Int32Array>, candidates: number): Int32Array => {
  const counts = new Int32Array(candidates * FIELD_COUNT);
  for (const [field, own] of byField) for (let c = 0; c < candidates; c += 1) counts[c * FIELD_COUNT + field] = own[c]!;
  return counts;
};

export const newQuestionCounts = (candidates: number): QuestionCounts => {
  // Field by field while counting: the people of a plane then lie side by side.
  const settles = new Map<number, Int32Array>();
  const opens = new Map<number, Int32Array>();
  return {
    add(field, settled, opened) {
      const settlesHere = settles.get(field) ?? new Int32Array(candidates);
      const opensHere = opens.get(field) ?? new Int32Array(candidates);
      settles.set(field, settlesHere);
      opens.set(field, opensHere);
      for (let w = 0; w < settled.length; w += 1) {
        const base = w << 5;
        const openedWord = opened[w]!;
        for (let rest = settled[w]!; rest !== 0; rest &= rest - 1) {
          const bit = 31 - Math.clz32(rest & -rest);
          settlesHere[base + bit]! += 1;
          opensHere[base + bit]! += (openedWord >>> bit) & 1;
        }
      }
    },
    all: () => ({ settles: byCandidate(settles, candidates), opens: byCandidate(opens, candidates) }),
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
      for (const field of asked) {
        settled(field).fill(0);
        opened(field).fill(0);
      }
      asked.clear();
    },
    addCell(ofCell: BitPlane, { fields, unknownOf, any, several }: Questions): void {
      for (let w = 0; w < words; w += 1) {
        eligible[w]! |= ofCell[w]!;
        certain[w]! |= ofCell[w]! & ~any[w]!;
      }
      for (const field of fields) {
        if (field === NO_QUESTION) continue;
        asked.add(field);
        const unknown = unknownOf(field);
        const settledHere = settled(field);
        const openedHere = opened(field);
        for (let w = 0; w < words; w += 1) {
          const matters = ofCell[w]! & unknown[w]!;
          settledHere[w]! |= matters;
          openedHere[w]! |= matters & ~several[w]!;
        }
      }
    },
    countInto(tally: PlaceTally, questions: QuestionCounts): void {
      tally.eligible = countOf(eligible);
      // Who is certain somewhere is eligible there.
      tally.eligibleWithChecks = tally.eligible - countOf(certain);
      for (const field of asked) {
        const openedHere = opened(field);
        for (let w = 0; w < words; w += 1) openedHere[w]! &= ~certain[w]!;
        questions.add(field, settled(field), openedHere);
      }
    },
  };
};
