import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { avatar, hidden } from '../../design/parts.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { conversationHref } from '../actions/navigation.ts';
import { chipsOf } from '../chips.ts';
import { accompanied, conversationId, hasManyLines, notSent, rowId, tabRowId } from '../store.ts';
import { type Escalated, useEscalated, waits } from '../waits.ts';
import { RowCheck, RowPresence } from './lazy-views.ts';
import { RowTime } from './row-time.ts';

/** One conversation of the list. Drawn anew only when something about it changes: a key that moves on draws two of them. */
export function Row({ conversation }: { conversation: ConversationSummary }): VNode {
  const { id, unread, last, assignee } = conversation;
  const { isOpened, isTabbed, isAccompanied, isUnsent } = useMemo(() => standing(id), [id]);
  const escalated = useEscalated(conversation);
  const tabindex = isTabbed.value ? 0 : -1;
  return html`
    <a
      class="row"
      href=${conversationHref(id)}
      data-conversation-id=${id}
      data-unread=${String(unread > 0)}
      aria-current=${isOpened.value ? 'true' : undefined}
      tabindex=${tabindex}
      onFocus=${() => {
        rowId.value = id;
      }}
      onClick=${(event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        openConversation(id);
      }}
    >
      <span class="row__dot" aria-hidden="true"></span>
      <span class="row__top">
        <span class="row__name">${unread > 0 ? hidden('Unread. ') : null}<bdi>${callerTitle(conversation)}</bdi></span>
        <${RowTime} conversation=${conversation} />
      </span>
      <span class="row__middle">
        <span class="row__snippet">${origin(last.kind)}<bdi>${last.snippet}</bdi></span>
        ${isAccompanied.value ? RowPresence.ifFetched({ id }) : null}
        ${assignee === null ? null : avatar(assignee.name, 'Assigned to ')}
      </span>
      ${facts(conversation, escalated, isUnsent.value)}
    </a>
    ${RowCheck.ifFetched({ conversation, tabindex })}
    ${escalated === null ? null : waits.value?.takeOver(conversation)}
  `;
}

type Standing = 'isOpened' | 'isTabbed' | 'isAccompanied' | 'isUnsent';

/** What the list as a whole, and what this person wrote, says of one of its rows. */
function standing(id: string): Record<Standing, ReadonlySignal<boolean>> {
  return {
    isOpened: computed(() => id === conversationId.value),
    isTabbed: computed(() => id === tabRowId.value),
    isAccompanied: computed(() => accompanied.value.has(id)),
    isUnsent: computed(() => notSent.value.includes(id)),
  };
}

function origin(kind: ConversationSummary['last']['kind']): VNode | null {
  switch (kind) {
    case 'automatic':
      return html`${icon('bolt')}${hidden('Automatic text: ')}`;
    case 'reply':
      return html`${icon('reply')}${hidden('Our reply: ')}`;
    case 'note':
      return html`${icon('lock')}${hidden('Note: ')}`;
    case 'text-in':
    case 'event':
      return null;
  }
}

/** What is out of the ordinary: what stands in the way of texting, another language, which of many lines. */
function facts(conversation: ConversationSummary, escalated: Escalated, isUnsent: boolean): VNode {
  const { caller, line, language } = conversation;
  const chips = chipsOf(conversation, isUnsent);
  const isEnglish = language.toLowerCase().split('-')[0] === 'en';
  const plain = [
    ...(caller.verified === 'elsewhere' ? ['Verified elsewhere'] : []),
    ...(isEnglish ? [] : [languageName(language)]),
    ...(hasManyLines.value ? [line.name] : []),
  ];
  return html`<span class="row__facts">
    ${chips.map(({ text, tone }) => html`<span class=${`badge badge--${tone}`} key=${text}>${icon(tone === 'danger' ? 'alert' : 'no-texts')}${text}</span>`)}
    ${escalated === null ? null : waits.value?.escalatedChip(escalated)}
    ${plain.map((fact) => html`<span class="row__fact" key=${fact}>${fact}</span>`)}
  </span>`;
}
