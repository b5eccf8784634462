import { type Cells, fileOf } from '@gruppstart/files/test-support/candidate-file-text';

/** The check digit of a personal number: the digits doubled and single by turns, their sum filled up to a ten. */
const checkDigit = (nine: string): number => {
  const sum = [...nine].reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
};

/** Numbers of invented people: serials from 980 up are given to nobody. */
export const personalNumberOf = (index: number): string => {
  const day = new Date(Date.UTC(1970, 0, 1 + Math.floor(index / 20))).toISOString().slice(0, 10).replaceAll('-', '');
  const serial = String(980 + (index % 20));
  return `${day}-${serial}${checkDigit(`${day.slice(2)}${serial}`)}`;
};

/** A file of so many invented people, each with a reference of their own. */
export const fileOfPeople = (count: number, cells: (index: number) => Cells = () => ({})): Uint8Array =>
  fileOf(
    Array.from({ length: count }, (_, index) => ({
      reference: `R-${index}`,
      personalNumber: personalNumberOf(index),
      ...cells(index),
    })),
  );
