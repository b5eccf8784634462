import { describe, expect, it } from 'vitest';
import { check, deletion, update } from './plain-writes.ts';

const KEY = { pk: 'T#soderhamn#place', sk: 'DOC' };
const CONDITION = { expression: '#v = :expected', values: { ':expected': 3 } };
const CHECKED = {
  TableName: 'core',
  Key: KEY,
  ConditionExpression: '#v = :expected',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};

describe('a write by hand', () => {
  it('names every attribute that its expressions mention, and no other', () => {
    const condition = { expression: '#v = :expected AND #taken <= :seats', values: { ':expected': 3, ':seats': 2 } };
    expect(update('core', KEY, { set: { d: 'x', v: 4 }, add: { percent: 50 } }, condition).params()).toEqual({
      Update: {
        TableName: 'core',
        Key: KEY,
        UpdateExpression: 'SET #d = :set_d, #v = :set_v ADD #percent :add_percent',
        ConditionExpression: condition.expression,
        ExpressionAttributeNames: { '#d': 'd', '#v': 'v', '#percent': 'percent', '#taken': 'taken' },
        ExpressionAttributeValues: { ':set_d': 'x', ':set_v': 4, ':add_percent': 50, ':expected': 3, ':seats': 2 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
  });

  it('of one kind only has no empty clause', () => {
    const expressionOf = (changes: Parameters<typeof update>[2]) =>
      update('core', KEY, changes, CONDITION).params().Update?.UpdateExpression;
    expect(expressionOf({ set: { v: 1 } })).toBe('SET #v = :set_v');
    expect(expressionOf({ add: { v: 1 } })).toBe('ADD #v :add_v');
  });

  it('deletes without asking, or only if; and checks without changing', () => {
    const names = { ExpressionAttributeNames: { '#v': 'v' }, ExpressionAttributeValues: { ':expected': 3 } };
    expect(deletion('core', KEY).params()).toEqual({ Delete: { TableName: 'core', Key: KEY } });
    expect(deletion('core', KEY, CONDITION).params()).toEqual({ Delete: { ...CHECKED, ...names } });
    expect(check('core', KEY, CONDITION).params()).toEqual({ ConditionCheck: { ...CHECKED, ...names } });
  });
});
