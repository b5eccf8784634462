import { MatchingProfile } from '@gruppstart/domain/intake/matching-profile';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, oneLine } from './cell-text.ts';

/** Swedish postcodes begin with 1-9, so Excel cannot have removed a zero. */
const POSTCODE = /^([1-9]\d{2}) ?(\d{2})$/;
const MINUTES = /^(\d{1,4})(?:[.,]0+)? ?(?:min|min\.|minuter)?$/;
const TRAVEL_MINUTES = MatchingProfile.shape.maxTravelMinutes;

/** Five digits without space. */
export const readPostcode = (text: string): CellReading<string> => {
  const parts = POSTCODE.exec(oneLine(text));
  return parts ? ok(`${parts[1]}${parts[2]}`) : refuse('postcode-malformed');
};

export const readTravelMinutes = (text: string): CellReading<number> => {
  const digits = MINUTES.exec(fold(text))?.[1];
  const minutes = TRAVEL_MINUTES.safeParse(Number(digits));
  return minutes.success && minutes.data !== null ? ok(minutes.data) : refuse('travel-minutes-malformed');
};

const YES_NO: ReadonlyMap<string, boolean> = new Map([
  ['ja', true],
  ['j', true],
  ['yes', true],
  ['nej', false],
  ['n', false],
  ['no', false],
]);

export const readYesNo = (text: string): CellReading<boolean> => {
  const answer = YES_NO.get(fold(text));
  return answer === undefined ? refuse('yes-no-unknown') : ok(answer);
};
