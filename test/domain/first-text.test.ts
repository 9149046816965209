import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../src/domain/conversation/segments.ts';
import { isCheaperPlain, withPlainCharacters } from '../../src/domain/text/plain-characters.ts';
import { DEFAULT_TEXT_LANGUAGES, defaultText } from '../../src/domain/triggers/default-text.ts';
import { firstTextFault, firstTextLength, tidyFirstText } from '../../src/domain/triggers/first-text.ts';
import { firstTextWarnings, type TextPlace } from '../../src/domain/triggers/first-text-warnings.ts';
import { MAX_FIRST_TEXT_LENGTH, USE_CASES } from '../../src/domain/triggers/use-case.ts';

const PLACE: TextPlace = {
  practiceName: 'Lakeside Family Clinic',
  useCase: 'abandoned-call',
  ownNumbers: ['+12062020100', '+12065550101'],
};
const warned = (text: string, place: Partial<TextPlace> = {}) =>
  firstTextWarnings(text, { ...PLACE, ...place }).map((warning) => warning.is);
const found = (text: string) =>
  firstTextWarnings(text, PLACE).flatMap((warning) => ('found' in warning ? [warning.found] : []));

describe('an automatic first text', () => {
  it('is taken or refused by its length alone, whatever it is made of', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '’'), maxLength: 300 });
    fc.assert(
      fc.property(text, (raw) => {
        const tidy = tidyFirstText(raw);
        const isTaken = firstTextFault(tidy) === null;
        expect(isTaken).toBe(tidy !== '' && firstTextLength(tidy) <= MAX_FIRST_TEXT_LENGTH);
      }),
    );
  });

  it('is tidied once', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(tidyFirstText(tidyFirstText(raw))).toBe(tidyFirstText(raw));
        expect(tidyFirstText(raw)).not.toContain('\r');
      }),
    );
  });

  it('holds no smart phrase wherever it stands, and may hold a brace', () => {
    const around = fc.string({ unit: fc.constantFrom('a', ' ', '.', '\n'), maxLength: 40 });
    fc.assert(
      fc.property(around, around, fc.stringMatching(/^[a-z ]{1,20}$/), (before, after, name) => {
        expect(firstTextFault(`x${before}{${name}}${after}x`)).toMatch(/smart phrases/);
      }),
    );
    expect(firstTextFault('Use } or {')).toBeNull();
  });

  it('has nothing in it that a screen cannot show', () => {
    expect(firstTextFault('a\u0007b')).toMatch(/cannot be seen/);
    expect(firstTextFault('a\tb')).toMatch(/cannot be seen/);
    expect(firstTextFault('a\ud83d')).toMatch(/cannot be seen/);
    expect(firstTextFault('a\nb')).toBeNull();
  });
});

describe('warnings', () => {
  it.each(USE_CASES)('are none for the default texts: %s', (useCase) => {
    for (const language of DEFAULT_TEXT_LANGUAGES) {
      const text = defaultText(useCase, language, PLACE.practiceName);
      expect(warned(text, { useCase }).filter((is) => is !== 'costly-character')).toEqual([]);
    }
  });

  it('miss the name of the practice, in whatever case and spacing it stands', () => {
    expect(warned('How can we help?')).toContain('practice-not-named');
    expect(warned('LAKESIDE  family-clinic here')).not.toContain('practice-not-named');
    expect(warned('Lakeside Clinic here')).toContain('practice-not-named');
  });

  it('find a number that is not one of the practice, in any form', () => {
    for (const own of ['206-202-0100', '(206) 202-0100', '+1 206.202.0100', '2065550101', '1-206-555-0101']) {
      expect(warned(`Call ${own} or text.`)).not.toContain('foreign-number');
    }
    expect(found('Call 206-202-0101, or (425) 555-0199.')).toEqual(['206-202-0101', '(425) 555-0199']);
    expect(warned('Call 911. Open 8-12 and 13-17, since 1998.')).not.toContain('foreign-number');
    expect(warned('See https://clinic.example/2065559999')).not.toContain('foreign-number');
  });

  it('find any number that is not their own, however its digits are parted', () => {
    const gap = fc.constantFrom('', ' ', '-', '.');
    const digits = fc.stringMatching(/^[2-8][0-8][0-9][2-9][0-9]{6}$/);
    fc.assert(
      fc.property(digits, gap, gap, (number, a, b) => {
        const written = `${number.slice(0, 3)}${a}${number.slice(3, 6)}${b}${number.slice(6)}`;
        const isOwn = PLACE.ownNumbers.includes(`+1${number}`);
        expect(warned(`Please call ${written} now`).includes('foreign-number')).toBe(!isOwn);
      }),
    );
  });

  it('find shortened links and leave other links alone', () => {
    expect(found('See bit.ly/abc.')).toEqual(['bit.ly/abc']);
    expect(found('See HTTPS://www.TinyURL.com/x?y=1')).toEqual(['HTTPS://www.TinyURL.com/x?y=1']);
    expect(warned('See https://clinic.example/bit.ly')).not.toContain('shortened-link');
    expect(warned('We are open.Call us')).not.toContain('shortened-link');
  });

  it('ask for an opt-out only where nobody asked for the text', () => {
    expect(warned('Sorry we missed you.')).toContain('no-opt-out');
    expect(warned('Sorry. Reply stop to end.')).not.toContain('no-opt-out');
    expect(warned('We are nonstop here.')).toContain('no-opt-out');
    expect(warned('Sorry about the hold.', { useCase: 'call-to-text' })).not.toContain('no-opt-out');
  });

  it('name the character that makes a text cost more, and only where it does', () => {
    const long = 'x'.repeat(80);
    const [costly] = firstTextWarnings(`It’s ${long}`, PLACE).filter(({ is }) => is === 'costly-character');
    expect(costly).toEqual({ is: 'costly-character', found: '’', segments: 2, without: 1 });
    expect(warned('It’s short')).not.toContain('costly-character');
  });

  it('never fail, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(Array.isArray(firstTextWarnings(text, PLACE))).toBe(true);
      }),
    );
  });
});

describe('plain characters', () => {
  it('take the place of curly quotes, dashes and odd spaces', () => {
    expect(withPlainCharacters('“It’s” – one…\u00a0two')).toBe('"It\'s" - one... two');
    expect(isCheaperPlain(`It’s ${'x'.repeat(80)}`)).toBe(true);
    expect(isCheaperPlain(`It’s ${'x'.repeat(80)} 😀`)).toBe(false);
  });

  it('are a fixed point, and never cost more segments but for the dots of an ellipsis', () => {
    const unit = fc.constantFrom('a', '’', '“', '—', '\u00a0', '\u200b', 'ñ', '😀', ' ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        const plain = withPlainCharacters(text);
        expect(withPlainCharacters(plain)).toBe(plain);
        expect(segmentsOf(plain).count).toBeLessThanOrEqual(segmentsOf(text).count);
      }),
    );
  });
});
