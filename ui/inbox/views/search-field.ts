import { useSignalEffect } from '@preact/signals';
import { html, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { goTo } from '../actions/navigation.ts';
import { ariaKeys, shownKey } from '../keyboard.ts';
import { found, query } from '../store.ts';

/** Somebody who types is not asked for at every letter. */
const PAUSE_MS = 200;

/** Where the list was before the search took its place. */
let listTop = 0;

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

  function search(): void {
    clearTimeout(timer.current);
    const list = document.getElementById('list');
    const words = field.current?.value.trim() ?? '';
    if (query.peek() === '') listTop = list?.scrollTop ?? 0;
    const isLeaving = words === '' && query.peek() !== '';
    goTo({ query: words }, { isReplacing: true });
    requestAnimationFrame(() => list?.scrollTo({ top: isLeaving ? listTop : 0 }));
  }

  function onInput(): void {
    clearTimeout(timer.current);
    timer.current = setTimeout(search, PAUSE_MS);
  }

  /** Down into what was found, Enter to the first of it, Escape to the view as it was. */
  function onKeyDown(event: KeyboardEvent): void {
    const input = field.current;
    if (input === null || event.isComposing) return;
    const first = document.querySelector<HTMLElement>('#list .row');
    const isSettled = input.value.trim() === query.peek();
    if (event.key === 'ArrowDown' && first !== null) first.focus();
    else if (event.key === 'Escape' && input.value !== '') {
      input.value = '';
      search();
    } else if (event.key === 'Enter' && !isSettled) search();
    else if (event.key === 'Enter' && found.peek()?.load.is === 'ready') first?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return html`<search class="search">
    ${icon('search')}
    <input ref=${field} id="search" type="search" aria-label="Search conversations" placeholder="Search" aria-keyshortcuts=${ariaKeys('search')} autocomplete="off" onInput=${onInput} onKeyDown=${onKeyDown} />
    ${shownKey('search') && html`<kbd aria-hidden="true">${shownKey('search')}</kbd>`}
  </search>`;
}
