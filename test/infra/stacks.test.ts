import { validationFindings } from '@gruppstart/infra/build/synth';
import { afterAll, expect, test } from 'vitest';
import { describeOperationsGuide } from './operations-guide-suite.ts';
import { readableTemplate } from './readable-template.ts';
import { describeRestoredTable } from './restored-table-suite.ts';
import { describeRights } from './rights-suite.ts';
import { synthesizeOnce } from './synthesized.ts';
import { describeTemplateRules } from './template-rules-suite.ts';

const synthesized = synthesizeOnce();
afterAll(synthesized.remove);

test('neither cdk-nag nor the template validator finds anything that is not explained', () => {
  expect(validationFindings(synthesized.outdir)).toEqual([]);
});

test.each([
  ['data', 'data-stack'],
  ['app', 'app-stack'],
  ['ops', 'ops-stack'],
] as const)('the %s stack is as last reviewed', async (stack, file) => {
  await expect(readableTemplate(synthesized[stack])).toMatchFileSnapshot(`snapshots/${file}.snap.json`);
});

test('the same sources give the same templates, byte for byte', { timeout: 60_000 }, () => {
  const again = synthesizeOnce();
  again.remove();
  for (const stack of ['data', 'app', 'ops'] as const) {
    expect(JSON.stringify(again[stack])).toBe(JSON.stringify(synthesized[stack]));
  }
});

// In one file, since loading aws-cdk-lib and making the templates takes longer than all the checks.
describeRights(synthesized);
describeTemplateRules(synthesized);
describeRestoredTable(synthesized);
describeOperationsGuide(synthesized);
