/** How long callers wait, by the hours of their practice, and what cannot wait at all: on rows, heads and messages. */
import { computed, effect, signal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import { redFlagFinder } from '../../../src/domain/waiting/red-flags.ts';
import { type Waited, type WaitingClock, waitedAt } from '../../../src/domain/waiting/waiting-clock.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { changeConversation } from '../actions/conversation-actions.ts';
import { callerTitle } from '../actions/inbox-actions.ts';
import { announce } from '../announcer.ts';
import { practicePath, request } from '../api.ts';
import { minute } from '../clock.ts';
import { conversations, practiceId, staffId, timeZone } from '../store.ts';
import { type Escalated, useEscalated, type Waiting } from '../waits.ts';
import { minutesWords, type WaitWords, waitWords } from './wait-words.ts';

/** Null until it was fetched; where it cannot be, rows say since when somebody waits. */
const clock = signal<WaitingClock | null>(null);

/** A page that is open for a week asks again before it would not know when it opens. */
const AHEAD_MS = 2 * 86_400_000;

const isRunningOut = computed(() => clock.value !== null && minute.value > clock.value.known.to - AHEAD_MS);

effect(() => {
  if (practiceId.value !== null) clock.value = null;
  void fetchClock();
});
effect(() => {
  if (isRunningOut.value) void fetchClock();
});

async function fetchClock(): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null) return;
  const answer = await request<WaitingClock>('GET', `${practicePath(practice)}/waiting-clock`, undefined, {
    parts: 'known lines',
  });
  if (answer.ok && practice === practiceId.peek()) clock.value = answer.value;
}

/** Hours or limits have changed, or somebody has waited for too long. */
export function hear(frame: InboxFrame): void {
  // Who was not connected may have missed that they changed.
  if (frame.type === 'waiting-rules' || frame.type === 'resumed' || frame.type === 'snapshot')
    void fetchClock();
  if (frame.type !== 'escalated') return;
  const conversation = conversations.peek().get(frame.conversation);
  if (conversation !== undefined) announce(`${callerTitle(conversation)} has waited for too long`);
}

/** Null where nobody waits, or that cannot be counted. */
function waitOf({ line, state, waitingSince }: Waiting): Waited | null {
  if (clock.value === null || state !== 'open' || waitingSince === null) return null;
  return waitedAt(clock.value, line.id, waitingSince, minute.value);
}

/** What a row says instead of a time; see `useWords` there. */
export function wordsOf(conversation: Waiting): WaitWords | null {
  const wait = waitOf(conversation);
  const { waitingSince } = conversation;
  return wait === null || waitingSince === null || clock.value === null
    ? null
    : waitWords(wait, clock.value, waitingSince, minute.value, timeZone.value);
}

/** In the head of a conversation. */
export function WaitFact({ conversation }: { conversation: ConversationSummary }): VNode | null {
  const words = wordsOf(conversation);
  if (words === null) return null;
  const { stage, short, full } = words;
  return html`<span class="waits" data-stage=${stage} title=${full}>
    ${icon(words.icon)}<span class="waits__full">${full}</span><span class="waits__short" aria-hidden="true">${short}</span>
  </span>`;
}

export function escalatedOf(conversation: Waiting): Escalated {
  return waitOf(conversation)?.escalated ?? null;
}

/** On a row. */
export function escalatedChip(escalated: NonNullable<Escalated>): VNode {
  return html`<span class="badge badge--danger">${icon('escalated')}${escalated === 'managers' ? 'Escalated to managers' : 'Escalated'}</span>`;
}

/** Whose it is has not answered in time: anybody takes it with one click, without opening it first. */
export function takeOver(conversation: ConversationSummary): VNode | null {
  const { id, assignee } = conversation;
  if (assignee === null || assignee.id === staffId.value) return null;
  const take = () => void changeConversation(id, { assignee: staffId.peek() });
  return html`<button type="button" class="button button--small row__take" onClick=${take} aria-label=${`Take over ${callerTitle(conversation)} from ${assignee.name}`}>Take over</button>`;
}

/** Below the head: why it is urgent, and whose it is by now because it waits. */
export function WaitBars({ conversation }: { conversation: ConversationSummary }): VNode | null {
  const { id, urgent } = conversation;
  const escalated = useEscalated(conversation);
  if (urgent === null && escalated === null) return null;
  return html`<div class="wait-bars">
    ${
      urgent === null
        ? null
        : html`<div class="wait-bar" role="group" aria-label="Urgent" key="urgent">
            ${icon('alert')}<p><strong>Urgent:</strong> they wrote “<bdi>${urgent.phrase}</bdi>”.</p>
            <button type="button" class="button button--small" onClick=${() => void changeConversation(id, { urgent: false })}>Not urgent</button>
          </div>`
    }
    ${
      escalated === null
        ? null
        : html`<div class="wait-bar" role="group" aria-label="Escalated" key="escalated">
            ${icon('escalated')}<p><strong>Escalated:</strong> ${escalatedWords(escalated)}</p>${takeOver(conversation)}
          </div>`
    }
  </div>`;
}

function escalatedWords(escalated: NonNullable<Escalated>): string {
  const { everyoneMinutes, managersMinutes } = clock.value ?? {};
  const limit = escalated === 'managers' ? managersMinutes : everyoneMinutes;
  const whose = escalated === 'managers' ? 'the managers’' : 'everybody’s';
  return `no answer in ${minutesWords(limit ?? 0)} of your hours, so it is ${whose} now.`;
}

/** The words for which a conversation is urgent, in what a caller wrote. */
export function marked(text: string, phrase: string): (VNode | string)[] {
  const parts: (VNode | string)[] = [];
  let end = 0;
  for (const { from, to } of redFlagFinder([phrase])(text)) {
    parts.push(text.slice(end, from), html`<mark key=${from}>${text.slice(from, to)}</mark>`);
    end = to;
  }
  return [...parts, text.slice(end)];
}
