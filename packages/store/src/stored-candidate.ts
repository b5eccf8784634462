import { Candidate } from '@gruppstart/domain/intake/candidate';
import type { KnownItem } from '@gruppstart/domain/intake/known-item';
import { assertNever } from '@gruppstart/domain/shared/result';
import * as z from 'zod';

/*
 * A candidate is the kind of which there are most, so its document is packed: short names, lists of small texts, and
 * what is unknown is left out. The item must stay within one write unit (1,024 bytes) for a usual candidate.
 */

const Text = z.string();
const Texts = z.array(Text);

const StoredCandidate = z.strictObject({
  e: Text.optional(),
  a: Text.optional(),
  f: z.number().optional(),
  t: z.number().optional(),
  w: Texts.optional(),
  /** `weekday:from-to` in minutes. */
  g: Texts.optional(),
  l: Texts.optional(),
  s: Text.optional(),
  /** `language:level`, the level empty when not stated; skills and experience alike. */
  o: Texts.optional(),
  k: Texts.optional(),
  x: Texts.optional(),
  /** What is known of single things: `s` skill, `l` language, `c` licence, `o` occupation; `+` held, `-` not; `name:level`. */
  d: Texts.optional(),
  /** `f:` and a field of work, or `u:` and a unit's name. */
  i: Texts.optional(),
  m: z.number().optional(),
  c: z.boolean().optional(),
  p: Text.optional(),
  u: Texts.optional(),
  n: Text.optional(),
  h: z.literal(true).optional(),
  /** Made and last changed. */
  z: z.tuple([Text, Text]),
  /** Erased. */
  r: Text.optional(),
});
export type StoredCandidate = z.infer<typeof StoredCandidate>;

const mapped = <T>(values: readonly T[] | null, map: (value: T) => string): string[] | undefined => values?.map(map);

const packItem = (item: KnownItem): string => {
  const sign = item.held ? '+' : '-';
  switch (item.kind) {
    case 'skill':
      return `s${sign}${item.skillId}:${item.level ?? ''}`;
    case 'language':
      return `l${sign}${item.language}:${item.level ?? ''}`;
    case 'licence':
      return `c${sign}${item.licence}:`;
    case 'occupation':
      return `o${sign}${item.occupationId}:${item.years}`;
    default:
      return assertNever(item);
  }
};

/**
 * Members that are undefined are not stored.
 * @throws ZodError when it is no candidate
 */
export const packCandidate = (value: Candidate): StoredCandidate => {
  const candidate = Candidate.parse(value);
  const { profile } = candidate;
  return {
    e: profile.enrolledSince ?? undefined,
    a: profile.availableFrom ?? undefined,
    f: profile.shareFromPercent ?? undefined,
    t: profile.shareToPercent ?? undefined,
    w: profile.workingTimes ?? undefined,
    g: mapped(profile.engagements, ({ weekday, fromMinute, toMinute }) => `${weekday}:${fromMinute}-${toMinute}`),
    l: profile.licences ?? undefined,
    s: profile.swedish ?? undefined,
    o: mapped(profile.languages, ({ language, level }) => `${language}:${level ?? ''}`),
    k: mapped(profile.skills, ({ skillId, level }) => `${skillId}:${level ?? ''}`),
    x: mapped(profile.experience, ({ occupationId, years }) => `${occupationId}:${years}`),
    d: profile.knownItems.length === 0 ? undefined : profile.knownItems.map(packItem),
    i: mapped(profile.wishes, (wish) => (wish.kind === 'field' ? `f:${wish.field}` : `u:${wish.unitName}`)),
    m: profile.maxTravelMinutes ?? undefined,
    c: profile.hasCar ?? undefined,
    p: profile.postcode ?? undefined,
    u: candidate.unmatchedSkills.length === 0 ? undefined : candidate.unmatchedSkills,
    n: candidate.interpreterLanguage ?? undefined,
    h: candidate.isProtected ? true : undefined,
    z: [candidate.createdAt, candidate.updatedAt],
    r: candidate.erasedAt ?? undefined,
  };
};

/** Both sides of the first colon. Unit names may hold more of them. */
const split = (text: string): readonly [string, string] => {
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
};

const unpackItem = (text: string) => {
  const held = text[1] === '+';
  const [name, level] = split(text.slice(2));
  switch (text[0]) {
    case 's':
      return { kind: 'skill', skillId: name, held, level: level === '' ? null : Number(level) };
    case 'l':
      return { kind: 'language', language: name, held, level: level === '' ? null : level };
    case 'c':
      return { kind: 'licence', licence: name, held };
    default:
      return { kind: 'occupation', occupationId: name, held, years: Number(level) };
  }
};

const pairs = <T>(texts: readonly string[] | undefined, build: (head: string, tail: string) => T): T[] | null =>
  texts?.map((text) => build(...split(text))) ?? null;

/** @throws ZodError when what is stored is no candidate */
export const unpackCandidate = (id: string, document: unknown): Candidate => {
  const stored = StoredCandidate.parse(document);
  return Candidate.parse({
    id,
    profile: {
      enrolledSince: stored.e ?? null,
      availableFrom: stored.a ?? null,
      shareFromPercent: stored.f ?? null,
      shareToPercent: stored.t ?? null,
      workingTimes: stored.w ?? null,
      engagements: pairs(stored.g, (weekday, span) => {
        const [fromMinute, toMinute] = span.split('-').map(Number);
        return { weekday: Number(weekday), fromMinute, toMinute };
      }),
      licences: stored.l ?? null,
      swedish: stored.s ?? null,
      languages: pairs(stored.o, (language, level) => ({ language, level: level === '' ? null : level })),
      skills: pairs(stored.k, (skillId, level) => ({ skillId, level: level === '' ? null : Number(level) })),
      experience: pairs(stored.x, (occupationId, years) => ({ occupationId, years: Number(years) })),
      knownItems: stored.d?.map(unpackItem) ?? [],
      wishes: pairs(stored.i, (kind, what) =>
        kind === 'f' ? { kind: 'field', field: what } : { kind: 'unit', unitName: what },
      ),
      maxTravelMinutes: stored.m ?? null,
      hasCar: stored.c ?? null,
      postcode: stored.p ?? null,
    },
    unmatchedSkills: stored.u ?? [],
    interpreterLanguage: stored.n ?? null,
    isProtected: stored.h ?? false,
    createdAt: stored.z[0],
    updatedAt: stored.z[1],
    erasedAt: stored.r ?? null,
  });
};
