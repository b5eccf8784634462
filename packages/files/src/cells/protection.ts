import type { ProtectionKind } from '@gruppstart/domain/intake/person';
import { ok } from '@gruppstart/domain/shared/result';
import { type CellReading, refuse } from './cell-reading.ts';
import { fold, saysNone } from './cell-text.ts';

const KIND_BY_WORD: ReadonlyMap<string, ProtectionKind> = new Map([
  ['nej', 'none'],
  ['sekretessmarkering', 'secrecy-marking'],
  ['sekretessmarkerad', 'secrecy-marking'],
  ['skyddad folkbokföring', 'protected-registration'],
]);

/** "Ja" is refused: which kind it is decides who may see the person. */
export const readProtection = (text: string): CellReading<ProtectionKind> => {
  if (saysNone(text)) return ok('none');
  const kind = KIND_BY_WORD.get(fold(text));
  return kind === undefined ? refuse('protection-unknown') : ok(kind);
};
