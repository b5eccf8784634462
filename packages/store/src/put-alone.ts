import { type DynamoDBDocumentClient, PutCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

/** A put, update or delete of one item, ready for a transaction. */
export interface Write {
  params(): WriteParams;
}
type WriteParams = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * Puts one item outside a transaction, at half the price, as its entity would put it inside one.
 * @throws ConditionalCheckFailedException when its condition fails
 */
export const putAlone = async (dynamodb: DynamoDBDocumentClient, write: Write): Promise<void> => {
  const { Put } = write.params();
  if (Put === undefined) throw new Error('Only a put can stand alone');
  await dynamodb.send(new PutCommand(Put));
};
