import { JobAd, JobAdConcept, type JobAdDemands } from '@gruppstart/contracts/job-ad';
import { LICENCE_CLASSES, type LicenceClass } from '@gruppstart/domain/intake/driving-licence';
import type { LanguageLevel } from '@gruppstart/domain/intake/language-level';
import type { Requirement, RequirementSubject } from '@gruppstart/domain/requirements/requirement';
import { err, ok, type Result } from '@gruppstart/domain/shared/result';
import type { BilingualText } from '@gruppstart/domain/shared/text';
import { OCCUPATIONS, type OccupationId } from '@gruppstart/domain/shared/vocabulary/occupations';
import { SKILLS, type SkillId } from '@gruppstart/domain/shared/vocabulary/skills';

/** What could not be taken from an ad, so that the manager sees it instead of missing it. */
export interface UnreadableField {
  /** Where in the ad: `mustHave.skills[2]`. */
  readonly field: string;
  readonly reason: BilingualText;
}

/** A place as an ad suggests it. Seats and requirements are proposals until the manager has confirmed them. */
export interface PlaceDraft {
  readonly adId: string;
  readonly title: string;
  /** Null when the vocabulary does not hold the ad's occupation. */
  readonly occupationId: OccupationId | null;
  /** The ad's number of vacancies; the manager states the seats. */
  readonly suggestedSeats: number | null;
  /** The highest share of full time that the ad names, in percent. */
  readonly sharePercent: number | null;
  /** All of strength `wish`: a must shuts people out, and needs the manager's reason. */
  readonly requirements: readonly Requirement[];
  readonly municipalityCode: string | null;
  readonly unreadable: readonly UnreadableField[];
}

export interface JobAdRefusal {
  readonly code: 'job-ad-unreadable';
  readonly detail: BilingualText;
}

/** Ads say "Svenska" without level; service work is usually fine at A2 (handbook, language), so no more is suggested. */
const SWEDISH_WITHOUT_LEVEL: LanguageLevel = 'A2';
/** Ads say no number of years; one is the least that means anything. */
const YEARS_WITHOUT_NUMBER = 1;
const MAX_TITLE_CHARACTERS = 80;
const MAX_LABEL_CHARACTERS = 60;
const MAX_REQUIREMENTS = 30;
/** More concepts under one heading than any real ad has; the rest is reported as one unreadable field. */
const MAX_CONCEPTS = 100;

const REASONS = {
  occupation: {
    sv: 'Yrket finns inte i ordlistan: välj ett',
    en: 'The occupation is not in the vocabulary: choose one',
  },
  seats: { sv: 'Antalet platser framgår inte: ange det', en: 'The number of seats is not stated: state it' },
  share: { sv: 'Tjänstgöringsgraden framgår inte: ange den', en: 'The share of full time is not stated: state it' },
  municipality: { sv: 'Kommunen framgår inte', en: 'The municipality is not stated' },
  concept: { sv: 'Uppgiften går inte att läsa', en: 'The item cannot be read' },
  skill: { sv: 'Kompetensen finns inte i ordlistan', en: 'The skill is not in the vocabulary' },
  language: { sv: 'Språket går inte att läsa', en: 'The language cannot be read' },
  experience: {
    sv: 'Yrket i erfarenheten finns inte i ordlistan',
    en: 'The occupation of the experience is not in the vocabulary',
  },
  education: {
    sv: 'Utbildning tas inte över: lägg till en kompetens om den behövs',
    en: 'Education is not taken over: add a skill if it is needed',
  },
  licence: { sv: 'Körkortsklassen går inte att läsa', en: 'The licence class cannot be read' },
  licenceWithoutClass: {
    sv: 'Annonsen kräver körkort utan att säga vilken klass',
    en: 'The ad requires a licence without saying which class',
  },
  tooMany: {
    sv: 'Annonsen har fler krav än vad som kan tas över',
    en: 'The ad has more requirements than can be taken over',
  },
} as const satisfies Record<string, BilingualText>;

const fold = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

const OCCUPATION_BY_NAME: ReadonlyMap<string, OccupationId> = new Map(
  OCCUPATIONS.flatMap((occupation) => [
    [occupation.id, occupation.id],
    [fold(occupation.label), occupation.id],
    ...occupation.synonyms.map((synonym): [string, OccupationId] => [fold(synonym), occupation.id]),
  ]),
);
const SKILL_BY_NAME: ReadonlyMap<string, SkillId> = new Map(
  SKILLS.flatMap((skill) => [
    [skill.id, skill.id],
    [fold(skill.label), skill.id],
  ]),
);
const LICENCE_BY_NAME: ReadonlyMap<string, LicenceClass> = new Map(
  LICENCE_CLASSES.map((licence) => [licence.toLowerCase(), licence]),
);
const LANGUAGE_NAME = /^[\p{L}][\p{L} '-]{1,39}$/u;

/** By the concept's id, else by its label: the taxonomy gives new ids to old names. */
const lookUp = <T>(concept: JobAdConcept, names: ReadonlyMap<string, T>): T | null =>
  names.get(concept.concept_id ?? concept.id ?? '') ?? names.get(fold(concept.label ?? '')) ?? null;

type ReadConcept = (concept: JobAdConcept) => RequirementSubject | null;

const asSkill: ReadConcept = (concept) => {
  const skillId = lookUp(concept, SKILL_BY_NAME);
  return skillId === null ? null : { kind: 'skill', skillId, minLevel: null };
};
const asLanguage: ReadConcept = (concept) => {
  const language = fold(concept.label ?? '');
  if (language === 'svenska') return { kind: 'swedish', minLevel: SWEDISH_WITHOUT_LEVEL };
  return LANGUAGE_NAME.test(language) ? { kind: 'language', language, minLevel: null } : null;
};
const asExperience: ReadConcept = (concept) => {
  const occupationId = lookUp(concept, OCCUPATION_BY_NAME);
  return occupationId === null ? null : { kind: 'experience', occupationId, minYears: YEARS_WITHOUT_NUMBER };
};
const asLicence: ReadConcept = (concept) => {
  const licence = LICENCE_BY_NAME.get(fold(concept.label ?? ''));
  return licence === undefined ? null : { kind: 'licence', licence };
};
const asNothing: ReadConcept = () => null;

/** One line, and no longer than allowed: an ellipsis shows that something was cut. */
const shortened = (text: string, maxCharacters: number): string => {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim();
  // A letter outside the basic plane is two units: half of one must not be left behind.
  return line.length <= maxCharacters
    ? line
    : `${line
        .slice(0, maxCharacters - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trim()}…`;
};

class DraftBuilder {
  readonly unreadable: UnreadableField[] = [];
  readonly #requirements = new Map<string, Requirement>();

  /** `label` is the ad's own name for the thing, so that the manager knows what is missing. */
  skip(field: string, reason: BilingualText, label: string | null = null): void {
    const name = label === null || label.trim() === '' ? '' : ` (${shortened(label, MAX_LABEL_CHARACTERS)})`;
    this.unreadable.push({ field, reason: { sv: `${reason.sv}${name}.`, en: `${reason.en}${name}.` } });
  }

  /** Each concept becomes a wish or an unreadable field; one that is asked for twice is one wish. */
  take(field: string, concepts: readonly unknown[], read: ReadConcept, reason: BilingualText): void {
    for (const [index, raw] of concepts.slice(0, MAX_CONCEPTS).entries()) {
      const concept = JobAdConcept.safeParse(raw);
      const subject = concept.success ? read(concept.data) : null;
      if (!concept.success) this.skip(`${field}[${index}]`, REASONS.concept);
      else if (subject === null) this.skip(`${field}[${index}]`, reason, concept.data.label ?? null);
      else this.#add(`${field}[${index}]`, subject);
    }
    if (concepts.length > MAX_CONCEPTS) this.skip(field, REASONS.tooMany);
  }

  #add(field: string, subject: RequirementSubject): void {
    const key = JSON.stringify(subject);
    if (this.#requirements.has(key)) return;
    if (this.#requirements.size >= MAX_REQUIREMENTS) this.skip(field, REASONS.tooMany);
    else this.#requirements.set(key, { subject, strength: 'wish' });
  }

  get requirements(): readonly Requirement[] {
    return [...this.#requirements.values()];
  }
}

const wholeWithin = (value: number | null | undefined, low: number, high: number): number | null =>
  value !== null && value !== undefined && Number.isInteger(value) && value >= low && value <= high ? value : null;

const takeDemands = (builder: DraftBuilder, name: string, demands: JobAdDemands): void => {
  builder.take(`${name}.skills`, demands.skills, asSkill, REASONS.skill);
  builder.take(`${name}.languages`, demands.languages, asLanguage, REASONS.language);
  builder.take(`${name}.work_experiences`, demands.work_experiences, asExperience, REASONS.experience);
  builder.take(`${name}.education`, demands.education, asNothing, REASONS.education);
  builder.take(`${name}.education_level`, demands.education_level, asNothing, REASONS.education);
};

const takeLicence = (builder: DraftBuilder, ad: JobAd): void => {
  const classes = ad.drivingLicence ?? ad.driving_license ?? [];
  builder.take('drivingLicence', classes, asLicence, REASONS.licence);
  const isRequired = ad.drivingLicenceRequired ?? ad.driving_license_required ?? false;
  if (isRequired && classes.length === 0) builder.skip('drivingLicenceRequired', REASONS.licenceWithoutClass);
};

const refusal: JobAdRefusal = {
  code: 'job-ad-unreadable',
  detail: {
    sv: 'Det här är ingen platsannons från Arbetsförmedlingen: id eller rubrik saknas.',
    en: 'This is not a job ad of Arbetsförmedlingen: the id or the headline is missing.',
  },
};

/**
 * Reads the structured fields of a job ad, so that a unit need not type it again. Any input gets an answer: what has no
 * id and headline is refused, and what a real ad says in a way that we do not know is listed as unreadable. Free text,
 * employer and contact persons are never read.
 */
export const readJobAd = (input: unknown): Result<PlaceDraft, JobAdRefusal> => {
  const parsed = JobAd.safeParse(input);
  if (!parsed.success) return err(refusal);
  const ad = parsed.data;
  const title = shortened(ad.headline, MAX_TITLE_CHARACTERS);
  if (title.length < 2) return err(refusal);

  const builder = new DraftBuilder();
  const occupationId = ad.occupation ? lookUp(ad.occupation, OCCUPATION_BY_NAME) : null;
  if (occupationId === null) builder.skip('occupation', REASONS.occupation, ad.occupation?.label ?? null);
  const suggestedSeats = wholeWithin(ad.vacancies ?? ad.number_of_vacancies, 1, 50);
  if (suggestedSeats === null) builder.skip('vacancies', REASONS.seats);
  const sharePercent = wholeWithin(ad.scope?.max ?? ad.scope_of_work?.max, 1, 100);
  if (sharePercent === null) builder.skip('scope', REASONS.share);
  const code = ad.municipalityCode ?? ad.workplace_address?.municipality_code ?? '';
  const municipalityCode = /^\d{4}$/.test(code) ? code : null;
  if (municipalityCode === null) builder.skip('municipalityCode', REASONS.municipality);
  takeDemands(builder, 'mustHave', ad.must_have ?? ad.mustHave);
  takeDemands(builder, 'niceToHave', ad.nice_to_have ?? ad.niceToHave);
  takeLicence(builder, ad);

  const { requirements, unreadable } = builder;
  return ok({
    adId: ad.id,
    title,
    occupationId,
    suggestedSeats,
    sharePercent,
    requirements,
    municipalityCode,
    unreadable,
  });
};
