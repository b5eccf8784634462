import { localDate } from '@gruppstart/domain/shared/local-date';
import { OCCUPATIONS } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS } from '@gruppstart/domain/shared/vocabulary/skills';
import type { ExplainLabels, ExplanationLanguage } from '../explain/phrasebook.ts';

/** Names for everything that an explanation may name: one place, one start, the vocabulary. */
export const labelsIn = (language: ExplanationLanguage): ExplainLabels => ({
  place: () => ({ title: 'Serviceassistent', unitName: 'Norrängens äldreboende' }),
  startDate: () => localDate('2027-01-11'),
  skill: (id) => {
    const skill = SKILLS.find((each) => each.id === id);
    return (language === 'sv' ? skill?.label : skill?.labelEn) ?? id;
  },
  occupation: (id) => {
    const occupation = OCCUPATIONS.find((each) => each.id === id);
    return (language === 'sv' ? occupation?.label : occupation?.labelEn) ?? id;
  },
});
