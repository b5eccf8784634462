import * as z from 'zod';

/** A body with one thing wrong in it, and where. */
export interface Mutation {
  /** JSON pointer to what was changed. */
  readonly pointer: string;
  readonly body: unknown;
}

type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pointerOf = (path: Path): string => path.map((part) => `/${part}`).join('');

/** Every place in a body, the outermost first. */
export const placesIn = (body: unknown, path: Path = []): readonly Path[] => {
  const inner = Array.isArray(body) ? [...body.entries()] : Object.entries(isObject(body) ? body : {});
  return [path, ...inner.flatMap(([key, value]) => placesIn(value, [...path, key]))];
};

const valueAt = (body: unknown, [key, ...rest]: Path): unknown => {
  if (key === undefined) return body;
  if (Array.isArray(body)) return valueAt(body[Number(key)], rest);
  return valueAt(isObject(body) ? body[key] : undefined, rest);
};

/** The body with another value in one place; the original is not touched. */
export const withValueAt = (body: unknown, [key, ...rest]: Path, value: unknown): unknown => {
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.map((each, index) => (index === key ? withValueAt(each, rest, value) : each));
  const known = isObject(body) ? body : {};
  return { ...known, [key]: withValueAt(known[key], rest, value) };
};

/** Something that nobody may get to read again in a refusal. */
export const SECRET = 'Hemlig-uppgift-19121212-1212';

const WRONG_VALUES: readonly unknown[] = [SECRET, 17.25, -1, true, null, [], [SECRET], { wrong: SECRET }, 1e300];

const refusedBy = (schema: z.ZodType, body: unknown): boolean => !schema.safeParse(body).success;

/** Every value in turn of a kind that the schema does not take there, another kind at each place. */
export const wrongTypes = (schema: z.ZodType, body: unknown): readonly Mutation[] =>
  placesIn(body).flatMap((path, index) => {
    const wrong = WRONG_VALUES.map((value) => withValueAt(body, path, value)).filter((each) => refusedBy(schema, each));
    // One is enough: that all of them are refused is the schema's own business.
    return wrong.length === 0 ? [] : [{ pointer: pointerOf(path), body: wrong[index % wrong.length] }];
  });

/** Every field in turn left out, as far as it must be there. */
export const missingFields = (schema: z.ZodType, body: unknown): readonly Mutation[] =>
  placesIn(body).flatMap((path) => {
    const last = path.at(-1);
    const parent = path.slice(0, -1);
    if (typeof last !== 'string') return [];
    const { [last]: _, ...rest } = z.record(z.string(), z.unknown()).parse(valueAt(body, parent));
    const without = withValueAt(body, parent, rest);
    return refusedBy(schema, without) ? [{ pointer: pointerOf(path), body: without }] : [];
  });

/** A field that nobody knows, in every object in turn. */
export const unknownFields = (schema: z.ZodType, body: unknown): readonly Mutation[] =>
  placesIn(body).flatMap((path) => {
    if (!isObject(valueAt(body, path))) return [];
    const more = withValueAt(body, [...path, 'surprise'], SECRET);
    return refusedBy(schema, more) ? [{ pointer: pointerOf([...path, 'surprise']), body: more }] : [];
  });
