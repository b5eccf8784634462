import type { LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import type { LanguageLevel } from '@gruppstart/domain/intake/language-level';
import type { WeeklySpan, WorkingTime } from '@gruppstart/domain/intake/working-times';
import type { JudgedCriterion, ProfileField } from '@gruppstart/domain/matching/criterion';
import type { UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { ScorePart } from '@gruppstart/domain/matching/score';
import type { SharedSeat } from '@gruppstart/domain/requirements/place';
import type { CohortId, PlaceId } from '@gruppstart/domain/shared/ids';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import type { SkillId } from '@gruppstart/domain/shared/vocabulary/skills';

import type { NearestLacks } from './nearest-lacks.ts';

export const EXPLANATION_LANGUAGES = ['sv', 'en'] as const;
export type ExplanationLanguage = (typeof EXPLANATION_LANGUAGES)[number];

export interface NamedPlace {
  readonly title: string;
  readonly unitName: string;
  /** How a seat can be divided; absent: it is for one person. */
  readonly shared?: { readonly wholePercent: number; readonly parts: SharedSeat };
}

/** The names that ids stand for, handed in by whoever shows the text, in the language of the text. */
export interface ExplainLabels {
  place(placeId: PlaceId): NamedPlace;
  startDate(cohortId: CohortId): LocalDate;
  skill(skillId: SkillId): string;
  occupation(occupationId: OccupationId): string;
}

export type JudgedOf<K extends JudgedCriterion['kind']> = Extract<JudgedCriterion, { kind: K }>;

/** A topic's name as it stands in the middle of a sentence, without level. */
export interface TopicNames {
  readonly availability: string;
  readonly placeWindow: string;
  readonly share: string;
  readonly workingTimes: string;
  readonly engagements: string;
  readonly travel: string;
  readonly ownWishes: string;
  readonly swedish: string;
  skill(label: string): string;
  language(name: string): string;
  licence(licence: LicenceClass): string;
  experience(occupation: string): string;
}

/** Everything that is said in one language. Sentences are short, in the present tense, and end with a full stop. */
export interface Phrasebook {
  readonly topics: TopicNames;
  date(day: LocalDate): string;
  /** 1 Monday … 7 Sunday. */
  weekday(day: number): string;
  workingTime(time: WorkingTime): string;
  span(span: WeeklySpan): string;
  level(level: LanguageLevel): string;
  field(field: ProfileField): string;
  part(part: ScorePart): string;

  availability(judged: JudgedOf<'availability'>): string;
  placeWindow(judged: JudgedOf<'place-window'>): string;
  share(judged: JudgedOf<'share'>): string;
  workingTimes(judged: JudgedOf<'working-times'>): string;
  engagements(judged: JudgedOf<'engagements'>): string;
  travel(judged: JudgedOf<'travel'>): string;
  requirement(judged: JudgedOf<'requirement'>, asked: string, found: string | null, given: boolean): string;
  /** `atLeast` is null when no level was asked for. */
  asked(topic: string, atLeast: string | null): string;
  skillLevel(level: number): string;
  years(years: number): string;
  nearYears(occupation: string, years: number): string;
  ownWishes(judged: JudgedOf<'own-wishes'>): string;

  proposed(
    input: NamedPlace & {
      readonly startDate: LocalDate;
      readonly preliminary: boolean;
      readonly pinned: boolean;
      /** True when a pinned pair has a `no` that would otherwise shut it out. */
      readonly againstMust: boolean;
    },
  ): string;
  seatPrice(points: number): string;
  heldBack(input: NamedPlace & { readonly points: number; readonly pricePoints: number }): string;
  movedFrom(input: NamedPlace & { readonly startDate: LocalDate }): string;
  total(points: number, maxPoints: number): string;
  unplaced(): string;
  reason(reason: UnplacedReason, startDate: (cohortId: CohortId) => LocalDate, topics: readonly string[]): string;
  nearest(input: NamedPlace & { readonly lacks: NearestLacks }): string;
}
