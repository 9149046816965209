/** Where the keyboard goes when the screen changes. Selectors, because what is focused may not be drawn yet. */
import { rowId } from './store.ts';

export const CONVERSATION_TITLE = '#conversation-title';
/** Where no reply can be written, the words that say why. */
export const COMPOSER = '#composer-text:not([hidden]), #composer-refusal';
export const SEARCH = '#search';
export const LIST_TITLE = '#list-title';
export const PAGE_TITLE = '#page-title';

/** Frames in which the keyboard was to go somewhere. */
let frames: number[] = [];

export function rowSelector(conversationId: string): string {
  return `a[data-conversation-id="${CSS.escape(conversationId)}"]`;
}

/** At once, so that the next key already goes there. Where it was to go before no longer counts. */
export function focusNow(selector: string): void {
  for (const frame of frames) cancelAnimationFrame(frame);
  frames = [];
  focus(selector);
}

/** Of a very long list a row is drawn where the keyboard is; one that is not yet, is then. */
export function focusRow(id: string): void {
  rowId.value = id;
  if (document.querySelector(rowSelector(id)) === null) focusSoon(rowSelector(id));
  else focusNow(rowSelector(id));
}

/** After the views have been drawn anew, before the next key. */
export function focusDrawn(selector: string): void {
  // They are drawn in a microtask that was asked for before this one.
  queueMicrotask(() => focusNow(selector));
}

/** In the next frame: after everything that follows from a change, also where it is drawn in several steps. */
export function focusSoon(selector: string): void {
  frames.push(requestAnimationFrame(() => focus(selector)));
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** The conversation whose row has the keyboard. */
export function focusedRowId(): string | null {
  return document.activeElement?.getAttribute('data-conversation-id') ?? null;
}

/** Of a page beside the inbox, when it shows something else than before. */
export function focusTitle(): void {
  focusSoon(PAGE_TITLE);
}
