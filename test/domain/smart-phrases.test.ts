import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../src/domain/conversation/segments.ts';
import { openingAhead } from '../../src/domain/hours/opening-ahead.ts';
import { firstTextFault } from '../../src/domain/triggers/first-text.ts';
import {
  BUILT_IN_PHRASES,
  builtInValues,
  type ReplySituation,
} from '../../src/domain/words/built-in-phrases.ts';
import {
  editPhrases,
  phraseFault,
  repeatedPhrase,
  type SmartPhrase,
  tidyPhrase,
} from '../../src/domain/words/phrase-edits.ts';
import { refusedPhraseIn } from '../../src/domain/words/phrase-places.ts';
import { phraseValues } from '../../src/domain/words/phrase-values.ts';
import { fillPhrases, phraseKey, phrasesIn } from '../../src/domain/words/smart-phrase.ts';
import { LAKESIDE_HOURS } from '../../src/practices/seed-hours.ts';

const SCHEDULE = { ...LAKESIDE_HOURS, timeZone: 'America/Los_Angeles' };

/** Wednesday, 11 March 2026, 9:30 in Los Angeles. */
const WEDNESDAY = Date.parse('2026-03-11T09:30:00-07:00');
const SATURDAY = Date.parse('2026-03-14T09:30:00-07:00');

function situation(over: Partial<ReplySituation> = {}): ReplySituation {
  return {
    caller: { name: 'Maria López' },
    practice: { name: 'Lakeside Family Clinic', timeZone: 'America/Los_Angeles' },
    line: { number: '+12062020100' },
    staff: { name: 'Ana Reyes' },
    language: 'en',
    opening: openingAhead(SCHEDULE, WEDNESDAY),
    ...over,
  };
}

describe('filling in', () => {
  it('puts in what is known, whatever the case and spacing of the name, and leaves the rest', () => {
    const values = new Map([['caller name', 'Maria']]);
    expect(fillPhrases('Hi { Caller  NAME }, your {form}.', values)).toBe('Hi Maria, your {form}.');
  });

  it('leaves no phrase that is known, whatever the text, the names and the values are', () => {
    const name = fc.constantFrom('caller name', 'my name', 'Portal', 'a', 'x y');
    const piece = fc.oneof(
      fc.string(),
      name.map((one) => `{${one}}`),
      name.map((one) => `{ ${one.toUpperCase()}}`),
      fc.constantFrom('{', '}', '{{', '}}'),
    );
    const values = fc.dictionary(name, fc.oneof(piece, fc.string()));
    fc.assert(
      fc.property(fc.array(piece), values, (pieces, known) => {
        const map = new Map(Object.entries(known).map(([key, value]) => [phraseKey(key), value]));
        const filled = fillPhrases(pieces.join(''), map);
        const left = phrasesIn(filled).filter(({ key }) => map.has(key));
        expect(left).toEqual([]);
      }),
    );
  });

  it('cannot be misled by a caller who is named like a smart phrase', () => {
    const values = phraseValues(
      { general: [], own: [], opening: null },
      situation({ caller: { name: '{practice name}' } }),
    );
    expect(fillPhrases('Hi {caller name}', values)).toBe('Hi practice name');
  });

  it('prefers what the staff member says to what the practice says', () => {
    const general = [{ name: 'Signature', text: 'The team' }];
    const own = [{ name: 'signature', text: 'Ana' }];
    const opening = null;
    const fill = (values: Parameters<typeof phraseValues>[0]) =>
      fillPhrases('{signature}', phraseValues(values, situation()));
    expect(fill({ general, own: [], opening })).toBe('The team');
    expect(fill({ general, own, opening })).toBe('Ana');
    expect(fill({ general: [{ name: 'signature', text: null }], own: [], opening })).toBe('{signature}');
  });
});

describe('what is built in', () => {
  it('has a value only where that is true now', () => {
    const values = builtInValues(situation());
    expect(Object.fromEntries(values)).toEqual({
      'caller name': 'Maria López',
      'practice name': 'Lakeside Family Clinic',
      'line number': '(206) 202-0100',
      'my first name': 'Ana',
      'my name': 'Ana Reyes',
      'hours today': '8:00 AM - 12:00 PM, 1:00 PM - 5:00 PM',
      'next opening': expect.stringMatching(/^Wednesday, March 11 at 1:00 PM$/),
    });
    const unknown = builtInValues(situation({ caller: { name: null }, opening: null }));
    expect([...unknown.keys()]).toEqual(['practice name', 'line number', 'my first name', 'my name']);
    const closed = builtInValues(situation({ opening: openingAhead(SCHEDULE, SATURDAY) }));
    expect(closed.has('hours today')).toBe(false);
    expect(closed.get('next opening')).toMatch(/^Monday, March 16/);
  });

  it('speaks the language of the conversation, in characters that cost no more', () => {
    for (const language of ['en', 'es', 'es-MX', 'fr', 'so', 'no-such-language']) {
      const values = builtInValues(situation({ language, opening: openingAhead(SCHEDULE, WEDNESDAY) }));
      const hours = values.get('hours today') ?? '';
      expect(hours).toMatch(/8.*12.*(1|13).*(5|17)/);
      if (language === 'en' || language.startsWith('es')) expect(segmentsOf(hours).encoding).toBe('GSM-7');
    }
    expect(builtInValues(situation({ language: 'es' })).get('next opening')).toMatch(/^miércoles/);
  });

  it('knows a practice that never closes, one that never opens, and nights', () => {
    const day = [{ from: '00:00', to: '24:00' }];
    const week = (spans: typeof day) => ({
      ...SCHEDULE,
      holidays: [],
      week: Array.from({ length: 7 }, () => spans),
    });
    expect(openingAhead(week(day), WEDNESDAY)).toEqual({ today: null, nextOpensAt: null });
    expect(openingAhead(week([]), WEDNESDAY)).toEqual({ today: [], nextOpensAt: null });
    const night = openingAhead(week([{ from: '20:00', to: '02:00' }]), WEDNESDAY);
    expect(night.today?.length).toBe(2);
    expect(night.nextOpensAt).toBe(Date.parse('2026-03-11T20:00:00-07:00'));
  });

  it('has nothing about appointments', () => {
    expect(BUILT_IN_PHRASES.filter(({ name }) => /event|appointment|visit|date/.test(name))).toEqual([]);
  });
});

describe('where smart phrases may be', () => {
  it('is decided in one place: in replies and quick responses, in nothing that leaves by itself', () => {
    const text = 'Hi {caller name}, {x}';
    expect(refusedPhraseIn('reply', text)).toBeNull();
    expect(refusedPhraseIn('quick-response', text)).toBeNull();
    for (const place of ['first-text', 'after-hours-reply', 'smart-phrase'] as const)
      expect(refusedPhraseIn(place, text)).toBe('{caller name}');
    expect(firstTextFault(text)).toContain('{caller name}');
  });
});

describe('smart phrases that people make', () => {
  const NONE: SmartPhrase[] = [];
  const portal = { name: 'portal', text: 'https://lakeside.example' };

  it.each([
    [{ name: '', text: 'x' }, 'name'],
    [{ name: 'x'.repeat(41), text: 'x' }, 'name'],
    [{ name: 'a{b', text: 'x' }, 'name'],
    [{ name: 'Caller Name', text: 'x' }, 'name'],
    [{ name: 'ok', text: ' ' }, 'text'],
    [{ name: 'ok', text: 'x'.repeat(501) }, 'text'],
    [{ name: 'ok', text: 'see {portal}' }, 'text'],
    [{ name: 'ok', text: 'a\u0000b' }, 'text'],
  ])('are refused where they would do nothing: %#', (phrase, field) => {
    expect(phraseFault(tidyPhrase(phrase))?.field).toBe(field);
  });

  it('may be written with their braces, and ask for a text each time', () => {
    expect(tidyPhrase({ name: ' {Pharmacy  phone} ', text: null })).toEqual({
      name: 'Pharmacy phone',
      text: null,
    });
    expect(phraseFault({ name: 'Pharmacy phone', text: null })).toBeNull();
    expect(repeatedPhrase([portal, { name: 'PORTAL', text: 'x' }])?.name).toBe('PORTAL');
    expect(repeatedPhrase([portal])).toBeNull();
  });

  it('are changed by two people at once: different ones both stay, the same one is a conflict', () => {
    const mine = { name: 'mine', text: 'm' };
    const theirs = { name: 'theirs', text: 't' };
    expect(editPhrases([theirs], [mine], NONE)).toEqual({ is: 'changed', phrases: [mine, theirs] });
    expect(editPhrases([{ ...portal, text: 'theirs' }], [{ ...portal, text: 'mine' }], [portal])).toEqual({
      is: 'conflict',
      names: ['portal'],
    });
    expect(editPhrases(NONE, [{ ...portal, text: 'mine' }], [portal]).is).toBe('conflict');
    expect(editPhrases([portal], NONE, [portal])).toEqual({ is: 'changed', phrases: [] });
    expect(editPhrases([portal], [portal], NONE)).toEqual({ is: 'same' });
  });

  it('lose nothing to each other: a change is what was wanted, or a conflict', () => {
    const phrase = fc.record({ name: fc.constantFrom('a', 'b', 'c'), text: fc.constantFrom('1', '2', null) });
    const phrases = fc.uniqueArray(phrase, { selector: ({ name }) => name });
    fc.assert(
      fc.property(phrases, phrases, phrases, (current, wanted, seen) => {
        const edit = editPhrases(current, wanted, seen);
        if (edit.is !== 'changed') return;
        const of = (list: readonly SmartPhrase[], name: string) =>
          list.find((one) => one.name === name)?.text;
        for (const name of ['a', 'b', 'c']) {
          const isMine = of(wanted, name) !== of(seen, name);
          expect(of(edit.phrases, name)).toBe(of(isMine ? wanted : current, name));
        }
      }),
    );
  });
});
