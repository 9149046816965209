import type { Mention } from '../../../src/domain/conversation/mentions.ts';
import type { Present } from '../../../src/domain/inbox/presence.ts';
import { formatListTime } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { avatar, hidden, menu } from '../../design/parts.ts';
import { openConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { minute } from '../clock.ts';
import { mentions, timeZone } from '../store.ts';
import { colleaguesIn, presenceWords } from './people.ts';

const MOST_AVATARS = 3;

/** In the head of a conversation: who else is in it. */
export function HeadPresence({ id }: { id: string }): VNode | null {
  const people = colleaguesIn(id);
  const words = presenceWords(people);
  if (words === null) return null;
  return html`<p class="together" data-typing=${String(isAnyTyping(people))}>
    <span class="together__people" aria-hidden="true">${avatars(people)}</span><span class="together__words">${words}</span>
  </p>`;
}

/** In a row of the list: who is in it, and who named you in a note. It makes no row higher: none moves for it. */
export function RowPresence({ id }: { id: string }): VNode | null {
  const people = colleaguesIn(id);
  const mention = mentions.value.find(({ conversation }) => conversation === id);
  if (people.length === 0 && mention === undefined) return null;
  return html`<span class="row__together">
    ${mention === undefined ? null : mentionMark(mention)} ${people.length === 0 ? null : rowPeople(people)}
  </span>`;
}

function mentionMark({ by }: Mention): VNode {
  const words = `${by.name} mentioned you in a note`;
  return html`<span class="badge badge--accent" title=${words}><span aria-hidden="true">@</span>${hidden(words)}</span>`;
}

function rowPeople(people: readonly Present[]): VNode {
  const words = presenceWords(people) ?? '';
  return html`<span class="together" data-typing=${String(isAnyTyping(people))} title=${words}>
    <span class="together__people" aria-hidden="true">${icon(isAnyTyping(people) ? 'pencil' : 'eye')}${avatars(people)}</span>${hidden(words)}
  </span>`;
}

function isAnyTyping(people: readonly Present[]): boolean {
  return people.some(({ isTyping }) => isTyping);
}

function avatars(people: readonly Present[]): VNode[] {
  const shown = people.slice(0, MOST_AVATARS);
  const more = people.length - shown.length;
  return [
    ...shown.map(({ id, name }) => html`<span key=${id}>${avatar(name, '')}</span>`),
    ...(more > 0 ? [html`<span key="more">+${more}</span>`] : []),
  ];
}

/** In the rail, while there are any: notes that name this person. */
export function Mentions(): VNode | null {
  const count = mentions.value.length;
  if (count === 0) return null;
  return html`<div class="mentions">
    <button type="button" class="view-link" popovertarget="mentions-menu">
      <span class="mentions__at icon" aria-hidden="true">@</span><span class="view-link__name">Mentions</span>
      <span class="view-link__count" data-strong="true">${hidden(', ')}${count}</span>${icon('down')}
    </button>
    ${menu('mentions-menu', 'Notes that name you', mentions.value.map(item))}
  </div>`;
}

function item(mention: Mention): Parameters<typeof menu>[2][number] {
  return {
    label: `${mention.by.name}, about ${callerTitle(mention)}`,
    hint: formatListTime(mention.at, minute.value, timeZone.value),
    choose: () => {
      document.getElementById('rail')?.hidePopover();
      openConversation(mention.conversation);
    },
  };
}
