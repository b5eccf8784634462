import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetOldTokens, rememberToken, wasCommitted } from './client-request-tokens.ts';
import { type DynaliteOptions, dynaliteDb, type Level, type RequestData } from './dynalite.ts';
import { openView, type StoreView } from './store-view.ts';

const TEN_MINUTES_MS = 600_000;
const START_MS = Date.parse('2026-12-01T08:00:00Z');
const body = (mark: string): RequestData => ({ TableName: 'unused', TransactItems: [{ Put: { mark } }] });

let level: Level;
let options: DynaliteOptions;

beforeEach(async () => {
  const created = dynaliteDb.create({});
  level = created.db;
  options = created.options;
  await level.open();
});
afterEach(() => level.close());

async function commit(work: (view: StoreView) => void | Promise<void>): Promise<void> {
  const view = openView(level, options);
  await work(view);
  await level.batch(view.seal());
}
const known = (token: string, nowMs: number) => wasCommitted(openView(level, options), token, body('a'), nowMs);

it('clears away every trace of tokens that are too old, and keeps the others', async () => {
  await commit((view) => rememberToken(view, 'old', body('a'), START_MS));
  await commit((view) => rememberToken(view, 'young', body('a'), START_MS + 1));
  const nowMs = START_MS + TEN_MINUTES_MS + 1;
  await commit((view) => forgetOldTokens(view, nowMs));
  const left: string[] = [];
  for await (const keys of openView(level, options).committedKeys('')) left.push(...keys);
  expect(left.filter((key) => key.includes('old'))).toEqual([]);
  expect(left.filter((key) => key.includes('young'))).toHaveLength(2);
  expect(known('young', nowMs)).toBe(true);
});

it('keeps a token that was used anew after its ten minutes', async () => {
  const againMs = START_MS + TEN_MINUTES_MS + 1;
  await commit((view) => rememberToken(view, 'again', body('a'), START_MS));
  await commit((view) => rememberToken(view, 'again', body('a'), againMs));
  await commit((view) => forgetOldTokens(view, againMs + 1));
  expect(known('again', againMs + 1)).toBe(true);
});

it('knows a request again whatever the order of its fields', async () => {
  await commit((view) => rememberToken(view, 'turned', { TableName: 'unused', A: { x: 1, y: [1, 2] } }, START_MS));
  const turned = { A: { y: [1, 2], x: 1 }, TableName: 'unused' };
  expect(wasCommitted(openView(level, options), 'turned', turned, START_MS)).toBe(true);
  const other = { A: { y: [2, 1], x: 1 }, TableName: 'unused' };
  expect(() => wasCommitted(openView(level, options), 'turned', other, START_MS)).toThrow('same client token');
});
