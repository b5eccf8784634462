/** The process that a bench starts the laptop's cloud in: alone, so that nothing of the bench is measured with it. */
import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { giveDemoGrants } from '@gruppstart/local/demo/give-demo-grants';
import { type LaptopCloud, startLaptopCloud } from '@gruppstart/local/laptop-cloud';
import { type FromCloud, ToCloud } from './cloud-messages.ts';

let cloud: LaptopCloud | null = null;

const startedCloud = (): LaptopCloud => {
  if (!cloud) throw new Error('The cloud has not been started');
  return cloud;
};

/** `getrusage` would count the process that started this one; the kernel's own account of this memory does not. */
const peakBytes = async (): Promise<number> => {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const peakKibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(peakKibibytes) * 1024;
};

const handle = async (message: ToCloud): Promise<FromCloud> => {
  switch (message.kind) {
    case 'start':
      cloud = await startLaptopCloud({
        dataDir: message.dataDir,
        assemblyDirectory: message.assemblyDirectory,
        at: message.atMs,
        throttles: message.throttles,
        build: false,
        quiet: true,
        log: (line) => console.error(line),
      });
      await giveDemoGrants(cloud);
      return { kind: 'started', apiUrl: cloud.apiUrl, issuer: cloud.issuer };
    case 'move-clock':
      await startedCloud().moveClock({ toMs: message.toMs });
      return { kind: 'clock-moved' };
    case 'measure-memory':
      return { kind: 'memory', bytes: process.memoryUsage.rss(), peakBytes: await peakBytes() };
    case 'stop':
      await cloud?.stop();
      return { kind: 'stopped' };
  }
};

const answer = async (message: unknown): Promise<void> => {
  const reply = await handle(ToCloud.parse(message)).catch(
    (error: unknown): FromCloud => ({ kind: 'failed', message: inspect(error) }),
  );
  process.send?.(reply, () => {
    if (reply.kind === 'stopped') process.disconnect();
  });
};

process.on('message', (message) => void answer(message));
// The bench is gone, by itself or not: nobody would stop this process.
process.on('disconnect', () => void Promise.resolve(cloud?.stop()).finally(() => process.exit()));
