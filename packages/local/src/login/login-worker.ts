import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../clock-shim.mjs';
import { loadLoginKeys } from './login-keys.ts';
import { createLoginProvider } from './login-provider.ts';
import type { LoginWorkerData, LoginWorkerMessage } from './start-login.ts';

const { port, clockOffset, dataDir }: LoginWorkerData = workerData;
if (parentPort === null) throw new Error('The login runs in a worker thread of its own: call startLogin.');
const parent = parentPort;
if (clockOffset !== undefined) installClock(clockOffset);

const tell = (message: LoginWorkerMessage): void => parent.postMessage(message);

const keys = await loadLoginKeys(dataDir);
const server = createServer();
server.once('error', (error: NodeJS.ErrnoException) => {
  tell({ kind: 'failed', code: error.code ?? 'UNKNOWN', message: error.message });
});
server.listen(port, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The login listens on a port.');
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = createLoginProvider(issuer, keys);
  provider.on('server_error', (_ctx, error) => console.error('The login failed:', error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    // Node's own Date header would tell the machine's time; clients learn the laptop's clock from this one.
    response.setHeader('Date', new Date().toUTCString());
    void answer(request, response);
  });
  tell({ kind: 'ready', issuer, port: address.port });
});

parent.once('message', () => {
  server.close(() => parent.close());
  server.closeAllConnections();
});
