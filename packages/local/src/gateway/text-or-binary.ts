/**
 * How the HTTP API hands a request body to a function: as text (`isBase64Encoded: false`) or in base64. AWS documents
 * that there is such a rule but not its list; the list was measured against the service and published in
 * github.com/ministackorg/ministack/pull/766: `text/*` and the three types below are text, everything else is not,
 * also forms, `application/problem+json` and a missing content type.
 */
const TEXT_TYPES: ReadonlySet<string> = new Set(['application/json', 'application/xml', 'application/javascript']);

/** `contentType` as the client sent it, parameters and all; undefined when it sent none. */
export function isTextBody(contentType: string | undefined, contentEncoding: string | undefined): boolean {
  // What is compressed is bytes, whatever it will be once unpacked.
  if (contentEncoding !== undefined && contentEncoding.trim().toLowerCase() !== 'identity') return false;
  const mediaType = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return mediaType.startsWith('text/') || TEXT_TYPES.has(mediaType);
}
