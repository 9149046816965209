import { OUTCOME_WORDS } from '../../../src/domain/activity/activity-words.ts';
import { REASON_WORDS } from '../../../src/domain/calls/call-back-words.ts';
import type { ConversationContext } from '../../../src/domain/conversation/conversation-context.ts';
import { formatHeld, formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { badge, hidden } from '../../design/parts.ts';
import { addressOf, pageHref } from '../actions/navigation.ts';
import { minute } from '../clock.ts';
import { timeZone } from '../store.ts';
import { part } from './part.ts';

/** What the practice has to do with the caller besides this conversation. */

const when = (at: number): string => formatListTime(at, minute.value, timeZone.value);

export function callBacksPart({ callBacks }: ConversationContext): VNode | null {
  if (callBacks.length === 0) return null;
  return part(
    'call-backs',
    'Call back',
    html`<ul class="context__list">
      ${callBacks.map(
        ({ id, reason, since, claimedBy, tries, line }) => html`<li key=${id}>
          <a class="context__row" data-inbox href=${pageHref({ name: 'call-backs' })}>
            <span>${REASON_WORDS[reason]}</span>
            <span class="context__quiet">${line.name} · since ${when(since)} · ${claimedBy === null ? 'nobody has it' : `${claimedBy.name} has it`}${tries.length === 0 ? '' : ` · tried ${tries.length === 1 ? 'once' : `${tries.length} times`}`}</span>
          </a>
        </li>`,
      )}
    </ul>`,
  );
}

export function callsPart({ calls }: ConversationContext): VNode {
  if (calls.length === 0)
    return part(
      'calls',
      'Calls',
      html`<p class="context__quiet">They began by texting. No call is known.</p>`,
    );
  return part(
    'calls',
    'Calls',
    html`<ul class="context__list">
      ${calls.map((call) => {
        const { chip, tone } = OUTCOME_WORDS[call.outcome];
        const held = call.waitedSeconds === null ? null : `${formatHeld(call.waitedSeconds)} on hold`;
        const what = call.trigger.useCase === 'call-to-text' ? 'Pressed the key' : 'Hung up';
        return html`<li key=${call.id}>
          <a class="context__row" data-inbox href=${pageHref({ name: 'activity', path: [call.id] })}>
            <span class="context__line"><span>${what}${hidden(', ')}</span>${badge(chip, tone === 'attention' ? 'warn' : 'plain')}</span>
            <span class="context__quiet">${[when(call.at), held, call.line.name].filter((one) => one !== null).join(' · ')}</span>
          </a>
        </li>`;
      })}
    </ul>`,
  );
}

export function elsewherePart({ elsewhere }: ConversationContext): VNode | null {
  if (elsewhere.length === 0) return null;
  return part(
    'elsewhere',
    'On other lines',
    html`<ul class="context__list">
      ${elsewhere.map(
        ({ id, line, last, state }) => html`<li key=${id}>
          <a class="context__row" data-inbox href=${addressOf({ conversationId: id })}>
            <span class="context__line"><span>${line.name}${hidden(', ')}</span>${state === 'open' ? null : badge(state === 'done' ? 'Done' : 'Snoozed')}</span>
            <span class="context__quiet context__snippet"><bdi>${last.snippet}</bdi></span>
            <span class="context__quiet">${when(last.at)}</span>
          </a>
        </li>`,
      )}
    </ul>`,
  );
}
