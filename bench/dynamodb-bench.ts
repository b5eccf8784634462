import { type AttributeValue, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { startDynamodb } from '@gruppstart/local/dynamodb/start-dynamodb';
import { clientFor, createTables, PEOPLE } from '@gruppstart/local/dynamodb/testing';
import { type Bench, forInformation } from './bench.ts';
import { interleave, median, ratios, spread, timed } from './measure.ts';

const ITEMS = 10;
const REPEATS = 40;
const ROUNDS = 10;
/** About what a candidate weighs. */
const CONTENT = 'x'.repeat(800);

export const dynamodbBench: Bench = {
  name: 'dynamodb',
  title: `the embedded engine: a transaction of ${ITEMS} items beside ${ITEMS} puts of the same, one after another`,
  run: async ({ tell, folder }) => {
    const engine = await startDynamodb({ dataDir: folder });
    const client = clientFor(engine.url);
    let next = 0;
    const items = (): Record<string, AttributeValue>[] =>
      Array.from({ length: ITEMS }, () => {
        next += 1;
        return { pk: { S: `person-${next}` }, sk: { S: 'profile' }, content: { S: CONTENT } };
      });
    const transaction = () =>
      client.send(
        new TransactWriteItemsCommand({
          TransactItems: items().map((Item) => ({ Put: { TableName: PEOPLE, Item } })),
        }),
      );
    const puts = async (): Promise<void> => {
      for (const Item of items()) await client.send(new PutItemCommand({ TableName: PEOPLE, Item }));
    };
    const each = (work: () => Promise<unknown>) => async (): Promise<number> => {
      const milliseconds = await timed(async () => {
        for (let repeat = 0; repeat < REPEATS; repeat += 1) await work();
      });
      return milliseconds / REPEATS;
    };
    try {
      await createTables(client);
      const contestants = { transaction: each(transaction), puts: each(puts) };
      await interleave(1, contestants);
      tell(`${ROUNDS} rounds of both, ${REPEATS} times each`);
      const samples = await interleave(ROUNDS, contestants);
      const shares = ratios(samples.transaction, samples.puts);
      return [
        forInformation(
          'dynamodb.transaction-to-puts',
          median(shares),
          'of the puts’ time',
          spread(shares, 'rounds', 2),
        ),
        forInformation(
          'dynamodb.transaction',
          median(samples.transaction),
          'ms',
          spread(samples.transaction, 'rounds', 2),
        ),
        forInformation('dynamodb.puts', median(samples.puts), 'ms', spread(samples.puts, 'rounds', 2)),
      ];
    } finally {
      client.destroy();
      await engine.stop();
    }
  },
};
