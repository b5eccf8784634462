import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LOG_EVENTS } from './log-events.ts';
import { METRIC_NAMESPACE, METRICS } from './metrics.ts';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const rows = [...README.matchAll(/^\| `([\w-]+)` \| (.+) \|$/gm)].map(([, event = '', rest = '']) => {
  const [level, meaning, facts, figures] = rest.split('|').map((cell) => cell.trim());
  return { event, level, meaning, facts, figures };
});

describe('the table of events in the README', () => {
  test('has every event that code can log, in the order of the code, and no other', () => {
    expect(rows.map(({ event }) => event)).toEqual(LOG_EVENTS);
  });

  test.each(rows)('says of $event how grave it is and what it means', ({ level, meaning }) => {
    expect(level).toMatch(/^(?:info|warn|error)(?:, (?:warn|error))?$/);
    expect(meaning?.length).toBeGreaterThan(15);
  });

  test('names every figure, and none that there is not', () => {
    const named = rows.flatMap(({ figures = '' }) => [...figures.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
    expect(new Set(named)).toEqual(new Set(Object.keys(METRICS)));
    expect(README).toContain(`\`${METRIC_NAMESPACE}\``);
  });
});
