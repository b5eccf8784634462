import { randomNumbers } from '@gruppstart/matching/test-support/random-problems';

/** Points of a pair that meets everything, shared out as by the default weights: 40, 15, 10, 20 and 15. */
export const MAX_POINTS = 100;

/** Fields of welfare work: how common their places are, and what these ask. Swedish is 0 (A1) … 5 (C2). */
const FIELDS = [
  { name: 'elderly care', places: 14, licencePercent: 45, rotaPercent: 75, skillMustPercent: 36, swedish: [3, 3, 4] },
  {
    name: 'support in housing',
    places: 10,
    licencePercent: 35,
    rotaPercent: 60,
    skillMustPercent: 36,
    swedish: [2, 3, 3],
  },
  { name: 'preschool', places: 10, licencePercent: 0, rotaPercent: 5, skillMustPercent: 24, swedish: [3, 4, 4] },
  { name: 'kitchen', places: 9, licencePercent: 5, rotaPercent: 10, skillMustPercent: 24, swedish: [1, 2, 2] },
  { name: 'cleaning', places: 9, licencePercent: 15, rotaPercent: 20, skillMustPercent: 12, swedish: [0, 1, 1] },
  {
    name: 'property and transport',
    places: 8,
    licencePercent: 60,
    rotaPercent: 5,
    skillMustPercent: 24,
    swedish: [1, 1, 2],
  },
] as const;
const FIELD_OF_PLACE = FIELDS.flatMap(({ places }, field) => Array.from({ length: places }, () => field));

/** Parts of the municipality, in a ring; somebody reaches so many steps to either side. */
const AREAS = 6;

/** Those who fit few places, many, or something between. */
const KINDS = {
  narrow: { licencePercent: 8, rotaPercent: 10, swedish: [0, 1, 1, 2, 2], reach: [1, 1, 2], fields: [2, 2, 3] },
  middle: { licencePercent: 40, rotaPercent: 45, swedish: [1, 2, 3, 3, 4], reach: [1, 1, 2], fields: [2, 3, 3] },
  wide: { licencePercent: 85, rotaPercent: 85, swedish: [3, 4, 4, 5], reach: [2, 3, 5], fields: [3, 4, 5] },
} as const;

/** Shares in percent; the rest are in the middle. */
export interface Mix {
  readonly narrow: number;
  readonly wide: number;
}

export interface Profile {
  readonly licence: boolean;
  /** Can work evenings and weekends. */
  readonly rota: boolean;
  readonly swedish: number;
  readonly area: number;
  readonly reach: number;
  /** Fields in order of wish; the others are no pair. */
  readonly fields: readonly number[];
  /** One bit each of the three skills that a field asks for. */
  readonly skills: number;
  /** The field that the person has worked in; null: none of these. */
  readonly experience: number | null;
}

export interface Place {
  readonly field: number;
  readonly area: number;
  readonly licence: boolean;
  readonly rota: boolean;
  readonly swedish: number;
  readonly skills: number;
  /** The lowest of `skills` is a must. */
  readonly skillMust: boolean;
  readonly seats: number;
  /** First and last start at which it is open, and the start from which the centre knows of it. */
  readonly opens: number;
  readonly closes: number;
  readonly knownFrom: number;
}

export interface Dice {
  readonly below: (limit: number) => number;
  readonly chance: (percent: number) => boolean;
  readonly oneOf: <T>(values: readonly T[]) => T;
  /** A count with the given mean. */
  readonly poisson: (mean: number) => number;
  /** A whole number of days with the given mean, most of them shorter. */
  readonly longTailDays: (mean: number) => number;
}

export const diceOf = (seed: number): Dice => {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (percent) => random() * 100 < percent,
    oneOf: (values) => values[below(values.length)]!,
    poisson: (mean) => {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = random(); product > limit; product *= random()) count += 1;
      return count;
    },
    longTailDays: (mean) => Math.floor(-mean * Math.log(1 - random())),
  };
};

const inventKind = (dice: Dice, { narrow, wide }: Mix): keyof typeof KINDS => {
  const roll = dice.below(100);
  if (roll < narrow) return 'narrow';
  return roll < narrow + wide ? 'wide' : 'middle';
};

export const inventProfile = (dice: Dice, mix: Mix): Profile => {
  const kind = KINDS[inventKind(dice, mix)];
  const fields = new Set<number>();
  const wanted = dice.oneOf<number>(kind.fields);
  while (fields.size < wanted) fields.add(dice.below(FIELDS.length));
  return {
    licence: dice.chance(kind.licencePercent),
    rota: dice.chance(kind.rotaPercent),
    swedish: dice.oneOf<number>(kind.swedish),
    area: dice.below(AREAS),
    reach: dice.oneOf<number>(kind.reach),
    fields: [...fields],
    skills: dice.below(8),
    experience: dice.chance(35) ? dice.below(FIELDS.length) : null,
  };
};

export const inventPlace = (dice: Dice, window: Pick<Place, 'opens' | 'closes' | 'knownFrom'>): Place => {
  const index = dice.oneOf(FIELD_OF_PLACE);
  const field = FIELDS[index]!;
  return {
    field: index,
    area: dice.below(AREAS),
    licence: dice.chance(field.licencePercent),
    rota: dice.chance(field.rotaPercent),
    swedish: dice.oneOf<number>(field.swedish),
    skills: dice.below(8),
    skillMust: dice.chance(field.skillMustPercent),
    seats: dice.oneOf([1, 1, 2, 2, 3]),
    ...window,
  };
};

const bitsIn = (mask: number): number => (mask & 1) + ((mask >> 1) & 1) + ((mask >> 2) & 1);

const experiencePoints = ({ experience }: Profile, { field }: Place): number => {
  if (experience === null) return 0;
  return experience === field ? 15 : 4;
};

/** Points of a pair as the engine would count them, in rough; null when it is no pair. */
export const pointsOf = (profile: Profile, place: Place): number | null => {
  const wish = profile.fields.indexOf(place.field);
  const steps = Math.abs(profile.area - place.area);
  const distance = Math.min(steps, AREAS - steps);
  if (wish === -1 || distance > profile.reach || profile.swedish < place.swedish) return null;
  if ((place.licence && !profile.licence) || (place.rota && !profile.rota)) return null;
  const held = profile.skills & place.skills;
  const lowestAsked = place.skills & -place.skills;
  if (place.skillMust && (held & lowestAsked) !== lowestAsked) return null;
  const requirements = Math.floor((40 * (2 + bitsIn(held))) / (2 + bitsIn(place.skills)));
  const commute = Math.floor((15 * (2 * profile.reach + 1 - distance)) / (2 * profile.reach + 1));
  return requirements + experiencePoints(profile, place) + 10 + (20 - 4 * wish) + commute;
};
