/** A call of an AWS service as IAM sees it: what a policy decides on, and nothing of what was in it. */
export interface AwsCall {
  /** As IAM names it, such as `dynamodb:PutItem`; a transaction is one call for each kind of part. */
  readonly action: string;
  /** ARN. What follows the first part of an object's key is reduced to `{id}`. */
  readonly resource: string;
  /** Condition keys that policies look at; values that could tell who it was about are reduced to `{id}`. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** A call with the function that made it, by its name on the laptop. One line of a recording. */
export interface RecordedCall extends AwsCall {
  readonly function: string;
}

/** Where ARNs of the laptop lie. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** What stands in a recording for everything that was an id, a name or a part of a path. */
export const ID_SHAPE = '{id}';

/** The field of a request, of whatever kind; undefined when there is none. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

/** The text of a field; empty when it is anything else, which the engine refuses by itself. */
export function textOf(body: unknown, name: string): string {
  const value = fieldOf(body, name);
  return typeof value === 'string' ? value : '';
}
