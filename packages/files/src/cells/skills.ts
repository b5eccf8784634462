import type { SkillHeld } from '@gruppstart/domain/intake/matching-profile';
import { ok } from '@gruppstart/domain/shared/result';
import { SKILLS, type SkillId, SkillLevel } from '@gruppstart/domain/shared/vocabulary/skills';
import { type CellReading, refuse } from './cell-reading.ts';
import { saysNone } from './cell-text.ts';
import { forbiddenInFreeText } from './free-text.ts';
import { labelIndex, splitLabelled } from './labelled-list.ts';

const MAX_SKILLS = 60;
const MAX_UNMATCHED = 20;
const MAX_UNMATCHED_CHARACTERS = 80;

const KNOWN_SKILLS = labelIndex<SkillId>(
  SKILLS.flatMap((skill) => [
    [skill.label, skill.id],
    [skill.id, skill.id],
  ]),
);

/** What may follow a known name: nothing, or a colon with something that is meant as a level. */
const mayFollowName = (rest: string): boolean => rest === '' || rest.startsWith(':');
const UNMATCHED_WITH_LEVEL = /^([^:]*?) ?: ?(-?\d{1,9})$/;

const levelOf = (text: string) => SkillLevel.safeParse(/^\d$/.test(text) ? Number(text) : null);

export interface SkillsRead {
  readonly skills: SkillHeld[];
  /** Names that the vocabulary does not know, as written, without level. */
  readonly unmatched: string[];
}

/** Skills by name or taxonomy id, with an optional level 1-4. One named twice is one, at the higher level stated. */
export const readSkills = (text: string): CellReading<SkillsRead> => {
  if (saysNone(text)) return ok({ skills: [], unmatched: [] });
  const held = new Map<SkillId, SkillHeld>();
  const unmatched = new Set<string>();
  for (const part of splitLabelled(text, KNOWN_SKILLS, mayFollowName)) {
    if (part.value === null) {
      const named = UNMATCHED_WITH_LEVEL.exec(part.name);
      if (named && !levelOf(named[2] ?? '').success) return refuse('skill-level-unknown');
      const name = named?.[1] ?? part.name;
      if (name === '') return refuse('skill-level-unknown');
      if (name.length > MAX_UNMATCHED_CHARACTERS) return refuse('too-many-values');
      if (forbiddenInFreeText(name)) return refuse('free-text-forbidden');
      unmatched.add(name);
      continue;
    }
    let level: SkillLevel | null = null;
    if (part.rest !== '') {
      const reading = levelOf(part.rest.slice(1).trim());
      if (!reading.success) return refuse('skill-level-unknown');
      level = reading.data;
    }
    const known = held.get(part.value)?.level ?? null;
    held.set(part.value, {
      skillId: part.value,
      level: known !== null && (level === null || known > level) ? known : level,
    });
  }
  if (held.size > MAX_SKILLS || unmatched.size > MAX_UNMATCHED) return refuse('too-many-values');
  return ok({ skills: [...held.values()], unmatched: [...unmatched] });
};
