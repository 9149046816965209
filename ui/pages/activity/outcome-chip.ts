import type { ActivityEntry } from '../../../src/domain/activity/activity-entry.ts';
import { OUTCOME_WORDS, type OutcomeWords } from '../../../src/domain/activity/activity-words.ts';
import { html, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';

const LOOK: Record<OutcomeWords['tone'], { icon: IconName; badge: string }> = {
  sent: { icon: 'check', badge: 'ok' },
  waiting: { icon: 'clock', badge: 'accent' },
  stopped: { icon: 'no-texts', badge: 'plain' },
  attention: { icon: 'alert', badge: 'warn' },
};

/** What became of it, in words and by a sign; the colour only repeats them. */
export function outcomeChip({ outcome, failure }: Pick<ActivityEntry, 'outcome' | 'failure'>): VNode {
  if (failure !== null) return html`<span class="badge badge--danger">${icon('alert')}Not delivered</span>`;
  const { chip, tone } = OUTCOME_WORDS[outcome];
  return html`<span class=${`badge badge--${LOOK[tone].badge}`}>${icon(LOOK[tone].icon)}${chip}</span>`;
}
