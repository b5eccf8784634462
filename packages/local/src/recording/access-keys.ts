/**
 * Every function signs its requests with an access key of its own, as on AWS, where a role's session has one. So the
 * engines know at the wire who calls, whatever library the request was made with, and nothing of it is in the bundles.
 */
const PREFIX = 'function-';

export function accessKeyOf(functionName: string): string {
  return `${PREFIX}${functionName}`;
}

/**
 * The function that signed a request.
 * @param signature the `Authorization` header, or the query of a presigned address
 * @returns null for the laptop itself, for tests and for unsigned requests
 */
export function signingFunction(signature: string): string | null {
  const match = /Credential=function-([A-Za-z0-9_-]+)(?:\/|%2F)/.exec(signature);
  return match?.[1] ?? null;
}
