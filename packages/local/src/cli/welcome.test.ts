import { expect, test } from 'vitest';
import { DEFAULT_DATA_DIRECTORY } from '../data-directory.ts';
import { welcome } from './welcome.ts';

const running = (dataDir: string): string =>
  welcome(
    {
      apiUrl: 'http://127.0.0.1:5000',
      issuer: 'http://127.0.0.1:5001',
      dataDir,
      nowMs: () => Date.parse('2026-12-01T07:00:00Z'),
    },
    1,
  );

test('the command for a token names the login when the data lie where that command does not look', () => {
  expect(running('/somewhere/else')).toContain('--as karin.handlaggare --issuer http://127.0.0.1:5001)"');
  expect(running(DEFAULT_DATA_DIRECTORY)).toContain('--as karin.handlaggare)"');
});
