import { assertNever } from '@gruppstart/domain/shared/result';
import { amount } from './numbers.ts';
import type { PersonWording } from './person-wording.ts';
import { SWEDISH } from './swedish.ts';

const day: typeof SWEDISH.date = (date) => `den ${SWEDISH.date(date)}`;
const jobs = (count: number): string => amount(count, 'ett jobb', 'jobb');
const occupation = (name: string): string => name.toLowerCase();

/** Simple Swedish, for somebody who may still be learning it. */
export const PERSON_SWEDISH: PersonWording = {
  admission: (startDate) => [
    `Vi föreslår att du börjar i gruppen ${day(startDate)}.`,
    'Det finns jobb som passar dig.',
    'Men ingen plats är lovad än.',
  ],
  placement: ({ title, unitName }) => ['Vi föreslår ett jobb för dig.', `Jobbet är: ${title}, ${unitName}.`],
  sharedJob: (part) => `Jobbet är delat, och din del är ${part}.`,
  preliminary: 'Det här är tidigt och kan ändras.',
  chosenByCoordinator: 'En samordnare har valt det här för dig.',
  changed: 'Det är inte samma förslag som förra gången.',
  unplaced: 'Du fick inget förslag den här gången.',
  reason(reason) {
    switch (reason.kind) {
      case 'not-available-by-start':
        return `Du kan börja ${day(reason.availableFrom)}, men den sista starten är ${day(reason.lastStartDate)}.`;
      case 'no-open-place':
        return 'Det fanns inga lediga jobb när du kan börja.';
      case 'no-eligible-place':
        return `Vi tittade på ${jobs(reason.openPlaces)}, men inget passade.`;
      case 'ruled-out':
        return `Vi kan inte föreslå ${jobs(reason.places)} som annars passar dig.`;
      case 'under-minimum-fit':
        return `Vi såg ${jobs(reason.places)} som passade dig för lite.`;
      case 'seats-taken':
        return 'Det fanns jobb som passade dig, men inte till alla.';
      case 'cohort-full':
        return 'Det fanns jobb som passade dig, men gruppen är full.';
      case 'limit-chosen':
        return 'Det fanns jobb som passade dig, men gruppen blir liten den här gången.';
      case 'other-planning':
        return 'Det fanns jobb som passade dig, men planen för gruppen gick inte ihop.';
      default:
        return assertNever(reason);
    }
  },
  fits: {
    availability: () => 'Du kan börja i tid.',
    share: () => 'Du kan arbeta så mycket som jobbet kräver.',
    'working-times': () => 'Du kan arbeta på de tider som jobbet har.',
    engagements: () => 'Jobbet krockar inte med dina andra tider.',
    travel: () => 'Resan är inte för lång för dig.',
    'own-wishes': () => 'Jobbet är något som du vill ha.',
    swedish: () => 'Din svenska räcker.',
    skill: (name) => `Du kan det här: ${name}.`,
    language: (name) => `Du kan ${name}.`,
    licence: (name) => `Du har körkort ${name}.`,
    experience: (name) => `Du har arbetat som ${occupation(name)}.`,
  },
  taught: (name) => `Du får lära dig det här i kursen: ${name}.`,
  unmet: {
    'own-wishes': () => 'Jobbet är inte något som du har sagt att du vill ha.',
    swedish: () => 'Mer svenska är bra men inget krav.',
    skill: (name) => `Det här är bra att kunna men inget krav: ${name}.`,
    language: (name) => `Det är bra att kunna ${name}, men det är inget krav.`,
    licence: (name) => `Det är bra att ha körkort ${name}, men det är inget krav.`,
    experience: (name) => `Det är bra att ha arbetat mer som ${occupation(name)}, men det är inget krav.`,
  },
  lacks(judged, name) {
    switch (judged.kind) {
      case 'availability':
        return `Kursen börjar ${day(judged.asked.startDate)}, och då kan du inte.`;
      case 'place-window':
        return `Jobbet går inte att börja ${day(judged.asked.firstWorkingDay)}.`;
      case 'share':
        return `Jobbet är på ${judged.asked.sharePercent} procent av heltid, och det kan du inte.`;
      case 'working-times':
        return `Jobbet är på de här tiderna: ${judged.asked.workingTimes.map(SWEDISH.workingTime).join(', ')}.`;
      case 'engagements':
        return 'Jobbet krockar med dina andra tider.';
      case 'travel':
        return judged.found.minutes === null || judged.asked.maxTravelMinutes === null
          ? 'Resan dit är för lång för dig.'
          : `Resan tar ${judged.found.minutes} minuter, och du vill resa högst ${judged.asked.maxTravelMinutes}.`;
      case 'own-wishes':
        return 'Jobbet är inte något som du vill ha.';
      case 'requirement':
        switch (judged.asked.kind) {
          case 'swedish':
            return 'Jobbet kräver mer svenska än du har nu.';
          case 'skill':
            return `Jobbet kräver att du kan det här: ${name}.`;
          case 'language':
            return `Jobbet kräver mer ${name} än du har nu.`;
          case 'licence':
            return `Jobbet kräver körkort ${name}.`;
          case 'experience':
            return `Jobbet kräver att du har arbetat mer som ${occupation(name)}.`;
          default:
            return assertNever(judged.asked);
        }
      default:
        return assertNever(judged);
    }
  },
  unknown: {
    availability: () => 'Vi vet inte när du kan börja.',
    share: () => 'Vi vet inte hur mycket du kan arbeta.',
    'working-times': () => 'Vi vet inte vilka tider du kan arbeta.',
    engagements: () => 'Vi vet inte om du har andra tider varje vecka.',
    travel: () => 'Vi vet inte om resan är för lång för dig.',
    'own-wishes': () => 'Vi vet inte vad du vill arbeta med.',
    swedish: () => 'Vi vet inte hur mycket svenska du kan.',
    skill: (name) => `Vi vet inte om du kan det här: ${name}.`,
    language: (name) => `Vi vet inte om du kan ${name}.`,
    licence: (name) => `Vi vet inte om du har körkort ${name}.`,
    experience: (name) => `Vi vet inte om du har arbetat som ${occupation(name)}.`,
  },
  nearest: ({ title, unitName }) => `Det här var närmast: ${title}, ${unitName}.`,
  nearestFits: 'Det jobbet passar dig, men alla kunde inte få ett förslag.',
  nearestIsFull: 'Det jobbet hade passat dig, men där finns ingen ledig plats nu.',
  nearestFitsTooLittle: 'Det jobbet passade dig för lite.',
  advice: {
    availability: () => 'Kan du börja tidigare? Säg det till din handläggare.',
    'place-window': () => 'Fråga Resurscentrum när jobbet går att börja.',
    share: () => 'Kan du arbeta mer eller mindre? Säg det till din handläggare.',
    'working-times': () => 'Kan du arbeta andra tider? Säg det till din handläggare.',
    engagements: () => 'Kan du flytta dina andra tider? Säg det till din handläggare.',
    travel: () => 'Kan du resa längre? Säg det till din handläggare.',
    'own-wishes': () => 'Vill du ha andra jobb också? Säg det till din handläggare.',
    swedish: () => 'Fråga din handläggare om en kurs i svenska.',
    skill: (name) => `Fråga Resurscentrum hur du kan lära dig det här: ${name}.`,
    language: (name) => `Kan du mer ${name} än vi vet? Säg det till din handläggare.`,
    licence: (name) => `Har du körkort ${name}, eller tar du det snart? Säg det till din handläggare.`,
    experience: (name) => `Har du gjort mer som ${occupation(name)} än vi vet? Säg det till din handläggare.`,
  },
  tellWhatIsUnknown: 'Säg till din handläggare hur det är, så vet vi mer.',
  answerYesOrNo: {
    admission: 'Vill du vara med? Säg ja eller nej till Resurscentrum.',
    placement: 'Vill du ha jobbet? Säg ja eller nej till Resurscentrum.',
  },
  askWhenNext: 'Fråga Resurscentrum när nästa grupp börjar.',
  askWhy: 'Vill du veta varför? Fråga Resurscentrum.',
  ending: [
    'En dator har räknat på det här, men människor beslutar.',
    'Är något fel? Säg det till din handläggare eller Resurscentrum.',
  ],
};
