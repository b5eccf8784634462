import { accessKeyOf } from '../recording/access-keys.ts';
import type { FunctionModel } from '../template/model.ts';
import type { FunctionLogs } from './function-log.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';

/** All functions of the product. */
export interface FunctionFleet {
  /** Throws for a name that is not in the template; the model has checked every name before. */
  pool(functionName: string): FunctionPool;
  workerCount(): number;
  stop(): Promise<void>;
}

export interface FleetOptions {
  readonly functions: readonly FunctionModel[];
  /** Variables that the platform sets for every function, such as region and endpoints. The access key is its own. */
  readonly platformEnvironment: Readonly<Record<string, string>>;
  readonly clockOffset: SharedArrayBuffer;
  readonly logs: FunctionLogs;
  /** Default 3: more environments than cores help while they wait for the store, and each costs about 40 MB. */
  readonly maxWorkersPerFunction?: number;
  /** Default 6, which keeps the laptop under 600 MB. One more ends the longest idle worker of any function first. */
  readonly maxWorkers?: number;
  readonly maxWaiting?: number;
  readonly maxWaitMs?: number;
}

/** An idle worker is ended after this long, as Lambda does with its own. */
const IDLE_LIMIT_MS = 5 * 60_000;
const IDLE_CHECK_MS = 30_000;

export function createFunctionFleet(options: FleetOptions): FunctionFleet {
  const maxWorkers = options.maxWorkers ?? 6;
  const workerCount = (): number => [...pools.values()].reduce((sum, pool) => sum + pool.workerCount(), 0);
  const longestIdle = (): { readonly pool: FunctionPool; readonly sinceMs: number } | null => {
    let found: { pool: FunctionPool; sinceMs: number } | null = null;
    for (const pool of pools.values()) {
      const sinceMs = pool.idleSinceMs();
      if (sinceMs !== null && (found === null || sinceMs < found.sinceMs)) found = { pool, sinceMs };
    }
    return found;
  };
  const makeRoom = (): void => {
    while (workerCount() >= maxWorkers) {
      const candidate = longestIdle();
      // Everybody is at work: going over the budget for a moment is better than refusing the call.
      if (candidate === null) return;
      candidate.pool.retireIdle();
    }
  };
  const pools = new Map<string, FunctionPool>(
    options.functions.map((model) => [
      model.name,
      createFunctionPool({
        model,
        environment: { ...options.platformEnvironment, ...lambdaEnvironment(model), ...model.environment },
        clockOffset: options.clockOffset,
        log: options.logs.open(model.name),
        maxWorkers: options.maxWorkersPerFunction ?? 3,
        maxWaiting: options.maxWaiting ?? 500,
        maxWaitMs: options.maxWaitMs ?? 29_000,
        beforeStart: makeRoom,
      }),
    ]),
  );
  const idleCheck = setInterval(() => {
    for (let idle = longestIdle(); idle !== null && Date.now() - idle.sinceMs > IDLE_LIMIT_MS; idle = longestIdle()) {
      idle.pool.retireIdle();
    }
  }, IDLE_CHECK_MS);
  idleCheck.unref();
  return {
    workerCount,
    pool(functionName) {
      const pool = pools.get(functionName);
      if (pool === undefined) throw new Error(`no function ${functionName}`);
      return pool;
    },
    async stop() {
      clearInterval(idleCheck);
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** The variables that Lambda itself sets. */
function lambdaEnvironment(model: FunctionModel): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyOf(model.name),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: model.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'laptop',
    LAMBDA_TASK_ROOT: model.codeDirectory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: model.handler,
  };
}
