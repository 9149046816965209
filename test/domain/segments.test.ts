import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../src/domain/conversation/segments.ts';

/** Characters that are one grapheme each; what carriers do to joined emoji is not agreed upon. */
const gsm = fc.constantFrom(...'abc XYZ019@£$¥èéùìòÇØøÅåΔ_ΦΩÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n');
const extension = fc.constantFrom(...'^{}\\[~]|€');
const wide = fc.constantFrom(...'áíóúçê’“”–…日本語אבжщ');
const astral = fc.constantFrom('😀', '🙏', '🩺', '𝒳');

const textOf = (...characters: fc.Arbitrary<string>[]) =>
  fc.array(fc.oneof(...characters), { maxLength: 420 }).map((parts) => parts.join(''));

function expectAgreement(text: string): void {
  const reference = new SegmentedMessage(text);
  const segments = segmentsOf(text);
  expect(segments.encoding).toBe(reference.encodingName);
  expect(segments.count).toBe(text === '' ? 0 : reference.segmentsCount);
}

describe('segments of a text', () => {
  it('agree with the reference calculator for GSM-7 texts', () => {
    fc.assert(fc.property(textOf(gsm, extension), expectAgreement));
  });

  it('agree with the reference calculator for texts of any characters', () => {
    fc.assert(fc.property(textOf(gsm, extension, wide, astral), expectAgreement));
  });

  it('are none for the empty text', () => {
    expect(segmentsOf('')).toEqual({ encoding: 'GSM-7', units: 0, count: 0, costly: null });
  });

  it.each([
    ['160 plain characters are one', 'a'.repeat(160), 1],
    ['161 plain characters are two', 'a'.repeat(161), 2],
    ['306 plain characters are two', 'a'.repeat(306), 2],
    ['307 plain characters are three', 'a'.repeat(307), 3],
    ['80 euro signs are one', '€'.repeat(80), 1],
    ['81 euro signs are two', '€'.repeat(81), 2],
    ['a euro sign is never cut in half', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['70 characters with an accent are one', 'á'.repeat(70), 1],
    ['71 characters with an accent are two', 'á'.repeat(71), 2],
    ['an emoji is never cut in half', `${'á'.repeat(66)}😀${'á'.repeat(66)}`, 3],
  ])('%s', (_, text, count) => {
    expect(segmentsOf(text).count).toBe(count);
  });

  it('name the character that makes a text cost more', () => {
    expect(segmentsOf('¿Puede mañana?').costly).toBeNull();
    expect(segmentsOf('Sí, a las 3').costly).toBe('í');
    expect(segmentsOf('See you 🙏').costly).toBe('🙏');
  });

  it('count a two-unit character twice', () => {
    expect(segmentsOf('[ok]').units).toBe(6);
    expect(segmentsOf('🙏').units).toBe(2);
  });
});
