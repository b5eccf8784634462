/**
 * The laptop's KMS: one HTTP endpoint on 127.0.0.1 over a key file. Unlike AWS it lets one key both seal and
 * authenticate (by keys derived for each use), answers an alias with the alias's own ARN, and knows neither key
 * policies, grants nor rotation.
 */
import { type JsonServer, serveJson } from '../dynamodb/json-protocol.ts';
import type { CallRecorder } from '../recording/call-recorder.ts';
import { kmsCalls } from '../recording/kms-calls.ts';
import { openKeyFile } from './key-file.ts';
import { KmsRefusal } from './kms-request.ts';
import { KMS_OPERATIONS } from './operations.ts';
import { keyIdOf } from './sealing.ts';

export interface KmsOptions {
  /** Made on the first start, readable by its owner only. Who has it can open everything sealed on this laptop. */
  keyFile: string;
  /** Key ids, or `alias/<name>`, that must exist; keys that the file has besides stay in use. */
  keyIds: readonly string[];
  /** 0, the default, takes a free port. */
  port?: number;
  /** Keeps which function asked for what; left out, nothing is kept. */
  recorder?: CallRecorder;
}

export type Kms = JsonServer;

/** @throws when the port is taken, or the key file is damaged */
export async function startKms({ keyFile, keyIds, port = 0, recorder }: KmsOptions): Promise<Kms> {
  const keys = await openKeyFile(keyFile, keyIds);
  return serveJson(
    {
      greeting: 'healthy: kms.eu-north-1.amazonaws.com ',
      targets: ['TrentService'],
      knows: (operationName) => KMS_OPERATIONS.has(operationName),
      answer: async (operationName, body) => {
        const operation = KMS_OPERATIONS.get(operationName);
        if (operation === undefined) throw new Error(`unknown operation ${operationName}`);
        try {
          return { statusCode: 200, body: operation(keys, Object(body)) };
        } catch (thrown) {
          if (thrown instanceof KmsRefusal) return { statusCode: 400, body: thrown.body };
          throw thrown;
        }
      },
      ...(recorder === undefined
        ? {}
        : {
            observe: (authorization: string, operationName: string, body: unknown) =>
              recorder.record(authorization, () =>
                kmsCalls(operationName, body, recorder.place, (base64) => keyIdOf(Buffer.from(base64, 'base64'))),
              ),
          }),
    },
    port,
  );
}
