/** Where a service is. Functions state the region only: the SDK itself reads AWS_ENDPOINT_URL_… and the keys. */
export interface ClientConfig {
  readonly region: string;
  /** Another endpoint than the region's own, for tests. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A call that has not answered by then is given up and tried again: far over the usual, far under a function's time. */
const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 5_000;
const ATTEMPTS = 4;
const AGENT = { keepAlive: true, maxSockets: 50 } as const;

export const clientSettings = (config: ClientConfig) => ({
  ...config,
  maxAttempts: ATTEMPTS,
  requestHandler: {
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: AGENT,
    httpsAgent: AGENT,
  },
});
