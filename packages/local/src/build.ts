import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { LaptopRefusal } from './laptop-refusal.ts';

/** The repository's root: this package lies two folders below it. */
export const REPOSITORY_ROOT = join(import.meta.dirname, '..', '..', '..');

export const ASSEMBLY_DIRECTORY = join(REPOSITORY_ROOT, 'build', 'cloud-assembly');

/** Makes the bundles and the cloud assembly unless they are there for exactly these sources. */
export async function ensureBuild(log: (line: string) => void): Promise<void> {
  const cli = join(REPOSITORY_ROOT, 'infra', 'src', 'build', 'cli.ts');
  const child = spawn(process.execPath, [cli, '--if-needed', '--synth'], {
    cwd: REPOSITORY_ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      for (const line of chunk.split('\n')) if (line.trim() !== '') log(line);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new LaptopRefusal(
      `Bygget misslyckades (kod ${code}); raderna ovan säger varför.`,
      `The build failed (code ${code}); the lines above say why.`,
    );
  }
}
