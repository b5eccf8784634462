import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { ensureBuild, REPOSITORY_ROOT } from '@gruppstart/local/build';
import * as z from 'zod';
import { atMost, type Bench } from './bench.ts';
import { timed } from './measure.ts';
import { scriptSteps } from './script-steps.ts';

const GOAL_SECONDS = 60;
const DemoFigures = z.looseObject({ rows: z.int(), accepted: z.int(), employed: z.int(), durationMs: z.number() });

export const demoBench: Bench = {
  name: 'demo',
  title: 'the whole demo, from the command to its end, the build being up to date',
  run: async ({ tell, folder }) => {
    await ensureBuild(tell);
    let printed = '';
    const milliseconds = await timed(async () => {
      for (const step of await scriptSteps('demo')) {
        const child = spawn(process.execPath, [...step, '--json'], {
          cwd: REPOSITORY_ROOT,
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, TMPDIR: folder },
        });
        const [output, code] = await Promise.all([
          text(child.stdout),
          new Promise<number | null>((resolve) => child.once('exit', resolve)),
        ]);
        if (code !== 0) throw new Error(`The demo ended with code ${code}`);
        printed = output;
      }
    });
    const figures = DemoFigures.parse(JSON.parse(printed));
    const note = `${figures.accepted} of ${figures.rows} rows taken, ${figures.employed} employed`;
    return [
      atMost('demo.command', milliseconds / 1000, GOAL_SECONDS, 's', note),
      atMost('demo.own-figure', figures.durationMs / 1000, GOAL_SECONDS, 's', 'durationMs, as the demo prints it'),
    ];
  },
};
