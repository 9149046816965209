import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { Message } from '../../../src/domain/conversation/message.ts';
import { formatDay } from '../../design/format.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { loadConversation, refreshOpened } from '../actions/conversation-actions.ts';
import { loadNewer, loadOlder, sought } from '../actions/reading.ts';
import { minute } from '../clock.ts';
import { opened, timeline, timeZone } from '../store.ts';
import type { TimelineItem } from '../timeline.ts';
import { callWords, eventWords } from '../words.ts';
import { message, unsentMessage } from './message.ts';
import { type Anchor, anchorIn, belowPx, goToSought, keepInPlace } from './places.ts';

/** Closer to the end than this counts as being there. */
const END_PX = 48;
/** What comes before or after is asked for before it is reached. */
const NEAR_PX = 400;

/**
 * The scrolled part: stays at the end while somebody is there, and else keeps in place what they look at, whatever
 * comes or goes above it.
 */
export function Messages({ conversation }: { conversation: ConversationSummary }): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>({ isAtEnd: false, goesToEnd: true, anchor: null, unsent: 0 });
  const seenSeq = useSignal(0);
  const items = timeline.value;
  const messages = opened.value?.messages ?? [];
  // Read here, so that the view goes there also where all of it is drawn already.
  const place = sought.value;
  const hasEnd = opened.value?.newerCursor === null;
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const unsent = items.filter(({ is }) => is === 'unsent').length;
  const isNew = ({ kind, seq }: Message) => kind === 'text-in' && seq > seenSeq.value;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const before = drawn.current;
    if (unsent > before.unsent && !hasEnd) void toNewest();
    if (goToSought(element, place, conversation.id, messages)) {
      before.goesToEnd = false;
    } else if (hasEnd && (before.isAtEnd || before.goesToEnd || unsent > before.unsent)) {
      element.scrollTop = element.scrollHeight;
      before.goesToEnd = false;
      seenSeq.value = lastSeq;
    } else if (before.anchor !== null) {
      keepInPlace(element, before.anchor);
    }
    look(element, unsent);
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

  function look(element: HTMLElement, unsentNow: number): void {
    const atEnd = opened.peek()?.newerCursor === null && belowPx(element) < END_PX;
    Object.assign(drawn.current, { isAtEnd: atEnd, anchor: anchorIn(element), unsent: unsentNow });
  }

  function onScroll(): void {
    const element = scroller.current;
    if (element === null) return;
    look(element, drawn.current.unsent);
    if (drawn.current.isAtEnd) seenSeq.value = opened.peek()?.messages.at(-1)?.seq ?? 0;
    if (element.scrollTop < NEAR_PX) void loadOlder();
    if (belowPx(element) < NEAR_PX) void loadNewer().then(() => refreshOpened('if needed'));
  }

  async function toNewest(): Promise<void> {
    drawn.current.goesToEnd = true;
    await loadConversation(conversation.id);
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
    ${hasEnd ? newsPill(messages.filter(isNew).length, toEnd) : pill('Back to the newest', () => void toNewest())}
  </div>`;
}

/** How it was after the last drawing, or scrolling since. */
interface Drawn {
  isAtEnd: boolean;
  /** The newest are on their way, and wanted. */
  goesToEnd: boolean;
  anchor: Anchor | null;
  unsent: number;
}

function newsPill(news: number, show: () => void): VNode | null {
  return news === 0 ? null : pill(news === 1 ? 'New text' : `${news} new texts`, show);
}

function pill(words: string, go: () => void): VNode {
  return html`<button type="button" class="pill" onClick=${go}>${icon('arrow-down')}${words}</button>`;
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
