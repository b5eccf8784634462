// `npm test`: the gate, then all tests while the laptops record what their functions ask of AWS, then the proof that the
// policies allow exactly that. With arguments: only the tests that they name, and no proof, which would miss the others.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const callsDirectory = join(root, 'build/calls');
const named = process.argv.slice(2);

/** Ends everything with the command's own code when it fails. */
const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, GRUPPSTART_CALLS_DIR: callsDirectory },
  });
  if (status !== 0) process.exit(status ?? 1);
};

run(process.execPath, ['scripts/check.mjs']);
rmSync(callsDirectory, { recursive: true, force: true });
run('vitest', ['run', '--project', '!rights', ...named]);
if (named.length === 0) run('vitest', ['run', '--project', 'rights']);
