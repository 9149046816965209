import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { languageName } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { avatar, hidden } from '../../design/parts.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { addressOf } from '../actions/navigation.ts';
import { chipsOf } from '../chips.ts';
import { conversationId, hasManyLines, query, rowId, tabRowId } from '../store.ts';
import { waits } from '../waits.ts';
import { RowCheck, RowPresence } from './lazy-views.ts';
import { RowTime } from './row-time.ts';

/** Where a row stands among others of which not all are drawn. `size` is -1 where it is not known. */
interface Standing {
  place: number;
  size: number;
}

/** One conversation of the list. */
export function row(conversation: ConversationSummary, standing: Standing | null = null): VNode {
  const { id, unread, last, assignee } = conversation;
  return html`<li key=${id} aria-posinset=${standing?.place} aria-setsize=${standing?.size}>
    <a
      class="row"
      href=${addressOf({ conversationId: id })}
      data-conversation-id=${id}
      data-unread=${String(unread > 0)}
      aria-current=${id === conversationId.value ? 'true' : undefined}
      tabindex=${id === tabRowId.value ? 0 : -1}
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
        <${RowPresence} id=${id} />
        ${assignee === null ? null : avatar(assignee.name, 'Assigned to ')}
      </span>
      ${facts(conversation)}
    </a>
    <${RowCheck} isWanted=${false} conversation=${conversation} />
    ${waits.value && html`<${waits.value.TakeOver} conversation=${conversation} />`}
  </li>`;
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
function facts(conversation: ConversationSummary): VNode {
  const { caller, line, language, state } = conversation;
  const chips = chipsOf(conversation);
  const isEnglish = language.toLowerCase().split('-')[0] === 'en';
  const plain = [
    ...(query.value !== '' && state !== 'open' ? [state === 'done' ? 'Done' : 'Snoozed'] : []),
    ...(caller.verified === 'elsewhere' ? ['Verified elsewhere'] : []),
    ...(isEnglish ? [] : [languageName(language)]),
    ...(hasManyLines.value ? [line.name] : []),
  ];
  return html`<span class="row__facts">
    ${chips.map(({ text, tone }) => html`<span class=${`badge badge--${tone}`} key=${text}>${icon(tone === 'danger' ? 'alert' : 'no-texts')}${text}</span>`)}
    ${waits.value && html`<${waits.value.EscalatedChip} conversation=${conversation} />`}
    ${plain.map((fact) => html`<span class="row__fact" key=${fact}>${fact}</span>`)}
  </span>`;
}
