import { useSignal } from '@preact/signals';
import { API_KEY_SCOPES, type ApiKey, MAX_KEY_NAME, SCOPES } from '../../../src/domain/people/api-key.ts';
import { field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { focusSoon, session } from '../../shell/page.ts';
import { enterpriseApi, type NewKey } from './enterprise-api.ts';

/** Nothing is ticked beforehand: what a program does not need, it should not have. */
export function MakeKey({ made }: { made: (made: { key: ApiKey; secret: string }) => void }): VNode {
  const practices = session.value?.practices ?? [];
  const draft = useSignal<NewKey>({ name: '', practiceId: '', scopes: [] });
  const error = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => focusSoon('#key-name'), []);

  const set = (change: Partial<NewKey>) => {
    draft.value = { ...draft.value, ...change };
    error.value = null;
  };
  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek()) return;
    if (draft.peek().scopes.length === 0) {
      error.value = 'Choose what it is good for.';
      return;
    }
    isBusy.value = true;
    const answer = await enterpriseApi.makeKey(draft.peek());
    isBusy.value = false;
    if (answer.ok) made(answer.value);
    else error.value = answer.message.replace(/^Check “[\w.]+”: /, '');
  }

  return html`<form class="form" onSubmit=${submit}>
    ${field({
      id: 'key-name',
      label: 'Name',
      help: 'What uses it, such as “Nightly patient import”. It stands in the audit log.',
      control: html`<input id="key-name" required maxlength=${MAX_KEY_NAME} autocomplete="off" aria-describedby="key-name-help" value=${draft.value.name} onInput=${(
        event: Event,
      ) => set({ name: (event.currentTarget as HTMLInputElement).value })} />`,
    })}
    ${field({
      id: 'key-practice',
      label: 'Practice',
      control: html`<select id="key-practice" required onChange=${(event: Event) =>
        set({ practiceId: (event.currentTarget as HTMLSelectElement).value })}>
        <option value="">Choose one</option>
        ${practices.map(({ id, name }) => html`<option key=${id} value=${id} selected=${id === draft.value.practiceId}>${name}</option>`)}
      </select>`,
    })}
    <fieldset class="choices">
      <legend>Good for</legend>
      ${SCOPES.map((scope) => {
        const { label, means } = API_KEY_SCOPES[scope];
        const isChosen = draft.value.scopes.includes(scope);
        return html`<label class="choice" key=${scope}>
          <input type="checkbox" checked=${isChosen} onChange=${() =>
            set({
              scopes: SCOPES.filter((one) => draft.value.scopes.includes(one) !== (one === scope)),
            })} />
          <span class="choice__label">${label}</span>
          <span class="choice__help">${means}</span>
        </label>`;
      })}
    </fieldset>
    <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
    <div class="form__actions"><button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>${isBusy.value ? 'Making it…' : 'Make the key'}</button></div>
  </form>`;
}
