import type { ItemKey } from './keys.ts';
import type { Write } from './put-alone.ts';

/*
 * Updates, deletes and checks are written out here: the library's own weigh 12 KiB in every function. Attributes are
 * called by the names that they are stored under; `#word` in an expression stands for the attribute of that name, since
 * the service reserves many plain words.
 */

type Values = Readonly<Record<`:${string}`, unknown>>;

export interface Condition {
  readonly expression: string;
  readonly values: Values;
}

const namesIn = (...expressions: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    [...expressions.join(' ').matchAll(/#(\w+)/g)].map(([name, attribute]) => [name, attribute ?? '']),
  );

const onlyIf = ({ expression, values }: Condition) => ({
  ConditionExpression: expression,
  ExpressionAttributeNames: namesIn(expression),
  ExpressionAttributeValues: { ...values },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** Without a condition: gone already is as good. */
export const deletion = (TableName: string, key: ItemKey, condition: Condition | null = null): Write => ({
  params: () => ({ Delete: { TableName, Key: { ...key }, ...(condition === null ? {} : onlyIf(condition)) } }),
});

/** Changes nothing; the transaction fails with its condition. */
export const check = (TableName: string, key: ItemKey, condition: Condition): Write => ({
  params: () => ({ ConditionCheck: { TableName, Key: { ...key }, ...onlyIf(condition) } }),
});

/** What an update does to the numbers and attributes of an item. */
interface Effects {
  readonly set?: Record<string, unknown>;
  /** A number that is not there counts as 0. */
  readonly add?: Record<string, number>;
  /** A number that is not there counts as that of another attribute, as it was before. */
  readonly branch?: Record<string, { readonly from: string; readonly by: number }>;
}

export const update = (
  TableName: string,
  key: ItemKey,
  { set = {}, add = {}, branch = {} }: Effects,
  condition: Condition,
): Write => ({
  params: () => {
    const sets = [
      ...Object.keys(set).map((attribute) => `#${attribute} = :set_${attribute}`),
      ...Object.entries(branch).map(
        ([attribute, { from }]) => `#${attribute} = if_not_exists(#${attribute}, #${from}) + :by_${attribute}`,
      ),
    ];
    const adds = Object.keys(add).map((attribute) => `#${attribute} :add_${attribute}`);
    const UpdateExpression = [
      ...(sets.length === 0 ? [] : [`SET ${sets.join(', ')}`]),
      ...(adds.length === 0 ? [] : [`ADD ${adds.join(', ')}`]),
    ].join(' ');
    const valuesOf = (prefix: string, of: Record<string, unknown>): Record<string, unknown> =>
      Object.fromEntries(Object.entries(of).map(([attribute, value]) => [`:${prefix}_${attribute}`, value]));
    const checked = onlyIf(condition);
    return {
      Update: {
        TableName,
        Key: { ...key },
        ...checked,
        UpdateExpression,
        ExpressionAttributeNames: namesIn(UpdateExpression, condition.expression),
        ExpressionAttributeValues: {
          ...valuesOf('set', set),
          ...valuesOf('add', add),
          ...valuesOf('by', Object.fromEntries(Object.entries(branch).map(([attribute, { by }]) => [attribute, by]))),
          ...checked.ExpressionAttributeValues,
        },
      },
    };
  },
});
