import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { formatListTime, formatUntil } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { type IconName, icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { minute } from '../clock.ts';
import { timeZone } from '../store.ts';
import { waits } from '../waits.ts';

/** How long somebody waits, until when it sleeps, or when something was last said. With the minutes only what changed is drawn anew. */
export function RowTime({ conversation }: { conversation: ConversationSummary }): VNode {
  const { line, state, waitingSince, snoozedUntil, last } = conversation;
  const said = useMemo(
    () => computed(() => wordsOf(conversation).join('\n')),
    [line.id, state, waitingSince, snoozedUntil, last.at],
  );
  const [words, spoken = words, name = '', stage = ''] = said.value.split('\n');
  return html`<span class="row__time" data-stage=${stage || undefined} title=${spoken === words ? undefined : spoken}>
    ${name === '' ? null : icon(name as IconName)}<span aria-hidden=${spoken === words ? undefined : 'true'}>${words}</span>${spoken === words ? null : hidden(spoken ?? '')}
  </span>`;
}

/** What is seen, what is said, an icon, and how near the target it is. */
function wordsOf(conversation: ConversationSummary): string[] {
  const { state, waitingSince, snoozedUntil, last } = conversation;
  const [now, zone] = [minute.value, timeZone.value];
  if (state === 'snoozed' && snoozedUntil !== null) {
    const until = formatUntil(snoozedUntil, now, zone);
    return [until, `Snoozed until ${until}`];
  }
  if (state !== 'open' || waitingSince === null) return [formatListTime(last.at, now, zone)];
  const known = waits.value?.wordsOf(conversation);
  if (known) return [known.short, known.full, known.icon, known.stage];
  const since = formatListTime(waitingSince, now, zone);
  return [since, `Waiting since ${since}`, 'clock', 'in-time'];
}
