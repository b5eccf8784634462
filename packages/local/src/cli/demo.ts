import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveDemoGrants } from '../demo/give-demo-grants.ts';
import { demoFigures, demoText } from '../demo/print-demo.ts';
import { DEMO_BEGINS, runDemo } from '../demo/run-demo.ts';
import { startLaptopCloud } from '../laptop-cloud.ts';
import { LaptopRefusal } from '../laptop-refusal.ts';
import { explainRefusal } from './arguments.ts';
import { DEMO_USAGE, type DemoOptions, readDemoOptions } from './demo-options.ts';

// Lambda runs in UTC; threads take the time zone from the process.
process.env.TZ = 'UTC';

/** Progress goes beside the result, so that `--json` prints one object and nothing else. */
const tell = (line: string): void => console.error(line);

async function showDemo({ json }: DemoOptions): Promise<void> {
  const startedAtMs = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'gruppstart-demo-'));
  try {
    tell('Startar ett moln på den här datorn / starting a cloud on this machine');
    const cloud = await startLaptopCloud({
      dataDir: folder,
      at: Date.parse(DEMO_BEGINS),
      fresh: true,
      quiet: true,
      log: tell,
    });
    try {
      await giveDemoGrants(cloud);
      const story = await runDemo(cloud, tell);
      const durationMs = performance.now() - startedAtMs;
      console.log(json ? JSON.stringify(demoFigures(story, durationMs)) : demoText(story, durationMs));
    } finally {
      await cloud.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === 'help') console.log(DEMO_USAGE);
  else await showDemo(options);
} catch (error) {
  console.error(error instanceof LaptopRefusal ? explainRefusal(error) : error);
  process.exitCode = 1;
}
