import { useSignal } from '@preact/signals';
import type { CarrierOffer } from '../../../src/domain/practice/line-settings.ts';
import { describedBy, field } from '../../design/form-parts.ts';
import { formatNumber } from '../../design/format.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { focusSoon, goToPage, notify, type PageProps, session } from '../../shell/page.ts';
import { carrierChoices, missingOf } from './carrier-choices.ts';
import type { LinesApi, ShownLine } from './lines-api.ts';

interface Adding {
  practice: PageProps['practice'];
  carriers: CarrierOffer[];
  api: LinesApi;
  added: (line: ShownLine) => void;
}

/** Asks what a line cannot be without; the rest is on its own page, which comes next. */
export function AddLine({ carriers, api, added }: Adding): VNode {
  const draft = useSignal({ name: 'Main line', number: '', mainNumber: '' });
  const carrier = useSignal(carriers.find(({ missing }) => missing.length === 0)?.name ?? null);
  const error = useSignal<{ id: string | null; message: string } | null>(null);
  const isBusy = useSignal(false);
  useEffect(() => {
    focusSoon('#line-number');
    void api.mainNumber().then((answer) => {
      const known = answer.ok ? answer.value.practice.mainNumber : null;
      if (known !== null && draft.peek().mainNumber === '')
        draft.value = { ...draft.peek(), mainNumber: formatNumber(known) };
    });
  }, []);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy.peek() || carrier.value === null) return;
    isBusy.value = true;
    const { name, number, mainNumber } = draft.peek();
    const answer = await api.add({
      name,
      number,
      carrier: carrier.value,
      mainNumber: mainNumber.trim() || null,
    });
    isBusy.value = false;
    if (!answer.ok) {
      const id = fieldOf(answer.code, answer.message);
      error.value = { id, message: answer.message.replace(/^Check “\w+”: /, '') };
      if (id !== null) focusSoon(`#${id}`);
      return;
    }
    const { line } = answer.value;
    added(line);
    notify(`Added: ${line.name}, ${formatNumber(line.number)}`);
    goToPage({ path: [line.id] });
  }

  const typed = (
    id: string,
    key: 'name' | 'number' | 'mainNumber',
    label: string,
    help: string,
    type = 'tel',
  ) => {
    const wrong = error.value?.id === id ? error.value.message : null;
    return field({
      id,
      label,
      help,
      error: wrong,
      control: html`<input id=${id} type=${type} autocomplete="off" maxlength="100" required=${key !== 'mainNumber'}
        aria-invalid=${wrong === null ? undefined : 'true'}
        aria-describedby=${describedBy({ id, help, error: wrong })}
        value=${draft.value[key]}
        onInput=${(event: Event) => {
          draft.value = { ...draft.value, [key]: (event.currentTarget as HTMLInputElement).value };
          error.value = null;
        }} />`,
    });
  };
  const isSimulated = carrier.value === 'simulator';
  return html`<form class="form" noValidate onSubmit=${submit}>
    ${carrierChoices(carriers, carrier.value, (name) => {
      carrier.value = name;
    })}
    ${missingOf(carriers)}
    ${typed(
      'line-number',
      'number',
      'Number',
      isSimulated
        ? 'Any US number that is not in films, such as (206) 202-0150. Simulated phones reach it, real ones do not.'
        : 'With its area code, as your carrier has it. Callers see it as the sender.',
    )}
    ${typed('line-name', 'name', 'Name', 'For colleagues, who see it beside conversations.', 'text')}
    ${typed('line-main', 'mainNumber', 'Calls are forwarded to', 'The main number, for who calls the line instead of texting. Without one, callers are asked to text.')}
    <div role="alert">${error.value === null || error.value.id !== null ? null : html`<p class="callout callout--danger">${error.value.message}</p>`}</div>
    <div class="form__actions">
      <button type="submit" class="button button--primary" aria-disabled=${isBusy.value || carrier.value === null ? 'true' : undefined}>${isBusy.value ? 'Asking the carrier…' : 'Add the line'}</button>
    </div>
    ${session.value?.environment === 'production' && carrier.value === null ? html`<p class="field__help">As soon as one carrier is set up, a line can be added.</p>` : null}
  </form>`;
}

function fieldOf(code: string, message: string): string | null {
  if (code === 'number-taken') return 'line-number';
  const [, name] = /^Check “(\w+)”/.exec(message) ?? [];
  return { number: 'line-number', name: 'line-name', mainNumber: 'line-main' }[name ?? ''] ?? null;
}
