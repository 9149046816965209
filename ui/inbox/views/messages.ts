import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import type { Message } from '../../../src/domain/message.ts';
import { formatDay } from '../../design/format.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { loadOlder } from '../actions/conversation-actions.ts';
import { minute } from '../clock.ts';
import { opened, timeline, timeZone } from '../store.ts';
import type { TimelineItem } from '../timeline.ts';
import { callWords, eventWords } from '../words.ts';
import { message, unsentMessage } from './message.ts';

/** Closer to the end than this counts as being there. */
const END_PX = 48;
/** Older messages are asked for before the top is reached. */
const OLDER_PX = 240;

/** The scrolled part: stays at the end while somebody is there, and in place while older messages come in above. */
export function Messages({ conversation }: { conversation: ConversationSummary }): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef({ isAtEnd: true, height: 0, firstKey: '', unsent: 0 });
  const seenSeq = useSignal(0);
  const items = timeline.value;
  const messages = opened.value?.messages ?? [];
  const firstKey = messages[0]?.id ?? '';
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const unsent = items.filter(({ is }) => is === 'unsent').length;
  const news = messages.filter(({ kind, seq }) => kind === 'text-in' && seq > seenSeq.value).length;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const before = drawn.current;
    if (before.isAtEnd || unsent > before.unsent) {
      element.scrollTop = element.scrollHeight;
      seenSeq.value = lastSeq;
    } else if (before.firstKey !== firstKey) {
      element.scrollTop += element.scrollHeight - before.height;
    }
    drawn.current = { isAtEnd: isAtEnd(element), height: element.scrollHeight, firstKey, unsent };
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => {
      if (drawn.current.isAtEnd) element.scrollTop = element.scrollHeight;
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  function onScroll(): void {
    const element = scroller.current;
    if (element === null) return;
    drawn.current.isAtEnd = isAtEnd(element);
    if (drawn.current.isAtEnd) seenSeq.value = opened.peek()?.messages.at(-1)?.seq ?? 0;
    if (element.scrollTop < OLDER_PX) void loadOlder();
  }

  function toEnd(): void {
    const element = scroller.current;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    element?.scrollTo({ top: element.scrollHeight, behavior: isCalm ? 'auto' : 'smooth' });
  }

  return html`<div class="messages">
    <div class="messages__scroll" ref=${scroller} onScroll=${onScroll} tabindex="0" role="region" aria-label="Messages">
      ${olderButton()}
      <ol class="messages__list">${items.map((item) => entry(item, conversation))}</ol>
    </div>
    ${
      news === 0
        ? null
        : html`<button type="button" class="pill" onClick=${toEnd}>${icon('arrow-down')}${news === 1 ? 'New text' : `${news} new texts`}</button>`
    }
  </div>`;
}

function isAtEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < END_PX;
}

function olderButton(): VNode | null {
  const current = opened.value;
  if (!current || current.nextCursor === null) return null;
  return html`<button type="button" class="button button--quiet more" onClick=${() => void loadOlder()}>
    ${current.isLoadingOlder ? 'Loading earlier messages…' : 'Show earlier messages'}
  </button>`;
}

function entry(item: TimelineItem, conversation: ConversationSummary): VNode {
  switch (item.is) {
    case 'day':
      return html`<li class="day" key=${item.key}><h3>${formatDay(item.at, minute.value, timeZone.value)}</h3></li>`;
    case 'call':
      return html`<li class="event event--call" key=${item.key}>
        ${icon('phone')}<span>${item.message.call ? callWords(item.message.call, conversation.caller.name) : null}</span>
      </li>`;
    case 'event':
      return html`<li class="event" key=${item.key} data-message-id=${item.message.id} data-event=${item.message.event?.name}>
        ${isStop(item.message) ? icon('no-texts') : null}<span>${eventWords(item.message, minute.value, timeZone.value)}</span>
      </li>`;
    case 'message':
      return message(item, conversation);
    case 'unsent':
      return unsentMessage(item.unsent, conversation.id);
  }
}

function isStop({ event }: Message): boolean {
  return event?.name === 'opted-out' || event?.name === 'do-not-text';
}
