import type { Inside } from './environment.ts';
import { until } from './requests.ts';

export type LogLine = Readonly<Record<string, unknown>>;

/**
 * The lines of a function that are looked for, once there are so many. An effect can be seen before the line that
 * tells of it: a line is printed last, and is then on its way to where it is kept.
 */
export const linesLogged = (
  inside: Pick<Inside, 'logOf'>,
  functionName: string,
  isLookedFor: (line: LogLine) => boolean,
  atLeast = 1,
): Promise<readonly LogLine[]> =>
  until(
    async () => (await inside.logOf(functionName)).filter(isLookedFor),
    (lines) => lines.length >= atLeast,
  );
