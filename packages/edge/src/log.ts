/** One line of JSON per event: ids, counts, states, codes. Never bodies, names or free text. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, facts?: LogFacts): void;
  /** An expected trouble that somebody may want to look at. */
  warn(event: string, facts?: LogFacts): void;
  /** A fault. The error's message is left out: it may quote what was sent; its name and frames say where. */
  fault(event: string, error: unknown, facts?: LogFacts): void;
}

/** `at name (file:line:column)` or `at file:line:column`. */
const FRAME = /^at .+:\d+:\d+\)?$/;

/** The frames of a stack. The message stands before them and may have lines that look alike, so it is cut away first. */
const framesOf = ({ stack = '', message }: Error): string => {
  const told = message === '' ? -1 : stack.indexOf(message);
  return (told === -1 ? stack : stack.slice(told + message.length))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => FRAME.test(line))
    .slice(0, 6)
    .join(' | ');
};

const namesOf = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error)) return typeof error;
  const cause = error.cause !== undefined && depth < 4 ? ` < ${namesOf(error.cause, depth + 1)}` : '';
  return `${error.name}${cause}`;
};

export const makeLog = (functionName: string, write: (line: string) => void = console.log): Log => {
  const line = (level: string, event: string, facts: LogFacts): void =>
    write(JSON.stringify({ level, function: functionName, event, ...facts }));
  return {
    info: (event, facts = {}) => line('info', event, facts),
    warn: (event, facts = {}) => line('warn', event, facts),
    fault: (event, error, facts = {}) =>
      line('error', event, { ...facts, error: namesOf(error), frames: error instanceof Error ? framesOf(error) : '' }),
  };
};
