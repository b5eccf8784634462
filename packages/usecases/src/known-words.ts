import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';

/** What the vocabulary has: an id of the right form that is not in it can be met, and held, by nobody. */
export const KNOWN_SKILLS: ReadonlySet<string> = new Set(SKILLS.map(({ id }) => id));
export const KNOWN_OCCUPATIONS: ReadonlySet<string> = new Set(OCCUPATIONS.map(({ id }) => id));
