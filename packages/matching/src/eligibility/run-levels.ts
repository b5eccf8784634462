import type { CompiledRun, LevelRule } from '../compiled-run.ts';
import { columnsOf } from './columns.ts';
import { type Level, makeLevel } from './levels.ts';
import { travelLevelsOf } from './travel-levels.ts';
import { wishLevelsOf } from './wish-levels.ts';

/** A level by its index in `run.levels`. */
export type Levels = (index: number) => Level;

/**
 * The levels of a run, each made when it is first asked for. Those of travel and of own wishes are nearly as many as the
 * places, so only the last of either is kept: who goes through many cells goes unit by unit.
 */
export const levelsOf = (run: CompiledRun): Levels => {
  const columns = columnsOf(run.candidates);
  let travelLevel: ((rule: LevelRule) => Level) | null = null;
  let wishLevel: ((rule: LevelRule) => Level) | null = null;
  const kept: (Level | undefined)[] = new Array(run.levels.length);
  const last = { travel: -1, 'own-wishes': -1 };

  const make = (rule: LevelRule): Level => {
    switch (rule.criterion.topic.kind) {
      case 'travel':
        travelLevel ??= travelLevelsOf(run, columns(rule.criterion));
        return travelLevel(rule);
      case 'own-wishes':
        wishLevel ??= wishLevelsOf(run);
        return wishLevel(rule);
      default:
        return makeLevel(run, rule, columns(rule.criterion));
    }
  };

  return (index) => {
    const known = kept[index];
    if (known !== undefined) return known;
    const rule = run.levels[index]!;
    const level = make(rule);
    kept[index] = level;
    const { kind } = rule.criterion.topic;
    if (kind === 'travel' || kind === 'own-wishes') {
      if (last[kind] >= 0) kept[last[kind]] = undefined;
      last[kind] = index;
    }
    return level;
  };
};
