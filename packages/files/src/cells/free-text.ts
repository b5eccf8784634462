import { hasRightCheckDigit } from './check-digit.ts';

/**
 * What allowed free text (unit wishes, unmatched skills, languages) may not hold. Chosen 2026-12-01; short on purpose: it
 * stops what is plainly in the wrong place, and people read the rest. Lower case, without diacritics.
 */
const HEALTH_WORDS =
  /diagnos|sjukskriv|\bsjukdom|\bsjuk\b|\bdepress|\bdeprim|\bangest|utmattning|utbrand|\bptsd\b|\badhd\b|\badd\b|autis|asperger|bipolar|schizo|psykos|epileps|diabet|\bcancer|\bastma|fibromyal|\bmigran\b|missbruk|alkoholis|narkoman|\bgravid|ryggproblem|ryggont|\bont i\b|\bskadad|-skada\b|rullstol|\bolycka\b|funktionsneds|funktionshind|\bmedicinerar|\bhiv\b|\banxiety|\bdisabled|\billness|\bpregnant/;
const CRIME_WORDS = /\bstraffad|\bdomd for|fangelse|kriminell|belastningsreg/;
const BELIEF_WORDS =
  /\bmuslim|\bislam|\bkristen\b|\bkyrka|\bmoske|\bsynagog|\breligi|\btroende\b|\bjudisk|\bhindu\b|fackligt aktiv|medlem i facket/;

/** Care work for people with an illness is a skill and a workplace, not somebody's own health: such words are left out. */
const CARE_WORDS = /\S*(?:vard|omsorg|pedagogik|boende)\b/g;

/** A personal number in any spelling, also as a part of a longer text. */
const PERSONAL_NUMBER = /(?<!\d)(?:19|20)?\d{2}[-./]?[01]\d[-./]?(?:[0-3]|[6-9])\d ?[-+._/]? ?\d{4}(?!\d)/g;
/** Eight digits or more, beginning with 0 or +, with spaces, hyphens or brackets between. */
const PHONE = /(?<!\d)(?:\+\d|0\d)(?:[ ()./-]{0,2}\d){6,13}(?!\d)/;
const EMAIL = /[^\s@](?:@|[([]at[)\]])[^\s@.]+\.[a-z]{2}/i;

/** True when a text holds something that may not be kept. Who tells the sender must not repeat the text. */
export const forbiddenInFreeText = (text: string): boolean => {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded.replace(CARE_WORDS, ' ');
  return (
    HEALTH_WORDS.test(words) ||
    CRIME_WORDS.test(words) ||
    BELIEF_WORDS.test(words) ||
    folded.match(PERSONAL_NUMBER) !== null ||
    PHONE.test(folded) ||
    EMAIL.test(folded)
  );
};

/**
 * The same for a reference, which is mostly digits: only a personal number with a right check digit counts, since
 * "20270111-0001" is a usual way to number cases, and long runs of digits are no telephone numbers.
 */
export const forbiddenInReference = (reference: string): boolean =>
  EMAIL.test(reference) ||
  (reference.match(PERSONAL_NUMBER) ?? []).some((found) => hasRightCheckDigit(found.replaceAll(/\D/g, '')));
