import Provider, {
  errors,
  interactionPolicy,
  type ProviderContext,
  type ProviderSettings,
  type TokenDraft,
} from 'oidc-provider';
import { DEMO_BATCH_CLIENT, findDemoUserBySubject } from './demo-users.ts';
import { DOOR_RESOURCES, type DoorResource, findDoorByResource, findDoorByScopes } from './door-resources.ts';
import { createForgetfulAdapter } from './forgetful-adapter.ts';
import { LOGIN_CLIENTS } from './login-clients.ts';
import { INTERACTION_PATH, serveLoginForm } from './login-form.ts';
import type { LoginKeys } from './login-keys.ts';
import { contentSecurityPolicy, loggedOutPage, logoutPage, refusalPage } from './login-pages.ts';

/** As long as a token of the real issuers is expected to live; an expired one gets the gateway's 401. */
const ACCESS_TOKEN_SECONDS = 3600;
/** From the redirect to the exchange; a browser needs well under a second. */
const CODE_SECONDS = 60;
/** To find the password and type it. */
const LOGIN_FORM_SECONDS = 3600;
/** A working day, after which the user logs in again. */
const SESSION_SECONDS = 8 * 3600;
/** How far two clocks may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;

const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'lax', signed: true } as const;

const resourceServerOf = (resource: string, clientId: string): DoorResource => {
  const door = findDoorByResource(resource);
  const ownDoorOnly = clientId === DEMO_BATCH_CLIENT.clientId && door !== DOOR_RESOURCES.intake;
  if (door === undefined || ownDoorOnly) throw new errors.InvalidTarget('no such door for this client');
  return door;
};

/** The only claim of our own in an access token. Rights are dated grants in the store, never claims. */
const tenantClaim = (token: TokenDraft): { tenant: string } | undefined => {
  if (token.accountId !== undefined) {
    const user = findDemoUserBySubject(token.accountId);
    return user && { tenant: user.tenant };
  }
  return token.clientId === DEMO_BATCH_CLIENT.clientId ? { tenant: DEMO_BATCH_CLIENT.tenant } : undefined;
};

/** Our own clients are trusted with every door: what a person may do there is decided from the grants. */
const grantWithoutAsking = async (ctx: ProviderContext): Promise<unknown> => {
  const { client, provider, session } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const earlierId = session.grantIdFor(client.clientId);
  const earlier = earlierId === undefined ? undefined : await provider.Grant.find(earlierId);
  if (earlier !== undefined) return earlier;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope('openid profile');
  for (const door of Object.values(DOOR_RESOURCES)) grant.addResourceScope(door.resource, door.scopes.join(' '));
  await grant.save();
  return grant;
};

const showPage = (ctx: ProviderContext, html: string): void => {
  ctx.type = 'html';
  ctx.set('Content-Security-Policy', contentSecurityPolicy(undefined));
  ctx.body = html;
};

const settings = (keys: LoginKeys): ProviderSettings => {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return {
    adapter: (_model: string) => createForgetfulAdapter(),
    clients: LOGIN_CLIENTS,
    jwks: { keys: [keys.signingKey] },
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    cookies: {
      keys: [keys.cookieKey],
      names: {
        session: 'gruppstart_login_session',
        interaction: 'gruppstart_login_form',
        resume: 'gruppstart_login_resume',
      },
      long: COOKIE_OPTIONS,
      short: COOKIE_OPTIONS,
    },
    // `profile` is for a client that greets its user; access tokens never carry it.
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', 'tenant'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    subjectTypes: ['public'],
    clientAuthMethods: ['none', 'client_secret_basic'],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    findAccount: async (_ctx: ProviderContext, subject: string) => {
      const user = findDemoUserBySubject(subject);
      return (
        user && {
          accountId: user.subject,
          claims: async () => ({
            sub: user.subject,
            tenant: user.tenant,
            name: user.displayName,
            preferred_username: user.userName,
          }),
        }
      );
    },
    loadExistingGrant: grantWithoutAsking,
    extraTokenClaims: async (_ctx: ProviderContext, token: TokenDraft) => tenantClaim(token),
    interactions: {
      policy,
      url: async (_ctx: ProviderContext, form: { uid: string }) => `${INTERACTION_PATH}${form.uid}`,
    },
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      Grant: SESSION_SECONDS,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: LOGIN_FORM_SECONDS,
      Session: SESSION_SECONDS,
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // A client that knows scopes only gets the door of its scopes.
        defaultResource: async (ctx: ProviderContext, _client: unknown, oneOf: unknown) =>
          oneOf ?? findDoorByScopes(ctx.oidc.params?.scope ?? '')?.resource,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx: ProviderContext, resource: string, client: { clientId: string }) => {
          const door = resourceServerOf(resource, client.clientId);
          return {
            scope: door.scopes.join(' '),
            audience: door.audience,
            accessTokenTTL: ACCESS_TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx: ProviderContext, form: string) => showPage(ctx, logoutPage(form)),
        postLogoutSuccessSource: async (ctx: ProviderContext) => showPage(ctx, loggedOutPage()),
      },
      userinfo: { enabled: false },
    },
    renderError: async (ctx: ProviderContext, out: { error: string; error_description?: string }) =>
      showPage(ctx, refusalPage({ code: out.error, detail: out.error_description ?? '' })),
  };
};

/**
 * Cookies end with the browser's session instead of at a time: the laptop's clock may stand long before or after the
 * browser's, which would then throw a fresh cookie away. The provider checks the age of what they point at itself.
 */
const withoutExpiryTimes = (cookies: readonly string[]): readonly string[] =>
  cookies.map((cookie) =>
    cookie.includes('expires=Thu, 01 Jan 1970') ? cookie : cookie.replace(/; (?:expires|max-age)=[^;]*/gi, ''),
  );

/** The laptop's issuer: OpenID Connect with the code flow and client credentials, and nothing else. */
export const createLoginProvider = (issuer: string, keys: LoginKeys): Provider => {
  const provider = new Provider(issuer, settings(keys));
  provider.use(async (ctx, next) => {
    await next();
    const cookies = ctx.res.getHeader('set-cookie');
    if (Array.isArray(cookies)) ctx.res.setHeader('set-cookie', withoutExpiryTimes(cookies));
    else if (typeof cookies === 'string') ctx.res.setHeader('set-cookie', withoutExpiryTimes([cookies]));
  });
  provider.use(serveLoginForm(provider));
  return provider;
};
