import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { SearchHit, SearchHits } from '../../../src/domain/inbox/search-hit.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { addressOf } from '../actions/navigation.ts';
import { openAt } from '../actions/reading.ts';
import { minute } from '../clock.ts';
import { conversationId, hasManyLines, rowId, tabRowId, timeZone } from '../store.ts';
import { marked, markedNumber } from './marked.ts';

/** A conversation that was found. It opens as any; each text in it, at its place. */
export function foundRow(
  conversation: ConversationSummary,
  hits: SearchHits | undefined,
  query: string,
): VNode {
  const { id, last, caller } = conversation;
  const [first, ...others] = hits?.messages ?? [];
  const isText = first !== undefined && hits?.isCaller !== true;
  return html`<li key=${id}>
    <a
      class="row found"
      href=${addressOf({ conversationId: id })}
      data-conversation-id=${id}
      aria-current=${id === conversationId.value ? 'true' : undefined}
      tabindex=${id === tabRowId.value ? 0 : -1}
      onFocus=${() => {
        rowId.value = id;
      }}
      onClick=${(event: MouseEvent) => open(event, id, isText ? first : undefined)}
    >
      <span class="row__top">
        <span class="row__name"><bdi>${caller.names?.length ? marked(callerTitle(conversation), query) : markedNumber(caller.number, query)}</bdi></span>
        <span class="row__time">${formatListTime(isText && first.place ? first.place.at : last.at, minute.value, timeZone.value)}</span>
      </span>
      ${isText ? hitWords(first, query) : html`<span class="row__middle"><span class="row__snippet"><bdi>${last.snippet}</bdi></span></span>`}
      ${facts(conversation, query)}
    </a>
    ${(isText ? others : (hits?.messages ?? [])).map((hit) => moreHit(conversation, hit, query))}
    ${hits?.isMore ? html`<p class="found__more">More in this conversation</p>` : null}
  </li>`;
}

function open(event: MouseEvent, id: string, hit: SearchHit | undefined): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (hit?.place) openAt(id, hit.place.seq);
  else openConversation(id);
}

function moreHit({ id }: ConversationSummary, hit: SearchHit, query: string): VNode {
  return html`<a
    class="found__hit"
    key=${hit.place?.seq ?? hit.snippet}
    href=${addressOf({ conversationId: id })}
    tabindex=${id === tabRowId.value ? 0 : -1}
    onClick=${(event: MouseEvent) => open(event, id, hit)}
  >
    ${hitWords(hit, query)}
    <span class="row__time">${hit.place === null ? null : formatListTime(hit.place.at, minute.value, timeZone.value)}</span>
  </a>`;
}

function hitWords({ place, snippet }: SearchHit, query: string): VNode {
  return html`<span class="found__words">${who(place)}<bdi>${marked(snippet, query)}</bdi></span>`;
}

function who(place: SearchHit['place']): VNode | null {
  if (place === null || place.kind === 'text-in') return null;
  const isNote = place.kind === 'note';
  return html`<span class="found__who">${icon(isNote ? 'lock' : 'reply')}${isNote ? hidden('Note by ') : null}${place.by ?? 'Staff'}:${' '}</span>`;
}

/** The number beside a name, since it may be what was sought, and where the conversation stands. */
function facts({ caller, line, state }: ConversationSummary, query: string): VNode | null {
  const words = [
    ...(state === 'open' ? [] : [state === 'done' ? 'Done' : 'Snoozed']),
    ...(hasManyLines.value ? [line.name] : []),
  ];
  if (words.length === 0 && !caller.names?.length) return null;
  return html`<span class="row__facts">
    ${caller.names?.length ? html`<span class="row__fact">${markedNumber(caller.number, query)}</span>` : null}
    ${words.map((fact) => html`<span class="row__fact" key=${fact}>${fact}</span>`)}
  </span>`;
}
