import { Component, type ComponentChildren, html, type VNode } from '../design/html.ts';
import { pageHead } from '../design/page-head.ts';
import { emptyState } from '../design/parts.ts';

interface Bounded {
  title: string;
  children: ComponentChildren;
}

/** What a page cannot draw stays within the page: the inbox, and what is written there, go on. */
export class PageBoundary extends Component<Bounded, { isBroken: boolean }> {
  override state = { isBroken: false };

  override componentDidCatch(error: unknown): void {
    console.error('a page could not be drawn', error);
    this.setState({ isBroken: true });
  }

  override render({ title, children }: Bounded, { isBroken }: { isBroken: boolean }): VNode {
    if (!isBroken) return html`${null}${children}`;
    const again = html`<button type="button" class="button" onClick=${() => this.setState({ isBroken: false })}>Try again</button>`;
    const what = 'Offhook answered something unexpected. Try again; if it stays, load the page anew.';
    return html`${pageHead({ title })}<div class="page__body">${emptyState('alert', 'This page could not be shown', what, again)}</div>`;
  }
}
