/** The laptop's DynamoDB: one HTTP endpoint on 127.0.0.1 over a database on disk or in memory. */
import type { CallRecorder } from '../recording/call-recorder.ts';
import { dynamodbCalls } from '../recording/dynamodb-calls.ts';
import { openEngine } from './engine.ts';
import { type JsonService, serveJson } from './json-protocol.ts';
import { asRefusal } from './refusal.ts';

export interface DynamodbOptions {
  /** The folder of the database, made when it is missing; null keeps everything in memory. */
  dataDir: string | null;
  /** 0, the default, takes a free port. */
  port?: number;
  /** The real time in milliseconds, by which ClientRequestTokens age; not the laptop's movable clock. */
  readClockMs?: () => number;
  /** Keeps which function asked for what; left out, nothing is kept. */
  recorder?: CallRecorder;
}

export interface Dynamodb {
  url: string;
  port: number;
  /**
   * Deletes the items of every table with expiry whose time is before the given second, as the service does some time
   * after; answers how many.
   */
  sweepExpired(nowEpochSeconds: number): Promise<number>;
  stop(): Promise<void>;
}

/** @throws when the port is taken, or another process has the database open (code LEVEL_DATABASE_NOT_OPEN) */
export async function startDynamodb(options: DynamodbOptions): Promise<Dynamodb> {
  const engine = await openEngine(options.dataDir, options.readClockMs ?? Date.now);
  const { recorder } = options;
  const service: JsonService = {
    greeting: 'healthy: dynamodb.eu-north-1.amazonaws.com ',
    targets: ['DynamoDB_20120810'],
    knows: engine.knows,
    answer: async (operationName: string, body: unknown) => {
      try {
        return { statusCode: 200, body: await engine.execute(operationName, body) };
      } catch (thrown) {
        const refusal = asRefusal(thrown);
        if (refusal === null) throw thrown;
        return { statusCode: refusal.statusCode, body: refusal.body };
      }
    },
    ...(recorder === undefined
      ? {}
      : {
          observe: (authorization: string, operationName: string, body: unknown) =>
            recorder.record(authorization, () => dynamodbCalls(operationName, body, recorder.place)),
        }),
  };
  try {
    const server = await serveJson(service, options.port ?? 0);
    return {
      url: server.url,
      port: server.port,
      sweepExpired: engine.sweepExpired,
      stop: async () => {
        await server.stop();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
