import {
  type Dice,
  diceOf,
  inventPlace,
  inventProfile,
  type Mix,
  type Place,
  type Profile,
} from './invented-people.ts';

export const STARTS = 8;
export const DAYS_BETWEEN_STARTS = 14;
/** 12 and 13 in turn: a hundred in four months. */
export const START_SEATS = Int32Array.from({ length: STARTS }, (_, start) => 12 + (start % 2));

const LAST = STARTS - 1;
/** Seats of all places together: barely more than those of the starts, so that it matters who gets which. */
const PLACE_SEATS = 106;
/** Past months that stand for those not known: two earlier rounds of four months. */
const PAST_ROUNDS = 2;
const MEAN_DAYS_ENROLLED = 480;

export interface Person {
  readonly profile: Profile;
  /** The first start at which the person can begin, and the last one before they stop waiting. */
  readonly arrives: number;
  readonly leaves: number;
  /** The start from which the centre knows of the person. */
  readonly knownFrom: number;
  /** Days enrolled at the first start; under 0 for who enrols later. */
  readonly enrolledDays: number;
}

/** One invented four months. Only the simulation sees all of it. */
export interface World {
  readonly people: readonly Person[];
  readonly places: readonly Place[];
  /** Who came in the months before, and how many of them there were per start. */
  readonly past: readonly Profile[];
  readonly pastPerStart: number;
}

/** How people come and places open. */
export interface ArrivalModel {
  readonly title: string;
  /** The mean number of people who come for each start; those for the first are a backlog. */
  readonly meanAt: readonly number[];
  readonly mixAt: (start: number) => Mix;
  /** Starts from when somebody is sent until they can begin: the centre knows of them that much earlier. */
  readonly notice: readonly number[];
  /** True: `meanAt` counts those who are sent then. False: those who can begin then. */
  readonly countsSent: boolean;
  /** Of a hundred who wait, so many stop between two starts. */
  readonly leavePercent: number;
  readonly windowOf: (dice: Dice) => Pick<Place, 'opens' | 'closes' | 'knownFrom'>;
}

const ALWAYS_OPEN = { opens: 0, closes: LAST, knownFrom: 0 } as const;

const laterFor = (percent: number) => (dice: Dice) =>
  dice.chance(percent) ? { opens: 1 + dice.below(3), closes: LAST, knownFrom: 0 } : ALWAYS_OPEN;

export const ARRIVAL_MODELS = {
  steady: {
    title: 'as many and as mixed for every start, all places open from the beginning',
    meanAt: [26, 13, 13, 13, 13, 13, 13, 13],
    mixAt: () => ({ narrow: 35, wide: 35 }),
    notice: [0, 0, 1, 1, 2],
    countsSent: false,
    leavePercent: 2,
    windowOf: () => ALWAYS_OPEN,
  },
  batches: {
    title: 'a batch every month in which ever more fit few places; places open over time, known four weeks before',
    meanAt: [40, 0, 26, 0, 26, 0, 26, 0],
    mixAt: (start) => ({ narrow: 25 + 3 * start, wide: 40 - 2 * start }),
    notice: [0, 0, 1, 1, 2],
    countsSent: true,
    leavePercent: 2,
    windowOf: (dice) => {
      const opens = dice.oneOf([0, 0, 0, 0, 0, 1, 2, 3]);
      const closes = dice.chance(5) ? opens + 3 : LAST;
      return { opens, closes, knownFrom: Math.max(0, opens - 2) };
    },
  },
  'late-wave': {
    title: 'many at once, few after them, and after two months a wave of people who fit few places',
    meanAt: [44, 7, 7, 7, 22, 7, 7, 7],
    mixAt: (start) => (start < 4 ? { narrow: 27, wide: 36 } : { narrow: 50, wide: 18 }),
    notice: [0, 1, 2, 2, 3],
    countsSent: false,
    leavePercent: 2,
    windowOf: laterFor(20),
  },
  harsh: {
    title: 'the late wave larger, narrower and hardly announced, and twice as many who stop waiting',
    meanAt: [55, 5, 5, 5, 30, 5, 5, 5],
    mixAt: (start) => (start < 4 ? { narrow: 20, wide: 45 } : { narrow: 70, wide: 10 }),
    notice: [0, 0, 0, 1, 1],
    countsSent: false,
    leavePercent: 4,
    windowOf: laterFor(20),
  },
} as const satisfies Readonly<Record<string, ArrivalModel>>;

export type ModelName = keyof typeof ARRIVAL_MODELS;

interface Arrival {
  readonly profile: Profile;
  readonly arrives: number;
  readonly knownFrom: number;
}

/** Everybody who can begin at one of the starts. */
const inventArrivals = (dice: Dice, model: ArrivalModel): Arrival[] => {
  const arrivals: Arrival[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const count = dice.poisson(model.meanAt[start]!);
    for (let person = 0; person < count; person += 1) {
      const profile = inventProfile(dice, model.mixAt(start));
      const notice = dice.oneOf(model.notice);
      const arrives = model.countsSent ? start + notice : start;
      if (arrives < STARTS) arrivals.push({ profile, arrives, knownFrom: Math.max(0, arrives - notice) });
    }
  }
  return arrivals;
};

const inventPerson = (dice: Dice, model: ArrivalModel, arrival: Arrival): Person => {
  let leaves = arrival.arrives;
  while (leaves < LAST && !dice.chance(model.leavePercent)) leaves += 1;
  const enrolledDays = 30 + dice.longTailDays(MEAN_DAYS_ENROLLED) - DAYS_BETWEEN_STARTS * arrival.arrives;
  return { ...arrival, leaves, enrolledDays };
};

/**
 * The four months of a seed. The past comes from the same model and from dice of its own, without the backlogs, which
 * come once only: it is neither the future nor a part of it.
 */
export const inventWorld = (name: ModelName, seed: number): World => {
  const model: ArrivalModel = ARRIVAL_MODELS[name];
  const dice = diceOf(2 * seed);
  const people = inventArrivals(dice, model).map((arrival) => inventPerson(dice, model, arrival));
  const places: Place[] = [];
  for (let seats = 0; seats < PLACE_SEATS; seats += places.at(-1)!.seats)
    places.push(inventPlace(dice, model.windowOf(dice)));
  const pastDice = diceOf(2 * seed + 1);
  const past = Array.from({ length: PAST_ROUNDS }, () => inventArrivals(pastDice, model)).flat();
  const newcomers = past.filter(({ arrives }) => arrives > 0).map(({ profile }) => profile);
  return { people, places, past: newcomers, pastPerStart: newcomers.length / (PAST_ROUNDS * (STARTS - 1)) };
};
