import { useSignal } from '@preact/signals';
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { html, useEffect, useLayoutEffect, useRef, type VNode } from '../../design/html.ts';
import { tabRowId } from '../store.ts';
import { row } from './row.ts';
import { type Run, runsOf, type Span } from './window.ts';

/** Fewer than this are all drawn, whatever is in sight. */
const MANY = 100;
/** About what a row is high, until rows have been measured. */
const ROW_PX = 66;
/** So many rows above and below what is in sight are drawn as well. */
const SPARE_ROWS = 20;

/** The rows of a section. Of very many only those are drawn that are in sight or near it, and where the keyboard is. */
export function Rows({ rows, isWhole }: { rows: readonly ConversationSummary[]; isWhole: boolean }): VNode {
  const list = useRef<HTMLOListElement>(null);
  const from = useSignal(0);
  const rowPx = useRef(ROW_PX);
  const isLong = rows.length > MANY;
  const inSight = Math.ceil(innerHeight / rowPx.current) + 2 * SPARE_ROWS;

  function look(): void {
    const element = list.current;
    const scroller = element?.closest('#list');
    if (element === null || !scroller) return;
    const above = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top;
    const first = Math.floor(above / rowPx.current) - SPARE_ROWS;
    // In steps, so that not every move of the wheel draws anew.
    from.value = Math.max(0, first - (first % (SPARE_ROWS / 2)));
  }

  useLayoutEffect(() => {
    rowPx.current = measured(list.current) ?? ROW_PX;
    if (isLong) look();
  }, [isLong]);

  useEffect(() => {
    const scroller = list.current?.closest('#list');
    if (!isLong || !scroller) return;
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [isLong]);

  if (!isLong) return html`<ol>${rows.map((one) => row(one))}</ol>`;
  const size = isWhole ? rows.length : -1;
  const first = Math.min(from.value, Math.max(0, rows.length - inSight));
  const near = [{ from: first, to: first + inSight }, ...withNeighbours(rows)];
  return html`<ol ref=${list}>
    ${runsOf(near, rows.length).flatMap((run, index) => drawn(run, index, rows, size, rowPx.current))}
  </ol>`;
}

/** Where the keyboard is or will be with the next key. */
function withNeighbours(rows: readonly ConversationSummary[]): Span[] {
  const at = rows.findIndex(({ id }) => id === tabRowId.value);
  return at === -1 ? [] : [{ from: at - 1, to: at + 2 }];
}

function drawn(
  { isGap, from, to }: Run,
  index: number,
  rows: readonly ConversationSummary[],
  size: number,
  rowPx: number,
): VNode[] {
  if (isGap) {
    const style = { blockSize: `${(to - from) * rowPx}px` };
    return [html`<li key=${`gap ${index}`} aria-hidden="true" style=${style}></li>`];
  }
  return rows.slice(from, to).map((one, after) => row(one, { place: from + after + 1, size }));
}

function measured(list: HTMLElement | null): number | null {
  const rows = list?.querySelectorAll('.row') ?? [];
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (first === undefined || last === undefined || rows.length < 2) return null;
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  return height > 0 ? height / rows.length : null;
}
