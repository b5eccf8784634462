import type { CriterionTopic, JudgedCriterion } from '@gruppstart/domain/matching/criterion';
import type { UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { RunPurpose } from '@gruppstart/domain/matching/run-purpose';
import type { LocalDate } from '@gruppstart/domain/shared/local-date';
import type { NamedPlace } from './phrasebook.ts';

export type TopicKind = CriterionTopic['kind'];

/** A sentence for each kind of topic. `name` is the skill, language, licence class or occupation; else empty. */
export type ByTopic = Readonly<Record<TopicKind, (name: string) => string>>;

/**
 * Everything that is said to the person in one language: short sentences with everyday words, addressed with "du" or
 * "you". No points, codes or levels, and nothing of anybody else.
 */
export interface PersonWording {
  admission(startDate: LocalDate): readonly string[];
  placement(place: NamedPlace): readonly string[];
  /** Of a seat that two people share: the person's part, "halva tjänsten mån–ons". */
  sharedJob(part: string): string;
  readonly preliminary: string;
  readonly chosenByCoordinator: string;
  readonly changed: string;
  readonly unplaced: string;
  reason(reason: UnplacedReason): string;
  /** What is not there goes without saying. */
  readonly fits: Partial<ByTopic>;
  taught(name: string): string;
  /** Not so, but it shuts nobody out. */
  readonly unmet: Partial<ByTopic>;
  /** Not so, and the work needs it. */
  lacks(judged: JudgedCriterion, name: string): string;
  readonly unknown: Partial<ByTopic>;
  nearest(place: NamedPlace): string;
  readonly nearestFits: string;
  readonly nearestIsFull: string;
  readonly nearestFitsTooLittle: string;
  /** What could change it, where something is lacking. */
  readonly advice: ByTopic;
  readonly tellWhatIsUnknown: string;
  readonly answerYesOrNo: Readonly<Record<RunPurpose, string>>;
  readonly askWhenNext: string;
  readonly askWhy: string;
  /** That people decide, and how to say that something is wrong: the end of every text. */
  readonly ending: readonly string[];
}
