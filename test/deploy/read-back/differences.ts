/** One property that was not made as the template says. */
export interface Difference {
  /** Type, logical id and path of the property: `AWS::SQS::Queue IntakeQueue RedrivePolicy`. */
  readonly where: string;
  readonly wanted: unknown;
  readonly found: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Services answer numbers and truths as text now and then, and a list of one as the one. */
const isSame = (wanted: unknown, found: unknown): boolean => String(wanted) === String(found);

/**
 * Where what was found lacks something wanted or has it otherwise. Properties that nobody asked for do not count; the
 * elements of a list do, in any order.
 */
export const differencesOf = (where: string, wanted: unknown, found: unknown): readonly Difference[] => {
  if (Array.isArray(wanted)) {
    const left: unknown[] = Array.isArray(found) ? [...found] : [found].filter((each) => each !== undefined);
    const missing = wanted.filter((each) => {
      const index = left.findIndex((other) => differencesOf(where, each, other).length === 0);
      if (index >= 0) left.splice(index, 1);
      return index < 0;
    });
    return missing.length === 0 && left.length === 0 ? [] : [{ where, wanted: missing, found: left }];
  }
  if (isObject(wanted) && isObject(found)) {
    return Object.entries(wanted).flatMap(([key, value]) => differencesOf(`${where} ${key}`, value, found[key]));
  }
  if (isObject(wanted) || found === undefined || found === null || !isSame(wanted, found))
    return [{ where, wanted, found }];
  return [];
};
