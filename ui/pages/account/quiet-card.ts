import { useSignal } from '@preact/signals';
import { MAX_SPANS_A_DAY } from '../../../src/domain/hours/hours-limits.ts';
import { DAY_NAMES } from '../../../src/domain/hours/schedule.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { choices, switchButton } from '../../design/form-parts.ts';
import { html, useEffect, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { skeleton } from '../../design/parts.ts';
import { focusSoon, notify, type PageProps, request, useUnsaved } from '../../shell/page.ts';
import { learnTelling, quiet } from '../../shell/told.ts';
import { draftOf, faultOf, type QuietDraft, tellingOf, USUAL } from './quiet-draft.ts';

/** When this person is left in peace, by sound and by push. */
export function QuietCard({ practice }: Pick<PageProps, 'practice'>): VNode {
  const saved = useSignal<QuietDraft | null>(null);
  const draft = useSignal<QuietDraft | null>(null);
  const problem = useSignal<string | null>(null);
  const isBusy = useSignal(false);

  async function load(): Promise<void> {
    problem.value = await learnTelling(practice.id);
    if (problem.peek() !== null) return;
    saved.value = draftOf(quiet.peek().telling, practice.timeZone);
    draft.value ??= saved.peek();
  }
  useEffect(() => void load(), [practice.id]);

  const current = draft.value;
  const isChanged = current !== null && !isSameJson(current, saved.value);
  useUnsaved(isChanged);

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const wanted = draft.peek();
    if (wanted === null || isBusy.peek()) return;
    problem.value = faultOf(wanted);
    if (problem.peek() !== null) return;
    isBusy.value = true;
    const answer = await request<null>('PUT', '/api/session/telling', tellingOf(wanted));
    isBusy.value = false;
    if (!answer.ok) {
      problem.value = answer.message;
      return;
    }
    saved.value = wanted;
    notify('Saved: sounds and notifications keep to it');
    await learnTelling(practice.id);
  }

  const set = (change: Partial<QuietDraft>) => {
    if (current !== null) draft.value = { ...current, ...change };
    problem.value = null;
  };
  return html`<form class="card told__card" aria-labelledby="quiet-title" onSubmit=${save}>
    <h3 class="told__title" id="quiet-title">Quiet hours</h3>
    ${
      current === null
        ? problem.value === null
          ? skeleton(2, 'row', 'Loading your quiet hours')
          : html`<button type="button" class="button" onClick=${() => void load()}>Try again</button>`
        : fields(current)
    }
    <p role="alert" class="field__error">${problem.value === null ? null : html`${icon('alert')}<span>${problem.value}</span>`}</p>
    ${
      isChanged
        ? html`<div class="form__actions">
            <button type="submit" class="button button--primary" aria-disabled=${isBusy.value ? 'true' : undefined}>Save</button>
            <button type="button" class="button button--quiet" onClick=${() => {
              draft.value = saved.peek();
              problem.value = null;
              focusSoon('#told-title');
            }}>Undo changes</button>
          </div>`
        : null
    }
  </form>`;

  function fields(now: QuietDraft): VNode {
    return html`
      ${choices(
        'quiet',
        'I want to be told',
        [
          { value: 'never', label: 'Always', help: 'Whenever Offhook is open, and by notifications.' },
          { value: 'practice', label: `In the hours of ${practice.name}`, help: 'Holidays are quiet too.' },
          { value: 'own', label: 'In hours of my own', help: `By the clock of ${placeOf(now.timeZone)}.` },
        ],
        now.is,
        (is) => set({ is }),
      )}
      ${now.is === 'own' ? html`<div class="told__week">${now.week.map((_, day) => dayRow(now, day))}</div>` : null}
      ${
        now.is === 'never'
          ? null
          : switchButton({
              label: 'What is urgent is told at any hour',
              isOn: now.passesUrgent,
              turn: (passesUrgent) => set({ passesUrgent }),
            })
      }
    `;
  }

  function dayRow(now: QuietDraft, day: number): VNode {
    const name = DAY_NAMES[day] ?? '';
    const spans = now.week[day] ?? [];
    const put = (changed: QuietDraft['week'][number]) => set({ week: now.week.with(day, changed) });
    return html`<fieldset class="told__day" key=${name}>
      <legend>${name}</legend>
      ${spans.map((span, index) => {
        const time = (side: 'from' | 'to') =>
          html`<input type="time" id=${`quiet-${day}-${index}-${side}`} aria-label=${`${name}, ${side}`} value=${span[side] === '24:00' ? '00:00' : span[side]} onInput=${(event: Event) => put(spans.with(index, { ...span, [side]: (event.currentTarget as HTMLInputElement).value }))} />`;
        return html`<span class="told__span" key=${index}>
          ${time('from')}<span aria-hidden="true">to</span>${time('to')}
          <button type="button" class="icon-button" aria-label=${`Remove ${name}, ${span.from} to ${span.to}`} onClick=${() => {
            put(spans.toSpliced(index, 1));
            focusSoon(`#quiet-add-${day}`);
          }}>${icon('close')}</button>
        </span>`;
      })}
      ${
        spans.length >= MAX_SPANS_A_DAY
          ? null
          : html`<button type="button" class="button button--quiet button--small" id=${`quiet-add-${day}`} onClick=${() => {
              put([...spans, spans.length === 0 ? { ...USUAL } : { from: '', to: '' }]);
              focusSoon(`#quiet-${day}-${spans.length}-from`);
            }}>${icon('plus')}${spans.length === 0 ? 'Quiet all day: add hours' : 'Add hours'}<span class="visually-hidden">, ${name}</span></button>`
      }
    </fieldset>`;
  }
}

/** `America/Los_Angeles` is Los Angeles. */
function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
