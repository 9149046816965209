import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from '../../design/html.ts';
import { whenIdle } from '../../shell/when-idle.ts';
import type { Span } from './window.ts';

/** No more than this are all drawn, whatever is in sight. */
const MANY = 40;
/** About what a row is high, until rows have been measured. */
const ROW_PX = 66;
/** Of more, so many above and below what is in sight are drawn as well. */
const SPARE_ROWS = 15;
/** So that not every move of the wheel draws anew. */
const STEP_ROWS = 5;

interface Window {
  /** Only those near are ever drawn. */
  isLong: boolean;
  /** Those that are drawn. */
  span: Span;
  rowPx: number;
}

/**
 * At first only the rows in sight are drawn, so that another view is there with the key that asks for it; what is near
 * follows when the browser has nothing to do. `above`: so many stand above this list in what is scrolled.
 */
export function useWindow(list: RefObject<HTMLElement | null>, length: number, above: number): Window {
  const rowPx = useRef(ROW_PX);
  /** The first in sight. */
  const first = useSignal(0);
  const isPainted = useSignal(false);
  const isLong = length > MANY;
  const inSight = Math.ceil(innerHeight / rowPx.current);

  function look(): void {
    const scroller = list.current?.closest('#list');
    if (!list.current || !scroller) return;
    const top = scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top;
    const at = Math.floor(top / rowPx.current);
    first.value = Math.max(0, at - (at % STEP_ROWS));
  }

  useEffect(
    () =>
      whenIdle(() => {
        isPainted.value = true;
      }),
    [],
  );

  useLayoutEffect(() => {
    if (!isLong) return;
    rowPx.current = measured(list.current) ?? ROW_PX;
    look();
  }, [isLong]);

  useEffect(() => {
    const scroller = list.current?.closest('#list');
    if (!isLong || !scroller) return;
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [isLong]);

  return { isLong, span: spanOf(), rowPx: rowPx.current };

  function spanOf(): Span {
    if (!isPainted.value) return { from: first.value, to: first.value + inSight - above };
    if (!isLong) return { from: 0, to: length };
    const from = Math.min(first.value, length - inSight);
    return { from: from - SPARE_ROWS, to: from + inSight + STEP_ROWS + SPARE_ROWS };
  }
}

function measured(list: HTMLElement | null): number | null {
  const rows = list?.querySelectorAll('.row') ?? [];
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (first === undefined || last === undefined || rows.length < 2) return null;
  const height = last.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
  return height > 0 ? height / rows.length : null;
}
