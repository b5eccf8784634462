import { Agent, type IncomingMessage, request } from 'node:http';

/** A number of clients, each with a connection that it keeps, each sending its next request when the last is answered. */
export interface HttpLoad {
  /** Requests a second to a path over this long. Throws at the first answer that is not 200. */
  rate(path: string, milliseconds: number): Promise<number>;
  close(): void;
}

export const makeHttpLoad = (baseUrl: string, token: string, clients: number): HttpLoad => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const headers = { authorization: `Bearer ${token}` };

  const once = async (url: URL): Promise<void> => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, { agent, headers }, resolve).once('error', reject).end();
    });
    let text = '';
    response.setEncoding('utf8');
    for await (const chunk of response) text += chunk;
    if (response.statusCode !== 200) throw new Error(`${url.pathname} answered ${response.statusCode}: ${text}`);
  };

  return {
    async rate(path, milliseconds) {
      const url = new URL(path, baseUrl);
      const startedAtMs = performance.now();
      let answered = 0;
      const client = async (): Promise<void> => {
        while (performance.now() - startedAtMs < milliseconds) {
          await once(url);
          answered += 1;
        }
      };
      await Promise.all(Array.from({ length: clients }, client));
      return (answered * 1000) / (performance.now() - startedAtMs);
    },
    close: () => agent.destroy(),
  };
};
