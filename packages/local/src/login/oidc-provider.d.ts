/**
 * The part of oidc-provider that the laptop's login uses; the package carries no types of its own. Shapes read from its
 * source, version 9.13.3.
 */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface AdapterPayload {
    readonly uid?: string;
    readonly userCode?: string;
    readonly grantId?: string;
    readonly consumed?: unknown;
    readonly [claim: string]: unknown;
  }

  export interface Adapter {
    upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void>;
    find(id: string): Promise<AdapterPayload | undefined>;
    findByUid(uid: string): Promise<AdapterPayload | undefined>;
    findByUserCode(userCode: string): Promise<AdapterPayload | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface Client {
    readonly clientId: string;
    readonly clientName?: string;
  }

  export interface Grant {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  }

  export interface GrantClass {
    new (owner: { accountId: string; clientId: string }): Grant;
    find(id: string): Promise<Grant | undefined>;
  }

  /** An access token under way: of a person (`accountId`), or of a client alone. */
  export interface TokenDraft {
    readonly kind: string;
    readonly clientId?: string;
    readonly accountId?: string;
  }

  export interface OidcContext {
    readonly provider: Provider;
    readonly client?: Client;
    readonly session?: { readonly accountId?: string; grantIdFor(clientId: string): string | undefined };
    readonly result?: { readonly consent?: { readonly grantId?: string } };
    readonly params?: { readonly scope?: string };
  }

  /** A Koa context, as far as the login reads and writes it. */
  export interface ProviderContext {
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
    status: number;
    type: string;
    body: unknown;
    set(header: string, value: string): void;
    redirect(url: string): void;
    readonly oidc: OidcContext;
  }

  export interface Interaction {
    readonly uid: string;
    readonly prompt: { readonly name: string };
    readonly params: Readonly<Record<string, unknown>>;
  }

  export interface ResourceServerInfo {
    readonly scope: string;
    readonly audience: string;
    readonly accessTokenTTL: number;
    readonly accessTokenFormat: 'jwt';
    readonly jwt: { readonly sign: { readonly alg: 'RS256' } };
  }

  export interface InteractionPolicy {
    remove(prompt: string): void;
  }

  export const interactionPolicy: { base(): InteractionPolicy };

  export const errors: {
    readonly InvalidTarget: new (description?: string) => Error;
    readonly SessionNotFound: new (description?: string) => Error;
  };

  /** Checked at run time by the provider itself, which refuses settings that it does not know. */
  export type ProviderSettings = Readonly<Record<string, unknown>>;

  export default class Provider {
    constructor(issuer: string, settings: ProviderSettings);
    readonly issuer: string;
    readonly Grant: GrantClass;
    use(middleware: (ctx: ProviderContext, next: () => Promise<void>) => Promise<void>): this;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    on(event: 'server_error', listener: (ctx: ProviderContext, error: Error) => void): this;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>;
    interactionResult(
      request: IncomingMessage,
      response: ServerResponse,
      result: { readonly login: { readonly accountId: string; readonly remember: boolean } },
      options: { readonly mergeWithLastSubmission: boolean },
    ): Promise<string>;
  }
}
