import { giveDemoGrants } from '../demo/give-demo-grants.ts';
import { type LaptopCloud, type LaptopOptions, startLaptopCloud } from '../laptop-cloud.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { DEMO_USERS } from '../login/demo-users.ts';
import { readStartOptions } from './start-options.ts';
import { waitForStop } from './wait-for-stop.ts';

/**
 * `npm start`: runs the laptop until it is asked to stop, and returns the process's exit code: 0 after a clean stop,
 * 1 when it could not start. `overrides` are for tests.
 */
export async function runStart(args: readonly string[], overrides: Partial<LaptopOptions> = {}): Promise<number> {
  const stopAsked = waitForStop();
  try {
    const startedAtMs = performance.now();
    const options = readStartOptions(args, Date.now());
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
    if (error instanceof LaptopRefusal) console.error(`${error.swedish}\n\n${error.english}`);
    else console.error(error);
    return 1;
  }
}

function welcome(cloud: LaptopCloud, seconds: number): string {
  const width = Math.max(...DEMO_USERS.map(({ userName }) => userName.length));
  const users = DEMO_USERS.map(({ userName, tenant, displayName, grants }) => {
    const roles = [...new Set(grants.map(({ role }) => role))].join(', ');
    return `  ${userName.padEnd(width)}  ${tenant.padEnd(9)}  ${roles} (${displayName})`;
  });
  const [first] = DEMO_USERS;
  return [
    '',
    `Gruppstart är igång / is running: ${cloud.apiUrl}  (${seconds.toFixed(1)} s)`,
    `  Beskrivning / reference   ${cloud.apiUrl}/docs`,
    `  Inloggning / login        ${cloud.issuer}`,
    `  Klockan / the clock       ${new Date(cloud.nowMs()).toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' })}`,
    `  Data                      ${cloud.dataDir}`,
    `  Loggar / logs             ${cloud.dataDir}/logs`,
    '',
    `Demoinloggningar / demo logins (lösenord / password: ${first?.password}):`,
    ...users,
    '',
    `  curl -H "Authorization: Bearer $(npm run --silent token -- --as ${first?.userName})" ${cloud.apiUrl}/v1/batches`,
    '',
    'Ctrl-C stoppar / stops.',
  ].join('\n');
}
