import type { HoursSetting } from '../../../src/domain/hours/after-hours.ts';
import { hoursDifferences } from '../../../src/domain/hours/hours-differences.ts';
import { html, type VNode } from '../../design/html.ts';

/** Where mine and theirs are not the same. */
export function Differences({ mine, theirs }: { mine: HoursSetting; theirs: HoursSetting }): VNode {
  return html`<ul class="differences">
    ${hoursDifferences(mine, theirs).map(
      (one) =>
        html`<li key=${one.what}><strong>${one.what}</strong><span>Yours: ${one.mine}</span><span>Theirs: ${one.theirs}</span></li>`,
    )}
  </ul>`;
}
