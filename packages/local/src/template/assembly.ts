import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, TemplateError, type TemplateObject, type TemplateValue } from './template-value.ts';

export interface StackTemplate {
  readonly stackName: string;
  readonly template: TemplateObject;
}

/** A synthesized cloud assembly as it lies on disk. */
export interface CloudAssembly {
  readonly directory: string;
  readonly stacks: readonly StackTemplate[];
  /** Object key of an asset (as a function's Code names it) to the directory or file that holds it. */
  readonly assetPaths: ReadonlyMap<string, string>;
}

/** Reads `manifest.json`, every stack's template and every asset manifest of a cloud assembly. */
export async function readAssembly(directory: string): Promise<CloudAssembly> {
  const manifest = await readJson(join(directory, 'manifest.json'));
  const artifacts = isObject(manifest.artifacts) ? manifest.artifacts : {};
  const stacks: StackTemplate[] = [];
  const assetPaths = new Map<string, string>();
  for (const [id, artifact] of Object.entries(artifacts)) {
    if (!isObject(artifact)) continue;
    const properties = isObject(artifact.properties) ? artifact.properties : {};
    switch (artifact.type) {
      case 'aws:cloudformation:stack': {
        const file = properties.templateFile;
        if (typeof file !== 'string') throw new TemplateError(`${id}: the manifest names no template file`);
        const stackName = typeof properties.stackName === 'string' ? properties.stackName : id;
        stacks.push({ stackName, template: await readJson(join(directory, file)) });
        break;
      }
      case 'cdk:asset-manifest': {
        const file = properties.file;
        if (typeof file !== 'string') throw new TemplateError(`${id}: the manifest names no asset file`);
        for (const [key, path] of assetFiles(await readJson(join(directory, file)))) {
          assetPaths.set(key, join(directory, path));
        }
        break;
      }
      case 'cdk:tree':
      case 'cdk:feature-flag-report':
        break;
      default:
        throw new TemplateError(`${id}: the laptop does not know the artifact type ${JSON.stringify(artifact.type)}`);
    }
  }
  if (stacks.length === 0) throw new TemplateError(`${directory}: no stacks in the cloud assembly`);
  return { directory, stacks, assetPaths };
}

function* assetFiles(manifest: TemplateObject): Generator<[string, string]> {
  const files = isObject(manifest.files) ? manifest.files : {};
  for (const file of Object.values(files)) {
    if (!isObject(file) || !isObject(file.source) || !isObject(file.destinations)) continue;
    const path = file.source.path;
    if (typeof path !== 'string') continue;
    for (const destination of Object.values(file.destinations)) {
      if (isObject(destination) && typeof destination.objectKey === 'string') yield [destination.objectKey, path];
    }
  }
}

async function readJson(path: string): Promise<TemplateObject> {
  let parsed: TemplateValue;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new TemplateError(`${path}: cannot be read as JSON`, { cause });
  }
  if (!isObject(parsed)) throw new TemplateError(`${path}: expected an object`);
  return parsed;
}
