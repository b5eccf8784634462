import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY_ROOT } from '@gruppstart/local/build';
import * as z from 'zod';

const PackageFile = z.looseObject({ scripts: z.record(z.string(), z.string()) });

/**
 * The commands of a script in package.json as arguments to Node, so that they can be run as they are but without npm and
 * its shell, which pass on neither signals nor exit codes alike everywhere. Throws for a script of another form.
 */
export const scriptSteps = async (name: string): Promise<readonly (readonly string[])[]> => {
  const { scripts } = PackageFile.parse(JSON.parse(await readFile(join(REPOSITORY_ROOT, 'package.json'), 'utf8')));
  const script = scripts[name];
  if (script === undefined) throw new Error(`package.json has no script ${name}`);
  return script.split(' && ').map((command) => {
    const [program, ...args] = command.split(' ');
    if (program !== 'node') throw new Error(`The script ${name} is expected to run node, not ${program}`);
    return args;
  });
};
