import type { Door } from '@gruppstart/contracts/roles';
import type { TableDeclaration } from '@gruppstart/store/tables';
import type { GatewayRoute } from '../constructs/door-api.ts';
import type { Placed, TemplateView } from './template-view.ts';

/** What the templates are held against besides themselves: the declarations that they are made from. */
export interface Declared {
  readonly tables: readonly TableDeclaration[];
  readonly routes: readonly GatewayRoute[];
  readonly catchAllPaths: (door: Door) => readonly string[];
  readonly publicPaths: readonly string[];
}

/** One place where a check does not hold. */
export interface Fault {
  /** `GruppstartData/CoreTable`. */
  readonly at: string;
  /** What was found there, in a few words. */
  readonly found: string;
}

/** A rule for the templates that neither cdk-nag nor the template validator has. */
export interface TemplateCheck {
  /** In kebab-case: what holds when nothing is found. */
  readonly name: string;
  /** What goes wrong when it does not hold, and what to do. One sentence or two, for the one who has to mend it. */
  readonly remedy: string;
  readonly faults: (view: TemplateView, declared: Declared) => readonly Fault[];
}

export interface Finding extends Fault {
  readonly check: string;
  readonly remedy: string;
}

export const faultAt = ({ stack, id }: Pick<Placed, 'stack' | 'id'>, found: string): Fault => ({
  at: `${stack}/${id}`,
  found,
});

/** One fault for each resource of which something is found. */
export const faultsOf = (
  placed: readonly Placed[],
  found: (resource: Placed) => string | null | false,
): readonly Fault[] =>
  placed.flatMap((resource) => {
    const text = found(resource);
    return text === null || text === false ? [] : [faultAt(resource, text)];
  });
