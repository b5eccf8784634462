import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from './text-decoding.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, isLittleEndian: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, isLittleEndian);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(2 + index * 2, text.charCodeAt(index), isLittleEndian);
  }
  return new Uint8Array(view.buffer);
};

describe('decoding a text file', () => {
  test.each([
    { name: 'UTF-8 with a mark', sent: bytes(0xef, 0xbb, 0xbf, ...utf8('Förnamn')), encoding: 'utf-8' },
    { name: 'UTF-8 without a mark', sent: utf8('Förnamn'), encoding: 'utf-8' },
    { name: 'windows-1252', sent: bytes(0x46, 0xf6, 0x72, 0x6e, 0x61, 0x6d, 0x6e), encoding: 'windows-1252' },
    { name: 'UTF-16 as Excel calls Unicode text', sent: utf16('Förnamn', true), encoding: 'utf-16le' },
    { name: 'big-endian UTF-16', sent: utf16('Förnamn', false), encoding: 'utf-16be' },
  ])('$name gives the same text, without its mark', ({ sent, encoding }) => {
    expect(decodeText(sent)).toEqual({ ok: true, value: { text: 'Förnamn', encoding } });
  });

  test('the letters that windows-1252 has beside Latin-1 are read as Excel means them', () => {
    const decoded = decodeText(bytes(0x80, 0x92, 0x96, 0xe5));
    expect(decoded).toEqual({ ok: true, value: { text: '€’–å', encoding: 'windows-1252' } });
  });

  test.each([
    { name: 'a UTF-8 mark before bytes that are not UTF-8', sent: bytes(0xef, 0xbb, 0xbf, 0xf6, 0x72) },
    { name: 'UTF-16 that ends in half a letter', sent: bytes(0xff, 0xfe, 0x41) },
    { name: 'UTF-16 without a mark', sent: bytes(0x41, 0, 0x42, 0) },
    { name: 'a NUL in ordinary text', sent: utf8('Refe\0rens') },
  ])('$name is refused as unreadable', ({ sent }) => {
    expect(decodeText(sent)).toMatchObject({ ok: false, error: { code: 'encoding-unreadable', columns: [] } });
  });

  test.each([
    { name: 'a workbook', sent: bytes(0x50, 0x4b, 0x03, 0x04, 0x14) },
    { name: 'an old workbook', sent: bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1) },
    { name: 'a PDF', sent: utf8('%PDF-1.7') },
  ])('$name is refused with advice to save it as text', ({ sent }) => {
    const decoded = decodeText(sent);
    expect(decoded).toMatchObject({ ok: false, error: { code: 'file-kind-unsupported' } });
    if (!decoded.ok) expect(decoded.error.detail.sv).toContain('CSV UTF-8');
  });

  test('any text comes back from UTF-8 and from UTF-16', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((sent) => !sent.includes('\0') && !/^[\ufeff%P]/.test(sent));
    fc.assert(
      fc.property(text, (sent) => {
        expect(decodeText(utf8(sent))).toMatchObject({ ok: true, value: { text: sent } });
        expect(decodeText(utf16(sent, true))).toMatchObject({ ok: true, value: { text: sent } });
      }),
    );
  });

  test('any bytes get an answer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (sent) => {
        expect(typeof decodeText(sent).ok).toBe('boolean');
      }),
    );
  });
});
