/** Steps that undo a start, run last first. One that fails does not keep the others from running. */
export interface Shutdown {
  add(step: () => Promise<void>): void;
  /** Runs every step once, however often it is called; rejects with the first failure when all are done. */
  run(): Promise<void>;
}

export function createShutdown(): Shutdown {
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | null = null;
  const runAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (step) => steps.push(step),
    run() {
      running ??= runAll();
      return running;
    },
  };
}
