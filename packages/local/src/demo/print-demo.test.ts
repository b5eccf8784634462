import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPOSITORY_ROOT } from '../build.ts';
import { DEMO_CLOSING } from './print-demo.ts';

test('the last line sends the reader to a section and a command that the README has', async () => {
  const readme = await readFile(join(REPOSITORY_ROOT, 'README.md'), 'utf8');
  const [, command = 'no command', section = 'no section'] =
    /"(npm start[^"]*)".*avsnittet "([^"]+)"/.exec(DEMO_CLOSING) ?? [];
  const [, body = ''] = readme.split(`\n## ${section}\n`);
  expect(body.split('\n## ')[0]).toContain(command);
});
