import { runStart } from './run-start.ts';

// Lambda runs in UTC; threads take the time zone from the process.
process.env.TZ = 'UTC';
process.exitCode = await runStart(process.argv.slice(2));
