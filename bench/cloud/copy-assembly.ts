import { cp } from 'node:fs/promises';
import { withBuildLock } from '@gruppstart/infra/build/build-lock';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { ensureBuild } from '@gruppstart/local/build';

/**
 * Brings the build up to date and copies the cloud assembly, so that what is measured stays the same when somebody
 * builds anew meanwhile.
 */
export const copyAssembly = async (directory: string, tell: (line: string) => void): Promise<void> => {
  await ensureBuild(tell);
  await withBuildLock(PROJECT, () => cp(PROJECT.assembly, directory, { recursive: true }), tell);
};
