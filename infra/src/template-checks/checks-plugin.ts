import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import { checkTemplates } from './check-templates.ts';
import type { Declared } from './template-check.ts';
import type { Templates } from './template-view.ts';

const readTemplates = (paths: readonly string[]): Templates =>
  Object.fromEntries(paths.map((path) => [basename(path, '.template.json'), JSON.parse(readFileSync(path, 'utf8'))]));

/** Runs our own checks at every synthesis, beside cdk-nag and the template validator. What they find stops it. */
export class TemplateChecksPlugin implements IPolicyValidationPlugin {
  readonly name = 'gruppstart';
  readonly version = '1';
  readonly #declared: Declared;

  constructor(declared: Declared) {
    this.#declared = declared;
  }

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const findings = checkTemplates(
      readTemplates(stackTemplates.map(({ templatePath }) => templatePath)),
      this.#declared,
    );
    const violations = findings.map(
      ({ check, at, found, remedy }): PolicyViolation => ({
        ruleName: check,
        description: `${at}: ${found}. ${remedy}`,
        severity: 'error',
        violatingResources: [{ constructPath: at, locations: [] }],
      }),
    );
    return { success: violations.length === 0, violations };
  }
}
