import type { FieldOfWork } from '@gruppstart/domain/shared/vocabulary/fields-of-work';
import type { CompiledRun, LevelRule } from '../compiled-run.ts';
import { isNo } from '../criteria/judgement.ts';
import { ownWishesCriterion, unitNameKey } from '../criteria/own-wishes.ts';
import { countOf } from './bits.ts';
import { type Column, columnBy } from './columns.ts';
import { codeOf, judgeLevel, type Level, makeLevel } from './levels.ts';

/** The name of no unit: a wish for a unit has two letters at least. */
const NO_UNIT = '\u0000';

const wishersByUnit = ({ candidates }: CompiledRun): ReadonlyMap<string, readonly number[]> => {
  const wishers = new Map<string, number[]>();
  for (const [c, { facts }] of candidates.entries())
    for (const wish of facts.candidate.wishes ?? []) {
      if (wish.kind !== 'unit') continue;
      const key = unitNameKey(wish.unitName);
      const known = wishers.get(key);
      if (known === undefined) wishers.set(key, [c]);
      else if (known.at(-1) !== c) known.push(c);
    }
  return wishers;
};

/** Everybody by the fields wished for, in order; a wish for a unit keeps its turn, without its name. */
const fieldWishes = ({ candidates }: CompiledRun): Column =>
  columnBy(candidates.length, (c) => {
    const { wishes } = candidates[c]!.facts.candidate;
    return wishes === null ? '-' : wishes.map((wish) => (wish.kind === 'field' ? wish.field : wish.kind)).join();
  });

/**
 * Own wishes differ by field and unit, so there are nearly as many levels as places. Few people wish for one unit by its
 * name: everybody is judged by the field first, once per field, and who wishes for the unit once more by the whole rule.
 */
export const wishLevelsOf = (run: CompiledRun): ((rule: LevelRule) => Level) => {
  const wishers = wishersByUnit(run);
  const column = fieldWishes(run);
  const byField = new Map<FieldOfWork, Level>();

  const fieldLevel = ({ place, topic }: LevelRule): Level => {
    const { field } = run.places[place]!.place;
    const known = byField.get(field);
    if (known !== undefined) return known;
    const level = makeLevel(run, { criterion: ownWishesCriterion({ field, unitName: NO_UNIT }), place, topic }, column);
    byField.set(field, level);
    return level;
  };

  return (rule) => {
    const base = fieldLevel(rule);
    const own = wishers.get(unitNameKey(run.places[rule.place]!.place.unitName));
    if (own === undefined) return base;
    const codes = base.codes.slice();
    const yes = base.yes.slice();
    const possible = base.possible.slice();
    for (const c of own) {
      const judgement = judgeLevel(run, rule, run.candidates[c]!);
      codes[c] = codeOf(judgement);
      if (isNo(judgement)) continue;
      // Who has said what they wish is never unknown here.
      yes[c >>> 5]! |= 1 << (c & 31);
      possible[c >>> 5]! |= 1 << (c & 31);
    }
    return { ...base, codes, yes, possible, noes: codes.length - countOf(possible) };
  };
};
