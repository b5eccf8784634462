import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackName } from './deployment.ts';

const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })),
});

/** A change of one property in a template. */
export interface Change {
  readonly stack: StackName;
  readonly resource: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

const changedAt = (value: unknown, [step, ...rest]: readonly string[], to: unknown): unknown => {
  if (step === undefined) return to;
  if (typeof value !== 'object' || value === null || !(step in value)) throw new Error(`There is no ${step} to change`);
  const changed: unknown = changedAt(Reflect.get(value, step), rest, to);
  if (Array.isArray(value)) return value.with(Number(step), changed);
  return { ...value, [step]: changed };
};

/** Copies an assembly with some of its templates changed, as if the stacks had been synthesized from other code. */
export const changedAssembly = (assembly: string, copy: string, changes: readonly Change[]): void => {
  cpSync(assembly, copy, { recursive: true });
  for (const stack of new Set(changes.map((change) => change.stack))) {
    const file = join(copy, `${stack}.template.json`);
    const template = changes
      .filter((change) => change.stack === stack)
      .reduce<unknown>(
        (now, { resource, path, value }) => changedAt(now, ['Resources', resource, ...path], value),
        JSON.parse(readFileSync(file, 'utf8')),
      );
    writeFileSync(file, JSON.stringify(template));
    // The template is uploaded under its hash: another content needs another name.
    const assets = Assets.parse(JSON.parse(readFileSync(join(copy, `${stack}.assets.json`), 'utf8')));
    const [hash] =
      Object.entries(assets.files).find(([, { source }]) => source.path === `${stack}.template.json`) ?? [];
    if (hash === undefined) throw new Error(`The template of ${stack} is no asset`);
    const other = [...hash].toReversed().join('');
    for (const name of [`${stack}.assets.json`, 'manifest.json']) {
      writeFileSync(join(copy, name), readFileSync(join(copy, name), 'utf8').replaceAll(hash, other));
    }
  }
};
