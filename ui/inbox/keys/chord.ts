/** How a press of keys is written, and how it is shown. */

/** What is read of a keyboard event. */
export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr, which Windows reports as Ctrl and Alt together. */
  isAltGraph: boolean;
}

const SIGNS = ['/', '?', '[', ']'];
/** Where a layout has no Latin letters, the place of the key says which one is meant. */
const PLACES: Record<string, string> = { BracketLeft: '[', BracketRight: ']', Slash: '/' };

/** `Mod+Shift+Enter`, `j`, `?`. Null for what is no chord of ours. */
export function chordOf(press: Press, isApple: boolean): string | null {
  const { ctrlKey, metaKey, altKey, shiftKey } = press;
  const key = letterOf(press);
  // Many layouts have the brackets only behind AltGr, or Option.
  if (SIGNS.includes(key) && (press.isAltGraph || (isApple && altKey && !metaKey))) return key;
  if (altKey) return null;
  // Ctrl+Enter sends on a Mac too, for whoever is used to it; Ctrl+K deletes to the end of the line there.
  const isMod = isApple ? metaKey || (ctrlKey && key === 'Enter') : ctrlKey;
  if (!isMod && (ctrlKey || metaKey)) return null;
  // A capital letter is also what Caps Lock makes, and `?` is behind Shift on most layouts.
  const hasShift = shiftKey && (isMod || key.length > 1);
  return `${isMod ? 'Mod+' : ''}${hasShift ? 'Shift+' : ''}${key}`;
}

function letterOf({ key, code }: Press): string {
  const isOfOtherScript = [...key].length === 1 && /[^\p{ASCII}\p{Script=Latin}]/u.test(key);
  if (!isOfOtherScript) return key.length === 1 ? key.toLowerCase() : key;
  return PLACES[code] ?? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

interface Cap {
  shown: string;
  /** For who hears it. */
  said: string;
}

const APPLE: Record<string, string> = { Mod: '⌘', Shift: '⇧', Enter: '↵', Escape: 'Esc' };
const OTHERS: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc' };
const ARROWS: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑' };
const SAID: Record<string, string> = {
  ArrowDown: 'Down arrow',
  ArrowUp: 'Up arrow',
  Escape: 'Escape',
  '/': 'Slash',
  '?': 'Question mark',
  '[': 'Left bracket',
  ']': 'Right bracket',
};

/** The keys of a chord one by one. */
export function capsOf(chord: string, isApple: boolean): Cap[] {
  const keys = chord.split('+');
  // Macs write ⇧⌘, others Ctrl Shift.
  const ordered = isApple && keys.length === 3 ? ['Shift', 'Mod', ...keys.slice(2)] : keys;
  return ordered.map((key) => ({
    shown: (isApple ? APPLE : OTHERS)[key] ?? ARROWS[key] ?? upper(key),
    said: key === 'Mod' ? (isApple ? 'Command' : 'Control') : (SAID[key] ?? upper(key)),
  }));
}

/** In one piece, where there is little room. */
export function shortForm(chord: string, isApple: boolean): string {
  return capsOf(chord, isApple)
    .map(({ shown }) => (shown === 'Enter' ? '↵' : shown))
    .join(isApple ? '' : ' ');
}

/** As `aria-keyshortcuts` has it. */
export function ariaForm(chord: string, isApple: boolean): string {
  return chord
    .split('+')
    .map((key) => (key === 'Mod' ? (isApple ? 'Meta' : 'Control') : upper(key)))
    .join('+');
}

function upper(key: string): string {
  return key.length === 1 ? key.toUpperCase() : key;
}
