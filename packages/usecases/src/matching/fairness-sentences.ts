import type { ComparedGroupCode, Dimension } from '@gruppstart/domain/matching/compared-groups';
import { ALARM_BELOW_PER_MILLE, type ComparedGroup, type DimensionReport } from '@gruppstart/domain/matching/fairness';
import type { BilingualText } from '@gruppstart/domain/shared/text';

type Shown = Extract<ComparedGroup, { kind: 'shown' }>;

/** How one language says it. Numbers come as text, in the language's own form. */
interface Phrases {
  readonly dimensions: Readonly<Record<Dimension, string>>;
  readonly groups: Readonly<Record<ComparedGroupCode, string>>;
  readonly decimal: ',' | '.';
  share(group: string, percent: string, proposed: number, people: number): string;
  shares(list: string): string;
  alarm(list: string, limit: string): string;
  readonly noAlarm: string;
  readonly nobodyProposed: string;
  waits(who: 'proposed' | 'notProposed', list: string): string;
  wait(group: string, days: number): string;
  hidden(list: string): string;
  readonly allHidden: string;
  unknown(people: number): string;
}

const SWEDISH: Phrases = {
  dimensions: { sex: 'Kön', age: 'Ålder' },
  groups: {
    woman: 'kvinnor',
    man: 'män',
    'under-25': 'under 25 år',
    '25-34': '25–34 år',
    '35-44': '35–44 år',
    '45-54': '45–54 år',
    '55-and-over': '55 år och äldre',
  },
  decimal: ',',
  share: (group, percent, proposed, people) => `${group} ${percent} % (${proposed} av ${people})`,
  shares: (list) => `Andel med förslag: ${list}.`,
  alarm: (list, limit) =>
    `Larm: i förhållande till den högsta andelen har ${list}. Gränsen är ${limit}. Larmet är inget bevis: ta reda på varför innan någon beslutar.`,
  noAlarm: 'Inget larm.',
  nobodyProposed: 'Ingen i grupperna har fått förslag, så det finns inget att jämföra.',
  waits: (who, list) =>
    `Väntan i dagar, median, ${who === 'proposed' ? 'för dem med förslag' : 'för dem utan förslag'}: ${list}.`,
  wait: (group, days) => `${group} ${days}`,
  hidden: (list) => `För få för att visas: ${list}.`,
  allHidden: 'Visas inte: för få personer att jämföra.',
  unknown: (people) => `Okänt för ${people} ${people === 1 ? 'person' : 'personer'}, som inte är med i jämförelsen.`,
};

const ENGLISH: Phrases = {
  dimensions: { sex: 'Sex', age: 'Age' },
  groups: {
    woman: 'women',
    man: 'men',
    'under-25': 'under 25',
    '25-34': '25–34',
    '35-44': '35–44',
    '45-54': '45–54',
    '55-and-over': '55 and over',
  },
  decimal: '.',
  share: (group, percent, proposed, people) => `${group} ${percent}% (${proposed} of ${people})`,
  shares: (list) => `Share with a proposal: ${list}.`,
  alarm: (list, limit) =>
    `Alarm: in proportion to the highest share, ${list}. The limit is ${limit}. The alarm proves nothing: find out why before anybody decides.`,
  noAlarm: 'No alarm.',
  nobodyProposed: 'Nobody in the groups has a proposal, so there is nothing to compare.',
  waits: (who, list) => `Median wait in days ${who === 'proposed' ? 'with' : 'without'} a proposal: ${list}.`,
  wait: (group, days) => `${group} ${days}`,
  hidden: (list) => `Too few to be shown: ${list}.`,
  allHidden: 'Not shown: too few people to compare.',
  unknown: (people) => `Unknown of ${people} ${people === 1 ? 'person' : 'people'}, who are not compared.`,
};

/** 667 is 0,67; but 799 is 0,79, so that what is under the limit also reads so. */
const hundredths = (perMille: number, decimal: Phrases['decimal']): string => {
  const nearest = Math.round(perMille / 10);
  const isUnder = perMille < ALARM_BELOW_PER_MILLE && nearest * 10 >= ALARM_BELOW_PER_MILLE;
  const whole = isUnder ? nearest - 1 : nearest;
  return `${Math.floor(whole / 100)}${decimal}${String(whole % 100).padStart(2, '0')}`;
};

const verdictOf = (shown: readonly Shown[], phrases: Phrases): string => {
  if (shown.every(({ ratioPerMille }) => ratioPerMille === null)) return phrases.nobodyProposed;
  const below = shown.flatMap(({ group, ratioPerMille, alarm }) =>
    alarm && ratioPerMille !== null ? [`${phrases.groups[group]} ${hundredths(ratioPerMille, phrases.decimal)}`] : [],
  );
  return below.length === 0
    ? phrases.noAlarm
    : phrases.alarm(below.join(', '), hundredths(ALARM_BELOW_PER_MILLE, phrases.decimal));
};

const waitsIn = (shown: readonly Shown[], phrases: Phrases): readonly string[] =>
  (['proposed', 'notProposed'] as const).flatMap((who) => {
    const known = shown.flatMap(({ group, medianWaitDays }) => {
      const days = medianWaitDays[who];
      return days === null ? [] : [phrases.wait(phrases.groups[group], days)];
    });
    return known.length === 0 ? [] : [phrases.waits(who, known.join(', '))];
  });

const textIn = ({ dimension, groups, unknown }: DimensionReport, phrases: Phrases): string => {
  const shown = groups.flatMap((each) => (each.kind === 'shown' ? [each] : []));
  const hidden = groups.filter(({ kind }) => kind === 'too-few').map(({ group }) => phrases.groups[group]);
  const shares = shown.map(({ group, ratePerMille, proposed, people }) =>
    phrases.share(phrases.groups[group], String(Math.round(ratePerMille / 10)), proposed, people),
  );
  return [
    `${phrases.dimensions[dimension]}.`,
    ...(shown.length === 0
      ? [phrases.allHidden]
      : [phrases.shares(shares.join(', ')), verdictOf(shown, phrases), ...waitsIn(shown, phrases)]),
    ...(shown.length > 0 && hidden.length > 0 ? [phrases.hidden(hidden.join(', '))] : []),
    ...(unknown > 0 ? [phrases.unknown(unknown)] : []),
  ].join(' ');
};

/** One dimension in plain words, the alarm included. */
export const fairnessText = (report: DimensionReport): BilingualText => ({
  sv: textIn(report, SWEDISH),
  en: textIn(report, ENGLISH),
});
