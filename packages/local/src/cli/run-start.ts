import { giveDemoGrants } from '../demo/give-demo-grants.ts';
import { type LaptopOptions, startLaptopCloud } from '../laptop-cloud.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { explainRefusal } from './arguments.ts';
import { readStartOptions, START_USAGE } from './start-options.ts';
import { waitForStop } from './wait-for-stop.ts';
import { welcome } from './welcome.ts';

/**
 * `npm start`: runs the laptop until it is asked to stop, and returns the process's exit code: 0 after a clean stop
 * or the help, 1 when it could not start. `overrides` are for tests.
 */
export async function runStart(args: readonly string[], overrides: Partial<LaptopOptions> = {}): Promise<number> {
  const stopAsked = waitForStop();
  try {
    const startedAtMs = performance.now();
    const options = readStartOptions(args, Date.now());
    if (options === 'help') {
      console.log(START_USAGE);
      return 0;
    }
    const cloud = await startLaptopCloud({
      dataDir: options.dataDir,
      ports: { api: options.apiPort, login: options.loginPort, control: options.controlPort },
      fresh: options.fresh,
      ...(options.at === null ? {} : { at: options.at }),
      quiet: !options.verbose,
      log: (line) => console.log(line),
      ...overrides,
    });
    try {
      await giveDemoGrants(cloud);
      console.log(welcome(cloud, (performance.now() - startedAtMs) / 1000));
      await stopAsked;
      console.log('Stoppar ... / Stopping ...');
    } finally {
      await cloud.stop();
    }
    console.log(`Stoppat. Data finns kvar i ${cloud.dataDir} / Stopped. The data are kept there.`);
    return 0;
  } catch (error) {
    if (error instanceof LaptopRefusal) console.error(explainRefusal(error));
    else console.error(error);
    return 1;
  }
}
