import { describe, expect, it, test } from 'vitest';
import { ariaForm, capsOf, chordOf, type Press, shortForm } from '../../ui/inbox/keys/chord.ts';
import { type Findable, fitting } from '../../ui/inbox/keys/fitting.ts';
import { actionOf, type Situation, writingActionOf } from '../../ui/inbox/keys/meaning.ts';
import { PLACES } from '../../ui/inbox/keys/places.ts';
import {
  ACTIONS,
  type Action,
  allKeys,
  GROUPS,
  isSingleKey,
  shortcut,
} from '../../ui/inbox/keys/shortcuts.ts';

const AT_REST: Situation = {
  isTyping: false,
  isInList: false,
  isOnPage: false,
  areSingleKeysOn: true,
  isRepeated: false,
};

function press(key: string, changes: Partial<Press> = {}): Press {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isAltGraph: false,
    ...changes,
  };
}

function every(...places: string[]): Action[] {
  return ACTIONS.filter((action) => places.includes(shortcut(action).where));
}

describe('the table of shortcuts', () => {
  test('has words for each, and no two with the same', () => {
    const words = ACTIONS.map((action) => shortcut(action).words);
    expect(new Set(words).size).toBe(words.length);
    expect(words.filter((one) => one.trim() === '')).toEqual([]);
  });

  test('gives no key to two actions that are within reach at once', () => {
    for (const reach of [every('inbox', 'everywhere'), every('writing')]) {
      const keys = reach.flatMap(allKeys);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(ACTIONS.filter((action) => allKeys(action).length === 0)).toEqual([]);
  });

  test('lists every one of them under a heading', () => {
    expect(ACTIONS.filter((action) => !GROUPS.includes(shortcut(action).group))).toEqual([]);
    expect([...new Set(ACTIONS.map((action) => shortcut(action).group))].sort()).toEqual([...GROUPS].sort());
  });

  test.each(ACTIONS)('%s is what its keys ask for', (action) => {
    const { keys, inList = [], where } = shortcut(action);
    for (const chord of keys)
      expect(where === 'writing' ? writingActionOf(chord) : actionOf(chord, AT_REST)).toBe(action);
    for (const chord of inList) {
      expect(actionOf(chord, { ...AT_REST, isInList: true })).toBe(action);
      expect(actionOf(chord, AT_REST)).toBeNull();
    }
  });

  test('writes each the way that a press of it is read', () => {
    for (const chord of ACTIONS.flatMap(allKeys)) {
      const keys = chord.split('+');
      const key = keys.at(-1) ?? '';
      const isMod = keys.includes('Mod');
      const shiftKey = keys.includes('Shift');
      expect(chordOf(press(key, { ctrlKey: isMod, shiftKey }), false)).toBe(chord);
      expect(chordOf(press(key, { metaKey: isMod, shiftKey }), true)).toBe(chord);
    }
  });

  test('asks for one letter after G, each for one place', () => {
    expect(PLACES.filter(({ letter }) => !/^[a-z]$/.test(letter))).toEqual([]);
    expect(new Set(PLACES.map(({ letter }) => letter)).size).toBe(PLACES.length);
  });
});

describe('a single key', () => {
  const singles = ACTIONS.filter((action) => shortcut(action).where !== 'writing').flatMap((action) =>
    shortcut(action).keys.filter(isSingleKey),
  );

  test('is text while somebody is writing', () => {
    for (const chord of singles) expect(actionOf(chord, { ...AT_REST, isTyping: true })).toBeNull();
  });

  test('does nothing once single keys are switched off, G and the brackets included', () => {
    expect(singles).toEqual(expect.arrayContaining(['g', '[', ']', '/', '?']));
    for (const chord of singles) expect(actionOf(chord, { ...AT_REST, areSingleKeysOn: false })).toBeNull();
  });

  test('leaves what has ⌘, Ctrl, an arrow or Escape as it is', () => {
    const off = { ...AT_REST, areSingleKeysOn: false, isInList: true };
    expect(actionOf('Mod+k', off)).toBe('palette');
    expect(actionOf('ArrowDown', off)).toBe('next-row');
    expect(actionOf('Escape', { ...off, isTyping: true })).toBe('back');
  });

  test('that is held down moves on, and does nothing else twice', () => {
    const held = { ...AT_REST, isRepeated: true };
    expect(actionOf('j', held)).toBe('next-row');
    expect(actionOf(']', held)).toBe('next-conversation');
    expect(actionOf('e', held)).toBeNull();
    expect(actionOf('Mod+k', held)).toBeNull();
  });

  test('of the inbox does nothing on a page beside it', () => {
    const onPage = { ...AT_REST, isOnPage: true };
    expect(actionOf('e', onPage)).toBeNull();
    expect(actionOf('g', onPage)).toBe('go');
    expect(actionOf('Mod+k', { ...onPage, isTyping: true })).toBe('palette');
  });
});

describe('a keyboard', () => {
  it('has ⌘ on a Mac, and Ctrl elsewhere', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('Mod+k');
    expect(chordOf(press('k', { ctrlKey: true }), false)).toBe('Mod+k');
    // On a Mac this deletes to the end of the line; elsewhere that one is the system's.
    expect(chordOf(press('k', { ctrlKey: true }), true)).toBeNull();
    expect(chordOf(press('k', { metaKey: true }), false)).toBeNull();
  });

  it.each([
    ['German, Windows', press('[', { code: 'Digit8', ctrlKey: true, altKey: true, isAltGraph: true }), false],
    ['German, Linux', press('[', { code: 'Digit8', isAltGraph: true }), false],
    ['German, Mac', press('[', { code: 'Digit5', altKey: true }), true],
    ['French, Windows', press('[', { code: 'Digit5', ctrlKey: true, altKey: true, isAltGraph: true }), false],
    ['Russian', press('х', { code: 'BracketLeft' }), false],
    ['US', press('[', { code: 'BracketLeft' }), false],
  ])('may have the brackets anywhere: %s', (_, one, isApple) => {
    expect(chordOf(one, isApple)).toBe('[');
  });

  it.each([
    ['Russian', 'о', 'KeyJ', 'j'],
    ['Greek', 'ξ', 'KeyJ', 'j'],
    ['Arabic', 'ق', 'KeyR', 'r'],
    ['Hebrew', 'ק', 'KeyE', 'e'],
    ['Dvorak', 'j', 'KeyC', 'j'],
    ['French', 'a', 'KeyQ', 'a'],
    ['Caps Lock', 'E', 'KeyE', 'e'],
  ])('may have other letters, or the same in other places: %s', (_, key, code, chord) => {
    expect(chordOf(press(key, { code }), false)).toBe(chord);
  });

  it('does not take a letter that stands where another layout has a bracket', () => {
    expect(chordOf(press('ü', { code: 'BracketLeft' }), false)).toBe('ü');
  });

  it('may have the question mark behind Shift', () => {
    expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(actionOf('?', AT_REST)).toBe('help');
  });

  it('leaves to the browser what is held with other keys', () => {
    expect(chordOf(press('e', { altKey: true }), false)).toBeNull();
    expect(chordOf(press('r', { ctrlKey: true, altKey: true }), false)).toBeNull();
    expect(actionOf('Mod+r', AT_REST)).toBeNull();
  });
});

describe('a chord is shown', () => {
  it('as keyboards have it', () => {
    expect(capsOf('Mod+Shift+Enter', true).map(({ shown }) => shown)).toEqual(['⇧', '⌘', '↵']);
    expect(capsOf('Mod+Shift+Enter', false).map(({ shown }) => shown)).toEqual(['Ctrl', 'Shift', 'Enter']);
    expect(shortForm('Mod+Enter', true)).toBe('⌘↵');
    expect(shortForm('Mod+Enter', false)).toBe('Ctrl ↵');
    expect(shortForm('/', false)).toBe('/');
  });

  it('and said to screen readers, in words and in aria-keyshortcuts', () => {
    expect(capsOf('[', false)).toEqual([{ shown: '[', said: 'Left bracket' }]);
    expect(ariaForm('Mod+Enter', true)).toBe('Meta+Enter');
    expect(ariaForm('e', false)).toBe('E');
  });
});

describe('what is typed into a list of choices', () => {
  const choice = (label: string, group: string, also = ''): Findable => ({ group, label, also });
  const all = [
    choice('Needs reply', 'Views', 'go to'),
    choice('Write a reply', 'Actions'),
    choice('Quick responses', 'Pages', 'go to'),
    choice('José Núñez', 'Conversations', '+12062020171 (206) 202-0171'),
    choice('(206) 202-0199', 'Conversations', '+12062020199'),
  ];
  const found = (words: string) => fitting(all, words).map(({ label }) => label);

  it('leaves all where nothing is typed', () => {
    expect(found(' ')).toEqual(all.map(({ label }) => label));
  });

  it('finds by parts, in any order, without accents, and with letters left out', () => {
    expect(found('reply')).toEqual(['Needs reply', 'Write a reply']);
    expect(found('reply wr')).toEqual(['Write a reply']);
    expect(found('nunez')).toEqual(['José Núñez']);
    expect(found('qresp')).toEqual(['Quick responses']);
  });

  it('finds a number in any form', () => {
    expect(found('206-202-0171')).toEqual(['José Núñez']);
    expect(found('2020')).toEqual(['José Núñez', '(206) 202-0199']);
    expect(found('0199')).toEqual(['(206) 202-0199']);
  });

  it('keeps groups together, the one with the best first', () => {
    const groups = fitting(all, 're').map(({ group }) => group);
    const runs = groups.filter((group, index) => group !== groups[index - 1]);
    expect(runs).toEqual([...new Set(groups)]);
    expect(fitting(all, 'quick r')[0]?.group).toBe('Pages');
    expect(found('zebra')).toEqual([]);
  });
});
