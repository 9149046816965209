import { formatHeld } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import type { LogEntry } from '../state.ts';
import { state } from '../store.ts';
import { formatTimeWithHalf } from '../time.ts';
import { answerInWords, USE_CASE_WORDS } from '../words.ts';

/** Outside of the phone: what the caller never sees. */
export function phoneSystem(): VNode {
  const { log } = state.value;
  return html`<section class="card card--log" aria-labelledby="phone-system">
    <h2 id="phone-system">What the phone system saw</h2>
    ${
      log.length === 0
        ? html`<p class="card__note">
            Nothing yet. As soon as a caller presses the key or hangs up, the clinic’s phone system calls one
            webhook. It appears here, with what Offhook answered.
          </p>`
        : html`<ol class="log" tabindex="0" aria-label="Webhooks, newest first">${log.map(entryOf)}</ol>`
    }
  </section>`;
}

function entryOf(entry: LogEntry): VNode {
  const { id, at, useCase, waitedSeconds, outcome } = entry;
  const held = waitedSeconds === 0 ? '' : ` after ${formatHeld(waitedSeconds)}`;
  return html`<li class="log__entry" key=${id} data-outcome=${toneOf(outcome)}>
    <p class="log__head">
      <strong>The caller ${USE_CASE_WORDS[useCase]}${held}</strong>
      <time datetime=${new Date(at).toISOString()}>${formatTimeWithHalf(at)}</time>
    </p>
    ${outcomeOf(outcome)}
  </li>`;
}

function outcomeOf(outcome: LogEntry['outcome']): VNode {
  switch (outcome.is) {
    case 'asked':
      return html`<p class="log__words">Calling the webhook…</p>`;
    case 'not-fired':
      return html`<p class="log__words">${outcome.because}</p>`;
    case 'answered': {
      const { useCase, sent, status, answer } = outcome.call;
      return html`
        <p class="log__words">${answerInWords(outcome.call)}</p>
        <dl class="log__wire">
          <dt>POST /hooks/demo/${useCase}/…</dt>
          <dd>${onLines(sent)}</dd>
          <dt class="log__status">${status}</dt>
          <dd>${onLines(shortened(answer))}</dd>
        </dl>
      `;
    }
  }
}

type Tone = 'texting' | 'skipped' | 'refused' | 'none';

function toneOf(outcome: LogEntry['outcome']): Tone {
  if (outcome.is !== 'answered') return 'none';
  const { status, answer } = outcome.call;
  if (status !== 200) return 'refused';
  return (answer as { result?: string } | null)?.result === 'skipped' ? 'skipped' : 'texting';
}

function onLines(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** A conversation's id has 64 characters, which say nothing to anybody who looks at this. */
function shortened(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  const entries = Object.entries(answer).map(([name, value]) => [
    name,
    typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 8)}…` : value,
  ]);
  return Object.fromEntries(entries);
}
