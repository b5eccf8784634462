import { FUNCTION_CHECKS } from './function-checks.ts';
import { GATEWAY_CHECKS } from './gateway-checks.ts';
import { KEPT_DATA_CHECKS } from './kept-data-checks.ts';
import { KEY_CHECKS } from './key-checks.ts';
import { OPERATING_CHECKS } from './operating-checks.ts';
import { QUEUE_CHECKS } from './queue-checks.ts';
import { RIGHTS_CHECKS } from './rights-checks.ts';
import { TABLE_CHECKS } from './table-checks.ts';
import type { Declared, Finding, TemplateCheck } from './template-check.ts';
import { type Templates, viewOf } from './template-view.ts';

/** Every rule of ours for the templates. */
export const TEMPLATE_CHECKS: readonly TemplateCheck[] = [
  ...TABLE_CHECKS,
  ...KEPT_DATA_CHECKS,
  ...KEY_CHECKS,
  ...QUEUE_CHECKS,
  ...FUNCTION_CHECKS,
  ...RIGHTS_CHECKS,
  ...GATEWAY_CHECKS,
  ...OPERATING_CHECKS,
];

/** Holds the templates of all stacks against every check. Empty when all is well. */
export const checkTemplates = (templates: Templates, declared: Declared): readonly Finding[] => {
  const view = viewOf(templates);
  return TEMPLATE_CHECKS.flatMap((check) =>
    check.faults(view, declared).map((fault) => ({ check: check.name, remedy: check.remedy, ...fault })),
  );
};
