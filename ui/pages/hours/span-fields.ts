import { DAY_MINUTES, minutesOf } from '../../../src/domain/hours/schedule.ts';
import { endTime, startTime, timeInWords } from '../../../src/domain/hours/time-of-day.ts';
import { describedBy, fieldError } from '../../design/form-parts.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { focusSoon } from '../../shell/page.ts';
import { type Faults, newSpan, type SpanDraft } from './draft.ts';

interface Spans {
  /** Of the group: "Monday", or the name of a holiday. */
  name: string;
  /** Where the keyboard goes when the last span was removed. */
  addId: string;
  spans: readonly SpanDraft[];
  faults: Faults;
  set: (spans: SpanDraft[]) => void;
  /** What follows on the button that adds. */
  more?: VNode | null;
}

/** Hours of one day, typed. */
export function spanFields({ name, addId, spans, faults, set, more = null }: Spans): VNode {
  const change = (id: string, part: Partial<SpanDraft>) =>
    set(spans.map((span) => (span.id === id ? { ...span, ...part } : span)));
  const remove = (id: string) => {
    set(spans.filter((span) => span.id !== id));
    focusSoon(`#${addId}`);
  };
  const add = () => {
    const span = newSpan();
    set([...spans, span]);
    focusSoon(`#${span.id}-from`);
  };
  return html`<div class="spans">
    ${spans.map((span, index) => spanRow(span, spans.length > 1 ? `${name}, hours ${index + 1}` : name, faults, change, remove))}
    <div class="spans__more">
      ${spans.length === 0 ? html`<span class="spans__closed">Closed</span>` : null}
      <button type="button" class="button button--quiet button--small" id=${addId} onClick=${add}>
        ${icon('plus')}${spans.length === 0 ? 'Add hours' : 'Add a shift'}<span class="visually-hidden">, ${name}</span>
      </button>
      ${more}
    </div>
  </div>`;
}

function spanRow(
  span: SpanDraft,
  name: string,
  faults: Faults,
  change: (id: string, part: Partial<SpanDraft>) => void,
  remove: (id: string) => void,
): VNode {
  const from = startTime(span.from);
  const to = endTime(span.to, from);
  const runsOn = from !== null && to !== null && minutesOf({ from, to }).to > DAY_MINUTES;
  const errors = [`${span.id}-from`, `${span.id}-to`].flatMap((id) =>
    faults[id] === undefined ? [] : [{ id, error: faults[id] }],
  );
  const help = `${span.id}-to-help`;
  return html`<div class="span" key=${span.id}>
    ${timeField(`${span.id}-from`, `${name}, from`, span.from, from, faults, null, (value) => change(span.id, { from: value }))}
    <span class="span__to" aria-hidden="true">to</span>
    ${timeField(`${span.id}-to`, `${name}, to`, span.to, to, faults, runsOn ? help : null, (value) => change(span.id, { to: value }))}
    <button type="button" class="icon-button" aria-label=${`Remove ${name} ${span.from} to ${span.to}`} onClick=${() => remove(span.id)}>${icon('close')}</button>
    ${runsOn ? html`<p class="span__note" id=${help}>Until ${timeInWords(to)} on the next day.</p>` : null}
    ${errors.map(({ id, error }) => fieldError(id, error))}
  </div>`;
}

function timeField(
  id: string,
  label: string,
  written: string,
  time: string | null,
  faults: Faults,
  help: string | null,
  set: (written: string) => void,
): VNode {
  const error = faults[id];
  const by = [describedBy({ id, error: error ?? null }), help].filter(Boolean).join(' ');
  return html`<input
    class="span__time"
    id=${id}
    aria-label=${label}
    autocomplete="off"
    spellcheck=${false}
    maxlength="12"
    placeholder=${id.endsWith('-to') ? '5:00 PM' : '8:00 AM'}
    value=${written}
    aria-invalid=${error === undefined ? undefined : 'true'}
    aria-describedby=${by || undefined}
    onInput=${(event: Event) => set((event.currentTarget as HTMLInputElement).value)}
    onBlur=${() => {
      // Said back as it was understood.
      if (time !== null && timeInWords(time) !== written) set(timeInWords(time));
    }}
  />`;
}
