import type { DimensionReport } from '@gruppstart/domain/matching/fairness';
import { describe, expect, test } from 'vitest';
import { fairnessText } from './fairness-sentences.ts';

type Group = Extract<DimensionReport['groups'][number], { kind: 'shown' }>;

const shown = (group: Group['group'], over: Partial<Group> = {}): Group => ({
  kind: 'shown',
  group,
  people: 40,
  proposed: 20,
  ratePerMille: 500,
  medianWaitDays: { proposed: null, notProposed: null },
  ratioPerMille: 1000,
  alarm: false,
  ...over,
});
const few = shown('woman', { people: 24, proposed: 8, ratePerMille: 333, ratioPerMille: 666, alarm: true });
const sex = (groups: DimensionReport['groups'], unknown = 0): DimensionReport => ({
  dimension: 'sex',
  groups,
  unknown,
  alarm: false,
});

describe('a dimension in words', () => {
  test('says the shares, and what is an alarm and what an alarm is', () => {
    expect(fairnessText(sex([few, shown('man')], 3))).toEqual({
      sv: 'Kön. Andel med förslag: kvinnor 33 % (8 av 24), män 50 % (20 av 40). Larm: i förhållande till den högsta andelen har kvinnor 0,67. Gränsen är 0,80. Larmet är inget bevis: ta reda på varför innan någon beslutar. Okänt för 3 personer, som inte är med i jämförelsen.',
      en: 'Sex. Share with a proposal: women 33% (8 of 24), men 50% (20 of 40). Alarm: in proportion to the highest share, women 0.67. The limit is 0.80. The alarm proves nothing: find out why before anybody decides. Unknown of 3 people, who are not compared.',
    });
  });

  test.each([
    ['nothing under the limit', [shown('woman', { ratioPerMille: 800 }), shown('man')], 'Inget larm.', 'No alarm.'],
    [
      'a share that rounds to the limit and is under it',
      [shown('woman', { ratioPerMille: 799, alarm: true }), shown('man')],
      'har kvinnor 0,79.',
      'women 0.79.',
    ],
    [
      'nobody proposed',
      [shown('woman', { ratioPerMille: null }), shown('man', { ratioPerMille: null })],
      'Ingen i grupperna har fått förslag',
      'Nobody in the groups has a proposal',
    ],
    [
      'how long they have waited',
      [shown('woman', { medianWaitDays: { proposed: 412, notProposed: 95 } }), shown('man')],
      'Väntan i dagar, median, för dem med förslag: kvinnor 412. Väntan i dagar, median, för dem utan förslag: kvinnor 95.',
      'Median wait in days with a proposal: women 412. Median wait in days without a proposal: women 95.',
    ],
  ] as const)('says %s', (_, groups, swedish, english) => {
    const { sv, en } = fairnessText(sex([...groups]));
    expect(sv).toContain(swedish);
    expect(en).toContain(english);
  });

  test('says which groups are too small, or that all are, and how many are unknown', () => {
    const hidden = { kind: 'too-few', group: 'under-25' } as const;
    const age: DimensionReport = {
      dimension: 'age',
      groups: [hidden, shown('25-34'), shown('35-44'), { kind: 'nobody', group: '45-54' }],
      unknown: 1,
      alarm: false,
    };
    expect(fairnessText(age).sv).toBe(
      'Ålder. Andel med förslag: 25–34 år 50 % (20 av 40), 35–44 år 50 % (20 av 40). Inget larm. För få för att visas: under 25 år. Okänt för 1 person, som inte är med i jämförelsen.',
    );
    expect(fairnessText({ ...age, groups: [hidden], unknown: 0 })).toEqual({
      sv: 'Ålder. Visas inte: för få personer att jämföra.',
      en: 'Age. Not shown: too few people to compare.',
    });
  });
});
