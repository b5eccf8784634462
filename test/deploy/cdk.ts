import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT } from '@gruppstart/infra/build/project-paths';

const CDK = join(PROJECT.root, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** Runs the project's own CDK command line. Throws with all that it printed when it fails. */
export const cdk = async (environment: Readonly<Record<string, string>>, args: readonly string[]): Promise<void> => {
  const certificate = environment.AWS_CA_BUNDLE;
  const child = spawn(
    process.execPath,
    [
      CDK,
      ...args,
      '--no-notices',
      '--progress=events',
      ...(certificate === undefined ? [] : ['--ca-bundle-path', certificate]),
    ],
    {
      cwd: environment.HOME,
      env: { ...environment, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with ${String(code)}:\n${output}\n${errors}`);
};
