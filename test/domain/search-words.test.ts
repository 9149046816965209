import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksIn, readSought, snippetAround } from '../../src/domain/inbox/search-words.ts';

const sought = (query: string) => {
  const read = readSought(query);
  if (read === null) throw new Error('nothing sought');
  return read;
};

/** The text with its marks in brackets. */
function marked(text: string, query: string): string {
  let all = '';
  let end = 0;
  for (const [from, to] of marksIn(text, sought(query))) {
    all += `${text.slice(end, from)}[${text.slice(from, to)}]`;
    end = to;
  }
  return all + text.slice(end);
}

describe('what is sought', () => {
  it.each([
    ['(206) 202-0123', '2062020123'],
    ['+1 206 202 0123', '2062020123'],
    ['1-206-202-0123', '2062020123'],
    ['001 206 202 0123', '2062020123'],
    ['206.202.0123', '2062020123'],
    ['206–202–0123', '2062020123'],
    ['+1206', '206'],
    ['0123', '0123'],
    ['202-01', '20201'],
    ['+44 20 7946', '44207946'],
  ])('%s is the number %s', (query, number) => {
    expect(readSought(query)?.number).toBe(number);
  });

  it.each(['12', 'room 101', 'Ana 0123', '٢٠٦٢٠٢'])('%s is no number', (query) => {
    expect(readSought(query)?.number).toBeNull();
  });

  it.each(['', '  ', '"', '*', '()', '🙂', '\u202e', '-- ;'])('nothing in “%s”', (query) => {
    expect(readSought(query)).toBeNull();
  });
});

describe('marks', () => {
  it.each([
    ['My refill ran out', 'ref', 'My [ref]ill ran out'],
    ['Señora NÚÑEZ', 'nunez senora', '[Señora] [NÚÑEZ]'],
    ['Se\u0301raphine', 'ser', '[Se\u0301r]aphine'],
    ['a café, cafeteria', 'cafe', 'a [café], [cafe]teria'],
    ['prefill', 'fill', 'prefill'],
    ["don't stop", 'don', "[don]'t stop"],
    ['отец и мать', 'МАТЬ', 'отец и [мать]'],
    ['हिन्दी में', 'हि', '[हि]न्दी में'],
    ['Her number is 206-202-0123', '(206) 202-0123', 'Her number is [206]-[202]-[0123]'],
    ['<b>refill</b>', 'refill', '<b>[refill]</b>'],
  ])('in “%s” for “%s”', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('are in order, do not overlap and never cut a character, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, query) => {
        const read = readSought(query);
        if (read === null) return;
        let end = 0;
        for (const [from, to] of marksIn(text, read)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          expect(text.slice(from, to).isWellFormed()).toBe(text.isWellFormed());
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('a snippet', () => {
  it('is the whole of a short text, on one line', () => {
    expect(snippetAround('My refill\n\n ran out', sought('refill'))).toBe('My refill ran out');
  });

  it('shows what was sought, wherever it stands, and says that it is cut', () => {
    const text = `${'So much to tell. '.repeat(40)}The refill ran out. ${'And more. '.repeat(40)}`;
    const snippet = snippetAround(text, sought('refill'));
    expect(snippet).toMatch(/^….*refill ran out.*…$/);
    expect(snippet.length).toBeLessThan(120);
  });

  it('cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('🙂', '👩‍👩‍👧', 'word ', 'refill '), { maxLength: 80 }),
        (parts) => {
          expect(snippetAround(parts.join(''), sought('refill')).isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
