import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catchAllPaths, PUBLIC_PATHS, ROUTES } from '@gruppstart/contracts/registry';
import { REGION } from '@gruppstart/infra/gruppstart-app';
import { cdkNagRules } from '@gruppstart/infra/template-checks/cdk-nag-rules';
import { checkTemplates } from '@gruppstart/infra/template-checks/check-templates';
import type { Declared } from '@gruppstart/infra/template-checks/template-check';
import type { Templates } from '@gruppstart/infra/template-checks/template-view';
import { TABLES } from '@gruppstart/store/tables';
import { App, CloudFormationValidatePlugin, type PolicyValidationPluginReport, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

export const DECLARED: Declared = { tables: TABLES, routes: ROUTES, catchAllPaths, publicPaths: PUBLIC_PATHS };

/** Our own checks, cdk-nag and the validator inside aws-cdk-lib. */
export const CHECKERS = ['own', 'cdk-nag', 'validator'] as const;
export type Checker = (typeof CHECKERS)[number];

/** Whose rule it is, as one sees by its name: `AwsSolutions-S2`, `W2531`, `table-restorable`. */
export const checkerOf = (rule: string): Checker => {
  if (rule.startsWith('AwsSolutions-')) return 'cdk-nag';
  return /^[EFW]\d{4}$/u.test(rule) ? 'validator' : 'own';
};

/** The names of all rules of the given checkers that fire, sorted. */
export type FaultFinder = (templates: Templates, checkers: ReadonlySet<Checker>) => readonly string[];

const firedIn = (report: PolicyValidationPluginReport): readonly string[] =>
  report.violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(
      ({ constructPath, resourceLogicalId }) => `${ruleName}@${resourceLogicalId ?? constructPath}`,
    ),
  );

const ruleIn = (fired: string): string => fired.replace(/(?:\[.*)?@.*$/u, '');

/**
 * Runs the checkers on templates that may have been tampered with; cdk-nag and the validator, which take their time, on
 * changed stacks only. cdk-nag reads constructs and not templates, so they are made of the template again; what it finds
 * in the clean templates was acknowledged there.
 */
export const makeFaultFinder = (clean: Templates): { readonly find: FaultFinder; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'gruppstart-faults-'));
  const validator = new CloudFormationValidatePlugin();
  const texts = new Map(Object.entries(clean).map(([stack, template]) => [stack, JSON.stringify(template)]));
  const acknowledged = new Map<string, ReadonlySet<string>>();
  let count = 0;

  const written = (stack: string, text: string) => {
    count += 1;
    const directory = join(folder, String(count));
    mkdirSync(directory);
    const templatePath = join(directory, `${stack}.template.json`);
    writeFileSync(templatePath, text);
    const app = new App({ analyticsReporting: false, outdir: join(directory, 'assembly') });
    return { templatePath, app };
  };
  const byNag = (stack: string, text: string): readonly string[] => {
    const { templatePath, app } = written(stack, text);
    new CfnInclude(new Stack(app, stack, { env: { region: REGION } }), 'Template', { templateFile: templatePath });
    return firedIn(cdkNagRules().validateScope(app));
  };
  const acknowledgedIn = (stack: string): ReadonlySet<string> => {
    const found = acknowledged.get(stack) ?? new Set(byNag(stack, texts.get(stack) ?? ''));
    acknowledged.set(stack, found);
    return found;
  };
  const byValidator = (...stacks: readonly (readonly [stack: string, text: string])[]): readonly string[] => {
    const files = stacks.map(([stack, text]) => ({ stack, ...written(stack, text) }));
    return firedIn(
      validator.validate({
        templatePaths: files.map(({ templatePath }) => templatePath),
        stackTemplates: files.map(({ stack, templatePath }) => ({
          stackConstructPath: stack,
          templatePath,
          accountId: undefined,
          region: REGION,
        })),
        appConstruct: files[0]?.app ?? new App(),
      }),
    );
  };

  // With all stacks at once first: the validator loads what it knows of their types, and then not again.
  const inClean = byValidator(...texts);
  if (inClean.length > 0) throw new Error(`The clean templates have findings: ${inClean.join(', ')}`);

  return {
    find: (templates, checkers) => {
      const fired = new Set(checkers.has('own') ? checkTemplates(templates, DECLARED).map(({ check }) => check) : []);
      for (const [stack, template] of Object.entries(templates)) {
        const text = JSON.stringify(template);
        if (text === texts.get(stack)) continue;
        const nag = checkers.has('cdk-nag') ? byNag(stack, text) : [];
        for (const each of nag) if (!acknowledgedIn(stack).has(each)) fired.add(ruleIn(each));
        for (const each of checkers.has('validator') ? byValidator([stack, text]) : []) fired.add(ruleIn(each));
      }
      return [...fired].toSorted();
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
