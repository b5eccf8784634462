import type { Bench, Row } from './bench.ts';

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 3 : 0 });

const goalText = ({ goal, bound }: Row): string => {
  if (goal === null) return '';
  return `${bound === 'at-least' ? '≥' : '≤'} ${number(goal)}`;
};

const metText = ({ met }: Row): string => {
  if (met === null) return '';
  return met ? 'yes' : 'NO';
};

const HEADER = ['', 'figure', 'goal', 'unit', 'met', ''] as const;
/** Numbers stand to the right, so that they can be compared by eye. */
const TO_THE_RIGHT: readonly number[] = [1, 2];

/** What a person reads: one line per figure. */
export const tableText = (bench: Pick<Bench, 'name' | 'title'>, rows: readonly Row[], load: string): string => {
  const lines = [
    HEADER,
    ...rows.map((row) => [row.id, number(row.figure), goalText(row), row.unit, metText(row), row.note]),
  ];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return TO_THE_RIGHT.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [`${bench.name}: ${bench.title} (${load})`, ...lines.map((cells) => `  ${line(cells)}`), ''].join('\n');
};

/** What a program reads: one object on one line. */
export const jsonText = ({ name }: Pick<Bench, 'name'>, rows: readonly Row[]): string =>
  JSON.stringify({
    bench: name,
    rows: rows.map(({ id, figure, goal, unit, met }) => ({ id, figure, goal, unit, met })),
  });
