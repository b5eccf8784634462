import { describe, expect, test } from 'vitest';
import { createForgetfulAdapter } from './forgetful-adapter.ts';

describe('what the login keeps in memory', () => {
  test('is found by id, by session uid and by user code, until it is destroyed', async () => {
    const adapter = createForgetfulAdapter();
    const entry = { uid: 'session-1', userCode: 'ABCD' };
    await adapter.upsert('a', entry);
    expect(await adapter.find('a')).toBe(entry);
    expect(await adapter.findByUid('session-1')).toBe(entry);
    expect(await adapter.findByUserCode('ABCD')).toBe(entry);
    expect(await adapter.findByUid('session-2')).toBeUndefined();
    await adapter.destroy('a');
    expect(await adapter.find('a')).toBeUndefined();
    expect(await adapter.findByUid('session-1')).toBeUndefined();
  });

  test('is marked when it is used up, so that a code is taken once', async () => {
    const adapter = createForgetfulAdapter();
    await adapter.upsert('code', { grantId: 'g' });
    await adapter.consume('code');
    await adapter.consume('unknown');
    expect(await adapter.find('code')).toEqual({ grantId: 'g', consumed: expect.any(Number) });
    expect(await adapter.find('unknown')).toBeUndefined();
  });

  test('goes with its grant, and nothing else goes', async () => {
    const adapter = createForgetfulAdapter();
    await adapter.upsert('one', { grantId: 'revoked' });
    await adapter.upsert('other', { grantId: 'kept' });
    await adapter.revokeByGrantId('revoked');
    expect(await adapter.find('one')).toBeUndefined();
    expect(await adapter.find('other')).toEqual({ grantId: 'kept' });
  });

  test('is bounded: the oldest goes first, and what is written again counts as new', async () => {
    const adapter = createForgetfulAdapter();
    for (let index = 0; index < 2000; index += 1) await adapter.upsert(`entry-${index}`, {});
    await adapter.upsert('entry-0', {});
    await adapter.upsert('one-more', {});
    expect(await adapter.find('entry-0')).toBeDefined();
    expect(await adapter.find('entry-1')).toBeUndefined();
    expect(await adapter.find('entry-2')).toBeDefined();
    expect(await adapter.find('one-more')).toBeDefined();
  });
});
