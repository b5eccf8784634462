import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { errors, type ProviderContext } from 'oidc-provider';
import { type DemoUser, findDemoUser } from './demo-users.ts';
import { contentSecurityPolicy, loginPage, refusalPage } from './login-pages.ts';

/** Each login under way has its form here, followed by its id. */
export const INTERACTION_PATH = '/login/';

/** A user name and a password fit many times over. */
const MAX_FORM_BYTES = 8192;

const readForm = async (request: IncomingMessage): Promise<URLSearchParams | undefined> => {
  if (!request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return undefined;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_FORM_BYTES) return undefined;
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const authenticate = (userName: string, password: string): DemoUser | undefined => {
  const user = findDemoUser(userName);
  const matches = timingSafeEqual(digest(password), digest(user?.password ?? ''));
  return user !== undefined && matches ? user : undefined;
};

const callbackOriginOf = (redirectUri: unknown): string | undefined =>
  typeof redirectUri === 'string' ? URL.parse(redirectUri)?.origin : undefined;

const refuse = (ctx: ProviderContext, status: number, code: string, detail: string): void => {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('Content-Security-Policy', contentSecurityPolicy(undefined));
  ctx.body = refusalPage({ code, detail });
};

/**
 * Shows the form of a login under way and takes its answer. A wrong name or password shows the form again with 422;
 * a form whose login is unknown (too old, or from before a restart) answers 400 with a page that says so.
 */
export const serveLoginForm =
  (provider: Provider) =>
  async (ctx: ProviderContext, next: () => Promise<void>): Promise<void> => {
    if (!ctx.path.startsWith(INTERACTION_PATH)) return next();
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Referrer-Policy', 'no-referrer');
    try {
      await answerForm(provider, ctx);
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      refuse(ctx, 400, 'login_not_found', 'This login is too old, or the laptop was restarted since it began.');
    }
  };

const answerForm = async (provider: Provider, ctx: ProviderContext): Promise<void> => {
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  const show = (status: number, form: { userName: string; refused: boolean }): void => {
    ctx.status = status;
    ctx.type = 'html';
    ctx.set('Content-Security-Policy', contentSecurityPolicy(callbackOriginOf(params.redirect_uri)));
    ctx.body = loginPage(form);
  };

  switch (ctx.method) {
    case 'GET':
    case 'HEAD': {
      const chosen = ctx.query.user;
      show(200, { userName: typeof chosen === 'string' ? chosen : '', refused: false });
      return;
    }
    case 'POST': {
      const form = await readForm(ctx.req);
      if (form === undefined) {
        refuse(ctx, 400, 'form_unreadable', 'The form must be sent as a browser sends it.');
        return;
      }
      const userName = form.get('userName') ?? '';
      const user = authenticate(userName, form.get('password') ?? '');
      if (user === undefined) {
        show(422, { userName, refused: true });
        return;
      }
      const result = { login: { accountId: user.subject, remember: false } };
      const returnTo = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
      ctx.status = 303;
      ctx.redirect(returnTo);
      return;
    }
    default:
      ctx.set('Allow', 'GET, HEAD, POST');
      refuse(ctx, 405, 'method_not_allowed', 'The login form takes GET and POST.');
  }
};
