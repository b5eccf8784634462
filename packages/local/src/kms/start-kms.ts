/**
 * The laptop's KMS: one HTTP endpoint on 127.0.0.1 over a key file. Unlike AWS it lets one key both seal and
 * authenticate (by keys derived for each use), answers an alias with the alias's own ARN, and knows neither key
 * policies, grants nor rotation.
 */
import { type JsonServer, serveJson } from '../dynamodb/json-protocol.ts';
import { openKeyFile } from './key-file.ts';
import { KmsRefusal } from './kms-request.ts';
import { KMS_OPERATIONS } from './operations.ts';

export interface KmsOptions {
  /** Made on the first start, readable by its owner only. Who has it can open everything sealed on this laptop. */
  keyFile: string;
  /** Key ids, or `alias/<name>`, that must exist; keys that the file has besides stay in use. */
  keyIds: readonly string[];
  /** 0, the default, takes a free port. */
  port?: number;
}

export type Kms = JsonServer;

/** @throws when the port is taken, or the key file is damaged */
export async function startKms({ keyFile, keyIds, port = 0 }: KmsOptions): Promise<Kms> {
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
    },
    port,
  );
}
