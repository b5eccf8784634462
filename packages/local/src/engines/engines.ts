import type { LaptopModel } from '../template/model.ts';
import type { EngineThread } from './engine-thread.ts';
import { ensureTables } from './tables.ts';

/** Where the functions find the engines; the names are those that the AWS SDK reads. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly kms: string;
}

/** Makes what the template declares in the engines: tables, queues, buckets, keys. */
export async function furnishEngines(engines: EngineThread, model: LaptopModel): Promise<Endpoints> {
  for (const queue of model.queues) await engines.call('ensureQueue', queue);
  for (const bucket of model.buckets) await engines.call('ensureBucket', bucket.name);
  await engines.call('releaseInFlight');
  const [kms] = await Promise.all([
    engines.call(
      'startKms',
      model.keys.map(({ keyId }) => keyId),
    ),
    ensureTables(engines.dynamodbUrl, model.tables),
  ]);
  return { dynamodb: engines.dynamodbUrl, sqs: engines.queuesUrl, s3: engines.queuesUrl, kms };
}
