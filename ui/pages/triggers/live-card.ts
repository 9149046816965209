import { useSignal } from '@preact/signals';
import type { WentLive } from '../../../src/domain/triggers/managed-trigger.ts';
import { CopyButton } from '../../design/copy-button.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { formatUntil } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, minute, notify, session } from '../../shell/page.ts';
import type { Opened } from './opened.ts';

/** From demo to production: the proof of a test is made in the one and pasted in the other. */
export function LiveCard({ opened }: { opened: Opened }): VNode {
  const isProduction = session.value?.environment === 'production';
  const { wentLive } = opened.trigger;
  return html`<section class="card" aria-labelledby="live-title">
    <h2 class="section__title" id="live-title">${isProduction ? 'Going live' : 'For production'}</h2>
    ${isProduction ? (wentLive === null ? html`<${GoLive} opened=${opened} />` : html`<p class="field__help">${liveWords(wentLive, opened.practice.timeZone)}</p>`) : html`<${MakeProof} opened=${opened} />`}
  </section>`;
}

function liveWords(live: WentLive, timeZone: string): string {
  const when = (at: number) =>
    new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
  const who = `${live.by.name}, ${when(live.at)}`;
  return live.how === 'proof'
    ? `Taken live by ${who}, after a test in demo on ${when(live.testedAt)}.`
    : `Taken live without a test by ${who}: “${live.reason}”`;
}

function MakeProof({ opened }: { opened: Opened }): VNode {
  const { api, trigger, practice } = opened;
  const made = useSignal<{ proof: string; expiresAt: number } | null>(null);
  const error = useSignal<string | null>(null);

  async function make(): Promise<void> {
    const answer = await api.testProof(trigger.id);
    made.value = answer.ok ? answer.value : null;
    error.value = answer.ok ? null : answer.message;
    if (answer.ok) announce('The proof is made.');
  }

  const proof = made.value;
  return html`
    <p class="field__help">When a text of this trigger has arrived on a phone, make a proof of it here and paste it in production. That use case and language may then go live.</p>
    ${
      proof === null
        ? null
        : html`<div class="code"><code>${proof.proof}</code><${CopyButton} text=${proof.proof} what="the proof" announce=${announce} /></div>
            <p class="field__help">Good until ${formatUntil(proof.expiresAt, minute.value, practice.timeZone)}.</p>`
    }
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--warn">${icon('alert')}<span>${error.value}</span></p>`}</div>
    <div class="form__actions"><button type="button" class="button" onClick=${() => void make()}>Make a proof</button></div>
  `;
}

function GoLive({ opened }: { opened: Opened }): VNode {
  const { api, trigger, practice, changed } = opened;
  const proof = useSignal('');
  const reason = useSignal('');
  const errors = useSignal<{ proof?: string; reason?: string }>({});

  async function go(word: { proof: string } | { override: true; reason: string }): Promise<void> {
    const answer = await api.goLive(trigger.id, word);
    if (answer.ok) {
      changed(answer.value.trigger);
      notify('It is live: callers are texted from now on.');
    } else {
      errors.value = 'proof' in word ? { proof: answer.message } : { reason: answer.message };
    }
  }

  const proofField = {
    id: 'proof',
    help: 'Test it in demo, make the proof there, and paste it here.',
    error: errors.value.proof ?? null,
  };
  const reasonField = { id: 'reason', help: 'Kept with your name.', error: errors.value.reason ?? null };
  return html`
    <form class="form" noValidate onSubmit=${(event: SubmitEvent) => {
      event.preventDefault();
      void go({ proof: proof.value });
    }}>
      ${field({
        ...proofField,
        label: 'Proof of the test in demo',
        control: html`<textarea id="proof" rows="3" spellcheck=${false} autocomplete="off" aria-invalid=${proofField.error === null ? undefined : 'true'} aria-describedby=${describedBy(proofField)} value=${proof.value} onInput=${(
          event: Event,
        ) => {
          proof.value = (event.currentTarget as HTMLTextAreaElement).value;
        }}></textarea>`,
      })}
      <div class="form__actions"><button type="submit" class="button button--primary">Go live</button></div>
    </form>
    ${
      practice.role === 'admin'
        ? html`<details class="override"><summary>Go live without a test</summary>
            <form class="form" noValidate onSubmit=${(event: SubmitEvent) => {
              event.preventDefault();
              void go({ override: true, reason: reason.value });
            }}>
              ${field({
                ...reasonField,
                label: 'Why?',
                control: html`<textarea id="reason" rows="2" aria-invalid=${reasonField.error === null ? undefined : 'true'} aria-describedby=${describedBy(reasonField)} value=${reason.value} onInput=${(
                  event: Event,
                ) => {
                  reason.value = (event.currentTarget as HTMLTextAreaElement).value;
                }}></textarea>`,
              })}
              <div class="form__actions"><button type="submit" class="button">Go live on my word</button></div>
            </form>
          </details>`
        : null
    }
  `;
}
