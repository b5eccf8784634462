import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the build reads and writes. All paths hang on one root, so that a test can build in a folder of its own. */
export interface ProjectPaths {
  readonly root: string;
  readonly functionSources: string;
  readonly build: string;
  /** One folder per function with its `index.mjs`. */
  readonly functions: string;
  /** esbuild's account of each bundle. */
  readonly meta: string;
  readonly openApi: string;
  /** Templates and copies of the bundles, as CDK deploys them. */
  readonly assembly: string;
}

export const projectPathsOf = (root: string): ProjectPaths => {
  const build = join(root, 'build');
  return {
    root,
    functionSources: join(root, 'functions'),
    build,
    functions: join(build, 'functions'),
    meta: join(build, 'meta'),
    openApi: join(build, 'openapi.json'),
    assembly: join(build, 'cloud-assembly'),
  };
};

export const PROJECT = projectPathsOf(fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/u, ''));
