import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '@gruppstart/infra/build/project-paths';
import { describe, expect, test } from 'vitest';
import type { SynthesizedApp } from './synthesized.ts';
import { resourcesOf } from './template-reader.ts';

/** Logical ids end in eight characters of the CDK's own. */
const nameOf = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/u, '');

/** The guide for who runs it, held against the templates: each alarm and each parameter, and nothing that is not there. */
export const describeOperationsGuide = ({ app, ops }: SynthesizedApp): void => {
  const guide = readFileSync(join(PROJECT.root, 'docs/operations.md'), 'utf8');
  const alarmRows = guide.split('<!-- alarms -->')[1]?.split('<!-- /alarms -->')[0] ?? '';
  const firstCells = [...alarmRows.matchAll(/^\| ([^|]+) \|/gmu)].map((match) => match[1] ?? '');
  const told = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/gu)].map((match) => match[1] ?? ''));
  const alarms = resourcesOf(ops, 'AWS::CloudWatch::Alarm').map(([id]) => nameOf(id));
  const tells = (entry: string, alarm: string): boolean =>
    entry.startsWith('…') ? alarm.endsWith(entry.slice(1)) : entry === alarm;

  describe('docs/operations.md', () => {
    test('has the alarms that it is to explain', () => {
      expect(alarms.length).toBeGreaterThan(15);
      expect(told.length).toBeGreaterThan(10);
    });

    test.each(alarms)('says what the alarm %s means and what to do', (alarm) => {
      expect(told.filter((entry) => tells(entry, alarm))).not.toEqual([]);
    });

    test.each(told)('explains no alarm %s that does not exist', (entry) => {
      expect(alarms.filter((alarm) => tells(entry, alarm))).not.toEqual([]);
    });

    const parameters = Object.entries({ GruppstartApp: app, GruppstartOps: ops }).flatMap(([stack, template]) =>
      Object.keys(template.Parameters ?? {})
        .filter((name) => name !== 'BootstrapVersion')
        .map((name): [string, string] => [stack, name]),
    );
    test.each(parameters)('names the parameter of %s, %s', (stack, name) => {
      const rows = guide.split('\n').filter((line) => line.startsWith(`| \`${stack}\` |`));
      expect(rows.some((row) => row.includes(`\`${name}\``))).toBe(true);
    });
  });
};
