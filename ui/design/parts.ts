/** Small stateless parts of more than one view. They are called, not rendered as components. */

import { initials } from './format.ts';
import { type ComponentChildren, html, type VNode } from './html.ts';
import { type IconName, icon } from './icon.ts';

export function hidden(text: string): VNode {
  return html`<span class="visually-hidden">${text}</span>`;
}

/** Initials of a staff member; the name is said to screen readers after `label`. */
export function avatar(name: string, label: string): VNode {
  return html`<span class="avatar" title=${name}>
    <span aria-hidden="true">${initials(name)}</span>${hidden(`${label}${name}`)}
  </span>`;
}

export function badge(text: string, tone: 'plain' | 'ok' | 'warn' | 'danger' | 'accent' = 'plain'): VNode {
  return html`<span class=${`badge badge--${tone}`}>${text}</span>`;
}

export function emptyState(
  name: IconName,
  title: string,
  text: ComponentChildren,
  more: VNode | null = null,
): VNode {
  return html`<div class="empty">
    <span class="empty__icon">${icon(name)}</span>
    <p class="empty__title">${title}</p>
    <p class="empty__text">${text}</p>
    ${more}
  </div>`;
}

/** Lines that stand for what is being loaded. */
export function skeleton(rows: number, kind: 'row' | 'message', label: string): VNode {
  return html`<div class="skeletons" aria-busy="true">
    ${hidden(label)}
    ${Array.from({ length: rows }, (_, index) => html`<div class=${`skeleton skeleton--${kind}`} key=${index} aria-hidden="true"><i /><i /></div>`)}
  </div>`;
}

export interface MenuItem {
  label: string;
  hint?: string;
  isChosen?: boolean;
  icon?: IconName;
  choose: () => void;
}

/** What a button with `popovertarget=${id}` opens; arrow keys move in it, choosing closes it. */
export function menu(
  id: string,
  label: string,
  items: readonly MenuItem[],
  head: VNode | null = null,
  onBeforeToggle?: () => void,
): VNode {
  return html`<div class="menu" id=${id} popover="auto" role="group" aria-label=${label} onKeyDown=${moveInMenu} onBeforeToggle=${onBeforeToggle} onToggle=${focusFirst}>
    ${head}
    ${items.map(
      (item) => html`<button
        type="button"
        class="menu__item"
        key=${item.label}
        aria-pressed=${item.isChosen === undefined ? undefined : String(item.isChosen)}
        onClick=${(event: Event) => {
          closeMenu(event);
          item.choose();
        }}
      >
        ${item.icon ? icon(item.icon) : null}<span class="menu__label">${item.label}</span>
        ${item.hint ? html`<span class="menu__hint">${item.hint}</span>` : null}
        ${item.isChosen ? icon('check') : null}
      </button>`,
    )}
  </div>`;
}

export function closeMenu(event: Event): void {
  if (event.currentTarget instanceof Element)
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
}

function focusFirst(event: ToggleEvent): void {
  if (event.newState !== 'open' || !(event.currentTarget instanceof HTMLElement)) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu__item')];
  (items.find((item) => item.getAttribute('aria-pressed') === 'true') ?? items[0])?.focus();
}

function moveInMenu(event: KeyboardEvent): void {
  if (!(event.currentTarget instanceof HTMLElement)) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu__item')];
  const at = items.findIndex((item) => item.matches(':focus'));
  items.at((at + by) % items.length)?.focus();
}
