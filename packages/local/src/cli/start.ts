import { type LaptopCloud, startLaptopCloud } from '../laptop-cloud.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { DEMO_USERS } from '../login/demo-users.ts';
import { readStartOptions, type StartOptions } from './start-options.ts';

// Lambda runs in UTC; threads take the time zone from the process.
process.env.TZ = 'UTC';

try {
  await main(readStartOptions(process.argv.slice(2), Date.now()));
} catch (error) {
  if (error instanceof LaptopRefusal) console.error(`${error.swedish}\n\n${error.english}`);
  else console.error(error);
  process.exitCode = 1;
}

async function main(options: StartOptions): Promise<void> {
  const startedAtMs = performance.now();
  const stopAsked = waitForStopSignal();
  const cloud = await startLaptopCloud({
    dataDir: options.dataDir,
    ports: { api: options.apiPort, login: options.loginPort, control: options.controlPort },
    fresh: options.fresh,
    ...(options.at === null ? {} : { at: options.at }),
    quiet: !options.verbose,
    log: (line) => console.log(line),
  });
  console.log(welcome(cloud, (performance.now() - startedAtMs) / 1000));
  await stopAsked;
  console.log('Stoppar ... / Stopping ...');
  await cloud.stop();
  console.log(`Stoppat. Data finns kvar i ${cloud.dataDir} / Stopped. The data are kept there.`);
}

/** Settles at the first Ctrl-C or SIGTERM; a second one ends at once. */
function waitForStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}

function welcome(cloud: LaptopCloud, seconds: number): string {
  const width = Math.max(...DEMO_USERS.map(({ userName }) => userName.length));
  const users = DEMO_USERS.map(({ userName, tenant, displayName, grants }) => {
    const roles = [...new Set(grants.map(({ role }) => role))].join(', ');
    return `  ${userName.padEnd(width)}  ${tenant.padEnd(9)}  ${roles} (${displayName})`;
  });
  return [
    '',
    `Gruppstart är igång / is running: ${cloud.apiUrl}  (${seconds.toFixed(1)} s)`,
    `  API-beskrivning / reference   ${cloud.apiUrl}/docs`,
    `  Inloggning / login            ${cloud.issuer}`,
    `  Klockan / the clock           ${new Date(cloud.nowMs()).toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' })}`,
    `  Data                          ${cloud.dataDir}`,
    `  Loggar / logs                 ${cloud.dataDir}/logs`,
    '',
    `Demoinloggningar / demo logins (lösenord / password: ${DEMO_USERS[0]?.password}):`,
    ...users,
    '',
    `  curl -H "Authorization: Bearer $(npm run --silent token -- --as ${DEMO_USERS[0]?.userName})" ${cloud.apiUrl}/v1/batches`,
    '',
    'Ctrl-C stoppar / stops.',
  ].join('\n');
}
