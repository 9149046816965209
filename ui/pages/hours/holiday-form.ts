import { useSignal } from '@preact/signals';
import type { Holiday } from '../../../src/domain/hours/schedule.ts';
import { choices, describedBy, field, fieldError } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { focusNow } from '../../shell/page.ts';
import { type HolidayDraft, holidayDraft, readHoliday } from './holiday-draft.ts';
import { ruleFields } from './rule-fields.ts';
import { spanFields } from './span-fields.ts';
import { TextFields } from './text-fields.ts';

interface Editing {
  /** Null for a new one. */
  holiday: Holiday | null;
  done: (holiday: Holiday) => void;
  cancel: () => void;
}

/** What a holiday is. It is kept with the rest of the hours, when these are saved. */
export function HolidayForm({ holiday, done, cancel }: Editing): VNode {
  const draft = useSignal(holidayDraft(holiday));
  const isTried = useSignal(false);
  const read = readHoliday(draft.value);
  const faults = isTried.value ? read.faults : {};
  const set = (change: Partial<HolidayDraft>) => {
    draft.value = { ...draft.value, ...change };
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    isTried.value = true;
    const [first] = Object.keys(read.faults);
    if (first === undefined) done(read.holiday);
    else focusNow(`#${first}`);
  };
  const { name, isPart, spans, texts } = draft.value;
  const nameError = faults['holiday-name'] ?? null;
  return html`<form class="form" noValidate onSubmit=${submit}>
    ${field({
      id: 'holiday-name',
      label: 'Name',
      error: nameError,
      control: html`<input id="holiday-name" maxlength="100" autocomplete="off" value=${name} aria-invalid=${nameError === null ? undefined : 'true'} aria-describedby=${describedBy({ id: 'holiday-name', error: nameError })} onInput=${(event: Event) => set({ name: (event.currentTarget as HTMLInputElement).value })} />`,
    })}
    ${ruleFields(draft.value, faults, set)}
    ${choices(
      'holiday-part',
      'On this day you are',
      [
        { value: 'closed', label: 'Closed all day' },
        { value: 'part', label: 'Open for a part of it' },
      ],
      isPart ? 'part' : 'closed',
      (value) => set({ isPart: value === 'part' }),
    )}
    ${
      isPart
        ? html`<div>${spanFields({ name: 'Open', addId: 'holiday-add', spans, faults, set: (next) => set({ spans: next }) })}
            ${faults['holiday-add'] === undefined ? null : fieldError('holiday-add', faults['holiday-add'])}</div>`
        : null
    }
    <fieldset class="own-reply">
      <legend>Own after-hours reply</legend>
      <p class="field__help">Without one, callers get the usual reply. It is sent only while that is switched on.</p>
      <${TextFields} prefix="holiday" what="Reply" texts=${texts} faults=${faults} set=${(next: HolidayDraft['texts']) => set({ texts: next })} />
    </fieldset>
    <div class="form__actions">
      <button class="button button--primary" type="submit">${holiday === null ? 'Add to the list' : 'Done'}</button>
      <button type="button" class="button" onClick=${cancel}>Cancel</button>
    </div>
  </form>`;
}
