import { useSignalEffect } from '@preact/signals';
import { html, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { goTo } from '../actions/navigation.ts';
import { ariaKeys, shownKey } from '../keyboard.ts';
import { query } from '../store.ts';

/** Somebody who types is not asked for at every letter. */
const PAUSE_MS = 200;

/** What is typed is the field's own until the pause; what the address says comes into it otherwise. */
export function SearchField(): VNode {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef(0);

  useSignalEffect(() => {
    const words = query.value;
    if (field.current === null || field.current.value.trim() === words) return;
    clearTimeout(timer.current);
    field.current.value = words;
  });

  function onInput(): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => goTo({ query: field.current?.value.trim() ?? '' }, { isReplacing: true }),
      PAUSE_MS,
    );
  }

  return html`<search class="search">
    ${icon('search')}
    <input ref=${field} id="search" type="search" aria-label="Search conversations" placeholder="Search" aria-keyshortcuts=${ariaKeys('search')} autocomplete="off" onInput=${onInput} />
    ${shownKey('search') && html`<kbd aria-hidden="true">${shownKey('search')}</kbd>`}
  </search>`;
}
