import { DAY_NAMES } from '../../../src/domain/hours/schedule.ts';
import { choices, describedBy, field } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import type { Faults } from './draft.ts';
import type { HolidayDraft } from './holiday-draft.ts';
import { MONTH_NAMES, NTH_WORDS } from './holiday-words.ts';

type Set = (change: Partial<HolidayDraft>) => void;

/** On which days it is. */
export function ruleFields(draft: HolidayDraft, faults: Faults, set: Set): VNode {
  return html`<div class="rule">
    ${choices(
      'holiday-kind',
      'When',
      [
        { value: 'once', label: 'Once', help: 'Such as a move, or a day of training.' },
        { value: 'yearly', label: 'The same date every year', help: 'Such as December 25.' },
        {
          value: 'nth-weekday',
          label: 'A weekday of a month',
          help: 'Such as the fourth Thursday of November.',
        },
      ],
      draft.kind,
      (kind) => set({ kind }),
    )}
    <div class="rule__fields">${fieldsOf(draft, faults, set)}</div>
  </div>`;
}

function fieldsOf(draft: HolidayDraft, faults: Faults, set: Set): VNode[] {
  switch (draft.kind) {
    case 'once':
      return [written('holiday-date', 'Date', 'date', draft.date, faults, (date) => set({ date }))];
    case 'yearly':
      return [
        month(draft, set),
        written('holiday-day', 'Day', 'text', draft.day, faults, (day) => set({ day })),
      ];
    case 'nth-weekday':
      return [
        chosen('holiday-nth', 'Which', [...NTH_WORDS], draft.nth, (nth) => set({ nth })),
        chosen(
          'holiday-weekday',
          'Weekday',
          DAY_NAMES.map((name, index) => [index + 1, name]),
          draft.weekday,
          (weekday) => set({ weekday }),
        ),
        month(draft, set),
      ];
  }
}

function month(draft: HolidayDraft, set: Set): VNode {
  const options = MONTH_NAMES.map((name, index): [number, string] => [index + 1, name]);
  return chosen('holiday-month', 'Month', options, draft.month, (value) => set({ month: value }));
}

function chosen(
  id: string,
  label: string,
  options: readonly (readonly [number, string])[],
  value: number,
  set: (value: number) => void,
): VNode {
  return field({
    id,
    label,
    control: html`<select id=${id} value=${value} onChange=${(event: Event) => set(Number((event.currentTarget as HTMLSelectElement).value))}>
      ${options.map(([one, name]) => html`<option key=${one} value=${one} selected=${one === value}>${name}</option>`)}
    </select>`,
  });
}

function written(
  id: string,
  label: string,
  type: 'date' | 'text',
  value: string,
  faults: Faults,
  set: (value: string) => void,
): VNode {
  const error = faults[id] ?? null;
  return field({
    id,
    label,
    error,
    control: html`<input
      id=${id}
      type=${type}
      inputmode=${type === 'text' ? 'numeric' : undefined}
      maxlength=${type === 'text' ? 2 : undefined}
      autocomplete="off"
      value=${value}
      aria-invalid=${error === null ? undefined : 'true'}
      aria-describedby=${describedBy({ id, error })}
      onInput=${(event: Event) => set((event.currentTarget as HTMLInputElement).value)}
    />`,
  });
}
