import { pageAddress, session } from '../store.ts';
import { chordOf } from './chord.ts';
import { DOES } from './does.ts';
import { goByLetter, isGoing } from './going.ts';
import { actionOf, writingActionOf } from './meaning.ts';
import { IS_APPLE } from './platform.ts';
import type { Action } from './shortcuts.ts';
import { areSingleKeysOn } from './single-keys.ts';

/** What else is open has its own keys, and closes by Escape on its own. */
const OPEN = 'dialog[open], [popover]:popover-open';
const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
/** Of a word that is composed, of an accent to come, and keys that only go with others. */
const NO_CHORDS = [
  'Process',
  'Dead',
  'Unidentified',
  'Shift',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'CapsLock',
];

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || session.peek() === null) return;
  const chord = chordIn(event);
  if (chord === null || document.querySelector(OPEN) !== null) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const isTyping = target.matches(FIELDS);
  if (isGoing.peek() && !isTyping) {
    if (goByLetter(chord)) event.preventDefault();
    return;
  }
  const action = actionOf(chord, {
    isTyping,
    isInList: target.closest('#list') !== null,
    isOnPage: pageAddress.peek() !== null,
    areSingleKeysOn: areSingleKeysOn.peek(),
    isRepeated: event.repeat,
  });
  if (action !== null && DOES[action]()) event.preventDefault();
}

/** What a key means to the composer. */
export function writingKey(event: KeyboardEvent): Action | null {
  const chord = chordIn(event);
  return chord === null || event.repeat ? null : writingActionOf(chord);
}

function chordIn(event: KeyboardEvent): string | null {
  if (event.isComposing || NO_CHORDS.includes(event.key)) return null;
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isAltGraph = event.getModifierState('AltGraph');
  return chordOf({ key, code, ctrlKey, metaKey, altKey, shiftKey, isAltGraph }, IS_APPLE);
}
