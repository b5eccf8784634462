import type { Door } from '@gruppstart/contracts/roles';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  clockSkew,
  customFetch,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { createCookieJar } from './cookie-jar.ts';
import { DEMO_BATCH_CLIENT, DEMO_PASSWORD } from './demo-users.ts';
import { DOOR_RESOURCES } from './door-resources.ts';
import { CLI_CLIENT } from './login-clients.ts';

/** The login answered, and the answer was no: wrong name or password, or a client it does not know. */
export class LoginRefusedError extends Error {
  override readonly name = 'LoginRefusedError';
}

/** Nothing answers at the issuer's address. */
export class LoginUnreachableError extends Error {
  override readonly name = 'LoginUnreachableError';
}

/** Authorization, form, answer, resume, callback: a login that takes more redirects than this goes in a circle. */
const MAX_STEPS = 8;

/**
 * How many seconds the issuer's clock is ahead of this machine's. The laptop's clock can be set to any day, and the ID
 * token must be judged by it: the issuer's own Date header says what time it is there.
 */
const readClockSkew = (answer: Response): number => {
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(theirs) ? 0 : Math.round((theirs - Date.now()) / 1000);
};

const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

const discover = async (issuer: string, clientId: string, secret: string | undefined): Promise<Configuration> => {
  const server = new URL(issuer);
  // Without TLS on this machine only; any other issuer must be https.
  const execute = isLoopback(server) ? [allowInsecureRequests] : [];
  const authentication = secret === undefined ? None() : ClientSecretBasic(secret);
  let answered: Response | undefined;
  const remember: CustomFetch = async (url, { body, signal, ...options }) => {
    answered = await fetch(url, { ...options, body: body ?? null, signal: signal ?? null });
    return answered;
  };
  try {
    const found = await discovery(server, clientId, undefined, authentication, { [customFetch]: remember, execute });
    const skewSeconds = answered === undefined ? 0 : readClockSkew(answered);
    const configuration = new Configuration(
      found.serverMetadata(),
      clientId,
      { [clockSkew]: skewSeconds },
      authentication,
    );
    for (const allow of execute) allow(configuration);
    return configuration;
  } catch (error) {
    throw new LoginUnreachableError(
      answered === undefined
        ? `Ingen inloggning svarar på ${issuer}. / No login answers at ${issuer}.`
        : `Det som svarar på ${issuer} är ingen inloggning. / What answers at ${issuer} is not a login.`,
      { cause: error },
    );
  }
};

const refused = (status: number, html: string): LoginRefusedError => {
  // The page's alert is Swedish and English already; its tags are of no use in a terminal.
  const alert = /<div class="refusal"[^>]*>(.*?)<\/div>/s.exec(html)?.[1] ?? '';
  const code = /<\/div>\s*<p><code>(.*?)<\/code>/s.exec(html)?.[1];
  const text = alert
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return new LoginRefusedError(
    [text === '' ? `Inloggningen svarade ${status}. / The login answered ${status}.` : text, code ?? '']
      .join(' ')
      .trim(),
  );
};

/** Goes through the login page as a browser does, and returns the address with the code that it is sent back to. */
const walkLogin = async (start: URL, callback: string, userName: string, password: string): Promise<URL> => {
  const jar = createCookieJar();
  let url = start;
  let form: URLSearchParams | undefined;
  let sentForm = false;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const answer = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: jar.header() },
      ...(form === undefined ? {} : { body: form }),
    });
    jar.keep(answer);
    form = undefined;
    const text = await answer.text();
    const location = answer.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.startsWith(callback)) return url;
    } else if (answer.status === 200 && !sentForm && text.includes('<form method="post">')) {
      form = new URLSearchParams({ userName, password });
      sentForm = true;
    } else {
      throw refused(answer.status, text);
    }
  }
  throw new LoginRefusedError(
    'Inloggningen skickade runt oss utan att bli klar. / The login sent us around without an end.',
  );
};

export interface TokenRequest {
  readonly issuer: string;
  readonly userName: string;
  readonly door: Door;
  /** The demo password unless told otherwise. */
  readonly password?: string;
}

/**
 * Logs a demo user in by the real code flow (discovery, PKCE, the login form, the exchange) and returns the access token
 * for one door, valid for an hour of the laptop's clock.
 *
 * Throws LoginUnreachableError when nothing answers, LoginRefusedError when the name or the password is wrong; both with
 * Swedish and English text.
 */
export const fetchToken = async (request: TokenRequest): Promise<string> => {
  const { issuer, userName, door, password = DEMO_PASSWORD } = request;
  const { resource, scopes } = DOOR_RESOURCES[door];
  const configuration = await discover(issuer, CLI_CLIENT.clientId, undefined);
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const nonce = randomNonce();
  const start = buildAuthorizationUrl(configuration, {
    redirect_uri: CLI_CLIENT.redirectUri,
    scope: ['openid', ...scopes].join(' '),
    resource,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const callback = await walkLogin(start, CLI_CLIENT.redirectUri, userName, password);
  const tokens = await authorizationCodeGrant(
    configuration,
    callback,
    { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
    { resource },
  );
  return tokens.access_token;
};

/** The batch sender's token by client credentials: no person, the intake door only. Throws as fetchToken does. */
export const fetchBatchSenderToken = async (request: { readonly issuer: string }): Promise<string> => {
  const { resource, scopes } = DOOR_RESOURCES.intake;
  const configuration = await discover(request.issuer, DEMO_BATCH_CLIENT.clientId, DEMO_BATCH_CLIENT.clientSecret);
  const tokens = await clientCredentialsGrant(configuration, { resource, scope: scopes.join(' ') });
  return tokens.access_token;
};
