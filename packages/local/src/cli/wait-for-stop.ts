/** A signal this soon after the first is the same key press: npm passes on what the terminal has already sent. */
const SAME_PRESS_MS = 1_500;
const PARENT_CHECK_MS = 1_000;

/** Settles when the person, the system or npm asks for a stop. A second request, somewhat later, ends the process at once. */
export function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    let askedAtMs: number | null = null;
    const ask = (): void => {
      if (askedAtMs !== null && performance.now() - askedAtMs > SAME_PRESS_MS) process.exit(1);
      askedAtMs ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    // npm's shell dies of a SIGTERM without passing it on, and would leave us running with the ports taken.
    if (process.env.npm_lifecycle_event !== undefined) {
      const parent = process.ppid;
      const watch = setInterval(() => {
        if (process.ppid === parent) return;
        clearInterval(watch);
        ask();
      }, PARENT_CHECK_MS);
      watch.unref();
    }
  });
}
