import { describe, expect, test } from 'vitest';
import { PersonalNumber } from '../intake/person.ts';
import { localDate } from '../shared/local-date.ts';
import { groupsOf } from './compared-groups.ts';

const TODAY = localDate('2026-12-01');
const on = (number: string, day: string = TODAY) => groupsOf(PersonalNumber.parse(number), localDate(day));

describe('legal sex', () => {
  test.each([
    ['198507099805', 'woman'],
    ['198507099813', 'man'],
    ['198507099821', 'woman'],
    ['198507099839', 'man'],
    ['198507699803', 'woman'],
    ['198507699811', 'man'],
  ])('of %s is %s, by the ninth of its ten digits', (number, sex) => {
    expect(on(number).sex).toBe(sex);
  });
});

describe('age', () => {
  test.each([
    ['20011202', 'under-25'],
    ['20011201', '25-34'],
    ['19911202', '25-34'],
    ['19911201', '35-44'],
    ['19811202', '35-44'],
    ['19811201', '45-54'],
    ['19711202', '45-54'],
    ['19711201', '55-and-over'],
    ['19120101', '55-and-over'],
    ['20261201', 'under-25'],
  ])('of who was born %s is %s: the band changes on the birthday', (born, band) => {
    expect(on(`${born}9805`).age).toBe(band);
  });

  test('is read from a coordination number less the sixty that its day has more', () => {
    expect([on('198507699803').age, on('198507099805').age]).toEqual(['35-44', '35-44']);
  });

  test.each([
    ['2025-02-28', 'under-25'],
    ['2025-03-01', '25-34'],
  ])('changes for 29 February in other years on 1 March: %s is %s', (day, band) => {
    expect(on('200002299804', day).age).toBe(band);
  });

  test.each([
    ['a month that is none', '198513099805'],
    ['a day that is none', '198502319805'],
    ['the thirty-second of a coordination number', '198507929805'],
    ['a birth that lies ahead', '202707099805'],
  ])('is unknown with %s in the number', (_, number) => {
    expect(on(number).age).toBeNull();
  });
});

test('who has no number is unknown in both, whatever else is known', () => {
  expect(groupsOf(null, TODAY)).toEqual({ sex: null, age: null });
});
