import type { AwsCall } from '@gruppstart/local/recording/aws-call';
import type { FunctionRights, Statement, TemplateRights } from './policies.ts';
import { simulate } from './simulate.ts';

/** The smallest part of a policy that could be taken away alone: one action on one resource under one set of values. */
export interface SingleRight {
  readonly action: string;
  readonly statement: Statement;
  /** As it stands in the list of unused rights: `kms:Decrypt on key/VaultKey when kms:EncryptionContext:use is person`. */
  readonly text: string;
}

type Condition = NonNullable<Statement['Condition']>;

/** Each way to choose one value for every condition key. */
const singleConditions = (condition: Condition): readonly Condition[] => {
  let chosen: readonly Condition[] = [{}];
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, values] of Object.entries(keys)) {
      chosen = chosen.flatMap((before) =>
        values.map((value) => ({ ...before, [operator]: { ...before[operator], [key]: [value] } })),
      );
    }
  }
  return chosen;
};

const textOfCondition = (condition: Condition): string =>
  Object.values(condition)
    .flatMap((keys) => Object.entries(keys).map(([key, values]) => `${key} is ${values.join(' or ')}`))
    .join(' and ');

/** `arn:aws:dynamodb:eu-north-1:000000000000:table/CoreTable` is `table/CoreTable`. */
const shortName = (arn: string): string => arn.replace(/^arn:aws:[a-z0-9]+:[a-z0-9-]*:[0-9]*:/, '');

export const singleRightsOf = ({ policy }: FunctionRights): readonly SingleRight[] =>
  policy.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource, Condition = {} }) =>
    Action.flatMap((action) =>
      Resource.flatMap((resource) =>
        singleConditions(Condition).map((condition): SingleRight => {
          const when = textOfCondition(condition);
          return {
            action,
            statement: { Effect: 'Allow', Action: [action], Resource: [resource], Condition: condition },
            text: `${action} on ${shortName(resource)}${when === '' ? '' : ` when ${when}`}`,
          };
        }),
      ),
    ),
  );

const coversAction = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action);

/** True when at least one of the calls would be allowed by this right and nothing else. */
export const isUsed = async (
  rights: TemplateRights,
  { roleArn }: FunctionRights,
  { action, statement }: SingleRight,
  calls: readonly AwsCall[],
): Promise<boolean> => {
  const alone = { roleArn, policy: { Version: '2012-10-17' as const, Statement: [statement] } };
  for (const call of calls) {
    if (coversAction(action, call.action) && (await simulate(rights, alone, call)) === 'Allowed') return true;
  }
  return false;
};
