import type { GruppstartApp } from '@gruppstart/infra/gruppstart-app';
import { TEMPLATE_CHECKS } from '@gruppstart/infra/template-checks/check-templates';
import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { afterAll, describe, expect, test } from 'vitest';
import { CHECKERS, checkerOf, makeFaultFinder } from './fault-finders.ts';
import { PLANTED_FAULTS } from './planted-faults.ts';
import { synthesizeOnce, templatesOf } from './synthesized.ts';
import { tampered } from './tampering.ts';

const synthesized = synthesizeOnce();
const clean = templatesOf(synthesized);
const { find, remove } = makeFaultFinder(clean);
afterAll(() => {
  synthesized.remove();
  remove();
});

const ALL = new Set(CHECKERS);
const OWN = new Set(['own'] as const);

interface PlantedInTree {
  readonly kind: string;
  readonly id: string;
  readonly construct: (made: GruppstartApp) => IConstruct;
  readonly property: string;
  readonly wrong: unknown;
  readonly right: unknown;
  readonly rule: string;
}

const overridden = (construct: IConstruct, property: string, value: unknown): void => {
  const element = construct.node.defaultChild;
  if (!(element instanceof CfnResource)) throw new Error(`${construct.node.path} has no element`);
  element.addPropertyOverride(property, value);
};

describe('a planted fault is caught by name', () => {
  test.each(PLANTED_FAULTS)('$fault: $caughtBy', ({ plant, caughtBy }) => {
    const templates = tampered(clean, plant);
    expect(JSON.stringify(templates), 'something is planted').not.toBe(JSON.stringify(clean));
    expect(find(templates, new Set(['own', ...caughtBy.map(checkerOf)]))).toEqual(caughtBy.toSorted());
  });
});

describe('what is allowed is let through', () => {
  test('the templates as they are, by every rule', () => {
    expect(find(clean, ALL)).toEqual([]);
  });

  test.each(PLANTED_FAULTS)('$lawful, by our own rules', ({ change }) => {
    expect(find(tampered(clean, change), OWN)).toEqual([]);
  });

  test('all of that at once, by every rule', () => {
    const templates = tampered(clean, (at) => {
      for (const { change } of PLANTED_FAULTS) change(at);
    });
    expect(find(templates, ALL)).toEqual([]);
  });
});

describe('the rules', () => {
  test('have a planted fault each', () => {
    const caught = new Set(PLANTED_FAULTS.flatMap(({ caughtBy }) => caughtBy));
    expect(TEMPLATE_CHECKS.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
    expect(new Set([...caught].map(checkerOf))).toEqual(ALL);
  });

  test('have names that say what holds, and say what to do when it does not', () => {
    const names = TEMPLATE_CHECKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, remedy } of TEMPLATE_CHECKS) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/u);
      expect(remedy.split('. ').length, name).toBeGreaterThan(1);
    }
  });
});

describe('a finding stops the synthesis', () => {
  test.each([
    {
      kind: 'of our own',
      id: 'CoreTable',
      construct: ({ data }) => data.node.findChild('CoreTable').node.findChild('Table'),
      property: 'DeletionProtectionEnabled',
      wrong: false,
      right: true,
      rule: 'data-kept',
    },
    {
      kind: 'that is a mere warning of the template validator',
      id: 'IntakeQueue',
      construct: ({ application }) => application.node.findChild('IntakeQueue').node.findChild('Queue'),
      property: 'VisibilityTimeout',
      wrong: '180',
      right: 180,
      rule: 'W9003',
    },
  ] satisfies readonly PlantedInTree[])('$kind', ({ id, construct, property, wrong, right, rule }) => {
    // With the right value it passes: so the clean templates were made.
    const holder = Object.values(clean).find(({ Resources }) => id in Resources);
    expect(holder?.Resources[id]?.Properties).toMatchObject({ [property]: right });
    expect(() => synthesizeOnce({ tamper: (made) => overridden(construct(made), property, wrong) })).toThrow(rule);
  });
});
