import { DEFAULT_DATA_DIRECTORY } from '../data-directory.ts';
import type { LaptopCloud } from '../laptop-cloud.ts';
import { DEMO_USERS } from '../login/demo-users.ts';

/** What `npm start` says once it runs. `seconds` is how long the start took. */
export function welcome(cloud: Pick<LaptopCloud, 'apiUrl' | 'issuer' | 'dataDir' | 'nowMs'>, seconds: number): string {
  const width = Math.max(...DEMO_USERS.map(({ userName }) => userName.length));
  const users = DEMO_USERS.map(({ userName, tenant, displayName, grants }) => {
    const roles = [...new Set(grants.map(({ role }) => role))].join(', ');
    return `  ${userName.padEnd(width)}  ${tenant.padEnd(9)}  ${roles} (${displayName})`;
  });
  const [first] = DEMO_USERS;
  const where = cloud.dataDir === DEFAULT_DATA_DIRECTORY ? '' : ` --issuer ${cloud.issuer}`;
  const token = `npm run --silent token -- --as ${first?.userName}${where}`;
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
    `  curl -H "Authorization: Bearer $(${token})" ${cloud.apiUrl}/v1/batches`,
    '',
    'Ctrl-C stoppar / stops.',
  ].join('\n');
}
