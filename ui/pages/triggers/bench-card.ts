import { useSignal } from '@preact/signals';
import { field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, pageHref, session } from '../../shell/page.ts';
import type { Opened } from './opened.ts';
import { isTraceOver, type Trace, traceList } from './trace.ts';
import { answerWords } from './trial-words.ts';
import type { Trial } from './triggers-api.ts';

const LOOK_EVERY_MS = 700;
/** A carrier that says nothing by then is looked at in Activity. */
const LOOK_FOR_MS = 60_000;

/** "Text my phone": the real way of a call, told step by step. */
export function BenchCard({ opened }: { opened: Opened }): VNode {
  const { api, trigger } = opened;
  const number = useSignal('');
  const trial = useSignal<Trial | null>(null);
  const trace = useSignal<Trace | null>(null);
  const error = useSignal<string | null>(null);
  const busyWith = useSignal<'text' | 'dry-run' | null>(null);
  const activityId = trial.value?.activityId ?? null;

  useEffect(() => {
    if (activityId === null) return;
    const startedAt = Date.now();
    let timer = 0;
    const look = async () => {
      const answer = await api.trace(activityId);
      if (answer.ok) trace.value = answer.value;
      const isOver = answer.ok && isTraceOver(answer.value);
      if (isOver || Date.now() - startedAt > LOOK_FOR_MS) return;
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    void look();
    return () => clearTimeout(timer);
  }, [activityId]);

  async function test(isDryRun: boolean): Promise<void> {
    if (busyWith.value !== null) return;
    if (number.value.trim() === '') {
      error.value = 'Write the number of your phone.';
      return;
    }
    busyWith.value = isDryRun ? 'dry-run' : 'text';
    trial.value = null;
    trace.value = null;
    const answer = await api.test(trigger.id, number.value.trim(), isDryRun);
    busyWith.value = null;
    error.value = answer.ok ? null : answer.message;
    if (!answer.ok) return;
    trial.value = answer.value;
    announce(answerWords(answer.value));
  }

  const isTrial = session.value?.environment !== 'production';
  return html`<section class="card" aria-labelledby="bench-title">
    <h2 class="section__title" id="bench-title">Test bench</h2>
    <form class="form" noValidate onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      void test(false);
    }}>
      ${field({
        id: 'bench-number',
        label: 'Your mobile number',
        control: html`<input
          id="bench-number"
          type="tel"
          autocomplete="tel"
          placeholder="206 202 0123"
          value=${number.value}
          aria-invalid=${error.value === null ? undefined : 'true'}
          aria-describedby=${error.value === null ? 'bench-number-help' : 'bench-number-error bench-number-help'}
          onInput=${(event: Event) => {
            number.value = (event.currentTarget as HTMLInputElement).value;
          }}
        />`,
        help: isTrial
          ? html`Texts stay here: they arrive on <a href="/simulator" target="_blank" rel="noreferrer noopener">the handset<span class="visually-hidden"> (new tab)</span></a>.`
          : 'The text is a real one, and ends up in a conversation of the inbox.',
        error: error.value,
      })}
      <div class="form__actions">
        <button type="submit" class="button button--primary" aria-disabled=${busyWith.value === null ? undefined : 'true'}>
          ${busyWith.value === 'text' ? 'Calling…' : 'Text my phone'}
        </button>
        <button type="button" class="button" aria-disabled=${busyWith.value === null ? undefined : 'true'} onClick=${() => void test(true)}>
          ${busyWith.value === 'dry-run' ? 'Calling…' : 'Dry run'}
        </button>
      </div>
    </form>
    ${trial.value === null ? null : result(trial.value, trace.value)}
  </section>`;
}

function result(trial: Trial, trace: Trace | null): VNode {
  const isFine = trial.status === 200;
  return html`<div class="bench-result">
    <p class=${`callout ${isFine ? 'callout--plain' : 'callout--danger'}`}>${icon(isFine ? 'bolt' : 'alert')}<span>${answerWords(trial)}</span></p>
    ${trace === null ? null : traceList(trace)}
    ${trial.activityId === null ? null : html`<p><a data-inbox href=${pageHref({ name: 'activity', path: [trial.activityId] })}>Open it in Activity</a></p>`}
    <details class="bench-result__raw">
      <summary>What your phone system would get</summary>
      <div class="code"><pre>${`${trial.status} ${JSON.stringify(trial.answer, null, 2)}`}</pre></div>
    </details>
  </div>`;
}
