import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { focusSoon, LIST_TITLE, rowSelector } from '../focus.ts';
import { ariaKeys, withKeys } from '../keyboard.ts';
import { listed, session, tabRowId } from '../store.ts';
import { type Bulk, changeSelected, isChanging } from './change-selected.ts';
import { isSelecting, selectAll, selected, stopSelecting } from './selection.ts';

/** What can be done with the selected conversations, below the list. */
export function SelectBar(): VNode | null {
  if (!isSelecting.value) return null;
  const { length } = selected.value;
  const loaded = listed.value.length;
  return html`<section class="select-bar" aria-label="Selected conversations" onKeyDown=${leaveByEscape}>
    <p class="select-bar__head">
      <strong>${length === 0 ? 'Select conversations' : `${length.toLocaleString('en-US')} selected`}</strong>
      ${length < loaded ? html`<button type="button" class="button button--small button--quiet" onClick=${selectAll}>Select all ${loaded.toLocaleString('en-US')}</button>` : null}
      <button type="button" class="icon-button select-bar__close" aria-label="Select none" onClick=${leave}>${icon('close')}</button>
    </p>
    ${length === 0 ? null : actions()}
  </section>`;
}

function actions(): VNode {
  const me = session.value?.staff;
  const all = selected.value;
  const isAnyWaiting = all.some(({ state, waitingSince }) => state !== 'done' && waitingSince !== null);
  const isAnyDone = all.some(({ state }) => state !== 'open');
  const isAnyOpen = all.some(({ state }) => state !== 'done');
  return html`<div class="select-bar__actions" role="group" aria-label="Change them" aria-busy=${String(isChanging.value)}>
    ${isAnyOpen ? action({ change: { state: 'done' }, did: 'done' }, 'check', 'Done') : null}
    ${me === undefined ? null : action({ change: { assignee: me.id }, did: 'assigned to you' }, 'person', 'To me')}
    ${choice('assign', () => void withKeys((keys) => keys.chooseAssigneeOfSelected()), html`Assign to…`)}
    ${isAnyOpen ? choice('snooze', () => void withKeys((keys) => keys.chooseSnoozeOfSelected()), html`${icon('clock')}Snooze…`) : null}
    ${isAnyWaiting ? action({ change: { needsReply: false }, did: 'marked as needing no reply' }, 'no-reply', 'No reply needed') : null}
    ${isAnyDone ? action({ change: { state: 'open' }, did: 'reopened' }, 'undo', 'Reopen') : null}
  </div>`;
}

function action(bulk: Bulk, name: Parameters<typeof icon>[0], label: string): VNode {
  return html`<button type="button" class="button button--small" onClick=${() => act(bulk)}>${icon(name)}${label}</button>`;
}

/** It is chosen for all of them at once. */
function choice(key: 'assign' | 'snooze', open: () => void, label: VNode): VNode {
  return html`<button type="button" class="button button--small" aria-haspopup="dialog" aria-keyshortcuts=${ariaKeys(key)} onClick=${open}>${label}</button>`;
}

function act(bulk: Bulk): void {
  void changeSelected(bulk).then(focusList);
}

function leave(): void {
  stopSelecting();
  focusList();
}

/** The bar goes with the selection; the keyboard goes back to the list. */
function focusList(): void {
  if (isSelecting.peek()) return;
  const id = tabRowId.peek();
  focusSoon(id === null ? LIST_TITLE : rowSelector(id));
}

function leaveByEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || document.querySelector('[popover]:popover-open') !== null) return;
  event.preventDefault();
  event.stopPropagation();
  leave();
}
