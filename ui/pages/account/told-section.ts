import { html, type VNode } from '../../design/html.ts';
import type { PageProps } from '../../shell/page.ts';
import { stylesheet } from '../../shell/stylesheet.ts';
import { awayCard } from './away-card.ts';
import { QuietCard } from './quiet-card.ts';
import { soundCard } from './sound-card.ts';

await stylesheet('/assets/told.css');

/** How this person is told of what happens: by ear, while they are elsewhere, and when not. */
export function ToldSection({ practice }: Pick<PageProps, 'practice'>): VNode {
  return html`<section class="section told" aria-labelledby="told-title">
    <h2 class="section__title" id="told-title" tabindex="-1">Being told</h2>
    ${soundCard()} ${awayCard(practice.name)}
    <${QuietCard} practice=${practice} />
  </section>`;
}
