import type { RunFailure, RunStatus } from '@gruppstart/domain/matching/match-run';
import type { WhatIfFailure } from '@gruppstart/domain/matching/what-if';
import { STALLED_TEXT } from '@gruppstart/domain/shared/stalled';
import type { BilingualText } from '@gruppstart/domain/shared/text';

const FAILURES: Readonly<Record<RunFailure | WhatIfFailure, BilingualText>> = {
  'cohort-gone': {
    sv: 'En gruppstart som körningen gäller finns inte längre. Läs listan över starter och beställ en ny körning.',
    en: 'A group start that the run is for is gone. Read the list of starts and order a new run.',
  },
  'no-candidates': {
    sv: 'Det finns ingen att fördela. En antagning gäller dem som inte är med i någon start: ta emot fler kandidater. En placering gäller dem som är antagna till starten och saknar plats: anta några först. Beställ sedan en ny körning.',
    en: 'There is nobody to assign. An admission is about those who are in no start: take in more candidates. A placement is about those who are admitted to the start and have no place: admit some first. Then order a new run.',
  },
  'no-places': {
    sv: 'Det finns inga öppna platser. Be enheterna öppna platser och beställ en ny körning.',
    en: 'There are no open places. Ask the units to open places and order a new run.',
  },
  'pins-impossible': {
    sv: 'Det som är låst går inte: ett säte är taget, en plats är stängd, handledarna har inte tid, en regel om två personer säger emot, eller någon är redan antagen. Ändra låsningarna och beställ en ny körning.',
    en: 'What is pinned cannot be: a seat is taken, a place is closed, the supervisors have no time, a rule about two people is against it, or somebody is admitted already. Change the pins and order a new run.',
  },
  'facts-unusable': {
    sv: 'Underlaget finns inte kvar, är gjort av en äldre version av systemet, eller rymmer någon som har raderats. Beställ en ny körning på dagens underlag.',
    en: 'The facts are gone, were made by an older version of the system, or hold somebody who has been erased. Order a new run on the facts of today.',
  },
  'not-in-run': {
    sv: 'Personen, platsen eller kravet var inte med i körningen. Beställ en ny körning så att de kommer med.',
    en: 'The person, the place or the requirement took no part in the run. Order a new run so that they do.',
  },
  'input-faulty': {
    sv: 'Underlaget går inte ihop. Inget är ändrat. Kontakta den som sköter systemet.',
    en: 'The facts do not agree with each other. Nothing is changed. Contact whoever looks after the system.',
  },
  'certificate-failed': {
    sv: 'Beviset för att lösningen är den bästa höll inte, och därför finns inget resultat. Kontakta den som sköter systemet.',
    en: 'The proof that the solution is the best there is did not hold, so there is no result. Contact whoever looks after the system.',
  },
};

/** What there is to say of how far a run or a what-if has come: why it failed and what to do, or that it has stalled. */
export const endedText = (status: RunStatus, failure: RunFailure | WhatIfFailure | null): BilingualText | null => {
  if (failure !== null) return FAILURES[failure];
  return status === 'stalled' ? STALLED_TEXT : null;
};
