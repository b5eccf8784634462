import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { StackName } from './deployment.ts';

export const Resource = z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export type Resource = z.infer<typeof Resource>;
const Template = z.object({
  Resources: z.record(z.string(), Resource),
  /** The only kind of condition that our templates have. */
  Conditions: z.record(z.string(), z.strictObject({ 'Fn::Equals': z.tuple([z.unknown(), z.unknown()]) })).default({}),
});

const templateOf = (assembly: string, stack: StackName) =>
  Template.parse(JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')));

/** The resources that a synthesized template declares, by logical id. */
export const resourcesOf = (assembly: string, stack: StackName): ReadonlyMap<string, Resource> =>
  new Map(Object.entries(templateOf(assembly, stack).Resources));

/** The conditions of a synthesized template, by name: two values that must be the same. */
export const conditionsOf = (assembly: string, stack: StackName): ReadonlyMap<string, readonly [unknown, unknown]> =>
  new Map(Object.entries(templateOf(assembly, stack).Conditions).map(([name, each]) => [name, each['Fn::Equals']]));
