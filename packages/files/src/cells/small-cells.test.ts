import { LICENCE_CLASSES } from '@gruppstart/domain/intake/driving-licence';
import { MEASURE_FAMILIES } from '@gruppstart/domain/intake/measure';
import { SUPPORT_NEED_LABELS, SUPPORT_NEEDS } from '@gruppstart/domain/intake/person';
import { describe, expect, test } from 'vitest';
import { cleanCell } from './cell-text.ts';
import { readLicences } from './licences.ts';
import { readMeasures } from './measures.ts';
import { readEmail, readName, readPhone } from './name-and-contact.ts';
import { readProtection } from './protection.ts';
import { readSupportNeeds } from './support-needs.ts';
import { readPostcode, readTravelMinutes, readYesNo } from './travel.ts';

describe('cleaning a cell', () => {
  test.each([
    { name: 'white space around', raw: ' \t a b\u00a0 ', clean: 'a b' },
    { name: 'zero-width marks', raw: '\ufeffa\u200bb\u00ad', clean: 'ab' },
    { name: 'letters in two parts', raw: 'A\u030angstro\u0308m', clean: 'Ångström' },
    { name: 'control characters', raw: 'a\u0001b\u0085c', clean: 'a b c' },
    { name: 'half a surrogate pair', raw: 'a\ud800b', clean: 'a b' },
    { name: 'line breaks of another system', raw: 'a\r\nb\rc', clean: 'a\nb\nc' },
    { name: 'a formula that only keeps zeros', raw: '="0701234567"', clean: '0701234567' },
    { name: 'nothing but white space', raw: ' \u00a0\u3000\n', clean: '' },
  ])('$name', ({ raw, clean }) => {
    expect(cleanCell(raw)).toBe(clean);
  });
});

describe('a name', () => {
  test.each([
    'Jörgen',
    "O'Neill",
    'Y?lmaz',
    'Anna-Lena',
    'García Márquez',
    'de la Cruz, M.',
    '李小龙',
    'Ngũgĩ',
    'X',
    'D’Arc',
    'a'.repeat(80),
  ])('%s is kept', (text) => {
    expect(readName(text)).toEqual({ ok: true, value: text });
  });

  test.each(['Anna 2', '19700926-9973', 'anna@example.se', '?', '-', 'A;B', '<b>Anna</b>', '=A', 'a'.repeat(81)])(
    '%s is no name',
    (text) => {
      expect(readName(text)).toMatchObject({ ok: false, error: { code: 'name-malformed' } });
    },
  );
});

describe('contact', () => {
  test.each(['070-578 16 94', '0701234567', '+46 70 578 16 94', '(08) 123 45 67', '08-12345', '701234567'])(
    '%s is a telephone number',
    (text) => {
      expect(readPhone(text)).toEqual({ ok: true, value: text });
    },
  );

  test.each(['1234', 'saknas', '070-578 16 94 / 08-123 45 67', '070x', 'anna@example.se', '+', '7,01235E+8'])(
    '%s is no telephone number',
    (text) => {
      expect(readPhone(text)).toMatchObject({ ok: false, error: { code: 'phone-malformed' } });
    },
  );

  test.each(['anna.ek0@example.se', 'a+b@mail.example.com'])('%s is an e-mail address', (text) => {
    expect(readEmail(text)).toEqual({ ok: true, value: text });
  });

  test.each([
    'anna',
    'anna@',
    '@example.se',
    'a@b',
    'a b@example.se',
    'a@example.se, b@example.se',
    `${'a'.repeat(120)}@example.se`,
  ])('%s is no e-mail address', (text) => {
    expect(readEmail(text)).toMatchObject({ ok: false, error: { code: 'email-malformed' } });
  });
});

describe('postcode, travel and car', () => {
  test.each([
    { text: '82693', postcode: '82693' },
    { text: '826 93', postcode: '82693' },
    { text: '826\u00a093', postcode: '82693' },
  ])('$text is a postcode', ({ text, postcode }) => {
    expect(readPostcode(text)).toEqual({ ok: true, value: postcode });
  });

  test.each(['8269', '826931', '02693', '82 693', 'S-82693', '82693 Söderhamn', '82693,0'])(
    '%s is no postcode',
    (text) => {
      expect(readPostcode(text)).toMatchObject({ ok: false, error: { code: 'postcode-malformed' } });
    },
  );

  test.each([
    { text: '45', minutes: 45 },
    { text: '45 min', minutes: 45 },
    { text: '90 minuter', minutes: 90 },
    { text: '60,0', minutes: 60 },
    { text: '5', minutes: 5 },
    { text: '240', minutes: 240 },
  ])('$text is $minutes minutes', ({ text, minutes }) => {
    expect(readTravelMinutes(text)).toEqual({ ok: true, value: minutes });
  });

  test.each(['4', '241', '0', '-30', '1 timme', '1,5', '00:45', 'långt', '99999'])('%s is no travel time', (text) => {
    expect(readTravelMinutes(text)).toMatchObject({ ok: false, error: { code: 'travel-minutes-malformed' } });
  });

  test.each([
    { text: 'Ja', answer: true },
    { text: 'JA', answer: true },
    { text: 'j', answer: true },
    { text: 'yes', answer: true },
    { text: 'Nej', answer: false },
    { text: 'n', answer: false },
    { text: 'no', answer: false },
  ])('$text is $answer', ({ text, answer }) => {
    expect(readYesNo(text)).toEqual({ ok: true, value: answer });
  });

  test.each(['kanske', '1', '0', 'x', 'ja, ibland', '-'])('%s is neither yes nor no', (text) => {
    expect(readYesNo(text)).toMatchObject({ ok: false, error: { code: 'yes-no-unknown' } });
  });
});

describe('driving licences', () => {
  test.each(LICENCE_CLASSES)('%s is a class', (licence) => {
    expect(readLicences(licence.toLowerCase())).toEqual({ ok: true, value: [licence] });
  });

  test.each([
    { text: 'B, C', licences: ['B', 'C'] },
    { text: 'C; b och AM', licences: ['AM', 'B', 'C'] },
    { text: 'B/BE', licences: ['B', 'BE'] },
    { text: 'B, B', licences: ['B'] },
    { text: 'inget', licences: [] },
    { text: 'Nej', licences: [] },
  ])('$text is read, in the law’s order', ({ text, licences }) => {
    expect(readLicences(text)).toEqual({ ok: true, value: licences });
  });

  test.each(['Ja', 'B-körkort', 'B96', 'E', 'B C', 'truck', ','])('%s is no class', (text) => {
    expect(readLicences(text)).toMatchObject({ ok: false, error: { code: 'licence-unknown' } });
  });
});

describe('possible measures', () => {
  test.each(MEASURE_FAMILIES)('%s is a family', (family) => {
    expect(readMeasures(family)).toEqual({ ok: true, value: [family] });
  });

  test.each([
    { text: 'NYSTARTSJOBB, INTRODUKTIONSJOBB', families: ['INTRODUKTIONSJOBB', 'NYSTARTSJOBB'] },
    { text: 'Lönebidrag; osa', families: ['LONEBIDRAG', 'OSA'] },
    { text: 'inget', families: [] },
  ])('$text is read, in the order of the catalogue', ({ text, families }) => {
    expect(readMeasures(text)).toEqual({ ok: true, value: families });
  });

  test.each(['SUPERJOBB', 'EXTRATJANST', 'OSA NYSTARTSJOBB', '?', ','])('%s is no family', (text) => {
    expect(readMeasures(text)).toMatchObject({ ok: false, error: { code: 'measure-unknown' } });
  });
});

describe('protected data', () => {
  test.each([
    { text: 'Nej', kind: 'none' },
    { text: 'inga', kind: 'none' },
    { text: 'Sekretessmarkering', kind: 'secrecy-marking' },
    { text: 'skyddad  folkbokföring', kind: 'protected-registration' },
  ])('$text is $kind', ({ text, kind }) => {
    expect(readProtection(text)).toEqual({ ok: true, value: kind });
  });

  test.each(['Ja', 'ja, skyddad', 'skyddad', 'fingerade uppgifter', 'x', '-'])(
    '%s does not say which kind it is',
    (text) => {
      expect(readProtection(text)).toMatchObject({ ok: false, error: { code: 'protection-unknown' } });
    },
  );
});

describe('support needs', () => {
  test.each(SUPPORT_NEEDS)('%s is known by its names', (need) => {
    const { sv, en } = SUPPORT_NEED_LABELS[need];
    for (const text of [sv, sv.toUpperCase(), en, need]) {
      expect(readSupportNeeds(text)).toEqual({ needs: [need], otherTextDropped: false });
    }
  });

  test.each([
    { text: 'pauser, sittande arbete', needs: ['seated-work', 'breaks'], otherTextDropped: false },
    { text: 'annat', needs: ['other-talk'], otherTextDropped: false },
    { text: 'inga', needs: [], otherTextDropped: false },
    { text: 'ryggproblem efter olycka', needs: [], otherTextDropped: true },
    { text: 'pauser, ont i ryggen', needs: ['breaks'], otherTextDropped: true },
    { text: 'sittande arbete pga rygg', needs: [], otherTextDropped: true },
  ])('$text keeps what is in the list and nothing else', ({ text, ...expected }) => {
    expect(readSupportNeeds(text)).toEqual(expected);
  });
});
