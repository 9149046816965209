import { useSignal } from '@preact/signals';
import { faultWords, wholeWords } from '../../../src/domain/audit/audit-words.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce } from '../../shell/page.ts';
import type { AuditApi } from './audit-api.ts';

type Verifying =
  | { is: 'idle' }
  | { is: 'running'; checked: number; of: number }
  | { is: 'whole'; entries: number; head: { seq: number; hash: string } }
  | { is: 'wrong'; words: string }
  | { is: 'failed'; message: string };

/** Goes through the whole log, some thousand entries at a time, and says what it found. */
export function VerifyCard({ api }: { api: AuditApi }): VNode {
  const state = useSignal<Verifying>({ is: 'idle' });
  const isGone = useRef(false);
  useEffect(
    () => () => {
      isGone.current = true;
    },
    [],
  );

  async function verify(): Promise<void> {
    state.value = { is: 'running', checked: 0, of: 0 };
    for (let from = 1; !isGone.current; ) {
      const answer = await api.verify(from);
      if (!answer.ok) {
        finish({ is: 'failed', message: answer.message }, answer.message);
        return;
      }
      const { fault, checkedTo, first, head } = answer.value;
      if (fault !== null) {
        const words = faultWords(fault);
        finish({ is: 'wrong', words }, words);
        return;
      }
      const entries = head.seq - first + 1;
      if (checkedTo >= head.seq) {
        finish({ is: 'whole', entries, head }, wholeWords(entries));
        return;
      }
      state.value = { is: 'running', checked: checkedTo - first + 1, of: entries };
      from = checkedTo + 1;
    }
  }
  function finish(result: Verifying, words: string): void {
    state.value = result;
    announce(words);
  }

  const current = state.value;
  const isRunning = current.is === 'running';
  return html`<section class="card audit-verify" aria-labelledby="verify-title">
    <div class="audit-verify__head">
      <h2 class="audit-verify__title" id="verify-title">Is this log whole?</h2>
      <button type="button" class="button" aria-disabled=${isRunning ? 'true' : undefined} onClick=${() => {
        if (!isRunning) void verify();
      }}>${icon('check')}${isRunning ? 'Verifying…' : 'Verify'}</button>
    </div>
    ${result(current)}
  </section>`;
}

function result(current: Verifying): VNode {
  switch (current.is) {
    case 'idle':
      return html`<p class="audit-verify__text">Each entry carries the fingerprint of the one before it. Verifying finds an entry that was altered, removed or put in another place.</p>`;
    case 'running':
      return html`<progress aria-label="Entries verified" max=${current.of || undefined} value=${current.of ? current.checked : undefined}></progress>`;
    case 'whole':
      return html`<p class="audit-verify__text" data-tone="ok">${icon('check')}<span>${wholeWords(current.entries)}${
        current.head.seq === 0
          ? null
          : html` The newest has the fingerprint <code>${current.head.hash}</code>. Keep it elsewhere, and you can prove later that nothing up to here was changed.`
      }</span></p>`;
    case 'wrong':
      return html`<p class="audit-verify__text" data-tone="danger">${icon('alert')}<span>${current.words} All entries before it are as they were written. Export the log, and tell whoever is responsible for compliance.</span></p>`;
    case 'failed':
      return html`<p class="audit-verify__text" data-tone="danger">${icon('alert')}<span>${current.message}</span></p>`;
  }
}
