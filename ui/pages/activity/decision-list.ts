import type { Decision } from '../../../src/domain/activity/activity.ts';
import { CHECK_WORDS } from '../../../src/domain/activity/activity-words.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';

/** What was looked at, in its order; the one that was not passed is why there was no text. */
export function decisionList(decisions: readonly Decision[]): VNode {
  return html`<ol class="decisions">
    ${decisions.map(
      ({ check, isPassed, words }) => html`<li class="decision" data-passed=${String(isPassed)}>
        ${icon(isPassed ? 'check' : 'close')}
        <div>
          <p class="decision__check">${CHECK_WORDS[check]}${hidden(isPassed ? ': passed.' : ': stopped here.')}</p>
          <p class="decision__words">${words}</p>
        </div>
      </li>`,
    )}
  </ol>`;
}
