import { withBuildLock } from './build-lock.ts';
import { forgetBuild, hashInputs, isUpToDate, rememberBuild } from './inputs-hash.ts';
import type { ProjectPaths } from './project-paths.ts';

export interface BuildOptions {
  /** Make the templates too. */
  readonly synth: boolean;
  /** Build even when nothing has changed. */
  readonly force: boolean;
}

export interface BuildResult {
  readonly rebuilt: boolean;
  readonly assemblyDir: string;
  readonly functionsDir: string;
}

/** Builds what is missing. When nothing has changed since the last build, only the sources are read. */
export const buildIfNeeded = async (paths: ProjectPaths, options: BuildOptions): Promise<BuildResult> => {
  const places = { assemblyDir: paths.assembly, functionsDir: paths.functions };
  if (!options.force && isUpToDate(paths, hashInputs(paths.root), options.synth)) return { rebuilt: false, ...places };
  return withBuildLock(paths, async () => {
    const inputs = hashInputs(paths.root);
    // Whoever held the lock may have done the work meanwhile.
    if (!options.force && isUpToDate(paths, inputs, options.synth)) return { rebuilt: false, ...places };
    forgetBuild(paths);
    await buildAll(paths, options);
    rememberBuild(paths, { inputs, synthesized: options.synth });
    return { rebuilt: true, ...places };
  });
};

/** Loads the tools only here: esbuild and the schemas cost more than the whole check above. */
const buildAll = async (paths: ProjectPaths, options: BuildOptions): Promise<void> => {
  const { bundleFunctions } = await import('./bundle-functions.ts');
  const { layOutDocsAssets, writeOpenApi } = await import('./docs-assets.ts');
  const { openApiDocument } = await import('@gruppstart/contracts/openapi');
  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['Bundling the functions', () => bundleFunctions(paths)],
    ['Writing openapi.json', () => writeOpenApi(paths, openApiDocument())],
    ['Laying out the reference page', () => layOutDocsAssets(paths)],
    ...(options.synth
      ? [['Making the templates', async () => (await import('./synth.ts')).synthesize(paths)] as const]
      : []),
  ];
  const begun = performance.now();
  for (const [words, step] of steps) {
    console.error(`${words} …`);
    await step();
  }
  console.error(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
};
