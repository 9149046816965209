import { useSignal } from '@preact/signals';
import {
  holidaysInOrder,
  type ListedHoliday,
  lastYearsHolidays,
  missingFederalHolidays,
} from '../../../src/domain/hours/holiday-lists.ts';
import type { Holiday } from '../../../src/domain/hours/schedule.ts';
import { fieldError } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { announce, focusSoon } from '../../shell/page.ts';
import type { Faults } from './draft.ts';
import { dayInWords, holidayInWords } from './holiday-words.ts';

interface Holidays {
  holidays: Holiday[];
  /** As a day number. */
  today: number;
  faults: Faults;
  set: (holidays: Holiday[]) => void;
}

/** `index` is null for one that is being added. */
type Editing = { index: number | null } | null;

/** The days that override the week, each with when it comes next. */
export function HolidaysCard({ holidays, today, faults, set }: Holidays): VNode {
  const editing = useSignal<Editing>(null);
  const removed = useSignal<{ holiday: Holiday; index: number } | null>(null);
  const form = useFetched(
    editing.value !== null,
    async () => (await import('./holiday-form.ts')).HolidayForm,
  );
  const close = () => {
    editing.value = null;
  };
  const done = (holiday: Holiday) => {
    const index = editing.peek()?.index ?? null;
    set(index === null ? [...holidays, holiday] : holidays.map((one, at) => (at === index ? holiday : one)));
    close();
  };
  const remove = (index: number) => {
    const holiday = holidays[index];
    if (holiday === undefined) return;
    removed.value = { holiday, index };
    set(holidays.filter((_, at) => at !== index));
    focusSoon('#undo-holiday');
  };
  const undo = () => {
    const last = removed.peek();
    removed.value = null;
    if (last !== null) set(holidays.toSpliced(last.index, 0, last.holiday));
    focusSoon('#add-holiday');
  };
  const add = (more: readonly Holiday[]) => {
    removed.value = null;
    set([...holidays, ...more]);
    announce(`Added: ${more.map(({ name }) => name).join(', ')}`);
    focusSoon('#add-holiday');
  };
  const index = editing.value?.index ?? null;
  const edited = index === null ? null : (holidays[index] ?? null);
  return html`<section class="card" aria-labelledby="holidays-title">
    <div class="section__head">
      <h2 class="section__title" id="holidays-title">Holidays</h2>
      <span class="section__aside">${holidays.length === 0 ? '' : holidays.length}</span>
    </div>
    <div class="form__actions">
      <button type="button" class="button" id="add-holiday" onClick=${() => {
        editing.value = { index: null };
      }}>${icon('plus')}Add a day</button>
      ${addMany('Add the US federal holidays', missingFederalHolidays(holidays), add)}
      ${addMany('Copy last year’s single days', lastYearsHolidays(holidays, today), add)}
    </div>
    <div role="status" class="removed">${
      removed.value === null
        ? null
        : html`<p>Removed: ${removed.value.holiday.name}</p><button type="button" class="button button--small" id="undo-holiday" onClick=${undo}>${icon('undo')}Undo</button>`
    }</div>
    ${faults.holidays === undefined ? null : html`<div id="holidays" tabindex="-1">${fieldError('holidays', faults.holidays)}</div>`}
    ${
      holidays.length === 0
        ? html`<p class="field__help">None yet: the week holds on every day of the year.</p>`
        : html`<ul class="holidays">${holidaysInOrder(holidays, today).map((one) =>
            row(
              one,
              () => {
                editing.value = { index: one.index };
              },
              () => remove(one.index),
            ),
          )}</ul>`
    }
    <${Sheet} id="holiday" title=${edited === null ? 'Add a day' : edited.name} isOpen=${editing.value !== null} close=${close}>
      ${editing.value === null ? null : form.is === 'there' ? html`<${form.View} holiday=${edited} done=${done} cancel=${close} />` : form.is === 'coming' ? skeleton(3, 'row', 'Loading the form') : html`<p class="callout callout--danger">This form could not be loaded. Check the connection, close it and try again.</p>`}
    <//>
  </section>`;
}

/** Only those that are missing, and nothing where none is. */
function addMany(
  label: string,
  missing: readonly Holiday[],
  add: (more: readonly Holiday[]) => void,
): VNode | null {
  if (missing.length === 0) return null;
  return html`<button type="button" class="button" onClick=${() => add(missing)}>${label} (${missing.length})</button>`;
}

function row({ holiday, index, next }: ListedHoliday, edit: () => void, remove: () => void): VNode {
  return html`<li class="holiday" key=${`${index} ${holiday.name}`}>
    <div class="holiday__main">
      <p class="holiday__name">${holiday.name}</p>
      <p class="rows__more">${holidayInWords(holiday)}</p>
    </div>
    <p class="holiday__next">${next === null ? 'Over' : html`<span class="visually-hidden">Next: </span>${dayInWords(next)}`}</p>
    <div class="holiday__buttons">
      <button type="button" class="icon-button" aria-label=${`Change ${holiday.name}`} onClick=${edit}>${icon('pencil')}</button>
      <button type="button" class="icon-button" aria-label=${`Remove ${holiday.name}`} onClick=${remove}>${icon('close')}</button>
    </div>
  </li>`;
}
