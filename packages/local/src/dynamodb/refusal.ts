/**
 * What the protocol answers with status 400. Refusals are thrown here, not returned, because dynalite's own checks
 * throw theirs and both must leave a request by the same way.
 */
import type { Item } from './dynalite.ts';

const SERVICE = 'com.amazonaws.dynamodb.v20120810#';

export interface RefusalBody {
  __type: string;
  message?: string;
  [more: string]: unknown;
}

/** A refusal with the body that goes over the wire. */
export class Refusal extends Error {
  readonly body: RefusalBody;
  readonly statusCode: number;

  constructor(body: RefusalBody, statusCode = 400) {
    super(body.message ?? body.__type);
    this.name = 'Refusal';
    this.body = body;
    this.statusCode = statusCode;
  }
}

/** One entry of TransactionCanceledException's CancellationReasons, in the order of the request. */
export interface CancellationReason {
  Code: 'None' | 'ConditionalCheckFailed' | 'ValidationError';
  Message?: string;
  Item?: Item;
}

export function validationRefusal(message: string): Refusal {
  return new Refusal({ __type: 'com.amazon.coral.validate#ValidationException', message });
}

export function serviceRefusal(name: string, message: string, more: Record<string, unknown> = {}): Refusal {
  return new Refusal({ __type: SERVICE + name, message, ...more });
}

export function tableNotFound(detail = ''): Refusal {
  return serviceRefusal('ResourceNotFoundException', `Requested resource not found${detail}`);
}

export function transactionCanceled(reasons: readonly CancellationReason[]): Refusal {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return new Refusal({
    __type: `${SERVICE}TransactionCanceledException`,
    Message: message,
    CancellationReasons: reasons,
  });
}

/** The short name of a refusal, for example `ConditionalCheckFailedException`. */
export function refusalName(refusal: Refusal): string {
  return refusal.body.__type.slice(refusal.body.__type.indexOf('#') + 1);
}

/** Reads a thrown value as a refusal; null when it is a fault of the engine itself. */
export function asRefusal(thrown: unknown): Refusal | null {
  if (thrown instanceof Refusal) return thrown;
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || !('body' in thrown)) return null;
  const { body, statusCode } = thrown;
  if (typeof statusCode !== 'number' || !isRefusalBody(body)) return null;
  return new Refusal(withAwsWording(body), statusCode);
}

function isRefusalBody(body: unknown): body is RefusalBody {
  return typeof body === 'object' && body !== null && '__type' in body && typeof body.__type === 'string';
}

/** dynalite words an empty key differently in keys and in items; the service has one sentence for both. */
function withAwsWording(body: RefusalBody): RefusalBody {
  if (body.message?.includes('cannot contain an empty') !== true) return body;
  return { ...body, message: body.message.replace('values were invalid: The Attr', 'values are not valid. The Attr') };
}
