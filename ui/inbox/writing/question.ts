import type { ComponentChildren } from '../../design/html.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { focusSoon } from '../focus.ts';

/** A second Enter that was meant for the first question is not an answer to it. */
const TOO_SOON_MS = 600;

interface Way {
  label: string;
  /** Besides pressing its button. */
  key?: 'Enter' | 'Escape';
  isLikely?: boolean;
  go: () => void;
}

interface Asked {
  id: string;
  sign: IconName;
  title: string;
  more?: ComponentChildren;
  ways: readonly Way[];
}

/** What is asked before something is sent: every way on is one key away. */
export function Question({ id, sign, title, more = null, ways }: Asked): VNode {
  const askedAt = useRef(0);
  useEffect(() => {
    askedAt.current = Date.now();
    focusSoon(`#${id}`);
  }, [id]);

  function onKeyDown(event: KeyboardEvent): void {
    const isOnButton = event.target instanceof HTMLButtonElement;
    const way = ways.find(({ key }) => key === event.key);
    if (way === undefined || event.isComposing || (isOnButton && event.key === 'Enter')) return;
    event.preventDefault();
    // Escape would lead back to the list of conversations.
    event.stopPropagation();
    if (!event.repeat && Date.now() - askedAt.current > TOO_SOON_MS) way.go();
  }

  return html`<div class="callout callout--warn question" role="group" aria-labelledby=${id} onKeyDown=${onKeyDown}>
    ${icon(sign)}
    <div>
      <p id=${id} tabindex="-1"><strong>${title}</strong></p>
      ${more}
      <div class="form__actions">
        ${ways.map(
          ({ label, key, isLikely = false, go }) => html`<button
            type="button"
            class=${`button button--small${isLikely ? ' button--primary' : ''}`}
            key=${label}
            aria-keyshortcuts=${key}
            onClick=${go}
          >${label}${key ? html`<kbd aria-hidden="true">${key === 'Enter' ? '↵' : 'Esc'}</kbd>` : null}</button>`,
        )}
      </div>
    </div>
  </div>`;
}
