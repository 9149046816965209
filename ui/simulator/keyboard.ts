/** The digits of the keyboard are those of the phone, except where somebody is writing. */
import { pressKey } from './actions.ts';
import { state } from './store.ts';

export function listenToKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (state.peek().screen.name !== 'call' || !/^[\d*#]$/.test(event.key) || isWriting(event.target)) return;
    pressKey(event.key);
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
