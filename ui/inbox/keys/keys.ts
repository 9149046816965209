/**
 * What keys do, and what they put on screen. Fetched as soon as the page has started: neither the first list nor
 * reading a conversation needs it.
 */
import { stylesheet } from '../../shell/stylesheet.ts';
import { ariaForm, shortForm } from './chord.ts';
import { keepFocus } from './kept-focus.ts';
import { IS_APPLE } from './platform.ts';
import type { Action } from './shortcuts.ts';
import { keysHeard } from './single-keys.ts';

export { chooseAssignee, chooseAssigneeOfSelected } from './choose-assignee.ts';
export { chooseSnooze, chooseSnoozeOfSelected } from './choose-snooze.ts';
export { keyHints } from './key-hints.ts';
export { onKey, writingKey } from './on-key.ts';
export { showShortcuts } from './shown.ts';
export { fetchShown, Shown } from './shown-views.ts';

/** Of an element that does the same as a key; nothing where the key is switched off. */
export function ariaKeys(action: Action): string | undefined {
  const chords = keysHeard(action).map((chord) => ariaForm(chord, IS_APPLE));
  return chords.length === 0 ? undefined : chords.join(' ');
}

/** The key to be shown on it. */
export function shownKey(action: Action): string | undefined {
  const [chord] = keysHeard(action);
  return chord === undefined ? undefined : shortForm(chord, IS_APPLE);
}

// Nothing of it is seen before it looks as it should.
await stylesheet('/assets/keys.css');

const page = document.getElementById('app');
if (page !== null) keepFocus(page);
