import { PROBLEMS, type ProblemBody, type ProblemCode, type ProblemItem } from '@gruppstart/contracts/problem';
import type { BilingualText } from '@gruppstart/domain/shared/text';

/** What to do about each refusal, when the deed itself says nothing closer. */
const ADVICE: Readonly<Record<ProblemCode, BilingualText>> = {
  'json-malformed': {
    sv: 'Kontrollera citattecken, kommatecken och parenteser. Inget har sparats.',
    en: 'Check quotes, commas and brackets. Nothing was kept.',
  },
  'query-invalid': { sv: 'Rätta parametern som anges nedan.', en: 'Correct the parameter named below.' },
  'idempotency-key-missing': {
    sv: 'Skicka huvudet Idempotency-Key med ett eget värde per begäran, så att den kan göras om tryggt. Inget har sparats.',
    en: 'Send an Idempotency-Key header with a value of its own per request, so that it can be retried safely. Nothing was kept.',
  },
  'idempotency-key-malformed': {
    sv: 'Använd 1–128 tecken utan mellanslag, till exempel ett UUID. Inget har sparats.',
    en: 'Use 1 to 128 characters without spaces, a UUID for instance. Nothing was kept.',
  },
  'cursor-invalid': {
    sv: 'Börja om från första sidan utan cursor.',
    en: 'Start again from the first page without a cursor.',
  },
  'tenant-missing': {
    sv: 'Logga in igen för den organisation du arbetar i.',
    en: 'Log in again for the organisation you work in.',
  },
  'not-permitted': {
    sv: 'Be Resurscentrum om behörighet om du behöver den i ditt arbete.',
    en: 'Ask the resource centre for the right if your work needs it.',
  },
  'not-found': {
    sv: 'Kontrollera adressen. Det kan också vara något som du inte har behörighet att se.',
    en: 'Check the address. It may also be something that you may not see.',
  },
  'method-not-allowed': {
    sv: 'Huvudet Allow säger vilka metoder som går.',
    en: 'The Allow header says which methods work.',
  },
  'request-in-flight': {
    sv: 'Vänta några sekunder och försök igen med samma nyckel.',
    en: 'Wait a few seconds and try again with the same key.',
  },
  'already-decided': {
    sv: 'Läs förslaget igen för att se beslutet.',
    en: 'Read the proposal again to see the decision.',
  },
  'answers-missing': {
    sv: 'Registrera svaren som saknas och fatta sedan beslutet.',
    en: 'Record the missing answers, then decide.',
  },
  'answer-is-no': {
    sv: 'Ett nej kan inte överprövas här. Avslå förslaget eller tala med den som svarat.',
    en: 'A no cannot be overruled here. Decline the proposal or talk to whoever answered.',
  },
  'conflict-of-interest': { sv: 'Lämna förslaget till en kollega.', en: 'Hand this on to a colleague.' },
  'seats-full': {
    sv: 'Välj en annan plats eller start, eller be enheten om en plats till.',
    en: 'Choose another place or start, or ask the unit for one more seat.',
  },
  'share-exceeded': {
    sv: 'En person kan vara placerad på högst 100 % sammanlagt.',
    en: 'A person can be placed at 100 % at most in all.',
  },
  'run-not-finished': {
    sv: 'Vänta tills körningen är klar och läs igen.',
    en: 'Wait until the run has finished and read again.',
  },
  'run-failed': {
    sv: 'Läs körningen för att se varför, rätta det och beställ en ny.',
    en: 'Read the run to see why, put it right and order a new one.',
  },
  superseded: {
    sv: 'En nyare körning har gjorts. Läs dess förslag.',
    en: 'A newer run has been made. Read its proposals.',
  },
  'pair-ruled': {
    sv: 'Avsluta den regeln först. Två personer har en regel i taget.',
    en: 'End that rule first. Two people have one rule at a time.',
  },
  'too-many-rules': {
    sv: 'En person har högst 50 parregler. Avsluta dem som inte behövs längre.',
    en: 'A person has 50 pair rules at most. End those that are no longer needed.',
  },
  'kept-apart': {
    sv: 'Läs parreglerna. Avslå förslaget, eller avsluta regeln om den inte behövs längre.',
    en: 'Read the pair rules. Decline the proposal, or end the rule if it is no longer needed.',
  },
  'already-requested': {
    sv: 'Läs enhetens begäranden för att se hur det går.',
    en: 'Read the unit’s requests to see how it goes.',
  },
  'request-closed': {
    sv: 'Läs begäran för att se vad som hänt. Efter ett avslag kan enheten be om personen på nytt.',
    en: 'Read the request to see what happened. After a refusal the unit can ask for the person anew.',
  },
  'four-eyes': {
    sv: 'Be en kollega på Resurscentrum besluta.',
    en: 'Ask a colleague at the resource centre to decide.',
  },
  'cost-unknown': {
    sv: 'Vänta tills kostnaden är uträknad, eller be om den i en körning som både personen och platsen är med i.',
    en: 'Wait until the cost has been worked out, or ask for it in a run that both the person and the place are in.',
  },
  'not-possible': {
    sv: 'Läs begäran för att se varför. Avslå den, eller räkna ut kostnaden i en nyare körning.',
    en: 'Read the request to see why. Refuse it, or have the cost worked out in a newer run.',
  },
  'version-taken': {
    sv: 'En rad ändras aldrig. Ge den nya ett eget namn.',
    en: 'A row is never changed. Give the new one a name of its own.',
  },
  'already-published': { sv: 'Inget mer behöver göras.', en: 'Nothing more needs doing.' },
  'already-employed': {
    sv: 'Läs placeringen för att se anställningen.',
    en: 'Read the placement to see the employment.',
  },
  'already-member': { sv: 'En person går en introduktion i taget.', en: 'A person takes one introduction at a time.' },
  'identity-protected': {
    sv: 'Uppgifterna lämnas inte ut den här vägen. En namngiven handläggare med särskild behörighet sköter kontakten.',
    en: 'The details are not disclosed this way. A named user with a special right handles the contact.',
  },
  'candidate-erased': {
    sv: 'Det finns inget kvar att göra med personen.',
    en: 'There is nothing left to do with the person.',
  },
  'erasure-hindered': {
    sv: 'Radera när placeringen eller anställningen är slut.',
    en: 'Erase when the placement or employment has ended.',
  },
  'in-the-past': { sv: 'Välj en dag framåt i tiden.', en: 'Choose a day ahead.' },
  'precondition-failed': {
    sv: 'Läs igen, se vad som ändrats och skicka på nytt med den nya ETag. Det du skickade är inte sparat.',
    en: 'Read again, see what changed and send anew with the new ETag. What you sent was not kept.',
  },
  'body-too-large': {
    sv: 'Dela upp det i mindre delar. Inget har sparats.',
    en: 'Split it into smaller parts. Nothing was kept.',
  },
  'media-type-unsupported': {
    sv: 'Se i dokumentationen vilka innehållstyper som går. Filer skickas som application/octet-stream eller multipart/form-data.',
    en: 'See the documentation for accepted types. Files are sent as application/octet-stream or multipart/form-data.',
  },
  'body-invalid': {
    sv: 'Rätta det som anges nedan och skicka igen. Inget har sparats.',
    en: 'Correct what is named below and send again. Nothing was kept.',
  },
  'file-refused': { sv: 'Inget ur filen har sparats.', en: 'Nothing from the file was kept.' },
  'idempotency-key-reused': {
    sv: 'Använd en ny Idempotency-Key för en ny begäran. Inget har sparats.',
    en: 'Use a new Idempotency-Key for a new request. Nothing was kept.',
  },
  'start-not-course-day': {
    sv: 'Välj en vardag som inte är röd dag eller afton.',
    en: 'Choose a weekday that is neither a public holiday nor an eve.',
  },
  'reference-unknown': {
    sv: 'Kontrollera id:t som anges nedan. Inget har sparats.',
    en: 'Check the id named below. Nothing was kept.',
  },
  'office-unclear': { sv: 'Ange kontor med parametern office.', en: 'Name the office with the parameter office.' },
  'precondition-required': {
    sv: 'Läs först och skicka ETag från svaret i If-Match. Inget har sparats.',
    en: 'Read first and send the ETag of the answer in If-Match. Nothing was kept.',
  },
  fault: {
    sv: 'Försök igen om en stund. Ange korrelations-id om du kontaktar support.',
    en: 'Try again in a while. Give the correlation id if you contact support.',
  },
  'restore-not-finished': {
    sv: 'Försök igen om en stund. Inget har sparats.',
    en: 'Try again in a while. Nothing was kept.',
  },
  busy: { sv: 'Vänta några sekunder och försök igen.', en: 'Wait a few seconds and try again.' },
};

/** The problem document of a refusal: the one place where a code becomes HTTP. */
export const problemBody = (
  code: ProblemCode,
  correlationId: string,
  detail?: BilingualText,
  errors: readonly ProblemItem[] = [],
): ProblemBody => {
  const problem = PROBLEMS[code];
  const said = detail ?? ADVICE[code];
  return {
    type: `urn:gruppstart:problem:${code}`,
    title: problem.sv,
    titleEn: problem.en,
    status: problem.status,
    code,
    detail: said.sv,
    detailEn: said.en,
    correlationId,
    errors: [...errors],
  };
};

/** A JSON pointer (RFC 6901) to where zod found a fault. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
