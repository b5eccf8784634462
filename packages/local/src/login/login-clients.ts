import { DEMO_BATCH_CLIENT } from './demo-users.ts';

/**
 * Where the command line is called back. A native client's loopback address is compared without its port (RFC 8252), and
 * `npm run token` reads the code from the redirect itself, so nothing has to listen here.
 */
export const CLI_CLIENT = { clientId: 'gruppstart-cli', redirectUri: 'http://127.0.0.1/callback' } as const;

/** The web console, on whatever port the laptop gave it. */
const CONSOLE_CLIENT = {
  clientId: 'gruppstart-console',
  redirectUri: 'http://127.0.0.1/console/callback',
  afterLogoutUri: 'http://127.0.0.1/console/',
} as const;

/** Public clients hold no secret; the provider demands PKCE of them. */
const publicClient = {
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
} as const;

/** All clients of the laptop's login, as the provider wants them. They are our own, so nobody is asked for consent. */
export const LOGIN_CLIENTS = [
  {
    ...publicClient,
    client_id: CLI_CLIENT.clientId,
    client_name: 'Gruppstart på kommandoraden',
    redirect_uris: [CLI_CLIENT.redirectUri],
  },
  {
    ...publicClient,
    client_id: CONSOLE_CLIENT.clientId,
    client_name: 'Gruppstart',
    redirect_uris: [CONSOLE_CLIENT.redirectUri],
    post_logout_redirect_uris: [CONSOLE_CLIENT.afterLogoutUri],
  },
  {
    client_id: DEMO_BATCH_CLIENT.clientId,
    client_secret: DEMO_BATCH_CLIENT.clientSecret,
    client_name: DEMO_BATCH_CLIENT.displayName,
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  },
] as const;
