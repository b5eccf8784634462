import { PageQuery } from '@gruppstart/contracts/routes/shared-shapes';
import { WeeklySpan } from '@gruppstart/domain/intake/working-times';
import { Requirement } from '@gruppstart/domain/requirements/requirement';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { problemItems } from './zod-problems.ts';

const itemsFor = (schema: z.ZodType, value: unknown, base?: string) => {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) throw new Error('It was meant to be refused');
  return problemItems(parsed.error, base);
};
const SECRET = 'Åsa Testsson 198507099805';
const TITLE = { title: z.string().min(2).max(4).regex(/^\D+$/) };

describe('what is wrong with a value', () => {
  test.each([
    ['missing', z.strictObject(TITLE), {}, '/title', 'invalid-type', 'Uppgiften saknas.', 'This is missing.'],
    [
      'of another type',
      z.strictObject(TITLE),
      { title: 3 },
      '/title',
      'invalid-type',
      'Fel typ: här väntas en text inom citattecken.',
      'Wrong type: string is expected here.',
    ],
    [
      'null',
      z.strictObject(TITLE),
      { title: null },
      '/title',
      'invalid-type',
      'Fel typ: här väntas en text inom citattecken.',
      'Wrong type: string is expected here.',
    ],
    [
      'too long',
      z.strictObject(TITLE),
      { title: 'abcde' },
      '/title',
      'too-big',
      'För långt: högst 4 tecken.',
      'Too large: 4 characters at most.',
    ],
    [
      'too short',
      z.strictObject(TITLE),
      { title: 'a' },
      '/title',
      'too-small',
      'För kort: minst 2 tecken.',
      'Too small: 2 characters at least.',
    ],
    [
      'of another form',
      z.strictObject(TITLE),
      { title: 'a1' },
      '/title',
      'invalid-format',
      'Fel form. Kopiera id:t eller koden exakt som den står, eller se API-beskrivningen under /docs.',
      'Wrong form. Copy the id or code exactly as it stands, or see the API description under /docs.',
    ],
    [
      'not on the list',
      z.enum(['yes', 'no']),
      'maybe',
      '',
      'invalid-value',
      'Värdet finns inte i listan: yes, no.',
      'The value is not in the list: yes, no.',
    ],
    [
      'of no kind of several',
      z.union([z.int(), z.boolean()]),
      SECRET,
      '',
      'invalid-union',
      'Värdet går inte att använda här.',
      'The value cannot be used here.',
    ],
    [
      'of a kind that there is not: the kinds are told',
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('one') }),
        z.strictObject({ kind: z.literal('other') }),
      ]),
      { kind: SECRET },
      '/kind',
      'invalid-union',
      'Värdet finns inte i listan: one, other.',
      'The value is not in the list: one, other.',
    ],
    [
      'a number of rows that no page has',
      PageQuery,
      { limit: '0' },
      '/limit',
      'invalid-format',
      'Skriv ett heltal från 1 till 100.',
      'Write a whole number from 1 to 100.',
    ],
    [
      'an unknown field',
      z.strictObject({}),
      { extra: 1 },
      '/extra',
      'unknown-field',
      'Okänt fält. Kontrollera stavningen eller ta bort det.',
      'Unknown field. Check the spelling or leave it out.',
    ],
  ] as const)('%s', (_what, schema, value, pointer, code, sv, en) => {
    expect(itemsFor(schema, value)).toEqual([{ pointer, code, detail: { sv, en } }]);
  });

  test.each([
    [
      'a must without a reason',
      Requirement,
      { subject: { kind: 'licence', licence: 'B' }, strength: 'must' },
      '/reason',
      'must-needs-reason',
    ],
    [
      'a span that ends before it begins',
      WeeklySpan,
      { weekday: 1, fromMinute: 1320, toMinute: 360 },
      '/toMinute',
      'span-reversed',
    ],
  ] as const)('%s is said in words of its own', (_what, schema, value, pointer, code) => {
    const [item] = itemsFor(schema, value);
    expect(item).toMatchObject({ pointer, code });
    expect(item?.detail.sv).not.toBe('Värdet går inte att använda här.');
    expect(item?.detail.en).not.toBe('The value cannot be used here.');
  });

  test('is never repeated', () => {
    const schema = z.strictObject({
      a: z.int(),
      b: z.enum(['x']),
      c: z.string().max(3),
      d: z.iso.date(),
      e: z.email(),
    });
    const items = itemsFor(schema, { a: SECRET, b: SECRET, c: SECRET, d: SECRET, e: SECRET });
    expect(items.map(({ pointer }) => pointer)).toEqual(['/a', '/b', '/c', '/d', '/e']);
    expect(JSON.stringify(items)).not.toMatch(/Testsson|19850709/);
  });
});

describe('where it is', () => {
  test('is a JSON pointer, below the base', () => {
    const schema = z.strictObject({ rows: z.array(z.strictObject({ 'a/b~c': z.int() })) });
    expect(itemsFor(schema, { rows: [{ 'a/b~c': 1 }, { 'a/b~c': 'x' }] }, '/body')).toMatchObject([
      { pointer: '/body/rows/1/a~1b~0c' },
    ]);
  });

  test('is told for each unknown field, at most ten and never a long name in full', () => {
    const names = Array.from({ length: 12 }, (_, index) => `${'x'.repeat(70)}${index}`);
    const items = itemsFor(z.strictObject({}), Object.fromEntries(names.map((name) => [name, 1])));
    expect(items).toHaveLength(10);
    expect(items.every(({ pointer }) => pointer.length === 61)).toBe(true);
  });

  test('is told for at most fifty faults', () => {
    expect(
      itemsFor(
        z.array(z.int()),
        Array.from({ length: 80 }, () => 'x'),
      ),
    ).toHaveLength(50);
  });
});
