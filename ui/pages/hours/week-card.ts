import { useSignal } from '@preact/signals';
import { paintedHours } from '../../../src/domain/hours/painted-hours.ts';
import { DAY_NAMES } from '../../../src/domain/hours/schedule.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { CopyDialog } from './copy-dialog.ts';
import { DayBar } from './day-bar.ts';
import { type Faults, readSpans, type SpanDraft, spanDraft } from './draft.ts';
import { spanFields } from './span-fields.ts';

interface Week {
  week: SpanDraft[][];
  faults: Faults;
  set: (week: SpanDraft[][]) => void;
}

/** The hours of every week, typed or painted. */
export function WeekCard({ week, faults, set }: Week): VNode {
  const copying = useSignal<number | null>(null);
  const setDay = (day: number, spans: SpanDraft[]) =>
    set(week.map((one, index) => (index === day ? spans : one)));
  const copy = (days: readonly number[]) => {
    const from = week[copying.peek() ?? 0] ?? [];
    const { spans } = readSpans(from);
    set(week.map((one, day) => (days.includes(day) ? spans.map(spanDraft) : one)));
  };
  return html`<section class="card" aria-labelledby="week-title">
    <div>
      <h2 class="section__title" id="week-title">Every week</h2>
      <p class="field__help">
        Write times as you like: 8, 8:30 am, 17:00, noon. Or paint them on the bars. Hours may end after midnight: 8 PM to 2 AM.
      </p>
    </div>
    <div class="week">
      <div class="week__scale" aria-hidden="true"><span>12 AM</span><span>6 AM</span><span>noon</span><span>6 PM</span><span>12 AM</span></div>
      ${week.map((_, day) =>
        dayRow(
          day,
          week,
          faults,
          (next) => setDay(day, next),
          () => {
            copying.value = day;
          },
        ),
      )}
    </div>
    <${CopyDialog} day=${copying.value} copy=${copy} close=${() => {
      copying.value = null;
    }} />
  </section>`;
}

function dayRow(
  day: number,
  week: readonly SpanDraft[][],
  faults: Faults,
  set: (spans: SpanDraft[]) => void,
  copy: () => void,
): VNode {
  const name = DAY_NAMES[day] ?? '';
  const drafts = week[day] ?? [];
  const { spans } = readSpans(drafts);
  const more = html`<button type="button" class="button button--quiet button--small" onClick=${copy}>
    ${icon('copy')}Copy…<span class="visually-hidden"> ${name} to other days</span>
  </button>`;
  return html`<div class="week__day" role="group" aria-labelledby=${`day-${day}`} key=${day}>
    <h3 class="week__name" id=${`day-${day}`}>${name}</h3>
    <${DayBar}
      spans=${spans}
      before=${readSpans(week[(day + 6) % 7] ?? []).spans}
      paint=${(stroke: { from: number; to: number }, isOpen: boolean) => set(paintedHours(spans, stroke, isOpen).map(spanDraft))}
    />
    ${spanFields({ name, addId: `add-${day}`, spans: drafts, faults, set, more })}
  </div>`;
}
