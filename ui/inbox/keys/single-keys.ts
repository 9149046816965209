import { signal } from '@preact/signals';

const PREFERENCE = 'offhook single-key shortcuts';

/** Speech input types letters too, so single keys can be switched off (WCAG 2.1.4). Kept in this browser. */
export const areSingleKeysOn = signal(localStorage.getItem(PREFERENCE) !== 'off');

export function turnSingleKeys(isOn: boolean): void {
  areSingleKeysOn.value = isOn;
  localStorage.setItem(PREFERENCE, isOn ? 'on' : 'off');
}
