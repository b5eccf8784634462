import { oneLine } from './cell-text.ts';

/** Names that a cell may hold, longest first, so that "Städning och diskning, kök" is found before "Städning". */
export interface LabelIndex<T> {
  readonly labels: readonly { readonly folded: string; readonly value: T }[];
}

export const labelIndex = <T>(entries: readonly (readonly [label: string, value: T])[]): LabelIndex<T> => ({
  labels: entries
    .map(([label, value]) => ({ folded: oneLine(label).toLowerCase(), value }))
    .sort((a, b) => b.folded.length - a.folded.length || (a.folded < b.folded ? -1 : 1)),
});

export interface ListPart<T> {
  /** The known thing, or null when the name is in no vocabulary. */
  readonly value: T | null;
  /** The name as written. */
  readonly name: string;
  /** What stands between the name and the next separator: a level, a number of years. */
  readonly rest: string;
}

const isSeparator = (character: string | undefined): boolean =>
  character === undefined || character === ',' || character === ';' || character === '\n';

/** A word must end where a label ends: "Hemtjänst" is not found in "Hemtjänsten". */
const endsWord = (character: string | undefined): boolean =>
  isSeparator(character) || character === ':' || character === ' ' || character === '(';

const skipSeparators = (text: string, from: number): number => {
  let position = from;
  while (position < text.length && (isSeparator(text[position]) || text[position] === ' ')) position += 1;
  return position;
};

const nextSeparator = (text: string, from: number): number => {
  let position = from;
  while (!isSeparator(text[position])) position += 1;
  return position;
};

/**
 * Splits a list whose names may themselves hold commas: at each place the longest known label wins, and only what no
 * label fits is split by comma. `acceptsRest` says whether what follows a label belongs to it ("Städare 4 år") or shows
 * that another, unknown name began with the same words ("Städning av bilar").
 */
export const splitLabelled = <T>(
  text: string,
  index: LabelIndex<T>,
  acceptsRest: (rest: string) => boolean,
): readonly ListPart<T>[] => {
  const spaced = text.replace(/[^\S\n]+/g, ' ');
  // Lower case may change the length of rare letters; then positions would not agree, and nothing is looked up.
  const lower = spaced.toLowerCase();
  const folded = lower.length === spaced.length ? lower.replaceAll('\n', ' ') : '';
  const parts: ListPart<T>[] = [];
  let position = skipSeparators(spaced, 0);
  while (position < spaced.length) {
    let part: ListPart<T> | null = null;
    let end = nextSeparator(spaced, position);
    for (const label of index.labels) {
      const labelEnd = position + label.folded.length;
      if (!folded.startsWith(label.folded, position) || !endsWord(spaced[labelEnd])) continue;
      const restEnd = nextSeparator(spaced, labelEnd);
      const rest = spaced.slice(labelEnd, restEnd).trim();
      if (!acceptsRest(rest)) continue;
      part = { value: label.value, name: oneLine(spaced.slice(position, labelEnd)), rest };
      end = restEnd;
      break;
    }
    parts.push(part ?? { value: null, name: oneLine(spaced.slice(position, end)), rest: '' });
    position = skipSeparators(spaced, end);
  }
  return parts;
};
