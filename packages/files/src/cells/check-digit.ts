import Personnummer from 'personnummer';

/**
 * The package's types describe its ES build (a default export); Node loads its CommonJS build, where the class is the
 * module itself, and esbuild unwraps either. So the type is stated here.
 */
const library = Personnummer as unknown as { valid(pin: string): boolean };

/** True when the last digit of a personal or coordination number (ten or twelve digits) is the right one. */
export const hasRightCheckDigit = (number: string): boolean => library.valid(number);
