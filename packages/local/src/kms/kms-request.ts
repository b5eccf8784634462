/** Reading the fields of a KMS request, with the service's refusals for what is missing or malformed. */

export interface KmsRefusalBody {
  __type: string;
  message?: string;
}

/** Thrown, because a refusal may come from any depth of reading a request and always leaves it by the same way. */
export class KmsRefusal extends Error {
  readonly body: KmsRefusalBody;

  constructor(name: string, message?: string) {
    super(message ?? name);
    this.name = 'KmsRefusal';
    this.body = message === undefined ? { __type: name } : { __type: name, message };
  }
}

export type KmsRequest = Readonly<Record<string, unknown>>;

export function invalid(field: string, constraint: string): KmsRefusal {
  return new KmsRefusal(
    'ValidationException',
    `1 validation error detected: Value at '${field}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Text that may be left out. */
export function optionalText(request: KmsRequest, field: string): string | undefined {
  const value = request[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new KmsRefusal('SerializationException');
  return value;
}

export function text(request: KmsRequest, field: string): string {
  const value = optionalText(request, field);
  if (value === undefined || value === '') throw invalid(field, 'Member must not be null');
  return value;
}

/** Bytes, which the protocol carries as base64. */
export function bytes(request: KmsRequest, field: string, maxBytes: number): Buffer {
  const value = optionalText(request, field);
  if (value === undefined) throw invalid(field, 'Member must not be null');
  const decoded = Buffer.from(value, 'base64');
  if (decoded.toString('base64') !== value) throw new KmsRefusal('SerializationException');
  if (decoded.length === 0) throw invalid(field, 'Member must have length greater than or equal to 1');
  if (decoded.length > maxBytes) throw invalid(field, `Member must have length less than or equal to ${maxBytes}`);
  return decoded;
}

export function wholeNumber(request: KmsRequest, field: string, min: number, max: number): number | undefined {
  const value = request[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new KmsRefusal('SerializationException');
  if (value < min) throw invalid(field, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw invalid(field, `Member must have value less than or equal to ${max}`);
  return value;
}

export function textMap(request: KmsRequest, field: string): Record<string, string> {
  const value = request[field];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new KmsRefusal('SerializationException');
  const map: Record<string, string> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (typeof entry !== 'string') throw new KmsRefusal('SerializationException');
    map[name] = entry;
  }
  return map;
}

export function oneOf<T extends string>(request: KmsRequest, field: string, allowed: readonly T[]): T | undefined {
  const value = optionalText(request, field);
  if (value === undefined) return undefined;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw invalid(field, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  return found;
}
