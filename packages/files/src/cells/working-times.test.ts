import { WeeklySpan } from '@gruppstart/domain/intake/working-times';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEngagements, readWorkingTimes } from './working-times.ts';

describe('working times', () => {
  test.each([
    { text: 'dag', times: ['day'] },
    { text: 'dag, kväll', times: ['day', 'evening'] },
    { text: 'HELG; natt och dag', times: ['day', 'night', 'weekend'] },
    { text: 'dag/kväll', times: ['day', 'evening'] },
    { text: 'kväll, kväll', times: ['evening'] },
  ])('$text is read, in the order of the day', ({ text, times }) => {
    expect(readWorkingTimes(text)).toEqual({ ok: true, value: times });
  });

  test.each(['morgon', 'dagtid', 'dag kväll', 'inget', ',', 'day', '08-16'])('%s is unknown', (text) => {
    expect(readWorkingTimes(text)).toMatchObject({ ok: false, error: { code: 'working-time-unknown' } });
  });
});

const span = (weekday: number, fromMinute: number, toMinute: number): WeeklySpan => ({ weekday, fromMinute, toMinute });

describe('fixed engagements', () => {
  test.each([
    { text: 'fre 13:00-16:00', spans: [span(5, 780, 960)] },
    { text: 'mån 08:00-12:00, ons 08:00-12:00', spans: [span(1, 480, 720), span(3, 480, 720)] },
    { text: 'ons 8-12; mån 8.00–12.30', spans: [span(1, 480, 750), span(3, 480, 720)] },
    { text: 'mån, ons 08:00-12:00', spans: [span(1, 480, 720), span(3, 480, 720)] },
    { text: 'måndagar och onsdagar 08:00-12:00', spans: [span(1, 480, 720), span(3, 480, 720)] },
    { text: 'tis-tors kl 9:15 - 10', spans: [2, 3, 4].map((weekday) => span(weekday, 555, 600)) },
    { text: 'vardagar 08:00-09:00', spans: [1, 2, 3, 4, 5].map((weekday) => span(weekday, 480, 540)) },
    { text: 'lör 22:00-24:00\nsön 00:00-06:00', spans: [span(6, 1_320, 1_440), span(7, 0, 360)] },
    { text: 'mån 8-12, mån 08:00-12:00', spans: [span(1, 480, 720)] },
    { text: 'inga', spans: [] },
  ])('$text is read, in the order of the week', ({ text, spans }) => {
    expect(readEngagements(text)).toEqual({ ok: true, value: spans });
  });

  test.each([
    'mån',
    '08:00-12:00',
    'mån 08:00',
    'mån 12:00-08:00',
    'mån 08:00-08:00',
    'mån 22:00-06:00',
    'mån 08:60-12:00',
    'mån 25:00-26:00',
    'mån 08:00-24:01',
    'xyz 08:00-12:00',
    'fre-mån 08:00-12:00',
    'mån-ons-fre 08:00-12:00',
    'mån 08:00-12:00, tis',
    'mån 08:00-12:00 SFI',
    'm 08:00-12:00',
    ',',
  ])('%s cannot be read', (text) => {
    expect(readEngagements(text)).toMatchObject({ ok: false, error: { code: 'engagement-malformed' } });
  });

  test('more engagements than a week can be made of are too many', () => {
    const text = Array.from({ length: 21 }, (_, index) => `mån ${index}:00-${index + 1}:00`).join(', ');
    expect(readEngagements(text)).toMatchObject({ ok: false, error: { code: 'too-many-values' } });
  });

  test('every span of a week comes back as it was written', () => {
    const weekdays = ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'] as const;
    const clock = (minute: number): string =>
      `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
    const anySpan = fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_440 }))
      .filter(([, from, to]) => from < to);
    fc.assert(
      fc.property(anySpan, ([day, from, to]) => {
        const written = `${weekdays[day] ?? ''} ${clock(from)}-${clock(to)}`;
        const reading = readEngagements(written);
        expect(reading).toEqual({ ok: true, value: [span(day + 1, from, to)] });
        if (reading.ok) expect(WeeklySpan.safeParse(reading.value[0]).success).toBe(true);
      }),
    );
  });
});
