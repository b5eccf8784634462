import type { CriterionSource } from '@gruppstart/domain/matching/criterion';
import { type CompiledCandidate, type CompiledRun, type LevelRule, startForPair } from '../compiled-run.ts';
import { creditOf, isNo, isUnknown, type Judgement } from '../criteria/judgement.ts';
import type { MatchStart } from '../model.ts';
import { type BitPlane, countOf, wordsFor } from './bits.ts';
import type { Column } from './columns.ts';
import { fieldOf } from './questions.ts';

/** Credits in percent, and how many of them are of unknowns, added up in one number: the unknowns from this bit on. */
const UNKNOWN_SHIFT = 13;
const CREDITS_MASK = (1 << UNKNOWN_SHIFT) - 1;

export const codeOf = (judgement: Judgement): number =>
  creditOf(judgement) | (isUnknown(judgement) ? 1 << UNKNOWN_SHIFT : 0);
export const creditsIn = (sumOfCodes: number): number => sumOfCodes & CREDITS_MASK;
export const unknownsIn = (sumOfCodes: number): number => sumOfCodes >>> UNKNOWN_SHIFT;

/** What one level says of everybody. */
export interface Level {
  readonly yes: BitPlane;
  /** Yes or unknown. */
  readonly possible: BitPlane;
  /** Per candidate, credit and whether it is an unknown's: see `codeOf`. */
  readonly codes: Uint16Array;
  readonly noes: number;
  readonly unknowns: number;
  /** Of whom it is unknown, by the fact that has to be asked: see `fieldOf`. */
  readonly unknownBy: readonly { readonly field: number; readonly who: BitPlane }[];
}

const startFor = (run: CompiledRun, { place }: LevelRule, candidate: CompiledCandidate): MatchStart =>
  run.starts[startForPair(candidate, run.places[place]!)]!;

/** The one rule of a level, for one person. */
export const judgeLevel = (run: CompiledRun, rule: LevelRule, candidate: CompiledCandidate): Judgement =>
  rule.criterion.judge(candidate.facts, startFor(run, rule, candidate));

/** What has to be asked of somebody of whom it is unknown. */
export const levelSource = (run: CompiledRun, rule: LevelRule, candidate: CompiledCandidate): CriterionSource =>
  rule.criterion.source(candidate.facts, startFor(run, rule, candidate));

const YES_BIT = 1;
const POSSIBLE_BIT = 2;

const bitsOf = (judgement: Judgement): number => {
  if (isNo(judgement)) return 0;
  return isUnknown(judgement) ? POSSIBLE_BIT : POSSIBLE_BIT | YES_BIT;
};

/** Whom to ask what: most levels have one question for everybody of whom they are unknown. */
const unknownByField = (
  { yes, possible }: Pick<Level, 'yes' | 'possible'>,
  { classOf }: Column,
  classFields: Int8Array,
): Level['unknownBy'] => {
  const fields: number[] = [];
  for (let index = 0; index < classFields.length; index += 1) {
    const field = classFields[index]!;
    if (field >= 0 && !fields.includes(field)) fields.push(field);
  }
  const planes = fields.map((field) => ({ field, who: new Int32Array(yes.length) }));
  const [first] = planes;
  for (let w = 0; w < yes.length; w += 1) {
    const unknown = possible[w]! & ~yes[w]!;
    if (planes.length === 1) first!.who[w] = unknown;
    else
      for (let rest = unknown; rest !== 0; rest &= rest - 1) {
        const bit = 31 - Math.clz32(rest & -rest);
        planes[fields.indexOf(classFields[classOf[(w << 5) + bit]!]!)]!.who[w]! |= 1 << bit;
      }
  }
  return planes;
};

/** What a level says of each class of a column. */
export interface ClassVerdicts {
  readonly bits: Uint8Array;
  readonly codes: Uint16Array;
  /** Of an unknown, what has to be asked; -1 for the others. */
  readonly fields: Int8Array;
}

export const newVerdicts = (classes: number): ClassVerdicts => ({
  bits: new Uint8Array(classes),
  codes: new Uint16Array(classes),
  fields: new Int8Array(classes),
});

export const setVerdict = (
  { bits, codes, fields }: ClassVerdicts,
  index: number,
  judgement: Judgement,
  source: CriterionSource | null,
): void => {
  bits[index] = bitsOf(judgement);
  codes[index] = codeOf(judgement);
  fields[index] = source === null ? -1 : fieldOf(source);
};

/** Spreads what is said of each class over its candidates. */
export const spreadVerdicts = (verdicts: ClassVerdicts, column: Column): Level => {
  const { classOf } = column;
  const { bits: classBits, codes: classCodes, fields: classFields } = verdicts;
  const count = classOf.length;
  const yes = new Int32Array(wordsFor(count));
  const possible = new Int32Array(yes.length);
  const codes = new Uint16Array(count);
  for (let w = 0; w < yes.length; w += 1) {
    const base = w << 5;
    const end = Math.min(32, count - base);
    let yesWord = 0;
    let possibleWord = 0;
    for (let bit = 0; bit < end; bit += 1) {
      const index = classOf[base + bit]!;
      const said = classBits[index]!;
      yesWord |= (said & YES_BIT) << bit;
      possibleWord |= (said >>> 1) << bit;
      codes[base + bit] = classCodes[index]!;
    }
    yes[w] = yesWord;
    possible[w] = possibleWord;
  }
  const possibly = countOf(possible);
  return {
    yes,
    possible,
    codes,
    noes: count - possibly,
    unknowns: possibly - countOf(yes),
    unknownBy: unknownByField({ yes, possible }, column, classFields),
  };
};

/** Judges one member of each class by the criterion itself. */
export const makeLevel = (run: CompiledRun, rule: LevelRule, column: Column): Level => {
  const { members } = column;
  const verdicts = newVerdicts(members.length);
  for (let index = 0; index < members.length; index += 1) {
    const candidate = run.candidates[members[index]!]!;
    const judgement = judgeLevel(run, rule, candidate);
    setVerdict(verdicts, index, judgement, isUnknown(judgement) ? levelSource(run, rule, candidate) : null);
  }
  return spreadVerdicts(verdicts, column);
};
