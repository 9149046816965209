import { useSignal } from '@preact/signals';
import type { ActivityDetail } from '../../../src/domain/activity/activity-entry.ts';
import { OUTCOME_WORDS } from '../../../src/domain/activity/activity-words.ts';
import { curlOf } from '../../../src/domain/activity/curl.ts';
import { FAILURE_WORDS } from '../../../src/domain/conversation/failure-reason.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { formatHeld, formatInFull } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { emptyState, hidden, skeleton } from '../../design/parts.ts';
import { type Answer, announce, type PageProps } from '../../shell/page.ts';
import { openedActivity } from './activity-api.ts';
import {
  callerName,
  formatAfter,
  formatClock,
  formatDecided,
  phoneSystemName,
  triggerName,
} from './activity-format.ts';
import { decisionList } from './decision-list.ts';
import { conversationHref } from './list.ts';
import { outcomeChip } from './outcome-chip.ts';
import { Replay } from './replay.ts';

interface Opened {
  practice: PageProps['practice'];
  id: string;
  phoneSystems: Record<string, string>;
  /** Changes when the entry did, so that it is asked for again. */
  version: string;
}

/** One firing: everything that there is to know about why it did or did not lead to a text. */
export function OpenedActivity({ practice, id, phoneSystems, version }: Opened): VNode {
  const answer = useSignal<Answer<ActivityDetail> | null>(null);
  const load = async () => {
    answer.value = await openedActivity(practice.id, id);
  };
  useEffect(() => void load(), [practice.id, id, version]);
  const current = answer.value;
  if (current === null) return skeleton(4, 'row', 'Loading');
  if (!current.ok) {
    const again = html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`;
    const isGone = current.status === 404;
    return isGone
      ? emptyState('pulse', 'This entry is not there', 'It may be too old to be kept.')
      : emptyState('alert', 'This could not be loaded', current.message, again);
  }
  return detail(current.value, practice, phoneSystems);
}

function detail(
  opened: ActivityDetail,
  practice: PageProps['practice'],
  phoneSystems: Record<string, string>,
): VNode {
  const { activity, failure, text } = opened;
  const { outcome, conversationId, decisions } = activity;
  return html`<div class="opened">
    <div class="opened__head">
      <p class="opened__caller">${callerName(activity.caller)} <span class="opened__aside">${formatClock(activity.at, practice.timeZone)}</span></p>
      ${outcomeChip({ outcome, failure })}
      <p>${OUTCOME_WORDS[outcome].means}</p>
      ${failure === null ? null : html`<p class="callout callout--danger">${FAILURE_WORDS[failure]}</p>`}
      <div class="opened__actions">
        ${
          conversationId === null
            ? null
            : html`<a class="button button--primary" data-inbox href=${conversationHref(practice.id, conversationId)}>${icon('inbox')}Open the conversation</a>`
        }
      </div>
    </div>
    ${part('decisions', 'How it was decided', decisionList(decisions))}
    <${Replay} practiceId=${practice.id} id=${activity.id} />
    ${text === null && opened.steps.length === 0 ? null : part('text', 'The text', textAndSteps(opened, practice.timeZone))}
    ${part('facts', 'The call', facts(opened, practice.timeZone, phoneSystems))}
    ${part('request', 'The request as it came', requestAsItCame(opened))}
  </div>`;
}

function part(id: string, title: string, content: VNode): VNode {
  return html`<section class="section" aria-labelledby=${`opened-${id}`}>
    <h3 class="opened__title" id=${`opened-${id}`}>${title}</h3>
    ${content}
  </section>`;
}

function textAndSteps({ text, steps }: ActivityDetail, timeZone: string): VNode {
  return html`${text === null ? null : html`<blockquote class="opened__text">${text}</blockquote>`}
    <ol class="steps">
      ${steps.map(
        ({ step, at, afterMs, words }) => html`<li class="step" data-step=${step} key=${step}>
          <time datetime=${new Date(at).toISOString()} title=${formatInFull(at, timeZone)}>${formatClock(at, timeZone)}</time>
          <span class="step__words">${words}</span>
          <span class="step__after">${formatAfter(afterMs)}${hidden(' after the request')}</span>
        </li>`,
      )}
    </ol>`;
}

function facts({ activity }: ActivityDetail, timeZone: string, phoneSystems: Record<string, string>): VNode {
  const { at, caller, callerFrom, trigger, line, phoneSystem, waitedSeconds, decidedInMs, isOldAddress } =
    activity;
  return html`<dl class="facts">
    <dt>Came at</dt><dd>${formatInFull(at, timeZone)}</dd>
    <dt>Caller</dt><dd>${callerName(caller)}${callerFrom === null ? null : html` <span class="opened__aside">from the field <code>${callerFrom}</code></span>`}</dd>
    <dt>Trigger</dt><dd>${triggerName(trigger)}${isOldAddress ? html` <span class="opened__aside">through its old address, which works for a day after it was replaced</span>` : null}</dd>
    <dt>Line</dt><dd>${line.name}</dd>
    <dt>Phone system</dt><dd>${phoneSystemName(phoneSystem, phoneSystems)}</dd>
    <dt>Waited</dt><dd>${waitedSeconds === null ? 'not told' : formatHeld(waitedSeconds)}</dd>
    <dt>Decided in</dt><dd>${formatDecided(decidedInMs)}</dd>
  </dl>`;
}

function requestAsItCame({ activity: { request }, isMasked }: ActivityDetail): VNode {
  const { method, path, query, contentType, body, isCut } = request;
  const url = `${location.origin}${path}`;
  return html`<div class="request">
    <div class="code">
      <pre tabindex="0" aria-label="Request">${[
        `${method} ${path}${query === '' ? '' : `?${query}`}`,
        ...(contentType === null ? [] : [`Content-Type: ${contentType}`]),
        ...(body === '' ? [] : ['', body]),
      ].join('\n')}</pre>
    </div>
    ${isCut ? html`<p class="opened__aside">Not all of it was kept.</p>` : null}
    ${
      isMasked
        ? html`<p class="opened__aside">Digits are hidden, since there is no conversation with this caller. Managers see them.</p>`
        : isCut
          ? null
          : html`<div class="opened__actions">
              <${CopyButton} text=${curlOf(request, url)} what="as curl" label="Copy as curl" announce=${announce} />
              <p class="opened__aside">The end of the secret address is left out: put yours in.</p>
            </div>`
    }
  </div>`;
}
