import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { startDynamodb } from '../dynamodb/start-dynamodb.ts';
import { startKms } from '../kms/start-kms.ts';
import { openCallRecorder } from '../recording/call-recorder.ts';
import type { EngineCallMessage, EngineCalls, EngineMessage, EngineStart } from './engine-calls.ts';
import { startQueueEngine } from './queue-engine.ts';

/** The thread of the embedded engines: DynamoDB, SQS, S3 and KMS, each on its own port of the loopback interface. */
const parent = parentPort;
if (parent === null) throw new Error('the engines run in a worker thread: call startEngineThread');
const { dataDir, callsDirectory, ...settings }: EngineStart = workerData;

const recording = callsDirectory === undefined ? {} : { recorder: openCallRecorder(callsDirectory, settings) };
const dynamodb = await startDynamodb({ dataDir: join(dataDir, 'dynamodb'), ...recording });
const queues = await startQueueEngine({ dataDir: join(dataDir, 'queues'), ...settings, ...recording });
const keyServices: { stop(): Promise<void> }[] = [];

const calls: EngineCalls = {
  ensureQueue: (queue) => queues.ensureQueue(queue),
  ensureBucket: (name) => queues.ensureBucket(name),
  releaseInFlight: () => queues.releaseInFlight(),
  sweepExpired: (nowEpochSeconds) => dynamodb.sweepExpired(nowEpochSeconds),
  async startKms(keyIds) {
    const kms = await startKms({ keyFile: join(dataDir, 'kms-keys.json'), keyIds, port: 0, ...recording });
    keyServices.push(kms);
    return kms.url;
  },
  async stop() {
    for (const service of keyServices) await service.stop();
    await queues.stop();
    await dynamodb.stop();
  },
};

const tell = (message: EngineMessage): void => parent.postMessage(message);
parent.on('message', async ({ id, name, args }: EngineCallMessage) => {
  try {
    const call: (...given: never[]) => unknown = calls[name];
    tell({ kind: 'done', id, result: await Reflect.apply(call, calls, args) });
  } catch (error) {
    tell({ kind: 'failed', id, error });
  }
  if (name === 'stop') parent.close();
});
tell({ kind: 'started', dynamodbUrl: dynamodb.url, queuesUrl: queues.url });
