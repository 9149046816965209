import { useSignal } from '@preact/signals';
import { DAY_MINUTES, minutesOf, type Span } from '../../../src/domain/hours/schedule.ts';
import { html, type VNode } from '../../design/html.ts';

const STEP_MINUTES = 30;
const HEIGHT = 10;

interface Bar {
  spans: readonly Span[];
  /** Of the day before, which may run on into this one. */
  before: readonly Span[];
  paint: (stroke: { from: number; to: number }, isOpen: boolean) => void;
}

interface Stroke {
  start: number;
  end: number;
  isOpen: boolean;
}

/**
 * A day as a bar, to be seen and painted. What it says stands beside it in words, and can be typed there: to a
 * screen reader and the keyboard it is not there. Drawn as SVG, since no style may stand in the page.
 */
export function DayBar({ spans, before, paint }: Bar): VNode {
  const stroke = useSignal<Stroke | null>(null);
  const own = spans.map(minutesOf);
  const overnight = before
    .map(minutesOf)
    .flatMap(({ to }) => (to > DAY_MINUTES ? [{ from: 0, to: to - DAY_MINUTES }] : []));

  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = stepAt(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const isOpenThere = own.some(({ from, to }) => from <= at && at < to);
    stroke.value = { start: at, end: at, isOpen: !isOpenThere };
  };
  const go = (event: PointerEvent) => {
    if (stroke.value !== null) stroke.value = { ...stroke.value, end: stepAt(event) };
  };
  const finish = () => {
    const painted = stroke.value;
    stroke.value = null;
    if (painted !== null) paint(rangeOf(painted), painted.isOpen);
  };
  const giveUp = () => {
    stroke.value = null;
  };
  const current = stroke.value;
  return html`<svg
    class="day-bar"
    viewBox=${`0 0 ${DAY_MINUTES} ${HEIGHT}`}
    preserveAspectRatio="none"
    aria-hidden="true"
    onPointerDown=${begin}
    onPointerMove=${go}
    onPointerUp=${finish}
    onPointerCancel=${giveUp}
  >
    ${overnight.map(({ from, to }) => part('overnight', from, to))}
    ${own.map(({ from, to }) => part('open', from, Math.min(to, DAY_MINUTES)))}
    ${[360, 720, 1080].map((at) => html`<line class="day-bar__hour" key=${at} x1=${at} x2=${at} y1="0" y2=${HEIGHT} />`)}
    ${current === null ? null : part(current.isOpen ? 'painting' : 'erasing', rangeOf(current).from, rangeOf(current).to)}
  </svg>`;
}

function part(kind: 'overnight' | 'open' | 'painting' | 'erasing', from: number, to: number): VNode {
  return html`<rect class=${`day-bar__${kind}`} key=${`${kind} ${from}`} x=${from} width=${Math.max(0, to - from)} y="0" height=${HEIGHT} />`;
}

/** The step that was pressed is painted whole. */
function rangeOf({ start, end }: Stroke): { from: number; to: number } {
  return { from: Math.min(start, end), to: Math.max(start, end) + STEP_MINUTES };
}

function stepAt(event: PointerEvent): number {
  const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
  const minute = ((event.clientX - left) / width) * DAY_MINUTES;
  const step = Math.floor(minute / STEP_MINUTES) * STEP_MINUTES;
  return Math.min(Math.max(step, 0), DAY_MINUTES - STEP_MINUTES);
}
