import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectPaths } from './project-paths.ts';

const APP = fileURLToPath(new URL('../app.ts', import.meta.url));

/** Runs the CDK app just as the CDK command line does, but without it: it writes the cloud assembly and ends. */
export const synthesize = async (paths: ProjectPaths): Promise<void> => {
  await rm(paths.assembly, { recursive: true, force: true });
  const child = spawn(process.execPath, [APP], {
    cwd: paths.root,
    env: { ...process.env, CDK_OUTDIR: paths.assembly },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [exitCode]: unknown[] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`The templates could not be made (exit code ${String(exitCode)})`);
  const findings = validationFindings(paths.assembly);
  if (findings.length > 0) throw new Error(`The templates have unexplained findings:\n${findings.join('\n')}`);
};

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly pluginName?: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly severity?: string;
    }[];
  }[];
}

/** Every finding of the template validator and of cdk-nag, warnings too: each is mended or explained where it arises. */
export const validationFindings = (assemblyDir: string): readonly string[] => {
  const file = join(assemblyDir, 'validation-report.json');
  if (!existsSync(file)) return [`${file} is missing: the checks have not run`];
  const report: ValidationReport = JSON.parse(readFileSync(file, 'utf8'));
  return report.pluginReports.flatMap(({ violations }) =>
    violations.map(({ ruleName, description, severity }) => `${severity ?? 'error'} ${ruleName}: ${description}`),
  );
};
