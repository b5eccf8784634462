import { availableParallelism, loadavg } from 'node:os';

/** The middle value; of an even number the mean of the two in the middle. Throws when there is none. */
export const median = (samples: readonly number[]): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There is no median of nothing');
  return (lower + upper) / 2;
};

/** `5 runs, 1.2 to 1.9`: how far the samples lie apart, so that a reader can judge the median. */
export const spread = (samples: readonly number[], what: string, digits = 0): string =>
  `median of ${samples.length} ${what}, ${Math.min(...samples).toFixed(digits)} to ${Math.max(...samples).toFixed(digits)}`;

/** Measures one contestant once. */
export type Measurement = () => Promise<number> | number;

/**
 * Measures every contestant once per round, in turn, and in the opposite order every other round: what the machine does
 * beside us hits all of them alike. The samples of one round stand at the same index.
 */
export const interleave = async <Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, Measurement>>,
): Promise<Readonly<Record<Name, readonly number[]>>> => {
  // `Object.keys` forgets which names they are.
  const names = Object.keys(contestants) as Name[];
  const samples = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await contestants[name]());
  }
  return samples;
};

/** Sample by sample, so that a slow moment counts for both or for neither. */
export const ratios = (samples: readonly number[], baseline: readonly number[]): readonly number[] =>
  samples.flatMap((sample, index) => {
    const base = baseline[index];
    return base === undefined ? [] : [sample / base];
  });

/** The wall clock time of one piece of work, in milliseconds. */
export const timed = async (work: () => unknown): Promise<number> => {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
};

/** `load 1.52 on 2 cores`: how busy the machine has been during the last minute, our own work included. */
export const machineLoad = (): string => `load ${loadavg()[0]?.toFixed(2) ?? '?'} on ${availableParallelism()} cores`;
