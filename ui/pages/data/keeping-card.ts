import { useSignal } from '@preact/signals';
import type { Keeping, KeepingSet } from '../../../src/domain/practice/retention.ts';
import { ConfirmDialog } from '../../design/confirm-dialog.ts';
import { field } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { type Answer, notify, useUnsaved } from '../../shell/page.ts';
import { daysWords, FIELDS, type Field, offeredDays, shortened } from './keeping-words.ts';

interface Stored {
  set: KeepingSet;
  version: number;
  above: Keeping;
}

interface Card {
  id: string;
  title: string;
  lead: string;
  /** What is chosen where nothing is set: "As the enterprise". */
  unset: string;
  stored: Stored;
  save: (set: KeepingSet, version: number) => Promise<Answer<Stored>>;
  /** Saved, or somebody else came first: fetch it again. */
  changed: () => void;
}

/** How long things are kept: three choices, saved together. What lets things go sooner is asked about first. */
export function KeepingCard({ id, title, lead, unset, stored, save, changed }: Card): VNode {
  const draft = useSignal<KeepingSet>(stored.set);
  const isAsking = useSignal(false);
  const isBusy = useSignal(false);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    draft.value = stored.set;
  }, [stored.version]);
  const fields = Object.keys(FIELDS) as Field[];
  const isChanged = fields.some((one) => draft.value[one] !== stored.set[one]);
  useUnsaved(isChanged);
  const sooner = shortened(stored.set, draft.value, stored.above);

  async function store(): Promise<void> {
    isBusy.value = true;
    const answer = await save(draft.value, stored.version);
    isBusy.value = false;
    isAsking.value = false;
    const isLate = !answer.ok && answer.code === 'changed-meanwhile';
    error.value = answer.ok ? null : `${answer.message}${isLate ? ` You had chosen: ${chosenWords()}.` : ''}`;
    if (answer.ok) notify('Saved');
    // Then the choices are those that somebody else made.
    if (answer.ok || isLate) changed();
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isChanged || isBusy.value) return;
    if (sooner.length > 0) isAsking.value = true;
    else void store();
  };

  return html`<section class="section" aria-labelledby=${`${id}-title`}>
    <div class="section__head"><h2 class="section__title" id=${`${id}-title`}>${title}</h2></div>
    <form class="card data-keeping" onSubmit=${submit}>
      <p class="data-lead">${lead}</p>
      <div class="data-keeping__fields">${fields.map((one) => choice(one))}</div>
      <div role="alert">${error.value === null ? null : html`<p class="callout callout--danger">${error.value}</p>`}</div>
      <div class="form__actions">
        <button type="submit" class="button button--primary" aria-disabled=${isChanged ? undefined : 'true'}>Save</button>
        ${
          isChanged
            ? html`<button type="button" class="button" onClick=${() => {
                draft.value = stored.set;
              }}>Discard</button>`
            : null
        }
      </div>
    </form>
    <${ConfirmDialog}
      id=${`${id}-ask`}
      title="Keep less than now?"
      text=${soonerWords()}
      does="Keep less"
      isDangerous=${true}
      isOpen=${isAsking.value}
      isBusy=${isBusy.value}
      error=${null}
      confirm=${() => void store()}
      cancel=${() => {
        isAsking.value = false;
      }}
    />
  </section>`;

  function choice(one: Field): VNode {
    const { label, help } = FIELDS[one];
    const value = draft.value[one];
    const choose = (event: Event) => {
      const chosen = (event.currentTarget as HTMLSelectElement).value;
      draft.value = { ...draft.value, [one]: chosen === '' ? null : Number(chosen) };
    };
    const control = html`<select id=${`${id}-${one}`} aria-describedby=${`${id}-${one}-help`} value=${value ?? ''} onChange=${choose}>
      <option value="" selected=${value === null}>${unset}: ${daysWords(stored.above[one])}</option>
      ${offeredDays(one, value).map((days) => html`<option key=${days} value=${days} selected=${days === value}>${capital(daysWords(days))}</option>`)}
    </select>`;
    return html`<div key=${one}>${field({ id: `${id}-${one}`, label, control, help })}</div>`;
  }

  /** What is another choice than it was. */
  function chosenWords(): string {
    const chosen = fields.filter((one) => draft.value[one] !== stored.set[one]);
    return chosen
      .map((one) => {
        const days = draft.value[one];
        return `${FIELDS[one].label} ${days === null ? unset.toLowerCase() : daysWords(days)}`;
      })
      .join(', ');
  }

  function soonerWords(): string {
    const what = sooner.map((one) => {
      const days = draft.value[one] ?? stored.above[one];
      return `${FIELDS[one].label.toLowerCase()} after ${daysWords(days)}`;
    });
    return `From the next night on, Offhook deletes ${what.join(', ')}. What is deleted cannot be brought back.`;
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
