import type { LogEvent } from './log-events.ts';
import { type Figures, metricMembers } from './metrics.ts';

/** Ids, counts, states, codes. Never bodies, names or free text. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** One line of JSON per event, and in it the figures that the event is measured by. */
export interface Log {
  /** What every line says from now on, until it is called again: a function is invoked once at a time. */
  during(facts: LogFacts): void;
  info(event: LogEvent, facts?: LogFacts, figures?: Figures): void;
  /** An expected trouble that somebody may want to look at. */
  warn(event: LogEvent, facts?: LogFacts, figures?: Figures): void;
  /** A fault. The error's message is left out: it may quote what was sent; its name and frames say where. */
  fault(event: LogEvent, error: unknown, facts?: LogFacts, figures?: Figures): void;
}

/**
 * `at name (file:line:column)` or `at file:line:column`, with a name as functions have them, and a file of ours, of a
 * library or of Node.
 */
const FRAME = /^at (?:[\w$.<>#[\] ]+ \()?(?:async )?(?:file:|node:|\/)[^\s()]*:\d+:\d+\)?$/;

/** The frames of a stack. The message stands before them and may have lines that look alike, so it is cut away first. */
const framesOf = ({ stack = '', message }: Error): string => {
  // The stack was written when the error was made: one whose message has changed since begins with words of which nothing is known.
  const told = stack.indexOf(message);
  const before = stack.slice(0, Math.max(0, told));
  if (told === -1 || before.includes('\n') || (message === '' && /^[^\n]*:/.test(stack))) return '';
  return stack
    .slice(told + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line))
    .slice(0, 6)
    .join(' | ');
};

/** The name of an error is a word; whatever else has been put there is not repeated. */
const WORD = /^[A-Za-z]\w{0,60}$/;

/** The service's own word, such as AccessDenied, when the error carries one. */
const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' && WORD.test(error.code) ? ` (${error.code})` : '';

const namesOf = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause !== undefined && depth < 4 ? ` < ${namesOf(error.cause, depth + 1)}` : '';
  return `${WORD.test(error.name) ? error.name : 'Error'}${codeOf(error)}${cause}`;
};

/** What ids, codes, pointers and states look like: no blank, no letter beyond English ones, no `@`. */
const PLAIN = /^[\w.:/=+~-]{0,120}$/;

/** What does not look like an id or a code may be something that somebody wrote, and stays out of the log. */
const onlyPlain = (facts: LogFacts): LogFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'string' && !PLAIN.test(fact) ? 'withheld' : fact,
    ]),
  );

// Past the console, which on Lambda puts its own words before each line: neither JSON nor a figure would be found then.
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The log of a function; `service` is its name. The clock gives milliseconds since 1970. */
export const makeLog = (
  service: string,
  write: (line: string) => void = print,
  clock: () => number = Date.now,
): Log => {
  let ambient: LogFacts = {};
  const line = (level: string, event: LogEvent, facts: LogFacts, figures: Figures, more: LogFacts = {}): void => {
    const now = clock();
    write(
      JSON.stringify({
        time: new Date(now).toISOString(),
        level,
        service,
        event,
        ...onlyPlain({ ...ambient, ...facts }),
        ...more,
        ...metricMembers(figures, now),
      }),
    );
  };
  return {
    during: (facts) => {
      ambient = facts;
    },
    info: (event, facts = {}, figures = {}) => line('info', event, facts, figures),
    warn: (event, facts = {}, figures = {}) => line('warn', event, facts, figures),
    fault: (event, error, facts = {}, figures = {}) =>
      line('error', event, facts, figures, {
        error: namesOf(error),
        frames: error instanceof Error ? framesOf(error) : '',
      }),
  };
};
