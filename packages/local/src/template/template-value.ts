/** Anything that can stand in a CloudFormation template. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };
export type TemplateObject = { readonly [key: string]: TemplateValue };

/** A template that the laptop cannot honour: names the stack, the place and what is wrong. Thrown, because starting anyway would be a lie. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export function isObject(value: unknown): value is TemplateObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads typed fields of one resolved object; every error says where in the template it happened. */
export interface FieldReader {
  readonly place: string;
  has(name: string): boolean;
  string(name: string): string;
  optionalString(name: string): string | null;
  number(name: string): number;
  optionalNumber(name: string): number | null;
  object(name: string): FieldReader;
  optionalObject(name: string): FieldReader | null;
  objects(name: string): readonly FieldReader[];
  strings(name: string): readonly string[];
  /** Every value turned to text, as environment variables are. */
  texts(name: string): Readonly<Record<string, string>>;
  raw(name: string): TemplateValue | undefined;
}

export function readFields(value: TemplateValue | undefined, place: string): FieldReader {
  if (!isObject(value)) throw new TemplateError(`${place}: expected an object`);
  const fail = (name: string, expected: string): never => {
    throw new TemplateError(`${place}.${name}: expected ${expected}, found ${JSON.stringify(value[name])}`);
  };
  // CloudFormation takes numbers as text too ("60"), and CDK writes some of them that way.
  const asNumber = (name: string): number => {
    const found = value[name];
    if (typeof found === 'number') return found;
    if (typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found))) return Number(found);
    return fail(name, 'a number');
  };
  const asString = (name: string): string => {
    const found = value[name];
    return typeof found === 'string' ? found : fail(name, 'text');
  };
  const has = (name: string): boolean => value[name] !== undefined && value[name] !== null;
  const list = (name: string): readonly TemplateValue[] => {
    if (!has(name)) return [];
    const found = value[name];
    return Array.isArray(found) ? found : fail(name, 'a list');
  };
  return {
    place,
    has,
    string: asString,
    optionalString: (name) => (has(name) ? asString(name) : null),
    number: asNumber,
    optionalNumber: (name) => (has(name) ? asNumber(name) : null),
    object: (name) => readFields(value[name], `${place}.${name}`),
    optionalObject: (name) => (has(name) ? readFields(value[name], `${place}.${name}`) : null),
    objects: (name) => list(name).map((item, index) => readFields(item, `${place}.${name}[${index}]`)),
    strings: (name) => list(name).map((item) => (typeof item === 'string' ? item : fail(name, 'a list of texts'))),
    texts: (name) => {
      const found = value[name];
      if (found === undefined || found === null) return {};
      if (!isObject(found)) return fail(name, 'an object');
      return Object.fromEntries(
        Object.entries(found).map(([key, item]) => {
          if (typeof item === 'object') return fail(`${name}.${key}`, 'text, a number or a boolean');
          return [key, String(item)];
        }),
      );
    },
    raw: (name) => value[name],
  };
}
