import { BEYOND_TEXT, type BeyondText } from '../../../src/domain/activity/activity-entry.ts';
import { OUTCOME_WORDS } from '../../../src/domain/activity/activity-words.ts';
import { html, type VNode } from '../../design/html.ts';
import { pageHref } from '../../shell/page.ts';

/** How many callers no text can reach: nobody would notice otherwise. */
export function beyondTextCard(counts: BeyondText): VNode | null {
  if (BEYOND_TEXT.every((outcome) => counts[outcome].week === 0)) return null;
  return html`<section class="beyond" aria-labelledby="beyond-title">
    <h2 class="beyond__title" id="beyond-title">Calls that no text can reach</h2>
    <ul>
      ${BEYOND_TEXT.map(
        (outcome) => html`<li key=${outcome}>
          <a data-inbox href=${pageHref({ search: `outcome=${outcome}` })}>${OUTCOME_WORDS[outcome].chip}</a>
          <span><strong>${counts[outcome].today}</strong> today</span>
          <span><strong>${counts[outcome].week}</strong> in 7 days</span>
        </li>`,
      )}
    </ul>
  </section>`;
}
