import { join } from 'node:path';
import { putUnit } from '@gruppstart/contracts/routes/requirements-routes';
import { TenantId, UnitId } from '@gruppstart/domain/shared/ids';
import { DEMO_ROLES } from '@gruppstart/local/demo/demo-steps';
import { DEMO_MUNICIPALITY_CODE, DEMO_UNITS } from '@gruppstart/local/demo/demo-units';
import { rememberLogins } from '@gruppstart/local/demo/run-demo';
import { findDemoUser } from '@gruppstart/local/login/demo-users';
import { fetchToken } from '@gruppstart/local/login/fetch-token';
import { keys } from '@gruppstart/store/keys';
import { atLeast, type Bench, forInformation } from '../bench.ts';
import { copyAssembly } from '../cloud/copy-assembly.ts';
import { startCloudProcess } from '../cloud/start-cloud-process.ts';
import { interleave, median, ratios, spread } from '../measure.ts';
import { addBaseline, BASELINE_PATH } from './add-baseline.ts';
import { makeHttpLoad } from './http-load.ts';

const CLIENTS = 8;
const WARM_UP_MS = 3_000;
const ROUNDS = 30;
const ROUND_MS = 500;
const GOAL_RATIO = 0.6;

const firstUnit = () => {
  const [unit] = DEMO_UNITS;
  const manager = unit && findDemoUser(unit.manager);
  if (!manager) throw new Error('The demo has no unit with a manager');
  return { unit, manager };
};

export const readBench: Bench = {
  name: 'read',
  title: `a small authorised read by ${CLIENTS} clients, as a share of a bare GetItem’s rate`,
  run: async ({ tell, folder }) => {
    const { unit, manager } = firstUnit();
    const assemblyDirectory = join(folder, 'cloud-assembly');
    await copyAssembly(assemblyDirectory, tell);
    await addBaseline(assemblyDirectory, keys.document(TenantId.parse(manager.tenant), UnitId.parse(unit.id)));
    const cloud = await startCloudProcess({ dataDir: join(folder, 'data'), assemblyDirectory, throttles: false });
    try {
      const coordinator = await rememberLogins(cloud)(DEMO_ROLES.coordinator, 'requirements');
      await coordinator.call(putUnit, {
        params: { unitId: unit.id },
        body: {
          name: unit.name,
          field: unit.field,
          postcode: unit.postcode,
          municipalityCode: DEMO_MUNICIPALITY_CODE,
        },
      });
      const token = await fetchToken({ issuer: cloud.issuer, userName: manager.userName, door: 'requirements' });
      const load = makeHttpLoad(cloud.apiUrl, token, CLIENTS);
      const paths = { product: `/v1/units/${unit.id}`, bare: BASELINE_PATH };
      tell('warming up');
      await load.rate(paths.product, WARM_UP_MS);
      await load.rate(paths.bare, WARM_UP_MS);
      tell(`${ROUNDS} rounds of both, ${ROUND_MS} ms each`);
      const rates = await interleave(ROUNDS, {
        product: () => load.rate(paths.product, ROUND_MS),
        bare: () => load.rate(paths.bare, ROUND_MS),
      });
      load.close();
      const shares = ratios(rates.product, rates.bare);
      return [
        atLeast('read.ratio', median(shares), GOAL_RATIO, 'of the bare rate', spread(shares, 'rounds', 2)),
        forInformation('read.product', median(rates.product), 'requests/s', spread(rates.product, 'rounds')),
        forInformation('read.bare-get-item', median(rates.bare), 'requests/s', spread(rates.bare, 'rounds')),
      ];
    } finally {
      await cloud.stop();
    }
  },
};
