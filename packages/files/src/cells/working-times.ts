import { type WeeklySpan, WORKING_TIMES, type WorkingTime } from '@gruppstart/domain/intake/working-times';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, plainDashes, saysNone, splitList, splitWords } from './cell-text.ts';

const TIME_BY_WORD: ReadonlyMap<string, WorkingTime> = new Map([
  ['dag', 'day'],
  ['kväll', 'evening'],
  ['natt', 'night'],
  ['helg', 'weekend'],
]);

/** When the person can work, in the order of the day. */
export const readWorkingTimes = (text: string): CellReading<WorkingTime[]> => {
  const found = new Set<WorkingTime>();
  for (const word of splitWords(text)) {
    const time = TIME_BY_WORD.get(fold(word));
    if (time === undefined) return refuse('working-time-unknown');
    found.add(time);
  }
  return found.size === 0 ? refuse('working-time-unknown') : ok(WORKING_TIMES.filter((time) => found.has(time)));
};

const MAX_ENGAGEMENTS = 20;
const MAX_PART_CHARACTERS = 60;
const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'] as const;

/** 1-7 for "mån", "månd", "måndag", "måndagar"; null for anything else. */
const weekdayOf = (word: string): number | null => {
  const stem = word.replace(/ar$/, '').replace(/\.$/, '');
  const index = stem.length < 3 ? -1 : WEEKDAYS.findIndex((weekday) => weekday.startsWith(stem));
  return index === -1 ? null : index + 1;
};

/** The days of "mån", "mån-fre" or "vardagar"; null when it names none. */
const weekdaysOf = (words: string): readonly number[] | null => {
  if (words === 'vardagar' || words === 'vardag') return [1, 2, 3, 4, 5];
  const [firstWord = '', lastWord, ...rest] = words.split(/ ?- ?/);
  const first = weekdayOf(firstWord);
  const last = lastWord === undefined ? first : weekdayOf(lastWord);
  if (first === null || last === null || last < first || rest.length > 0) return null;
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
};

const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?$/;
const MINUTES_PER_DAY = 1_440;

const minuteOf = (clock: string): number | null => {
  const parts = CLOCK.exec(clock);
  if (!parts) return null;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] ?? '0');
  const total = hour * 60 + minute;
  return minute < 60 && total <= MINUTES_PER_DAY ? total : null;
};

/** "mån 08:00-12:00" as days and a span of time; the time may be missing, when the next part brings it. */
const PART = /^(\D+?) ?(?:(?:kl\.? ?)?(\d[\d:.]*) ?(?:-|till) ?(\d[\d:.]*))?$/;

/**
 * Fixed weekly engagements: "mån 08:00-12:00, ons 13-16", "mån-fre 8.00-12.00", "mån, ons 08:00-12:00" (days without a
 * time take that of the next). Sorted by day and time, repeated ones once.
 */
export const readEngagements = (text: string): CellReading<WeeklySpan[]> => {
  if (saysNone(text)) return ok([]);
  const spans = new Map<string, WeeklySpan>();
  let waiting: number[] = [];
  for (const part of splitList(plainDashes(text).replace(/ och /gi, ', '))) {
    const parts = part.length > MAX_PART_CHARACTERS ? null : PART.exec(fold(part));
    const weekdays = weekdaysOf(parts?.[1] ?? '');
    if (!parts || weekdays === null) return refuse('engagement-malformed');
    waiting.push(...weekdays);
    const [, , from, to] = parts;
    if (from === undefined || to === undefined) continue;
    const fromMinute = minuteOf(from);
    const toMinute = minuteOf(to);
    if (fromMinute === null || toMinute === null || toMinute <= fromMinute) return refuse('engagement-malformed');
    for (const weekday of waiting) {
      spans.set(`${weekday} ${fromMinute} ${toMinute}`, { weekday, fromMinute, toMinute });
    }
    waiting = [];
  }
  if (waiting.length > 0 || spans.size === 0) return refuse('engagement-malformed');
  if (spans.size > MAX_ENGAGEMENTS) return refuse('too-many-values');
  return ok(
    [...spans.values()].sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute || a.toMinute - b.toMinute),
  );
};
