import type { Log, LogFacts } from './log.ts';

/** The part of Lambda's context that the log tells. */
interface InvocationContext {
  readonly awsRequestId?: string;
}

/** What is taken from the process; a test hands in its own. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly console: Pick<Console, (typeof PRINTERS)[number]>;
}

const PRINTERS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * The id of the trace: `1-67412d8f-0123456789abcdef01234567`. Lambda names it in a variable that is set anew for every
 * invocation; the gateway in a header.
 */
const traceIdOf = (environment: Surroundings['environment'], event: unknown): string | null => {
  const headers = isRecord(event) && isRecord(event.headers) ? event.headers : {};
  // biome-ignore lint/complexity/useLiteralKeys: the name is Lambda's
  const named = [environment['_X_AMZN_TRACE_ID'], headers['x-amzn-trace-id']].map((text) =>
    /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/.exec(String(text)),
  );
  return named.find((match) => match !== null)?.[1] ?? null;
};

/**
 * Nothing that a library prints reaches the log as it is: an error is printed with its message, and that may quote what
 * was sent. What stays is that it printed, and where an error came from.
 */
const hush = (log: Log, console: Surroundings['console']): void => {
  for (const printer of PRINTERS) {
    console[printer] = (...said: readonly unknown[]): void =>
      log.fault(
        'library-printed',
        said.find((each) => each instanceof Error),
        { printer },
      );
  }
};

/**
 * A handler whose every line says which invocation it belongs to, and out of which nothing escapes into the log: the
 * platform prints whatever error leaves a handler, message and all, so that another one leaves it instead.
 */
export const watched = <E, C, A>(
  log: Log,
  handler: (event: E, context: C) => Promise<A>,
  { environment, console }: Surroundings = globalSurroundings(),
): ((event: E, context: C) => Promise<A>) => {
  hush(log, console);
  let coldStart = true;
  return async (event, context) => {
    const { awsRequestId = null }: { readonly awsRequestId?: string | null } = (context ?? {}) as InvocationContext;
    const facts: LogFacts = { requestId: awsRequestId, traceId: traceIdOf(environment, event), coldStart };
    coldStart = false;
    log.during(facts);
    try {
      return await handler(event, context);
    } catch (error) {
      log.fault('invocation-failed', error);
      throw new Error('The invocation failed; its line invocation-failed says where');
    }
  };
};

const globalSurroundings = (): Surroundings => ({ environment: process.env, console: globalThis.console });
