import { html, type VNode } from '../../design/html.ts';
import { pageHref } from '../../shell/page.ts';
import type { AllHours } from './hours-api.ts';

/** The practice and its lines, and which of them differ. */
export function places({ lines, ofLines }: AllHours, lineId: string | null): VNode | null {
  if (lines.length === 0) return null;
  const link = (id: string | null, name: string, isOwn: boolean) => {
    const href = pageHref({ path: id === null ? [] : [id] });
    return html`<li key=${id ?? ''}><a class="chip" data-inbox href=${href} aria-current=${id === lineId ? 'page' : undefined}>
      ${name}${isOwn ? html`<span class="places__own">own hours</span>` : null}
    </a></li>`;
  };
  return html`<nav aria-label="Hours of">
    <ul class="filters">
      ${link(null, 'Practice', false)}
      ${lines.map(({ id, name }) => link(id, name, ofLines.has(id)))}
    </ul>
  </nav>`;
}
