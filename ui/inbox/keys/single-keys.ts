import { signal } from '@preact/signals';
import { type Action, isSingleKey, shortcut } from './shortcuts.ts';

const PREFERENCE = 'offhook single-key shortcuts';

/** Speech input types letters too, so single keys can be switched off (WCAG 2.1.4). Kept in this browser. */
export const areSingleKeysOn = signal(localStorage.getItem(PREFERENCE) !== 'off');

export function turnSingleKeys(isOn: boolean): void {
  areSingleKeysOn.value = isOn;
  localStorage.setItem(PREFERENCE, isOn ? 'on' : 'off');
}

/** Those of an action that are listened to. */
export function keysHeard(action: Action): readonly string[] {
  return shortcut(action).keys.filter((chord) => areSingleKeysOn.value || !isSingleKey(chord));
}
