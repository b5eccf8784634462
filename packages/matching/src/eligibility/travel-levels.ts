import type { CompiledRun, LevelRule } from '../compiled-run.ts';
import { type Journey, journeySource, judgeJourney } from '../criteria/commute.ts';
import { isUnknown } from '../criteria/judgement.ts';
import type { Column } from './columns.ts';
import { type Level, newVerdicts, setVerdict, spreadVerdicts } from './levels.ts';

/**
 * The levels of travel, one per unit. There are as many as units, and classes by area, limit and car are many: the row of
 * each area is looked up once per unit, not once per class.
 */
export const travelLevelsOf = (
  { candidates, places, travel, input }: CompiledRun,
  column: Column,
): ((rule: LevelRule) => Level) => {
  const margin = input.weights.nearTravelMarginMinutes;
  const people = Array.from(column.members, (c) => candidates[c]!.facts.candidate);
  const rowOf = people.map(({ travelRow }) => travelRow ?? -1);
  const limits = people.map(({ maxTravelMinutes }) => maxTravelMinutes);
  const cars = people.map(({ hasCar }) => hasCar);
  const verdicts = newVerdicts(people.length);
  return ({ place }) => {
    const { unitId } = places[place]!.place;
    const rows = travel.map((row) => row.get(unitId));
    for (let index = 0; index < people.length; index += 1) {
      const row = rowOf[index]!;
      const journey: Journey = {
        row: row < 0 ? undefined : rows[row],
        limit: limits[index]!,
        hasCar: cars[index]!,
      };
      const judgement = judgeJourney(journey, margin);
      setVerdict(verdicts, index, judgement, isUnknown(judgement) ? journeySource(journey, margin) : null);
    }
    return spreadVerdicts(verdicts, column);
  };
};
