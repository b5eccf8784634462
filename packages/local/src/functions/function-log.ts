import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where the lines that functions print end up, one file a function. */
export interface FunctionLogs {
  /** The sink of one function. */
  open(functionName: string): FunctionLog;
  close(): Promise<void>;
}

export interface FunctionLog {
  /** Takes text as it comes from a worker; lines may arrive in pieces. */
  write(chunk: string): void;
  /** A line of the platform itself, such as a timeout. Never contains an event or a body. */
  platform(record: Readonly<Record<string, string | number>>): void;
}

/** A file larger than this is set aside as `.1` when the laptop starts. */
const ROTATE_BYTES = 10_000_000;

/** Logs under a directory; `echo` sees every whole line too. */
export function createFunctionLogs(
  directory: string,
  nowMs: () => number,
  echo: (functionName: string, line: string) => void = () => {},
): FunctionLogs {
  mkdirSync(directory, { recursive: true });
  const closers: (() => Promise<void>)[] = [];
  return {
    open(functionName) {
      const path = join(directory, `${functionName}.log`);
      if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
      const stream = createWriteStream(path, { flags: 'a' });
      let partial = '';
      closers.push(() => {
        // What a function had begun to print when it was ended is kept too: it may be what it failed by.
        if (partial !== '') writeLine(partial);
        partial = '';
        return new Promise((resolve) => stream.end(() => resolve()));
      });
      const writeLine = (line: string): void => {
        stream.write(`${line}\n`);
        echo(functionName, line);
      };
      return {
        write(chunk) {
          const lines = (partial + chunk).split('\n');
          partial = lines.pop() ?? '';
          for (const line of lines) writeLine(line);
        },
        platform: (record) => writeLine(JSON.stringify({ time: new Date(nowMs()).toISOString(), ...record })),
      };
    },
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}
