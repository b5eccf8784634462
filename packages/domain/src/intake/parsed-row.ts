import type { MatchingProfile } from './matching-profile.ts';
import type { PersonRecord, ProtectionKind } from './person.ts';
import type { RowWarning } from './row-outcome.ts';

/** One row of a candidate file that may be taken: the person for the vault, the profile for matching, and the referral's facts. */
export interface ParsedRow {
  readonly line: number;
  /** The caseworker's own reference, unique per office and file. */
  readonly reference: string;
  readonly person: PersonRecord;
  readonly protection: ProtectionKind;
  readonly profile: MatchingProfile;
  /** A language to book an interpreter in, by its Swedish name in lower case. A resource, never a score. */
  readonly interpreterLanguage: string | null;
  /** Skill names that the vocabulary does not know: kept beside the profile so that nothing is lost. */
  readonly unmatchedSkills: readonly string[];
  readonly warnings: readonly RowWarning[];
}
