import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { hidden } from '../../design/parts.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { conversations } from '../store.ts';
import { type Held, heldReplies, takeBack } from './held.ts';

const TICK_MS = 250;

/** Replies that leave in a moment, also those of other conversations. */
export function HeldBar({ conversation }: { conversation: ConversationSummary }): VNode | null {
  const held = heldReplies();
  const now = useSignal(Date.now());
  const isHeld = held.length > 0;
  useEffect(() => {
    if (!isHeld) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [isHeld]);
  if (!isHeld) return null;
  return html`<ul class="held">${held.map((one) => heldRow(one, conversation, now.value))}</ul>`;
}

function heldRow(held: Held, here: ConversationSummary, now: number): VNode {
  const other = held.conversationId === here.id ? undefined : conversations.value.get(held.conversationId);
  const seconds = Math.max(1, Math.ceil((held.until - now) / 1000));
  const to = other === undefined ? '' : ` to ${callerTitle(other)}`;
  return html`<li class="held__row" key=${held.unsent.id}>
    ${icon('clock')}<span>Sending${to} in ${seconds} s</span>
    <button type="button" class="button button--small" onClick=${() => takeBack(held)}>${icon('undo')}Undo${hidden(` sending${to}`)}</button>
  </li>`;
}
