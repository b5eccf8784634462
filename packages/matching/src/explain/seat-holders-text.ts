import { FEW_OTHER_PLACES, type SeatHolders, type UnplacedReason } from '@gruppstart/domain/matching/outcome';
import type { ExplanationLanguage } from './phrasebook.ts';

type Taken = Pick<Extract<UnplacedReason, { kind: 'seats-taken' }>, 'takenBy' | 'takenByFewOthers'>;

interface Wording {
  /** What stands after the number of seats. */
  readonly holders: Readonly<Record<keyof SeatHolders, string>>;
  went(parts: readonly string[]): string;
  fewOthers(seats: number): string;
}

const SWEDISH: Wording = {
  holders: {
    outsideRun: 'före körningen',
    pinned: 'till dem vars plats låg fast',
    earlierStart: 'till en tidigare start',
    higherTier: 'efter beslut om förtur',
    morePoints: 'efter fler poäng',
    longerWait: 'efter längre väntan',
    draw: 'efter lottning',
    wholeBetter: 'för att helheten annars blir sämre',
  },
  went: (parts) => `Så fördelades de: ${parts.join(', ')}.`,
  fewOthers: (seats) =>
    `Av dem gick ${seats} till ${seats === 1 ? 'någon' : 'personer'} som passar högst ${FEW_OTHER_PLACES} andra platser.`,
};

const ENGLISH: Wording = {
  holders: {
    outsideRun: 'before the run',
    pinned: 'to those whose place was fixed',
    earlierStart: 'to an earlier start',
    higherTier: 'by a decision on who comes first',
    morePoints: 'by more points',
    longerWait: 'by a longer wait',
    draw: 'by the draw',
    wholeBetter: 'because the whole would be worse otherwise',
  },
  went: (parts) => `They went like this: ${parts.join(', ')}.`,
  fewOthers: (seats) =>
    `Of them, ${seats} went to ${seats === 1 ? 'somebody who fits' : 'people who fit'} at most ${FEW_OTHER_PLACES} other places.`,
};

const WORDINGS: Readonly<Record<ExplanationLanguage, Wording>> = { sv: SWEDISH, en: ENGLISH };

/** In the order in which they are told apart. */
const HOLDERS = [
  'outsideRun',
  'pinned',
  'earlierStart',
  'higherTier',
  'morePoints',
  'longerWait',
  'draw',
  'wholeBetter',
] as const satisfies readonly (keyof SeatHolders)[];

/** Who holds the seats that would have fitted, in numbers: sentences to be said after how many seats there are. */
export const seatHoldersText = ({ takenBy, takenByFewOthers }: Taken, language: ExplanationLanguage): string => {
  const wording = WORDINGS[language];
  const parts = HOLDERS.flatMap((holder) =>
    takenBy[holder] > 0 ? [`${takenBy[holder]} ${wording.holders[holder]}`] : [],
  );
  return [
    ...(parts.length > 0 ? [` ${wording.went(parts)}`] : []),
    ...(takenByFewOthers > 0 ? [` ${wording.fewOthers(takenByFewOthers)}`] : []),
  ].join('');
};
