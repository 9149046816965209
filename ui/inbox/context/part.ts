import { type ComponentChildren, html, type VNode } from '../../design/html.ts';

export function part(id: string, title: string, children: ComponentChildren): VNode {
  return html`<section class="context__part" aria-labelledby=${`context-${id}`}>
    <h3 class="context__heading" id=${`context-${id}`}>${title}</h3>
    ${children}
  </section>`;
}
