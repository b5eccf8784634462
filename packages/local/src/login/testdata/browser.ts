import type { CookieJar } from '../cookie-jar.ts';
import { DOOR_RESOURCES } from '../door-resources.ts';

/** Where the tests' client is called back; nothing listens there. */
export const CALLBACK = 'http://127.0.0.1:9/console/callback';
/** The verifier of the challenge below, both from RFC 7636, appendix B. */
export const CODE_VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

/** What a browser would be sent to. */
export const authorizationUrl = (issuer: string, changes: Readonly<Record<string, string | null>> = {}): URL => {
  const url = new URL('/auth', issuer);
  const parameters = {
    client_id: 'gruppstart-console',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid profile cohorts.read',
    resource: DOOR_RESOURCES.cohorts.resource,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'state-of-the-test',
    ...changes,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url;
};

/** One request of a browser with its cookies; redirects are not followed. */
export const visit = async (
  jar: CookieJar,
  url: URL | string,
  form?: Readonly<Record<string, string>>,
): Promise<Response> => {
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { accept: 'text/html', cookie: jar.header() },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  jar.keep(answer);
  return answer;
};

/** Where an answer sends the browser. */
export const next = (answer: Response): URL =>
  new URL(answer.headers.get('location') ?? 'about:no-location', answer.url);

/** Begins a login and returns the address of its form. */
export const openForm = async (issuer: string, jar: CookieJar): Promise<URL> =>
  next(await visit(jar, authorizationUrl(issuer)));

/** A request at the token endpoint. */
export const exchange = (
  issuer: string,
  parameters: Readonly<Record<string, string>>,
  authorization?: string,
): Promise<Response> =>
  fetch(new URL('/token', issuer), {
    method: 'POST',
    body: new URLSearchParams(parameters),
    headers: authorization === undefined ? {} : { authorization },
  });
