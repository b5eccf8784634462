import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catchAllPaths, PUBLIC_PATHS, ROUTES } from '@gruppstart/contracts/registry';
import { type GruppstartApp, makeGruppstartApp } from '@gruppstart/infra/gruppstart-app';
import type { Templates } from '@gruppstart/infra/template-checks/template-view';

export const FUNCTIONS = [
  'cohorts-api',
  'docs',
  'grants',
  'intake-api',
  'intake-worker',
  'matcher',
  'outbox',
  'requirements-api',
  'restore',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

export interface SynthesizedApp {
  readonly outdir: string;
  readonly data: StackTemplate;
  readonly app: StackTemplate;
  readonly ops: StackTemplate;
}

/** The templates by the name of their stack, as the checks take them. */
export const templatesOf = ({ data, app, ops }: SynthesizedApp): Templates =>
  JSON.parse(JSON.stringify({ GruppstartData: data, GruppstartApp: app, GruppstartOps: ops }));

export interface SynthesisOptions {
  /** Changes the constructs before the templates are made. */
  readonly tamper?: (made: GruppstartApp) => void;
  readonly restoredCoreTable?: string;
}

/**
 * The three stacks with the real routes and with stand-ins for the bundles, in a folder of its own. The templates do
 * not depend on what a bundle holds, only its name in the asset bucket does.
 */
export const synthesizeOnce = (options: SynthesisOptions = {}): SynthesizedApp & { readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'gruppstart-infra-'));
  const functionsDir = join(folder, 'functions');
  for (const name of FUNCTIONS) {
    mkdirSync(join(functionsDir, name), { recursive: true });
    writeFileSync(join(functionsDir, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  const outdir = join(folder, 'assembly');
  const { tamper, ...more } = options;
  const made = makeGruppstartApp({
    routes: ROUTES,
    catchAllPaths,
    publicPaths: PUBLIC_PATHS,
    functionsDir,
    outdir,
    ...more,
  });
  tamper?.(made);
  try {
    made.app.synth();
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw cause;
  }
  const read = (stack: string): StackTemplate =>
    JSON.parse(readFileSync(join(outdir, `${stack}.template.json`), 'utf8'));
  return {
    outdir,
    data: read('GruppstartData'),
    app: read('GruppstartApp'),
    ops: read('GruppstartOps'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
