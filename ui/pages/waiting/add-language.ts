import { useSignal } from '@preact/signals';
import { field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { languageChoices } from '../../design/language-choices.ts';

interface Adding {
  id: string;
  there: readonly string[];
  add: (language: string) => void;
}

export function AddLanguage({ id, there, add }: Adding): VNode | null {
  const chosen = useSignal('');
  const offered = languageChoices(there);
  const shown = offered.find(({ tag }) => tag === chosen.value) ?? offered[0];
  if (shown === undefined) return null;
  const choose = (event: Event) => {
    chosen.value = (event.currentTarget as HTMLSelectElement).value;
  };
  return html`<div class="waiting__add">
    ${field({
      id,
      label: 'Add a language',
      control: html`<select id=${id} value=${shown.tag} onChange=${choose}>
        ${offered.map(({ tag, name }) => html`<option key=${tag} value=${tag} selected=${tag === shown.tag}>${name}</option>`)}
      </select>`,
    })}
    <button type="button" class="button" onClick=${() => add(shown.tag)}>${icon('plus')}Add</button>
  </div>`;
}
