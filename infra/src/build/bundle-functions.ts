import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { leaveOut, SUBSTITUTES } from './left-out.ts';
import type { ProjectPaths } from './project-paths.ts';

/** Libraries that are still CommonJS call `require` for built-in modules; an ES module has none of its own. */
export const REQUIRE_BANNER = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

export interface Bundle {
  readonly name: string;
  readonly bytes: number;
}

/** Names of the function folders, sorted. Throws for a folder without the entry file that names its handler. */
export const functionNames = async (paths: Pick<ProjectPaths, 'functionSources'>): Promise<readonly string[]> => {
  const entries = await readdir(paths.functionSources, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of names) {
    if (!existsSync(entryOf(paths, name))) {
      throw new Error(`functions/${name} has no src/index.ts, the file that exports the handler`);
    }
  }
  return names.toSorted();
};

const entryOf = (paths: Pick<ProjectPaths, 'functionSources'>, name: string): string =>
  join(paths.functionSources, name, 'src', 'index.ts');

/**
 * Makes one minified ES module of each function and everything it uses, the same for AWS and the laptop. Equal
 * sources give equal bytes: no source map, no paths, no dates.
 */
export const bundleFunctions = async (paths: ProjectPaths): Promise<readonly Bundle[]> => {
  const names = await functionNames(paths);
  await Promise.all([paths.functions, paths.meta].map((folder) => rm(folder, { recursive: true, force: true })));
  await mkdir(paths.meta, { recursive: true });
  const bundles: Bundle[] = [];
  for (const name of names) bundles.push(await bundleFunction(paths, name));
  return bundles;
};

const bundleFunction = async (paths: ProjectPaths, name: string): Promise<Bundle> => {
  const outfile = join(paths.functions, name, 'index.mjs');
  const { metafile } = await build({
    absWorkingDir: paths.root,
    entryPoints: [entryOf(paths, name)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE_BANNER },
    alias: { ...SUBSTITUTES },
    plugins: [leaveOut],
    define: { 'process.env.NODE_ENV': '"production"' },
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: false,
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(join(paths.meta, `${name}.json`), JSON.stringify(metafile));
  return { name, bytes: bytesOf(metafile, name) };
};

const bytesOf = (metafile: Metafile, name: string): number => {
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${name}`);
  return output.bytes;
};
