import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ProjectPaths } from './project-paths.ts';

/** Files of the reference page that come from swagger-ui-dist. */
const PAGE_FILES = ['swagger-ui.css', 'swagger-ui-bundle.js'] as const;

/** Position in a gzip header that tells the operating system; zlib writes its own, and the bytes would differ. */
const OPERATING_SYSTEM_BYTE = 9;
const UNKNOWN_OPERATING_SYSTEM = 255;

/** Compresses so that equal input gives equal bytes on every machine. */
export const compress = (content: Uint8Array): Buffer => {
  const compressed = gzipSync(content, { level: 9 });
  compressed[OPERATING_SYSTEM_BYTE] = UNKNOWN_OPERATING_SYSTEM;
  return compressed;
};

/** Writes the document that `contracts` makes of its routes, where tools and people look for it. */
export const writeOpenApi = async (paths: ProjectPaths, document: object): Promise<void> => {
  await mkdir(paths.build, { recursive: true });
  await writeFile(paths.openApi, `${JSON.stringify(document, null, 2)}\n`);
};

const swaggerUiFolder = (): string => dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/**
 * Lays the files that `docs` serves beside its bundle: `openapi.json`, `openapi.json.gz`, `swagger-ui.css.gz` and
 * `swagger-ui-bundle.js.gz`. Compressed here, once, because the function has little memory and nothing else to do.
 */
export const layOutDocsAssets = async (paths: ProjectPaths, page = swaggerUiFolder()): Promise<void> => {
  const assets = join(paths.functions, 'docs', 'assets');
  await mkdir(assets, { recursive: true });
  const openApi = await readFile(paths.openApi);
  await writeFile(join(assets, 'openapi.json'), openApi);
  await writeFile(join(assets, 'openapi.json.gz'), compress(openApi));
  for (const name of PAGE_FILES) {
    await writeFile(join(assets, `${name}.gz`), compress(await readFile(join(page, name))));
  }
};
