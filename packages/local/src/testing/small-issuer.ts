import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An OpenID issuer on loopback with one key, that signs whatever it is asked to. */
export interface SmallIssuer {
  readonly url: string;
  /** The public key in PEM form, for the attack that uses it as a shared secret. */
  readonly publicPem: string;
  /** Times the keys were fetched. */
  keyFetches(): number;
  sign(claims: JWTPayload, header?: { readonly kid?: string }): Promise<string>;
  /** Publishes a new key in place of the old one and signs with it from now on. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSmallIssuer(): Promise<SmallIssuer> {
  const makeKey = async (kid: string) => ({ kid, ...(await generateKeyPair('RS256', { extractable: true })) });
  let key = await makeKey('key-1');
  let fetches = 0;
  const server = createServer((request, response) => {
    const answer = async (): Promise<object> => {
      if (request.url !== '/keys') return { issuer: url, jwks_uri: `${url}/keys` };
      fetches += 1;
      return { keys: [{ ...(await exportJWK(key.publicKey)), kid: key.kid, alg: 'RS256', use: 'sig' }] };
    };
    void answer().then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const exported = await crypto.subtle.exportKey('spki', key.publicKey);
  return {
    url,
    publicPem: `-----BEGIN PUBLIC KEY-----\n${Buffer.from(exported).toString('base64')}\n-----END PUBLIC KEY-----`,
    keyFetches: () => fetches,
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: header.kid ?? key.kid }).sign(key.privateKey),
    async rotate() {
      key = await makeKey('key-2');
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
