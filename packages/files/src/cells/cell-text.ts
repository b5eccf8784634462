/** Printable Latin-1 that does not look like a formula: nearly every cell, and nothing in it needs cleaning. */
const ORDINARY = /^(?!=)[ -~¡-¬®-ÿ]*$/;

/** A cell without what nobody can see: composed letters, ordinary spaces, no control or zero-width characters. */
export const cleanCell = (raw: string): string => {
  if (ORDINARY.test(raw)) return raw.trim();
  const text = raw
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[^\S\n]/g, ' ')
    .replace(/[\p{Cc}\p{Co}\p{Cs}]/gu, (character) => (character === '\n' ? '\n' : ' '))
    .trim();
  // Some registers write ="0701234567" so that Excel keeps leading zeros.
  const formula = /^="([^"]*)"$/.exec(text);
  return formula?.[1]?.trim() ?? text;
};

/** White space of any kind as one space. */
export const oneLine = (text: string): string =>
  / {2}|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim();

/** For comparing words: one line, lower case. */
export const fold = (text: string): string => oneLine(text).toLowerCase();

/** Dashes as keyboards and Excel make them, as a hyphen. */
export const plainDashes = (text: string): string => text.replace(/[\u2010-\u2015\u2212]/g, '-');

/** The parts of a list cell: comma, semicolon or line break between them, empty parts left out. */
export const splitList = (text: string): readonly string[] =>
  text
    .split(/[,;\n]/)
    .map(oneLine)
    .filter((part) => part !== '');

/** The same, where a Swedish "och" may also stand between two short words. */
export const splitWords = (text: string): readonly string[] =>
  splitList(text).flatMap((part) => part.split(/\s+(?:och|samt|&)\s+|\s*[/+]\s*/i).filter((word) => word !== ''));

const NONE_WORDS: ReadonlySet<string> = new Set(['inget', 'inga', 'ingen']);

/** "inget": a known none, which is something else than an empty cell. */
export const saysNone = (text: string): boolean => NONE_WORDS.has(fold(text));
