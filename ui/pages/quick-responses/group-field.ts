import { useSignal } from '@preact/signals';
import { MAX_GROUP_NAME_LENGTH } from '../../../src/domain/words/quick-response.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusSoon } from '../../shell/page.ts';

interface Choosing {
  groups: readonly string[];
  group: string;
  error: string | null;
  choose: (name: string) => void;
}

const NEW = ' new';

/** One that is there, or a new one. */
export function GroupField({ groups, group, error, choose }: Choosing): VNode {
  const isNew = useSignal(group !== '' && !groups.includes(group));
  const select = html`<select id="response-group" value=${isNew.value ? NEW : group} onChange=${(
    event: Event,
  ) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    isNew.value = value === NEW;
    choose(value === NEW ? '' : value);
    if (value === NEW) focusSoon('#response-new-group');
  }}>
    ${groups.map((name) => html`<option key=${name} value=${name} selected=${!isNew.value && name === group}>${name}</option>`)}
    <option value=${NEW} selected=${isNew.value}>A new group…</option>
  </select>`;
  return html`<div class="group-field">
    ${field({ id: 'response-group', label: 'Group', control: select, error: isNew.value ? null : error })}
    ${
      isNew.value
        ? field({
            id: 'response-new-group',
            label: 'Name of the new group',
            error,
            control: html`<input id="response-new-group" autocomplete="off" maxlength=${MAX_GROUP_NAME_LENGTH} aria-describedby=${describedBy({ id: 'response-new-group', error })} value=${group} onInput=${(
              event: Event,
            ) => choose((event.currentTarget as HTMLInputElement).value)} />`,
          })
        : null
    }
  </div>`;
}
