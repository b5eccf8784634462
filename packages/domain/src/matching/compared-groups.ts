import * as z from 'zod';
import type { PersonalNumber } from '../intake/person.ts';
import { isCalendarDay, type LocalDate } from '../shared/local-date.ts';

/**
 * What people are compared by when somebody looks whether a run treats groups alike: two of the seven grounds of
 * diskrimineringslagen (2008:567) 1 kap. 5 §. The other five are held nowhere here, and nothing asks for them.
 */
export const DIMENSIONS = ['sex', 'age'] as const;
export const Dimension = z.enum(DIMENSIONS);
export type Dimension = z.infer<typeof Dimension>;

export const SEXES = ['woman', 'man'] as const;
export const AGE_BANDS = ['under-25', '25-34', '35-44', '45-54', '55-and-over'] as const;
export const ComparedGroupCode = z.enum([...SEXES, ...AGE_BANDS]);
export type ComparedGroupCode = z.infer<typeof ComparedGroupCode>;

/** The groups of each dimension, in the order in which they are shown. */
export const GROUPS_OF = { sex: SEXES, age: AGE_BANDS } as const satisfies Record<
  Dimension,
  readonly ComparedGroupCode[]
>;

/** The groups of one person; null is unknown. Knows the groups and nothing more of the person. */
export interface GroupsOfPerson {
  readonly sex: (typeof SEXES)[number] | null;
  readonly age: (typeof AGE_BANDS)[number] | null;
}

export const GROUPS_UNKNOWN: GroupsOfPerson = { sex: null, age: null };

/** Coordination numbers have this added to the day of birth. */
const COORDINATION_DAYS = 60;

/** The day of birth in a personal or coordination number; null where it names no day that exists. */
const birthDayIn = (number: PersonalNumber): string | null => {
  const dayOfMonth = Number(number.slice(6, 8));
  const day = dayOfMonth > COORDINATION_DAYS ? dayOfMonth - COORDINATION_DAYS : dayOfMonth;
  const text = `${number.slice(0, 4)}-${number.slice(4, 6)}-${String(day).padStart(2, '0')}`;
  return isCalendarDay(text) ? text : null;
};

/** Whole years on a day: one more from the birthday on, for 29 February in other years from 1 March. */
const ageOn = (today: LocalDate, born: string): number =>
  Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0);

const bandOf = (years: number): GroupsOfPerson['age'] => {
  if (years < 0) return null;
  if (years < 25) return 'under-25';
  if (years < 35) return '25-34';
  if (years < 45) return '35-44';
  return years < 55 ? '45-54' : '55-and-over';
};

/**
 * Legal sex and age band on a day, both from the number: its ninth digit of ten is odd for men and even for women
 * (folkbokföringslagen 1991:481, 18 §; coordination numbers follow it). Who has no number is unknown in both. A day of
 * birth alone is passed over on purpose: if it counted, those of unknown age would be people with protected identity
 * and hardly anybody else, and their number would mark them.
 */
export const groupsOf = (number: PersonalNumber | null, today: LocalDate): GroupsOfPerson => {
  if (number === null) return GROUPS_UNKNOWN;
  const born = birthDayIn(number);
  return {
    sex: Number(number.charAt(10)) % 2 === 1 ? 'man' : 'woman',
    age: born === null ? null : bandOf(ageOn(today, born)),
  };
};
