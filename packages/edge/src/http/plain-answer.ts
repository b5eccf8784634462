import type { Route } from '@gruppstart/contracts/route';
import type { DoorAnswer } from './handler.ts';

/** An answer as it leaves, and as it is kept for a retry. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const nextLink = (url: URL, cursor: string): string => {
  const next = new URLSearchParams(url.searchParams);
  next.set('cursor', cursor);
  return `<${url.pathname}?${next.toString()}>; rel="next"`;
};

/**
 * Checks an answer against the route's declared schema and makes it plain. An answer that the declaration does not know
 * is our own fault and is thrown: better a 500 than an undeclared field.
 */
export const plainAnswer = (route: Route, answer: DoorAnswer, url: URL): PlainAnswer => {
  const declared = route.answers[answer.status];
  if (!declared) throw new Error(`${route.id} answers ${answer.status}, which is not declared`);
  const checked = declared.schema === null ? null : declared.schema.safeParse(answer.body);
  if (checked && !checked.success) {
    throw new Error(`${route.id} answers outside its schema`, { cause: checked.error });
  }
  const mediaType = declared.mediaType ?? 'application/json';
  const body = (() => {
    if (!checked) return '';
    return mediaType === 'application/json' ? JSON.stringify(checked.data) : String(checked.data);
  })();
  return {
    status: answer.status,
    headers: {
      ...(checked ? { 'content-type': mediaType } : {}),
      ...(answer.version === undefined ? {} : { etag: `"${answer.version}"` }),
      ...(answer.location === undefined ? {} : { location: answer.location }),
      ...(answer.retryAfterSeconds === undefined ? {} : { 'retry-after': String(answer.retryAfterSeconds) }),
      ...(answer.nextCursor ? { link: nextLink(url, answer.nextCursor) } : {}),
    },
    body,
  };
};
