import { ASSEMBLY_DIRECTORY, ensureBuild } from './build.ts';
import { createClock, daysInMs, type LaptopClock } from './clock.ts';
import { startControlServer } from './control/control-server.ts';
import type { LaptopControls } from './control/laptop-controls.ts';
import { readQueueDepths } from './control/queue-depths.ts';
import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import { startEngineThread } from './engines/engine-thread.ts';
import { type Endpoints, furnishEngines } from './engines/engines.ts';
import { createFunctionFleet } from './functions/function-fleet.ts';
import { createFunctionLogs } from './functions/function-log.ts';
import type { InvocationOutcome } from './functions/outcome.ts';
import { createGateway } from './gateway/gateway.ts';
import { startGatewayServer } from './gateway/http-server.ts';
import { LaptopRefusal, refusePort } from './laptop-refusal.ts';
import { startLogin } from './login/start-login.ts';
import { startMapping } from './mappings.ts';
import { startSchedules } from './schedules.ts';
import { createShutdown, type Shutdown } from './shutdown.ts';
import { readAssembly } from './template/assembly.ts';
import type { LaptopModel } from './template/model.ts';
import { readModel } from './template/read-model.ts';

/** The whole product on one machine, wired as the synthesized templates say. */
export interface LaptopCloud extends LaptopControls {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly dataDir: string;
  readonly control: { readonly url: string; readonly secret: string };
  readonly endpoints: Endpoints;
  /** What the templates declare, with the names that things have on the laptop. */
  readonly model: LaptopModel;
  /** Calls a function by its name in the template, as an operator does; no gateway, no queue. */
  invoke(functionName: string, event: unknown): Promise<InvocationOutcome>;
  /** Finishes what is under way, then stops everything. Safe to call twice. */
  stop(): Promise<void>;
}

export interface LaptopOptions {
  readonly dataDir: string;
  /** 0 (the default) takes free ports. The issuer is the login's address, so a fixed port keeps tokens valid over a restart. */
  readonly ports?: { readonly api?: number; readonly login?: number; readonly control?: number };
  /** Where the clock starts, in milliseconds since 1970; left out, it goes on from where it was last moved to. */
  readonly at?: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** Receives one line at a time: progress, faults, and (unless `quiet`) what the functions print. */
  readonly log?: (line: string) => void;
  readonly quiet?: boolean;
  /** False takes the build as it is; otherwise it is brought up to date first. */
  readonly build?: boolean;
  readonly assemblyDirectory?: string;
  /** Threads per function and in all; see FleetOptions. */
  readonly maxWorkersPerFunction?: number;
  readonly maxWorkers?: number;
  /** False leaves the stage's throttling out, for measuring. */
  readonly throttles?: boolean;
  /** Multiplies the queues' visibility timeouts, for tests that cannot wait for minutes. */
  readonly visibilityScale?: number;
  /** False leaves the schedules' ticker out; they then fire on request and when the clock is moved. */
  readonly schedulesTick?: boolean;
  /** Puts something between the functions and the engines, such as a meter, and answers where it listens. */
  readonly between?: (engines: Endpoints) => Promise<Endpoints>;
  /** The issuer; a test may bring its own. */
  readonly startLogin?: typeof startLogin;
}

export const REGION = 'eu-north-1';
export const ACCOUNT_ID = '000000000000';
const TIME_TO_LIVE_SWEEP_MS = 60_000;
const CLOCK_FILE = 'clock.json';
/** Tells other commands of this laptop where the running one is; the secret in it makes it readable by its owner only. */
const RUNNING_FILE = 'running.json';

/** Starts everything and answers when the API can be used. Throws LaptopRefusal for what the person at it can mend. */
export async function startLaptopCloud(options: LaptopOptions): Promise<LaptopCloud> {
  const shutdown = createShutdown();
  try {
    return await start(options, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(options: LaptopOptions, shutdown: Shutdown): Promise<LaptopCloud> {
  const log = options.log ?? (() => {});
  const onFault = (what: string) => (error: unknown) =>
    log(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  const ports = { api: 0, login: 0, control: 0, ...options.ports };

  const data = await takeDataDirectory(options.dataDir, options.fresh === true);
  shutdown.add(() => data.release());
  if (options.build !== false) await ensureBuild(log);
  const clock = await startClock(data, options.at);

  const server = await startGatewayServer(ports.api).catch((error: unknown) =>
    refusePort(error, ports.api, 'API:t', 'the API'),
  );
  shutdown.add(() => server.close());
  const engines = await startEngineThread({
    dataDir: data.path,
    region: REGION,
    accountId: ACCOUNT_ID,
    ...(options.visibilityScale === undefined ? {} : { visibilityScale: options.visibilityScale }),
  });
  shutdown.add(() => engines.stop());
  const login = await (options.startLogin ?? startLogin)({
    port: ports.login,
    clockOffset: clock.offset,
    dataDir: data.inside('login'),
  }).catch(refuseLogin);
  shutdown.add(() => login.stop());

  const model = readModel(await readAssembly(options.assemblyDirectory ?? ASSEMBLY_DIRECTORY), {
    parameters: laptopParameters(login.issuer),
    region: REGION,
    accountId: ACCOUNT_ID,
    queueBaseUrl: engines.queuesUrl,
    apiUrl: server.url,
  });
  const api = model.api;
  if (api === null) throw new LaptopRefusal('Mallen har inget HTTP-API.', 'The template has no HTTP API.');
  const furnished = await furnishEngines(engines, model);
  const endpoints = (await options.between?.(furnished)) ?? furnished;

  const logs = createFunctionLogs(data.inside('logs'), clock.nowMs, (name, line) => {
    if (options.quiet !== true) log(`${name} ${line}`);
  });
  shutdown.add(() => logs.close());
  const fleet = createFunctionFleet({
    functions: model.functions,
    platformEnvironment: platformEnvironment(endpoints),
    clockOffset: clock.offset,
    logs,
    ...(options.maxWorkersPerFunction === undefined ? {} : { maxWorkersPerFunction: options.maxWorkersPerFunction }),
    ...(options.maxWorkers === undefined ? {} : { maxWorkers: options.maxWorkers }),
  });
  shutdown.add(() => fleet.stop());

  // What brings new work in is stopped before the functions that do it (steps run last first).
  shutdown.add(() => server.close());
  for (const mapping of model.mappings) {
    const queue = mapping.queueArn.split(':').at(-1);
    const running = startMapping({
      mapping,
      pool: fleet.pool(mapping.functionName),
      queueEndpoint: engines.queuesUrl,
      queueUrl: `${engines.queuesUrl}/${ACCOUNT_ID}/${queue}`,
      region: REGION,
      offsetMs: clock.offsetMs,
      onFault: onFault(`mapping of ${queue}`),
    });
    shutdown.add(() => running.stop());
  }
  const schedules = startSchedules({
    schedules: model.schedules,
    fleet,
    clock,
    accountId: ACCOUNT_ID,
    region: REGION,
    ...(options.schedulesTick === undefined ? {} : { ticks: options.schedulesTick }),
  });
  shutdown.add(() => schedules.stop());
  const sweep = async (): Promise<void> => {
    await engines.call('sweepExpired', Math.floor(clock.nowMs() / 1000));
  };
  const sweepTimer = setInterval(() => void sweep().catch(onFault('expiry')), TIME_TO_LIVE_SWEEP_MS);
  shutdown.add(async () => clearInterval(sweepTimer));

  const controls: LaptopControls = {
    nowMs: clock.nowMs,
    async moveClock(move) {
      if ('toMs' in move) clock.moveTo(move.toMs);
      else clock.moveByMs(daysInMs(move.byDays));
      await saveClock(data, clock);
      await sweep();
      await schedules.settled();
    },
    fireSchedule: (name) => schedules.fire(name),
    queueDepths: () => readQueueDepths(engines.queuesUrl, REGION, ACCOUNT_ID, model.queues),
    status: () => ({
      apiUrl: server.url,
      issuer: login.issuer,
      dataDir: data.path,
      now: new Date(clock.nowMs()).toISOString(),
      schedules: schedules.names,
      workers: fleet.workerCount(),
      memoryMb: Math.round(process.memoryUsage().rss / 1_000_000),
    }),
  };
  const control = await startControlServer(ports.control, controls).catch((error: unknown) =>
    refusePort(error, ports.control, 'styrningen', 'the controls'),
  );
  shutdown.add(() => control.stop());

  server.open(
    createGateway({
      api,
      fleet,
      accountId: ACCOUNT_ID,
      nowMs: clock.nowMs,
      ...throttling(options),
      onFault: onFault('gateway'),
    }),
  );
  await data.writeJson(RUNNING_FILE, {
    apiUrl: server.url,
    issuer: login.issuer,
    queuesUrl: engines.queuesUrl,
    region: REGION,
    control: { url: control.url, secret: control.secret },
  });
  shutdown.add(() => data.remove(RUNNING_FILE));
  return {
    ...controls,
    apiUrl: server.url,
    issuer: login.issuer,
    dataDir: data.path,
    control: { url: control.url, secret: control.secret },
    endpoints,
    model,
    invoke: (functionName, event) => fleet.pool(functionName).invoke(event),
    stop: () => shutdown.run(),
  };
}

/** The login says what is wrong in both languages itself. */
function refuseLogin(cause: unknown): never {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [swedish = message, english = message] = message.split(' / ');
  throw new LaptopRefusal(swedish, english, { cause });
}

async function startClock(data: DataDirectory, at: number | undefined): Promise<LaptopClock> {
  const saved = await data.readJson(CLOCK_FILE);
  const offsetMs =
    typeof saved === 'object' && saved !== null && 'offsetMs' in saved && typeof saved.offsetMs === 'number'
      ? saved.offsetMs
      : 0;
  const clock = createClock(offsetMs);
  if (at !== undefined) clock.moveTo(at);
  await saveClock(data, clock);
  return clock;
}

function saveClock(data: DataDirectory, clock: LaptopClock): Promise<void> {
  return data.writeJson(CLOCK_FILE, { offsetMs: clock.offsetMs() });
}

/** One issuer serves all doors on the laptop; on AWS each door has its own. */
function laptopParameters(issuer: string): Readonly<Record<string, string>> {
  return {
    IntakeIssuer: issuer,
    IntakeAudience: 'gruppstart-intake',
    RequirementsIssuer: issuer,
    RequirementsAudience: 'gruppstart-requirements',
    CohortsIssuer: issuer,
    CohortsAudience: 'gruppstart-cohorts',
    AlarmEmail: 'larm@example.invalid',
  };
}

function platformEnvironment(endpoints: Endpoints): Readonly<Record<string, string>> {
  return {
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'laptop',
    AWS_SECRET_ACCESS_KEY: 'laptop',
    AWS_SESSION_TOKEN: 'laptop',
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_KMS: endpoints.kms,
  };
}

function throttling({ throttles }: LaptopOptions): { readonly throttles?: boolean } {
  return throttles === undefined ? {} : { throttles };
}
