import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';

/**
 * What a candidate file may hold, agreed with the senders. Dated: a change of columns or limits gets a new date here
 * and a line in the package's README, so that a sender can see which agreement a file was read under.
 */
export const CANDIDATE_FILE = {
  validFrom: '2026-12-01',
  /** Through the API; 4 MiB is what the gateway passes on with margin. Larger files come by presigned upload. */
  maxFileBytes: 4 * 1024 * 1024,
  /** Rows with content below the header. A whole region has about 20,000 candidates. */
  maxRows: 20_000,
  /** No cell of the agreed columns comes near this; a longer one is text in the wrong place. */
  maxCellCharacters: 2_000,
} as const;

/** A column by its place in our model. The order is the order of the template that senders are given. */
export const CANDIDATE_COLUMN_KEYS = [
  'reference',
  'personalNumber',
  'birthDate',
  'givenName',
  'familyName',
  'phone',
  'email',
  'postcode',
  'possibleMeasures',
  'measureValidUntil',
  'enrolledSince',
  'availableFrom',
  'shareFrom',
  'shareTo',
  'workingTimes',
  'engagements',
  'licences',
  'swedish',
  'languages',
  'interpreterLanguage',
  'skills',
  'experience',
  'wishes',
  'maxTravelMinutes',
  'hasCar',
  'supportNeeds',
  'protection',
] as const;
export type CandidateColumnKey = (typeof CANDIDATE_COLUMN_KEYS)[number];

/** `required`: without the column the file is refused. The number or the birth date must be there, either will do. */
export interface CandidateColumn {
  readonly header: string;
  readonly need: 'required' | 'identity' | 'optional';
}

export const CANDIDATE_COLUMNS: Readonly<Record<CandidateColumnKey, CandidateColumn>> = {
  reference: { header: 'Referens', need: 'required' },
  personalNumber: { header: 'Personnummer', need: 'identity' },
  birthDate: { header: 'Födelsedatum', need: 'identity' },
  givenName: { header: 'Förnamn', need: 'required' },
  familyName: { header: 'Efternamn', need: 'required' },
  phone: { header: 'Telefon', need: 'optional' },
  email: { header: 'E-post', need: 'optional' },
  postcode: { header: 'Postnummer', need: 'optional' },
  possibleMeasures: { header: 'Möjlig insats', need: 'optional' },
  measureValidUntil: { header: 'Gäller till', need: 'optional' },
  enrolledSince: { header: 'Inskriven sedan', need: 'optional' },
  availableFrom: { header: 'Tillgänglig från', need: 'optional' },
  shareFrom: { header: 'Tjänstgöringsgrad från', need: 'optional' },
  shareTo: { header: 'Tjänstgöringsgrad till', need: 'optional' },
  workingTimes: { header: 'Arbetstider', need: 'optional' },
  engagements: { header: 'Upptagna tider', need: 'optional' },
  licences: { header: 'Körkort', need: 'optional' },
  swedish: { header: 'Svenska', need: 'optional' },
  languages: { header: 'Språk', need: 'optional' },
  interpreterLanguage: { header: 'Tolkspråk', need: 'optional' },
  skills: { header: 'Kompetenser', need: 'optional' },
  experience: { header: 'Erfarenhet', need: 'optional' },
  wishes: { header: 'Önskemål', need: 'optional' },
  maxTravelMinutes: { header: 'Max restid', need: 'optional' },
  hasCar: { header: 'Bil', need: 'optional' },
  supportNeeds: { header: 'Stödbehov', need: 'optional' },
  protection: { header: 'Skyddade personuppgifter', need: 'optional' },
};

/** A header as it is compared: no case, no byte-order mark, any run of white space as one space. */
export const normaliseHeader = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const KEY_BY_HEADER: ReadonlyMap<string, CandidateColumnKey> = new Map(
  CANDIDATE_COLUMN_KEYS.map((key) => [normaliseHeader(CANDIDATE_COLUMNS[key].header), key]),
);

/** What a column may never hold here, whoever sends it and for whatever reason. */
export const FORBIDDEN_SUBJECTS = [
  'health',
  'ethnicity',
  'religion',
  'union',
  'politics',
  'sexuality',
  'crime',
  'income',
] as const;
export type ForbiddenSubject = (typeof FORBIDDEN_SUBJECTS)[number];

export const FORBIDDEN_SUBJECT_LABELS: Readonly<Record<ForbiddenSubject, BilingualText>> = {
  health: { sv: 'hälsa', en: 'health' },
  ethnicity: { sv: 'etniskt ursprung', en: 'ethnic origin' },
  religion: { sv: 'religion', en: 'religion' },
  union: { sv: 'fackligt medlemskap', en: 'union membership' },
  politics: { sv: 'politisk åsikt', en: 'political opinion' },
  sexuality: { sv: 'sexuell läggning', en: 'sexual orientation' },
  crime: { sv: 'brott', en: 'crime' },
  income: { sv: 'inkomst', en: 'income' },
};

/**
 * Stems of headers that refuse the whole file, in Swedish and English, without diacritics and in lower case. A stem
 * counts anywhere in the header; one with `\b` only as the beginning or the whole of a word, because it also occurs
 * inside harmless ones. Sources: GDPR articles 9 and 10; förordning (2002:546) 14 §; chosen 2026-12-01.
 */
const FORBIDDEN_HEADER_STEMS: Readonly<Record<ForbiddenSubject, RegExp>> = {
  health:
    /diagnos|halsa|halso|sjuk(?!hus|skot|vard)|funktionsned|funktionsvaria|funktionshind|handikapp|lakarint|lakarutl|\bmedicin|allerg|psyki|psykol|missbruk|alkohol|drog|\bdrug|rehab|gravid|pregnan|health|disab|illness|disease|addict|\bicd\b|\blss\b|arbetsformaga/,
  ethnicity:
    /etni[sc]|etnicit|\bursprung\b|ursprungsland|harkomst|folkgrupp|nationalit|fodelseland|country of birth|birth country|hudfarg|\bras\b|\brace\b|\bracial|hemland/,
  religion: /religi|trossamf|\btro\b|\bfaith|samfund|kyrkotill|\bbelief/,
  union: /fackfor|fackli|fackmed|\bfack\b|\ba-?kassa|\btrade union|\bunion\b|union member/,
  politics: /politi|^parti$|partitill/,
  sexuality: /sexu|\bhbtq|\blgbt|konsidentitet|gender identity/,
  crime:
    /(?<!av)brott|belastningsreg|\bbelastning\b|straff|kriminal|misstank|fangelse|\bdom\b|\bdomar\b|\bdomd|\bcrime|criminal|convict|offen[cs]e|prison|\bsentence/,
  income:
    /inkomst|\blon\b|(?:manads|tim|ars)lon|loneansp|\bincome|salary|\bwage|forsorjningsstod|socialbidrag|ekonomiskt bistand|aktivitetsstod|\bskuld|kronofogd|\bdebt/,
};

const withoutDiacritics = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

export type HeaderKind =
  | { readonly kind: 'known'; readonly key: CandidateColumnKey }
  | { readonly kind: 'forbidden'; readonly subject: ForbiddenSubject }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'blank' };

/** What a header cell is: one of ours, one that refuses the file, one we do not know, or nothing at all. */
export const classifyHeader = (header: string): HeaderKind => {
  const normal = normaliseHeader(header);
  if (normal === '') return { kind: 'blank' };
  const key = KEY_BY_HEADER.get(normal);
  if (key !== undefined) return { kind: 'known', key };
  const folded = withoutDiacritics(normal);
  const subject = FORBIDDEN_SUBJECTS.find((candidate) => FORBIDDEN_HEADER_STEMS[candidate].test(folded));
  return subject === undefined ? { kind: 'unknown' } : { kind: 'forbidden', subject };
};

/** Why a whole file is refused, before anything of it is kept. */
export const FILE_REFUSAL_CODES = [
  'file-empty',
  'file-without-rows',
  'file-kind-unsupported',
  'encoding-unreadable',
  'delimiter-unknown',
  'header-missing-columns',
  'column-forbidden',
  'column-unknown',
  'column-repeated',
  'too-many-rows',
] as const;
export const FileRefusalCode = z.enum(FILE_REFUSAL_CODES);
export type FileRefusalCode = z.infer<typeof FileRefusalCode>;

/** `columns` names the headers that the refusal is about, as written in the file (or as they should be, when missing). */
export const FileRefusal = z.strictObject({
  code: FileRefusalCode,
  columns: z.array(z.string()),
  detail: BilingualText,
});
export type FileRefusal = z.infer<typeof FileRefusal>;
