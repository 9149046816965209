import { type ComponentChildren, html, type VNode } from './html.ts';
import { icon } from './icon.ts';

interface PageHead {
  title: string;
  /** One sentence under the title. */
  lead?: ComponentChildren;
  /** The page that this one belongs to. */
  back?: { href: string; label: string };
  /** Badges beside the title. */
  marks?: ComponentChildren;
  /** Buttons at the end of the line. */
  actions?: ComponentChildren;
}

/** The head of a page beside the inbox. Its h1 gets the keyboard when the page is opened. */
export function pageHead({ title, lead, back, marks, actions }: PageHead): VNode {
  return html`<header class="page-head" key="head">
    <button type="button" class="icon-button page-head__menu" popovertarget="rail" aria-label="Menu">${icon('menu')}</button>
    <div class="page-head__words">
      ${back ? html`<a class="page-head__back" data-inbox href=${back.href}>${icon('back')}${back.label}</a>` : null}
      <div class="page-head__line">
        <h1 class="page-head__title" id="page-title" tabindex="-1">${title}</h1>
        ${marks}
      </div>
      ${lead ? html`<p class="page-head__lead">${lead}</p>` : null}
    </div>
    ${actions ? html`<div class="page-head__actions">${actions}</div>` : null}
  </header>`;
}
