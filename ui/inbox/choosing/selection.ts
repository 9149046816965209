/** Which rows are selected. It belongs to the list that it was made in: another view or filter begins without. */
import { computed, signal } from '@preact/signals';
import { announce } from '../announcer.ts';
import { list, listed, practiceId, query } from '../store.ts';

interface Selection {
  /** `key` of the list. */
  of: string;
  ids: ReadonlySet<string>;
  /** From here a range goes. */
  anchor: string | null;
  /** Every row shows its box, also where none is selected: for fingers. */
  isKeptOpen: boolean;
}

const selection = signal<Selection>({ of: '', ids: new Set(), anchor: null, isKeptOpen: false });

const key = computed(() => JSON.stringify([practiceId.value, list.value, query.value]));

const current = computed<Selection>(() =>
  selection.value.of === key.value
    ? selection.value
    : { of: key.value, ids: new Set(), anchor: null, isKeptOpen: false },
);

/** As they stand in the list: what has left it is selected no more. */
export const selected = computed(() => listed.value.filter(({ id }) => current.value.ids.has(id)));

export const isSelecting = computed(() => current.value.isKeptOpen || selected.value.length > 0);

export function isSelected(id: string): boolean {
  return current.value.ids.has(id);
}

export function startSelecting(): void {
  selection.value = { ...current.peek(), isKeptOpen: true };
}

export function stopSelecting(): void {
  selection.value = { of: key.peek(), ids: new Set(), anchor: null, isKeptOpen: false };
}

/** For a key or a box of the row. */
export function toggleSelected(id: string): void {
  const ids = new Set(current.peek().ids);
  if (!ids.delete(id)) ids.add(id);
  select(ids, id);
}

/** From the row that was selected last to this one; on its own where there is none. */
export function selectThrough(id: string): void {
  const order = listed.peek().map((one) => one.id);
  const from = order.indexOf(current.peek().anchor ?? id);
  const to = order.indexOf(id);
  if (to === -1) return;
  const [first, last] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  select(new Set([...current.peek().ids, ...order.slice(first, last + 1)]), id);
}

export function selectAll(): void {
  select(new Set(listed.peek().map(({ id }) => id)), null);
}

/** What could not be changed stays selected, to be looked at or tried again. */
export function keepSelected(ids: readonly string[]): void {
  selection.value = { ...current.peek(), ids: new Set(ids), anchor: null, isKeptOpen: false };
}

function select(ids: ReadonlySet<string>, anchor: string | null): void {
  selection.value = { ...current.peek(), ids, anchor };
  const { length } = selected.peek();
  announce(length === 0 ? 'Nothing selected' : `${length} selected`);
}
