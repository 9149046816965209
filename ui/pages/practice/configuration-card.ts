import { useSignal } from '@preact/signals';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { Sheet } from '../../design/sheet.ts';
import { checkSession, notify, practicePath } from '../../shell/page.ts';
import { type ConfigurationAnswer, sendConfiguration } from './configuration-file.ts';

interface Chosen {
  name: string;
  file: unknown;
  answer: ConfigurationAnswer;
}

/** Out of demo, into production: how the practice is set up, as one file. */
export function ConfigurationCard({ practiceId, taken }: { practiceId: string; taken: () => void }): VNode {
  const chosen = useSignal<Chosen | null>(null);
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const path = `${practicePath(practiceId)}/configuration`;

  async function choose(event: Event): Promise<void> {
    const input = event.currentTarget as HTMLInputElement;
    const [found] = input.files ?? [];
    // The same file can be chosen again after it was put right.
    const text = found === undefined ? null : await found.text().catch(() => null);
    input.value = '';
    if (found === undefined) return;
    const file = parsed(text);
    if (file === undefined) {
      error.value = `${found.name} is no JSON file. Choose one that was exported here.`;
      return;
    }
    error.value = null;
    chosen.value = { name: found.name, file, answer: await sendConfiguration(path, file, true) };
  }

  async function take(): Promise<void> {
    const current = chosen.peek();
    if (current === null || isBusy.peek()) return;
    isBusy.value = true;
    const answer = await sendConfiguration(path, current.file, false);
    isBusy.value = false;
    if (answer.is !== 'planned') {
      chosen.value = { ...current, answer };
      return;
    }
    chosen.value = null;
    notify('Taken in. Look at Set-up for what is left to do.');
    taken();
    await checkSession();
  }

  const current = chosen.value;
  return html`<section class="card" aria-labelledby="move-title">
    <h2 class="section__title" id="move-title">Take it elsewhere</h2>
    <p>One file holds the practice, its lines, hours, triggers, quick responses and smart phrases: export it in demo, import it in production. No secret, no person and no patient is in it; triggers get addresses of their own.</p>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions">
      <a class="button" href=${path} download>${icon('arrow-down')}Export</a>
      <label class="button import-button">${icon('file')}Import…<input class="visually-hidden" type="file" accept="application/json,.json" onChange=${(event: Event) => void choose(event)} /></label>
    </div>
    <${Sheet} id="import" title=${current === null ? 'Import' : `Import ${current.name}`} isOpen=${current !== null} close=${() => {
      chosen.value = null;
    }}>
      ${current === null ? null : shown(current.answer, isBusy.value, () => void take())}
    </${Sheet}>
  </section>`;
}

function shown(answer: ConfigurationAnswer, isBusy: boolean, take: () => void): VNode {
  switch (answer.is) {
    case 'refused':
      return html`<div role="alert"><p class="callout callout--danger">${icon('alert')}<span>${answer.message}</span></p></div>
        <ul class="changes">${answer.why.map((one) => html`<li key=${one}>${one}</li>`)}</ul>`;
    case 'planned':
      return answer.changes.length === 0
        ? html`<p>All of it is so already. There is nothing to take in.</p>`
        : html`<p>This will be otherwise. What is only here stays.</p>
            <ul class="changes">${answer.changes.map((one) => html`<li key=${one}>${one}</li>`)}</ul>
            <div class="form__actions"><button type="button" class="button button--primary" aria-disabled=${isBusy ? 'true' : undefined} onClick=${take}>${isBusy ? 'Taking it in…' : 'Take it in'}</button></div>`;
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
