import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { formatNumber, formatUntil, languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { avatar, badge, hidden } from '../../design/parts.ts';
import { markDone, reopen, setNeedsReply } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { leaveConversation } from '../actions/navigation.ts';
import { minute } from '../clock.ts';
import { ariaKeys, withKeys } from '../keyboard.ts';
import { timeZone } from '../store.ts';
import { waits } from '../waits.ts';
import { consentPicker } from './consent.ts';
import { contextButton } from './context-place.ts';
import { ConsentMenu, HeadPresence } from './lazy-views.ts';

/** Who this is, and what can be done with the conversation as a whole. */
export function conversationHead(conversation: ConversationSummary): VNode {
  const { caller, line, language } = conversation;
  return html`<header class="conversation-head">
    <button type="button" class="icon-button conversation-head__back" aria-label="Back to the list" onClick=${leaveConversation}>
      ${icon('back')}
    </button>
    <div class="conversation-head__who">
      <h2 class="conversation-head__name" id="conversation-title" tabindex="-1"><bdi>${callerTitle(conversation)}</bdi></h2>
      <div class="conversation-head__line">
      <p class="conversation-head__facts">
        ${callerBadge(caller)}
        ${caller.names?.length ? html`<span>${formatNumber(caller.number)}</span>` : null}
        ${snoozedFact(conversation)}
        ${waits.value && html`<${waits.value.WaitFact} conversation=${conversation} />`}
        <span>${hidden('Language: ')}${languageName(language)}</span>
        <span>${hidden('Line: ')}${line.name}</span>
      </p>
      ${consentPicker(conversation)}
      <${HeadPresence} id=${conversation.id} />
      </div>
    </div>
    <div class="conversation-head__actions">${assigneePicker(conversation)} ${snoozePicker(conversation)} ${replyButton(conversation)} ${printLink(conversation)} ${contextButton()} ${doneButton(conversation)}</div>
    <${ConsentMenu} key=${conversation.id} conversation=${conversation} />
  </header>`;
}

/** Whether it is known whose number this is; not who holds the phone. */
function callerBadge({ verified, names }: ConversationSummary['caller']): VNode | null {
  if (verified === 'elsewhere') return badge('Verified elsewhere');
  if (verified !== 'here') return badge('Unverified');
  if (names.length < 2) return null;
  // All of them, also where the title is too short for it.
  return html`<button type="button" class="badge badge--plain" popovertarget="names-menu">Shared number${icon('down')}</button>
    <ul class="menu" id="names-menu" popover="auto" aria-label="Patients with this number">
      ${names.map((name) => html`<li class="menu__item" key=${name}><bdi>${name}</bdi></li>`)}
    </ul>`;
}

function snoozedFact({ state, snoozedUntil }: ConversationSummary): VNode | null {
  if (state !== 'snoozed' || snoozedUntil === null) return null;
  return html`<span class="conversation-head__snoozed">Snoozed until ${formatUntil(snoozedUntil, minute.value, timeZone.value)}</span>`;
}

function assigneePicker({ id, assignee }: ConversationSummary): VNode {
  return html`<button type="button" class="button button--quiet" aria-haspopup="dialog" aria-keyshortcuts=${ariaKeys('assign')} onClick=${() => void withKeys((keys) => keys.chooseAssignee(id))}>
    ${assignee === null ? icon('person') : avatar(assignee.name, 'Assigned to ')}
    <span class="button__label" aria-hidden=${assignee === null ? undefined : 'true'}>${assignee?.name ?? 'Assign'}</span>
  </button>`;
}

function snoozePicker({ id, state }: ConversationSummary): VNode | null {
  if (state === 'done') return null;
  return html`<button type="button" class="button button--quiet" aria-haspopup="dialog" aria-keyshortcuts=${ariaKeys('snooze')} onClick=${() => void withKeys((keys) => keys.chooseSnooze(id))}>
    ${icon('clock')}<span class="button__label">Snooze</span>
  </button>`;
}

/** Looking is not answering: only staff say that a caller who had the last word needs no reply. */
function replyButton({ id, state, waitingSince }: ConversationSummary): VNode | null {
  if (state !== 'open') return null;
  const isWaiting = waitingSince !== null;
  const label = isWaiting ? 'No reply needed' : 'Still needs reply';
  return html`<button type="button" class="button button--quiet" title=${label} aria-keyshortcuts=${ariaKeys('needs-reply')} onClick=${() => void setNeedsReply(id, !isWaiting)}>
    ${icon(isWaiting ? 'no-reply' : 'reply')}<span class="button__label">${label}</span>
  </button>`;
}

/** Made by the server, to be printed or kept; from there a manager puts it on hold. */
function printLink({ id }: ConversationSummary): VNode {
  return html`<a class="icon-button" href=${`/api/conversations/${id}/print`} target="_blank" rel="noopener" aria-label="Print or keep" title="Print or keep">${icon('file')}</a>`;
}

function doneButton({ id, state }: ConversationSummary): VNode {
  if (state === 'done') {
    return html`<button type="button" class="button" key="reopen" aria-keyshortcuts=${ariaKeys('done')} onClick=${() => void reopen(id)}>${icon('undo')}<span class="button__label">Reopen</span></button>`;
  }
  return html`<button type="button" class="button" key="done" aria-keyshortcuts=${ariaKeys('done')} onClick=${() => void markDone(id)}>${icon('check')}<span class="button__label">Done</span></button>`;
}
