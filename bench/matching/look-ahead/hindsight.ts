import type { loadHighs } from '@gruppstart/matching/test-support/highs';
import { START_SEATS, STARTS, type World } from './arrival-models.ts';
import { pointsOf } from './invented-people.ts';

type Highs = Awaited<ReturnType<typeof loadHighs>>;

/** What a policy, or hindsight, came to over all starts. */
export interface Outcome {
  readonly placed: number;
  readonly points: number;
}

/** A pair with the starts at which both are there. */
interface Pair {
  readonly person: number;
  readonly place: number;
  readonly points: number;
  readonly first: number;
  readonly last: number;
}

const pairsOf = ({ people, places }: World): Pair[] =>
  people.flatMap((someone, person) =>
    places.flatMap((place, placeIndex) => {
      const points = pointsOf(someone.profile, place);
      const first = Math.max(someone.arrives, place.opens);
      const last = Math.min(someone.leaves, place.closes, STARTS - 1);
      return points === null || first > last ? [] : [{ person, place: placeIndex, points, first, last }];
    }),
  );

/** A placement counts more than all points that there can be. */
const PLACEMENT = 20_000;

/** At most so many of the choices with these indexes. */
export interface Limit {
  readonly most: number;
  readonly choices: readonly number[];
}

/** The most choices within the limits, and then the most points, exactly. */
export const bestChoices = (highs: Highs, points: readonly number[], limits: readonly Limit[]): Outcome => {
  const binding = limits.filter(({ most, choices }) => choices.length > most);
  const sum = (choices: readonly number[]): string => choices.map((choice) => `x${choice}`).join(' + ');
  const model = [
    'Maximize',
    ` obj: ${points.map((value, choice) => `${PLACEMENT + value} x${choice}`).join(' + ')}`,
    'Subject To',
    ...binding.map(({ most, choices }, index) => ` c${index}: ${sum(choices)} <= ${most}`),
    'Binary',
    ...points.map((_, choice) => ` x${choice}`),
    'End',
  ].join('\n');
  const { Status, Columns } = highs.solve(model, { mip_rel_gap: 0, mip_abs_gap: 0.5 });
  if (Status !== 'Optimal') throw new Error(`Hindsight has no answer: ${Status}`);
  // Read from the choices rather than from the objective, whose last digits a tolerance may have touched.
  const chosen = points.filter((_, choice) => {
    const column = Columns[`x${choice}`];
    return column !== undefined && 'Primal' in column && column.Primal > 0.5;
  });
  return { placed: chosen.length, points: chosen.reduce((total, value) => total + value, 0) };
};

/**
 * The most people who could have been placed, and then the most points, had everything been known: exactly. A pair is
 * chosen without its start. A choice can be spread over the starts when no stretch of them has more pairs inside it
 * than seats (Hall's condition, since each pair may begin at any of an unbroken row of starts).
 */
export const hindsightOf = (highs: Highs, world: World): Outcome => {
  const pairs = pairsOf(world);
  const limit = (most: number, isIn: (pair: Pair) => boolean): Limit => ({
    most,
    choices: pairs.flatMap((pair, index) => (isIn(pair) ? [index] : [])),
  });
  const limits = [
    ...world.people.map((_, person) => limit(1, (pair) => pair.person === person)),
    ...world.places.map(({ seats }, place) => limit(seats, (pair) => pair.place === place)),
  ];
  for (let from = 0; from < STARTS; from += 1)
    for (let to = from, seats = 0; to < STARTS; to += 1) {
      seats += START_SEATS[to]!;
      limits.push(limit(seats, ({ first, last }) => first >= from && last <= to));
    }
  return bestChoices(
    highs,
    pairs.map(({ points }) => points),
    limits,
  );
};
