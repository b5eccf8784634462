import type { RowErrorCode, RowWarningCode } from '@gruppstart/domain/intake/row-outcome';
import type { BilingualText } from '@gruppstart/domain/shared/text';

/** What is wrong and what to do, for the sender to read beside the row. Never anything out of the cell. */
export const ROW_ERROR_TEXTS: Readonly<Record<RowErrorCode, BilingualText>> = {
  'row-unreadable': {
    sv: 'Raden går inte att dela upp i celler: ett citattecken saknas eller är för mycket, eller en cell är för lång.',
    en: 'The row cannot be divided into cells: a quotation mark is missing or too many, or a cell is too long.',
  },
  'too-many-cells': {
    sv: 'Raden har fler ifyllda celler än det finns rubriker. Sätt citattecken runt en cell som innehåller skiljetecknet.',
    en: 'The row has more filled cells than there are headers. Put quotation marks around a cell that holds the delimiter.',
  },
  'reference-missing': {
    sv: 'Referens saknas. Ange din egen beteckning för personen, en per person i filen.',
    en: 'The reference is missing. Give your own reference for the person, one per person in the file.',
  },
  'reference-malformed': {
    sv: 'Referensen får ha högst 40 tecken: bokstäver, siffror, mellanslag och - _ . / : #.',
    en: 'The reference may have at most 40 characters: letters, digits, spaces and - _ . / : #.',
  },
  'reference-repeated-in-file': {
    sv: 'Samma referens finns på en tidigare rad i filen. Varje person ska ha sin egen.',
    en: 'The same reference is on an earlier row of the file. Each person must have their own.',
  },
  'personal-number-malformed': {
    sv: 'Personnumret går inte att läsa. Skriv ÅÅÅÅMMDD-NNNN eller ÅÅMMDD-NNNN (samordningsnummer: dagen plus 60), med eller utan bindestreck.',
    en: 'The personal identity number cannot be read. Write YYYYMMDD-NNNN or YYMMDD-NNNN (coordination number: the day plus 60), with or without hyphen.',
  },
  'personal-number-check-digit': {
    sv: 'Personnumrets sista siffra (kontrollsiffran) stämmer inte. Jämför med en handling och rätta.',
    en: 'The last digit (check digit) of the personal identity number is wrong. Compare with a document and correct it.',
  },
  'identity-missing': {
    sv: 'Personen går inte att skilja från andra. Ange personnummer, eller födelsedatum tillsammans med referens.',
    en: 'The person cannot be told from others. Give a personal identity number, or a birth date together with a reference.',
  },
  'birth-date-missing': {
    sv: 'Personnummer saknas. Ange det, eller födelsedatum som ÅÅÅÅ-MM-DD.',
    en: 'The personal identity number is missing. Give it, or the birth date as YYYY-MM-DD.',
  },
  'person-repeated-in-file': {
    sv: 'Samma person finns på en tidigare rad i filen. Behåll en rad per person.',
    en: 'The same person is on an earlier row of the file. Keep one row per person.',
  },
  'name-missing': { sv: 'Namnet saknas. Ange det.', en: 'The name is missing. Give it.' },
  'name-malformed': {
    sv: 'Namnet får ha högst 80 tecken, minst en bokstav och inga siffror.',
    en: 'The name may have at most 80 characters, at least one letter and no digits.',
  },
  'date-not-in-calendar': {
    sv: 'Dagen finns inte i kalendern. Rätta månad eller dag (ÅÅÅÅ-MM-DD).',
    en: 'The day does not exist in the calendar. Correct the month or the day (YYYY-MM-DD).',
  },
  'date-malformed': {
    sv: 'Datumet går inte att läsa. Skriv ÅÅÅÅ-MM-DD, eller låt cellen vara ett datum i Excel.',
    en: 'The date cannot be read. Write YYYY-MM-DD, or let the cell be a date in Excel.',
  },
  'share-out-of-range': {
    sv: 'Tjänstgöringsgraden ska vara 1-100 %.',
    en: 'The share of full time must be 1-100 %.',
  },
  'share-malformed': {
    sv: 'Tjänstgöringsgraden går inte att läsa. Skriv 75, 75 % eller 0,75.',
    en: 'The share of full time cannot be read. Write 75, 75 % or 0,75.',
  },
  'share-range-reversed': {
    sv: 'Tjänstgöringsgrad till är lägre än Tjänstgöringsgrad från. Byt plats på dem.',
    en: 'The upper share of full time is below the lower one. Exchange them.',
  },
  'language-level-unknown': {
    sv: 'Språknivån är okänd. Skriv A1, A2, B1, B2, C1, C2, SFI A-D eller modersmål; lämna cellen tom om nivån inte är känd.',
    en: 'The language level is unknown. Write A1, A2, B1, B2, C1, C2, SFI A-D or modersmål; leave the cell empty when it is not known.',
  },
  'language-malformed': {
    sv: 'Språken går inte att läsa. Skriv språkets namn och gärna nivå, med komma eller semikolon mellan: dari; engelska A2. Svenska har en egen kolumn.',
    en: 'The languages cannot be read. Write the name of each and preferably its level, with comma or semicolon between: dari; engelska A2. Swedish has its own column.',
  },
  'measure-unknown': {
    sv: 'Insatsen är okänd. Använd INTRODUKTIONSJOBB, NYSTARTSJOBB, LONEBIDRAG, OSA eller ARBETSPRAKTIK, med komma mellan.',
    en: 'The measure is unknown. Use INTRODUKTIONSJOBB, NYSTARTSJOBB, LONEBIDRAG, OSA or ARBETSPRAKTIK, with commas between.',
  },
  'postcode-malformed': {
    sv: 'Postnumret ska ha fem siffror, med eller utan mellanslag: 826 30.',
    en: 'The postcode must have five digits, with or without a space: 826 30.',
  },
  'phone-malformed': {
    sv: 'Telefonnumret ska ha 5-15 siffror; + ( ) - / och mellanslag får finnas. Ange ett nummer.',
    en: 'The telephone number must have 5-15 digits; + ( ) - / and spaces may occur. Give one number.',
  },
  'email-malformed': {
    sv: 'E-postadressen ska se ut som namn@exempel.se. Ange en adress, eller lämna cellen tom.',
    en: 'The e-mail address must look like name@example.se. Give one address, or leave the cell empty.',
  },
  'working-time-unknown': {
    sv: 'Arbetstiden är okänd. Använd dag, kväll, natt och helg, med komma mellan; fasta upptagna tider har en egen kolumn.',
    en: 'The working time is unknown. Use dag, kväll, natt and helg, with commas between; fixed engagements have their own column.',
  },
  'engagement-malformed': {
    sv: 'Den upptagna tiden går inte att läsa. Skriv veckodag och klockslag: mån 08:00-12:00, ons 13:00-16:00. En tid över midnatt skrivs som två.',
    en: 'The engagement cannot be read. Write weekday and times: mån 08:00-12:00, ons 13:00-16:00. A time past midnight is written as two.',
  },
  'licence-unknown': {
    sv: 'Körkortsklassen är okänd. Skriv klasserna med komma mellan (AM, A1, A2, A, B, BE, C1, C, D …), inget om personen saknar körkort, eller lämna tomt.',
    en: 'The licence class is unknown. Write the classes with commas between (AM, A1, A2, A, B, BE, C1, C, D …), "inget" for no licence, or leave it empty.',
  },
  'skill-level-unknown': {
    sv: 'Kompetensens nivå ska vara 1-4 efter kolon: Hygienstädning:3.',
    en: 'The level of a skill must be 1-4 after a colon: Hygienstädning:3.',
  },
  'experience-malformed': {
    sv: 'Erfarenheten ska vara yrke och antal år (0-60), med komma mellan: Barnskötare 4 år, Vårdbiträde 9 år.',
    en: 'Experience must be occupation and number of years (0-60), with commas between: Barnskötare 4 år, Vårdbiträde 9 år.',
  },
  'travel-minutes-malformed': {
    sv: 'Max restid ska vara 5-240 minuter, som ett tal: 45.',
    en: 'The longest travel time must be 5-240 minutes, as a number: 45.',
  },
  'yes-no-unknown': {
    sv: 'Skriv Ja eller Nej, eller lämna cellen tom om det inte är känt.',
    en: 'Write Ja or Nej, or leave the cell empty when it is not known.',
  },
  'protection-unknown': {
    sv: 'Skriv Nej, sekretessmarkering eller skyddad folkbokföring.',
    en: 'Write Nej, sekretessmarkering or skyddad folkbokföring.',
  },
  'free-text-forbidden': {
    sv: 'Cellen ser ut att innehålla uppgifter som inte får lämnas här (hälsa, personnummer, telefon eller e-post). Ta bort dem.',
    en: 'The cell seems to hold data that may not be given here (health, identity number, telephone or e-mail). Remove them.',
  },
  'too-many-values': {
    sv: 'Cellen har fler uppgifter än vad som kan tas emot. Behåll de viktigaste.',
    en: 'The cell has more values than can be taken. Keep the most important.',
  },
};

/** What was left out of a row that was taken all the same. */
export const ROW_WARNING_TEXTS: Readonly<Record<RowWarningCode, BilingualText>> = {
  'support-need-not-kept': {
    sv: 'Text under Stödbehov som inte finns i listan är inte sparad. Tillåtet: sittande arbete, lugn miljö, hörselstöd, skärmstöd, pauser, annat: samtal.',
    en: 'Text under Stödbehov that is not in the list has not been kept. Allowed: sittande arbete, lugn miljö, hörselstöd, skärmstöd, pauser, annat: samtal.',
  },
  'skill-unmatched': {
    sv: 'Någon kompetens finns inte i ordlistan. Den är sparad som text och räknas inte i matchningen förrän den kopplats.',
    en: 'A skill is not in the vocabulary. It is kept as text and does not count in matching until it has been linked.',
  },
  'occupation-unmatched': {
    sv: 'Något yrke finns inte i ordlistan och är inte sparat. Skriv yrket som i handbokens lista.',
    en: 'An occupation is not in the vocabulary and has not been kept. Write it as in the handbook’s list.',
  },
  'wish-unmatched': {
    sv: 'Något önskemål är varken ett verksamhetsområde eller ett enhetsnamn och är inte sparat.',
    en: 'A wish is neither a field of work nor the name of a unit and has not been kept.',
  },
  'birth-date-differs-from-number': {
    sv: 'Födelsedatum stämmer inte med personnumret. Personnumret gäller.',
    en: 'The birth date does not agree with the personal identity number. The number holds.',
  },
};
