import { runRedrive } from './run-redrive.ts';

process.exitCode = await runRedrive(process.argv.slice(2), {
  environment: process.env,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
