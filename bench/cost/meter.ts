import { createServer, request } from 'node:http';
import { itemBytes } from '@gruppstart/local/dynamodb/item-rules';
import { CORE_TABLE } from '@gruppstart/store/tables';

/** What was asked of one service, by operation. */
export interface Metered {
  readonly requests: number;
  readonly requestBytes: number;
  readonly answerBytes: number;
  /** DynamoDB only: write units as AWS counts them for on-demand tables. */
  readonly writeUnits: number;
}

export interface Meter {
  readonly url: string;
  /** Since the last reading. */
  read(): ReadonlyMap<string, Metered>;
  close(): Promise<void>;
}

const KIBIBYTE = 1024;
const INDEX_KEYS = CORE_TABLE.indexes.map(({ partitionKey }) => partitionKey);

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});

/**
 * One unit for each started kilobyte of an item, once more for every index that it is in. What a request does not say
 * (how large the item is that an update changes, a check reads or a delete removes) counts as one kilobyte in one index.
 */
const unitsOfPut = (put: unknown): number => {
  const item = fieldsOf(fieldsOf(put).Item);
  const kilobytes = Math.max(1, Math.ceil(itemBytes(item as Parameters<typeof itemBytes>[0]) / KIBIBYTE));
  return kilobytes * (1 + INDEX_KEYS.filter((key) => key in item).length);
};
const UNITS_OF_CHANGE = 2;
const UNITS_OF_CHECK = 1;

const writeUnits = (operation: string, body: Fields): number => {
  switch (operation) {
    case 'PutItem':
      return unitsOfPut(body);
    case 'UpdateItem':
    case 'DeleteItem':
      return UNITS_OF_CHANGE;
    case 'TransactWriteItems': {
      const parts = Array.isArray(body.TransactItems) ? body.TransactItems.map(fieldsOf) : [];
      const units = parts.map((part) => {
        if ('Put' in part) return unitsOfPut(part.Put);
        return 'ConditionCheck' in part ? UNITS_OF_CHECK : UNITS_OF_CHANGE;
      });
      // A transaction writes everything twice.
      return 2 * units.reduce((sum, each) => sum + each, 0);
    }
    default:
      return 0;
  }
};

const parsed = (text: string): Fields => {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
};

/** Stands between the functions and one engine, hands everything on as it is, and counts. */
export const startMeter = async (target: string): Promise<Meter> => {
  let counts = new Map<string, Metered>();
  const server = createServer((incoming, outgoing) => {
    const sent: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => sent.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(sent);
      const operation =
        String(incoming.headers['x-amz-target'] ?? `.${incoming.method}`)
          .split('.')
          .at(-1) ?? '';
      const url = new URL(incoming.url ?? '/', target);
      request(url, { method: incoming.method, headers: { ...incoming.headers, host: url.host } }, (answer) => {
        const received: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => received.push(chunk));
        answer.on('end', () => {
          const bytes = Buffer.concat(received);
          const before = counts.get(operation) ?? { requests: 0, requestBytes: 0, answerBytes: 0, writeUnits: 0 };
          counts.set(operation, {
            requests: before.requests + 1,
            requestBytes: before.requestBytes + body.length,
            answerBytes: before.answerBytes + bytes.length,
            writeUnits: before.writeUnits + writeUnits(operation, parsed(body.toString())),
          });
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          outgoing.end(bytes);
        });
      })
        .on('error', () => outgoing.destroy())
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The meter has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    read() {
      const reading = counts;
      counts = new Map();
      return reading;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
