/** What an assignment comes to, in strict order: each line outranks all that follow. Sums over the people placed. */
export interface Objective {
  readonly mustPlaced: number;
  readonly placed: number;
  readonly tiers: number;
  readonly value: number;
  readonly waitDays: number;
  readonly lots: number;
  readonly pairLots: number;
}

export const OBJECTIVE_ORDER = [
  'mustPlaced',
  'placed',
  'tiers',
  'value',
  'waitDays',
  'lots',
  'pairLots',
] as const satisfies readonly (keyof Objective)[];

/** Over 0 when `a` is the better one, under 0 when `b` is, 0 when they are equal on every line. */
export const compareObjectives = (a: Objective, b: Objective): number => {
  for (const line of OBJECTIVE_ORDER) if (a[line] !== b[line]) return a[line] - b[line];
  return 0;
};
