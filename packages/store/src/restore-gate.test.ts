import { describe, expect, it } from 'vitest';
import { makeDynamodb } from './dynamodb-client.ts';
import { restoredTable, restoreGateFrom } from './restore-gate.ts';

const dynamodb = makeDynamodb({
  region: 'eu-north-1',
  // Nobody answers there: whoever asks fails.
  endpoint: 'http://127.0.0.1:1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

describe('the gate of a restored table', () => {
  it.each([undefined, ''])('is none, and asks nothing, when no table is named (%j)', (restored) => {
    expect(restoreGateFrom({ CORE_TABLE: 'core', CORE_TABLE_RESTORED: restored }, { dynamodb })).toBeNull();
  });

  it('is that of the table that the function works on, and of no other', () => {
    expect(restoredTable({ CORE_TABLE: 'core-2', CORE_TABLE_RESTORED: 'core-2' })).toBe('core-2');
    expect(() => restoredTable({ CORE_TABLE: 'core', CORE_TABLE_RESTORED: 'core-2' })).toThrow('core-2');
  });

  it('stays shut when it cannot ask', async () => {
    const gate = restoreGateFrom({ CORE_TABLE: 'core', CORE_TABLE_RESTORED: 'core' }, { dynamodb });
    await expect(gate?.()).rejects.toThrow();
  });
});
