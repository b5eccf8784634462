import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ExecuteTransactWriteInput } from 'dynamodb-toolbox/entity/actions/transactWrite';

/** A put or update of an entity, ready for a transaction. */
export type Write = Extract<ExecuteTransactWriteInput[number], { params: unknown }>;

/**
 * Puts one item outside a transaction, at half the price, as its entity would put it inside one.
 * @throws ConditionalCheckFailedException when its condition fails
 */
export const putAlone = async (dynamodb: DynamoDBDocumentClient, write: Write): Promise<void> => {
  const { Put } = write.params();
  if (Put === undefined) throw new Error('Only a put can stand alone');
  await dynamodb.send(new PutCommand(Put));
};
