/** Keeps the keyboard, and the newest text, where the person is. */
import { effect } from '@preact/signals';
import { state, threads } from './store.ts';

export function followScreen(): void {
  let before = state.peek().screen;
  effect(() => {
    const { screen } = state.value;
    if (screen === before) return;
    before = screen;
    afterDrawing(() => {
      switch (screen.name) {
        case 'call':
          return focus('#hang-up');
        case 'thread':
          return focus('#draft');
        case 'messages':
          return focus('.thread-row');
        case 'home':
          return focus('.preview') || focus('.round--call');
      }
    });
  });

  effect(() => {
    const { screen } = state.value;
    void threads.value;
    if (screen.name === 'thread') {
      afterDrawing(() => {
        const thread = document.getElementById('thread');
        thread?.scrollTo({ top: thread.scrollHeight });
      });
    }
  });
}

/** Only where the keyboard was in the phone, or nowhere: whoever works beside it is not disturbed. */
function focus(selector: string): boolean {
  const { activeElement } = document;
  const isElsewhere =
    activeElement !== null && activeElement !== document.body && !activeElement.closest('.phone');
  const element = isElsewhere ? null : document.querySelector<HTMLElement>(`.phone ${selector}`);
  element?.focus({ preventScroll: true });
  return element !== null;
}

function afterDrawing(then: () => unknown): void {
  requestAnimationFrame(() => requestAnimationFrame(() => then()));
}
