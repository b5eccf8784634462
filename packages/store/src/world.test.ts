import { CandidateId, EventId, ID_PREFIXES } from '@gruppstart/domain/shared/ids';
import { Instant } from '@gruppstart/domain/shared/local-date';
import { describe, expect, it } from 'vitest';
import { makeWorld } from './world.ts';

describe('the real world', () => {
  const world = makeWorld();

  it('makes ids of every kind that the domain takes, never the same twice', () => {
    const kinds = Object.keys(ID_PREFIXES) as (keyof typeof ID_PREFIXES)[];
    for (const kind of kinds) expect(world.newId(kind)).toMatch(new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-z]{26}$`));
    expect(CandidateId.safeParse(world.newId('candidate')).success).toBe(true);
    expect(EventId.safeParse(world.newId('event')).success).toBe(true);
    expect(new Set(Array.from({ length: 1_000 }, () => world.newId('candidate'))).size).toBe(1_000);
  });

  it('tells the time to the millisecond, in UTC', () => {
    expect(Instant.safeParse(world.now()).success).toBe(true);
  });

  it('makes seeds of 32 bytes', () => {
    expect(world.newSeed()).toMatch(/^[0-9a-f]{64}$/);
    expect(world.newSeed()).not.toBe(world.newSeed());
  });

  it('hashes text as its UTF-8 bytes', () => {
    expect(world.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(world.sha256('åäö')).toBe(world.sha256(Buffer.from('åäö', 'utf8')));
  });
});
