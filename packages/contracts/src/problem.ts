import { BilingualText } from '@gruppstart/domain/shared/text';
import * as z from 'zod';

interface ProblemType {
  readonly status: number;
  readonly sv: string;
  readonly en: string;
}

/** Every refusal that our own code answers. The code is stable: clients may act on it. */
export const PROBLEMS = {
  'json-malformed': { status: 400, sv: 'Texten är inte giltig JSON', en: 'The body is not valid JSON' },
  'query-invalid': { status: 400, sv: 'Frågan har fel i adressens parametrar', en: 'The query parameters are wrong' },
  'idempotency-key-missing': {
    status: 400,
    sv: 'Huvudet Idempotency-Key saknas',
    en: 'The Idempotency-Key header is missing',
  },
  'idempotency-key-malformed': {
    status: 400,
    sv: 'Huvudet Idempotency-Key har fel form',
    en: 'The Idempotency-Key header is malformed',
  },
  'cursor-invalid': { status: 400, sv: 'Markören för nästa sida går inte att läsa', en: 'The cursor cannot be read' },
  'tenant-missing': {
    status: 403,
    sv: 'Inloggningen säger inte vilken organisation den gäller',
    en: 'The login names no organisation',
  },
  'not-permitted': { status: 403, sv: 'Du har inte behörighet till detta', en: 'You may not do this' },
  'not-found': { status: 404, sv: 'Det finns inget här', en: 'There is nothing here' },
  'method-not-allowed': { status: 405, sv: 'Metoden går inte att använda här', en: 'The method is not allowed here' },
  'request-in-flight': {
    status: 409,
    sv: 'Samma sak behandlas just nu',
    en: 'The same thing is being handled right now',
  },
  'already-decided': { status: 409, sv: 'Beslutet är redan fattat', en: 'The decision has already been made' },
  'answers-missing': {
    status: 409,
    sv: 'Det saknas svar innan beslut kan fattas',
    en: 'Answers are missing before a decision can be made',
  },
  'answer-is-no': { status: 409, sv: 'Någon har svarat nej', en: 'Someone has answered no' },
  'conflict-of-interest': {
    status: 409,
    sv: 'Du har angett jäv: någon annan måste besluta',
    en: 'You declared a conflict of interest: someone else must decide',
  },
  'seats-full': { status: 409, sv: 'Alla platser är tagna', en: 'All seats are taken' },
  'share-exceeded': {
    status: 409,
    sv: 'Personens placeringar skulle bli mer än 100 %',
    en: 'The person’s placements would exceed 100 %',
  },
  'run-not-finished': { status: 409, sv: 'Matchningen är inte klar', en: 'The run has not finished' },
  'run-failed': { status: 409, sv: 'Matchningen kunde inte genomföras', en: 'The run could not be carried out' },
  superseded: { status: 409, sv: 'Förslaget gäller inte längre', en: 'The proposal is no longer current' },
  'pair-ruled': {
    status: 409,
    sv: 'Det finns redan en regel för de två',
    en: 'There is a rule for these two already',
  },
  'too-many-rules': {
    status: 409,
    sv: 'En av personerna har redan så många regler som går',
    en: 'One of the two has as many rules as there can be already',
  },
  'kept-apart': {
    status: 409,
    sv: 'En parregel håller personen borta härifrån',
    en: 'A rule about two people keeps the person away from here',
  },
  'already-requested': {
    status: 409,
    sv: 'Enheten har redan bett om personen till platsen',
    en: 'The unit has asked for the person for this place already',
  },
  'request-closed': {
    status: 409,
    sv: 'Begäran är redan avgjord eller tillbakatagen',
    en: 'The request is decided or taken back already',
  },
  'four-eyes': {
    status: 409,
    sv: 'Den som har bett om personen kan inte också besluta',
    en: 'Whoever asked for the person cannot decide as well',
  },
  'cost-unknown': {
    status: 409,
    sv: 'Vad det kostar de andra är inte uträknat',
    en: 'What it costs the others has not been worked out',
  },
  'not-possible': {
    status: 409,
    sv: 'Personen kan inte få platsen',
    en: 'The person cannot have the place',
  },
  'version-taken': {
    status: 409,
    sv: 'Det finns redan en rad med den versionen',
    en: 'There is a row of that version already',
  },
  'already-published': { status: 409, sv: 'Gruppstarten är redan publicerad', en: 'The cohort is already published' },
  'already-employed': {
    status: 409,
    sv: 'Placeringen har redan en anställning',
    en: 'The placement already has an employment',
  },
  'already-member': {
    status: 409,
    sv: 'Personen är redan med i en gruppstart',
    en: 'The person is already in a cohort',
  },
  'identity-protected': {
    status: 409,
    sv: 'Personen har skyddade personuppgifter',
    en: 'The person has a protected identity',
  },
  'candidate-erased': {
    status: 409,
    sv: 'Personens uppgifter är raderade',
    en: 'The person has been erased',
  },
  'erasure-hindered': {
    status: 409,
    sv: 'Personen har en placering eller anställning som inte är slut',
    en: 'The person has a placement or employment that has not ended',
  },
  'in-the-past': { status: 409, sv: 'Det som har varit går inte att ändra', en: 'What is past cannot be changed' },
  'precondition-failed': {
    status: 412,
    sv: 'Någon annan har ändrat sedan du läste',
    en: 'Someone has changed this since you read it',
  },
  'body-too-large': { status: 413, sv: 'Innehållet är för stort', en: 'The body is too large' },
  'media-type-unsupported': {
    status: 415,
    sv: 'Innehållets typ går inte att ta emot här',
    en: 'The media type is not accepted here',
  },
  'body-invalid': { status: 422, sv: 'Uppgifterna har fel form', en: 'The content is not valid' },
  'file-refused': { status: 422, sv: 'Filen kan inte tas emot', en: 'The file cannot be accepted' },
  'idempotency-key-reused': {
    status: 422,
    sv: 'Samma Idempotency-Key har använts till något annat',
    en: 'The Idempotency-Key was used for something else',
  },
  'start-not-course-day': { status: 422, sv: 'Startdagen är inte en kursdag', en: 'The start is not a course day' },
  'reference-unknown': { status: 422, sv: 'Något som anges finns inte', en: 'Something referred to does not exist' },
  'office-unclear': {
    status: 422,
    sv: 'Det framgår inte vilket kontor som skickar',
    en: 'It is unclear which office sends this',
  },
  'precondition-required': { status: 428, sv: 'Huvudet If-Match saknas', en: 'The If-Match header is missing' },
  fault: { status: 500, sv: 'Något gick fel hos oss', en: 'Something went wrong on our side' },
  'restore-not-finished': {
    status: 503,
    sv: 'Uppgifterna håller på att återställas',
    en: 'The data are being restored',
  },
  busy: { status: 503, sv: 'Många arbetar just nu, försök igen', en: 'Busy right now, try again' },
} as const satisfies Record<string, ProblemType>;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** One fault in what was sent. `pointer` is a JSON pointer into the body, or the name of a header, parameter or column. */
export const ProblemItem = z.strictObject({ pointer: z.string(), code: z.string(), detail: BilingualText });
export type ProblemItem = z.infer<typeof ProblemItem>;

/** RFC 9457 problem details: Swedish in `title` and `detail`, English beside them. */
export const ProblemBody = z
  .strictObject({
    type: z.string().meta({ example: 'urn:gruppstart:problem:not-found' }),
    title: z.string(),
    titleEn: z.string(),
    status: z.int().min(400).max(599),
    code: z.string(),
    detail: z.string(),
    detailEn: z.string(),
    correlationId: z.string(),
    errors: z.array(ProblemItem),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;
