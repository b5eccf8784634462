/** One figure of a bench. Without a goal it is information: nothing to meet, so `met` is null too. */
export interface Row {
  /** `bench.figure`, the same from run to run, so that figures can be compared over time. */
  readonly id: string;
  readonly figure: number;
  readonly goal: number | null;
  readonly unit: string;
  readonly met: boolean | null;
  /** Which side of the goal is the good one; for the table only. */
  readonly bound: 'at-least' | 'at-most' | null;
  /** How the figure came about, in a few words; for the table only. */
  readonly note: string;
}

export interface BenchTools {
  /** Progress, one line at a time; never on standard output, which belongs to the result. */
  readonly tell: (line: string) => void;
  /** An empty folder of this bench's own; it is removed afterwards. */
  readonly folder: string;
  /** The file of a problem to solve instead of measuring, for a bench that takes one. */
  readonly instance: string | null;
}

export interface Bench {
  readonly name: string;
  /** A name that asks for several benches at once. */
  readonly group?: string;
  /** True: it can be given the file of a problem. */
  readonly takesInstance?: boolean;
  /** What is measured, in one line. */
  readonly title: string;
  readonly run: (tools: BenchTools) => Promise<readonly Row[]>;
}

const DECIMALS = 3;

const rounded = (figure: number): number => Number(figure.toFixed(DECIMALS));

export const atMost = (id: string, figure: number, goal: number, unit: string, note = ''): Row => ({
  id,
  figure: rounded(figure),
  goal,
  unit,
  met: figure <= goal,
  bound: 'at-most',
  note,
});

export const atLeast = (id: string, figure: number, goal: number, unit: string, note = ''): Row => ({
  id,
  figure: rounded(figure),
  goal,
  unit,
  met: figure >= goal,
  bound: 'at-least',
  note,
});

export const forInformation = (id: string, figure: number, unit: string, note = ''): Row => ({
  id,
  figure: rounded(figure),
  goal: null,
  unit,
  met: null,
  bound: null,
  note,
});
