import type { CompiledRun } from '../compiled-run.ts';
import type { PairTable } from '../pairs.ts';
import type { loadHighs } from './highs.ts';

/** A pair that may be chosen, by what the constraints ask of it. */
interface Choice {
  readonly name: string;
  readonly c: number;
  readonly cell: number;
  readonly points: number;
  readonly sessions: number;
}

type Term = readonly [number, string];

const termsOf = (terms: readonly Term[]): string =>
  terms.map(([times, name]) => `${times < 0 ? '-' : '+'} ${Math.abs(times)} ${name}`).join(' ');

/**
 * The first start of a run, written down whole as an integer programme straight from the input, with nothing of how we
 * solve it: as many as possible, then tiers and points. The tiers weigh more than all points together.
 */
export const bestByFullModel = (
  highs: Awaited<ReturnType<typeof loadHighs>>,
  run: CompiledRun,
  table: PairTable,
): { readonly placed: number; readonly tiersAndPoints: number } => {
  const { input } = run;
  const start = input.starts[0]!;
  const choices: Choice[] = [];
  for (const [c, candidate] of run.candidates.entries())
    for (let e = table.edgeStart[c]!; e < table.edgeStart[c + 1]!; e += 1) {
      const cell = table.edgeCell[e]!;
      if ((candidate.startMask & run.places[run.cells[cell]!.place]!.startMask & 1) === 0) continue;
      choices.push({ name: `x${e}`, c, cell, points: table.edgePoints[e]!, sessions: table.edgeSessions[e]! });
    }
  if (choices.length === 0) return { placed: 0, tiersAndPoints: 0 };
  const partOf = ({ cell }: Choice) => run.cells[cell]!.seatPart;
  const placeOf = ({ cell }: Choice) => input.places[run.cells[cell]!.place]!;
  const which = (keep: (choice: Choice) => boolean, times: (choice: Choice) => number = () => 1): Term[] =>
    choices.filter(keep).map((choice) => [times(choice), choice.name]);

  const rows: string[] = [];
  const atMost = (terms: readonly Term[], most: number): void => {
    if (terms.length > 0) rows.push(`${termsOf(terms)} <= ${most}`);
  };
  for (const c of run.candidates.keys())
    atMost(
      which((choice) => choice.c === c),
      1,
    );
  for (const place of input.places) {
    const here = (choice: Choice) => placeOf(choice) === place;
    atMost(
      which((choice) => here(choice) && partOf(choice) !== 'second'),
      Math.max(0, place.seats - place.taken),
    );
    atMost(
      which((choice) => here(choice) && partOf(choice) !== 'first'),
      Math.max(0, place.seats - place.takenSecond),
    );
  }
  for (const unit of input.units)
    if (unit.supervisorHours !== null)
      atMost(
        which(
          (choice) => placeOf(choice).unitId === unit.unitId && placeOf(choice).supervisorHours > 0,
          (choice) => placeOf(choice).supervisorHours,
        ),
        Math.max(0, unit.supervisorHours - unit.supervisorHoursTaken),
      );
  for (const [bit, { seats }] of run.sessions.entries())
    atMost(
      which(({ sessions }) => (sessions >> bit) % 2 === 1),
      seats,
    );
  if (input.purpose === 'admission')
    atMost(
      which(() => true),
      Math.max(0, start.seats - start.taken),
    );
  if (input.policy.placeAtMost !== null)
    atMost(
      which(() => true),
      input.policy.placeAtMost,
    );
  const rowOf = new Map(input.candidates.map(({ candidateId }, index) => [candidateId, index]));
  for (const rule of input.pairRules) {
    const [first, second] = [rowOf.get(rule.first)!, rowOf.get(rule.second)!];
    const of = (c: number, keep: (choice: Choice) => boolean = () => true) =>
      which((choice) => choice.c === c && keep(choice));
    if (rule.kind === 'together') {
      if (input.purpose === 'placement') continue;
      const difference = [...of(first), ...of(second).map(([times, name]): Term => [-times, name])];
      if (difference.length > 0) rows.push(`${termsOf(difference)} = 0`);
    } else if (input.purpose === 'admission' && rule.apartFrom === 'start') atMost([...of(first), ...of(second)], 1);
    else
      for (const unitId of new Set(input.places.map((place) => place.unitId)))
        atMost(
          [first, second].flatMap((c) => of(c, (choice) => placeOf(choice).unitId === unitId)),
          1,
        );
  }
  const best = (objective: readonly Term[], more: readonly string[]): number => {
    const text = [
      'Maximize',
      ` obj: ${termsOf(objective)}`,
      'Subject To',
      ...[...rows, ...more].map((row, index) => ` c${index}: ${row}`),
      'Binary',
      ...choices.map(({ name }) => ` ${name}`),
      'End',
    ].join('\n');
    const solution = highs.solve(text, { output_flag: false, presolve: 'off' });
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS says ${solution.Status}`);
    return Math.round(solution.ObjectiveValue);
  };
  const placed = best(
    which(() => true),
    [],
  );
  const tierUnit = tierUnitOf(run);
  const tiersAndPoints = best(
    which(
      () => true,
      ({ c, points }) => run.tiers[c]! * tierUnit + points,
    ),
    [`${termsOf(which(() => true))} = ${placed}`],
  );
  return { placed, tiersAndPoints };
};

/** One tier outweighs all the points that there are. */
export const tierUnitOf = (run: CompiledRun): number => run.candidates.length * run.weights.maxPoints + 1;
