import { useSignal } from '@preact/signals';
import type { LineToSetUp, ManagedTrigger } from '../../../src/domain/triggers/managed-trigger.ts';
import { USE_CASES, type UseCase } from '../../../src/domain/triggers/use-case.ts';
import { choices, describedBy, field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { languageChoices } from '../../design/language-choices.ts';
import { triggerTitle, USE_CASE_HELP, USE_CASE_WORDS } from '../../design/trigger-words.ts';
import { useDialog } from '../../design/use-dialog.ts';
import { goToPage, notify } from '../../shell/page.ts';
import type { TriggersApi } from './triggers-api.ts';

export interface Adding {
  /** Null while nothing is being added. */
  line: LineToSetUp | null;
  there: readonly ManagedTrigger[];
  /** Where only another language is wanted. */
  useCase?: UseCase;
  api: TriggersApi;
  added: (trigger: ManagedTrigger) => void;
  close: () => void;
}

const OTHER = 'other';

/** Asks for use case and language, and goes to the new trigger. */
export function AddDialog({ line, there, useCase: fixed, api, added, close }: Adding): VNode {
  const useCase = useSignal<UseCase>(fixed ?? 'call-to-text');
  const chosen = useSignal('');
  const written = useSignal('');
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const dialog = useDialog(line !== null);

  const taken = there.filter((one) => one.line.id === line?.id && one.useCase === useCase.value);
  const offered = languageChoices(taken.map((one) => one.language));
  const shown =
    chosen.value === OTHER || offered.some(({ tag }) => tag === chosen.value)
      ? chosen.value
      : (offered[0]?.tag ?? OTHER);

  useEffect(() => {
    error.value = null;
  }, [line]);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (line === null || isBusy.value) return;
    isBusy.value = true;
    const language = shown === OTHER ? written.value.trim() : shown;
    const answer = await api.add({ line: line.id, useCase: useCase.value, language });
    isBusy.value = false;
    if (!answer.ok) {
      error.value = answer.message;
      return;
    }
    const { trigger } = answer.value;
    close();
    added(trigger);
    notify(`Added: ${triggerTitle(trigger)}`);
    goToPage({ path: [trigger.id] });
  }

  const other = { id: 'add-other', help: 'Its code, such as hi, ja or pt-BR.' };
  return html`<dialog ref=${dialog} class="dialog" aria-labelledby="add-title" onClose=${close}>
    <form class="dialog__form" onSubmit=${submit}>
      <h2 class="dialog__title" id="add-title">${fixed === undefined ? `Add a trigger to ${line?.name ?? ''}` : 'Add a language'}</h2>
      ${
        fixed === undefined
          ? choices(
              'use-case',
              'When',
              USE_CASES.map((value) => ({ value, label: USE_CASE_WORDS[value], help: USE_CASE_HELP[value] })),
              useCase.value,
              (value) => {
                useCase.value = value;
              },
            )
          : null
      }
      ${field({
        id: 'add-language',
        label: 'Language',
        control: html`<select id="add-language" value=${shown} onChange=${(event: Event) => {
          chosen.value = (event.currentTarget as HTMLSelectElement).value;
        }}>
          ${offered.map(({ tag, name }) => html`<option key=${tag} value=${tag} selected=${tag === shown}>${name}</option>`)}
          <option value=${OTHER} selected=${shown === OTHER}>Another one…</option>
        </select>`,
        help: 'Each language has an address of its own: your phone system knows which one the caller chose.',
      })}
      ${
        shown === OTHER
          ? field({
              ...other,
              label: 'Which one?',
              control: html`<input id=${other.id} required maxlength="35" autocomplete="off" spellcheck=${false} aria-describedby=${describedBy(other)} value=${written.value} onInput=${(
                event: Event,
              ) => {
                written.value = (event.currentTarget as HTMLInputElement).value;
              }} />`,
            })
          : null
      }
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <div class="dialog__actions">
        <button type="button" class="button" onClick=${close}>Cancel</button>
        <button class="button button--primary" type="submit" aria-disabled=${isBusy.value ? 'true' : undefined}>Add</button>
      </div>
    </form>
  </dialog>`;
}
