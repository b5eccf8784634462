import { join } from 'node:path';
import { startDynamodb } from '../dynamodb/start-dynamodb.ts';
import { startKms } from '../kms/start-kms.ts';
import type { LaptopModel } from '../template/model.ts';
import { type QueueEngine, startQueueEngine } from './queue-engine.ts';
import { ensureTables } from './tables.ts';

/** The engines whose addresses must be known before the template can be resolved. */
export interface EarlyEngines {
  readonly queues: QueueEngine;
  readonly dynamodb: Awaited<ReturnType<typeof startDynamodb>>;
  stop(): Promise<void>;
}

/** Where the functions find the engines; the names are those that the AWS SDK reads. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly kms: string;
}

export interface RunningEngines {
  readonly endpoints: Endpoints;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly dataDir: string;
  readonly region: string;
  readonly accountId: string;
  readonly visibilityScale?: number;
}

export async function startEarlyEngines({ dataDir, ...options }: EngineOptions): Promise<EarlyEngines> {
  const dynamodb = await startDynamodb({ dataDir: join(dataDir, 'dynamodb') });
  try {
    const queues = await startQueueEngine({ dataDir: join(dataDir, 'queues'), ...options });
    return {
      queues,
      dynamodb,
      async stop() {
        await queues.stop();
        await dynamodb.stop();
      },
    };
  } catch (error) {
    await dynamodb.stop();
    throw error;
  }
}

/** Makes what the template declares in the engines: tables, queues, buckets, keys. */
export async function furnishEngines(
  early: EarlyEngines,
  model: LaptopModel,
  dataDir: string,
): Promise<RunningEngines> {
  for (const queue of model.queues) early.queues.ensureQueue(queue);
  for (const bucket of model.buckets) early.queues.ensureBucket(bucket.name);
  early.queues.releaseInFlight();
  const [kms] = await Promise.all([
    startKms({ keyFile: join(dataDir, 'kms-keys.json'), keyIds: model.keys.map(({ keyId }) => keyId), port: 0 }),
    ensureTables(early.dynamodb.url, model.tables),
  ]);
  return {
    endpoints: { dynamodb: early.dynamodb.url, sqs: early.queues.url, s3: early.queues.url, kms: kms.url },
    stop: () => kms.stop(),
  };
}
