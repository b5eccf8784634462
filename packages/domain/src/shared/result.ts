/** The outcome of a deed that may be refused. An expected "no" is a value; a fault (network, bug) is thrown. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });

/** Ends a switch over a closed set: next year's member becomes a compile error here instead of a silent default. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected member of a closed set: ${JSON.stringify(value)}`);
};
