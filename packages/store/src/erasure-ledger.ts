import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { LedgerEntry } from '@gruppstart/domain/follow-up/erasure';
import type { ErasureLedger } from '@gruppstart/usecases/ports/erasure-ledger';
import * as z from 'zod';
import { keys } from './keys.ts';
import { readReplayState } from './restore-gate.ts';
import { ERASURE_LEDGER } from './tables.ts';

export interface ErasureLedgerConfig {
  readonly dynamodb: DynamoDBDocumentClient;
  /** The table that has come back, on which the state of the replay is kept. */
  readonly coreTable: string;
  readonly auditTable: string;
}

const LedgerItem = z.object({ sk: z.string(), d: LedgerEntry });

/** Reads the one partition of the audit table that holds the erasures. No other function has a right to it. */
export const makeErasureLedger = ({ dynamodb, coreTable, auditTable }: ErasureLedgerConfig): ErasureLedger => ({
  after: async (position, limit) => {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: auditTable,
        ConsistentRead: true,
        Limit: limit,
        KeyConditionExpression: position === null ? 'pk = :ledger' : 'pk = :ledger AND sk > :position',
        ExpressionAttributeValues: {
          ':ledger': ERASURE_LEDGER,
          ...(position === null ? {} : { ':position': position }),
        },
      }),
    );
    return Items.map((item) => {
      const { sk, d } = LedgerItem.parse(item);
      return { position: sk, entry: d };
    });
  },

  state: () => readReplayState({ dynamodb, coreTable }),

  saveState: async (state) => {
    await dynamodb.send(
      new PutCommand({ TableName: coreTable, Item: { ...keys.restore(coreTable), d: { ...state } } }),
    );
  },
});
