import { useSignal } from '@preact/signals';
import type { CallBack, CallBackOutcome, CallBackState } from '../../../src/domain/calls/call-back.ts';
import type { CallBackChange } from '../../../src/domain/calls/call-back-rules.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { tabPanel, tabs } from '../../design/tabs.ts';
import { focusSoon, goToPage, notify, now, type PageProps, useFrames } from '../../shell/page.ts';
import { callBackPage, changeCallBack } from './call-backs-api.ts';
import { CloseForm } from './close-sheet.ts';
import { emptyQueue, withCallBack, withPage } from './queue.ts';
import { callBackRow, type RowActions } from './row.ts';

type Load = { is: 'loading' } | { is: 'ready' } | { is: 'failed'; message: string };

const TABS = [
  { id: 'open', label: 'To call' },
  { id: 'closed', label: 'Closed' },
] as const;

/** /call-backs is the queue, /call-backs/closed what was done. */
export function Page({ practice, path }: PageProps): VNode {
  const state: CallBackState = path[0] === 'closed' ? 'closed' : 'open';
  const queue = useSignal(emptyQueue(state));
  const load = useSignal<Load>({ is: 'loading' });
  const closing = useSignal<CallBack | null>(null);
  const refusal = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const asked = useRef(0);

  async function fetchPage(cursor: string | null): Promise<void> {
    asked.current += 1;
    const question = asked.current;
    load.value = { is: 'loading' };
    const answer = await callBackPage(practice.id, state, cursor);
    if (question !== asked.current) return;
    if (!answer.ok) {
      load.value = { is: 'failed', message: answer.message };
      return;
    }
    const { callBacks, nextCursor } = answer.value;
    queue.value = withPage(queue.peek(), callBacks, nextCursor, cursor === null);
    load.value = { is: 'ready' };
  }
  const reload = useRef(fetchPage);
  reload.current = fetchPage;

  useEffect(() => {
    queue.value = emptyQueue(state);
    void fetchPage(null);
  }, [practice.id, state]);
  useFrames((frame) => {
    if (frame.type === 'call-backs') queue.value = withCallBack(queue.peek(), frame.callBack);
    // What was missed without a connection.
    if (frame.type === 'resumed' || frame.type === 'snapshot') void reload.current(null);
  });

  /** Answers what speaks against it; null where it was done. */
  async function change(callBack: CallBack, what: CallBackChange): Promise<string | null> {
    isBusy.value = true;
    const answer = await changeCallBack(practice.id, callBack.id, what);
    isBusy.value = false;
    if (!answer.ok) return answer.message;
    queue.value = withCallBack(queue.peek(), answer.value.callBack);
    return null;
  }
  const actions: RowActions = {
    change: (callBack, what, done) => {
      if (!isBusy.peek()) void change(callBack, what).then((against) => notify(against ?? done));
    },
    close: (callBack) => {
      refusal.value = null;
      closing.value = callBack;
    },
  };
  async function close(outcome: CallBackOutcome, note: string | null): Promise<void> {
    const callBack = closing.peek();
    if (callBack === null) return;
    refusal.value = await change(callBack, { outcome, note });
    if (refusal.value !== null) return;
    notify('Closed');
    closing.value = null;
    // The row that the keyboard would return to is gone.
    focusSoon('#page-title');
  }

  const rows = queue.value.state === state ? queue.value.callBacks : [];
  const { nextCursor } = queue.value;
  const content =
    rows.length === 0
      ? instead(load.value, state, () => void fetchPage(null))
      : html`<ol class="rows">${rows.map((callBack) => callBackRow({ callBack, practice, now: now.value, actions }))}</ol>
          ${nextCursor === null ? null : html`<button type="button" class="button" onClick=${() => void fetchPage(nextCursor)}>Show more</button>`}`;
  return html`
    ${pageHead({ title: 'Call-backs', lead: 'Callers whom no text can reach. The one who has waited longest is on top.' })}
    <div class="page__body call-backs">
      ${tabs('call-backs', 'Call-backs', TABS, state, (id) => goToPage({ path: id === 'open' ? [] : [id] }))}
      ${tabPanel('call-backs', state, html`<div class="call-backs__panel">${content}</div>`)}
    </div>
    <${Sheet} id="close-call-back" title="Close this call-back" isOpen=${closing.value !== null} close=${() => {
      closing.value = null;
    }}>
      ${closing.value === null ? null : html`<${CloseForm} callBack=${closing.value} isBusy=${isBusy.value} error=${refusal.value} close=${(outcome: CallBackOutcome, note: string | null) => void close(outcome, note)} />`}
    </${Sheet}>
  `;
}

function instead(load: Load, state: CallBackState, again: () => void): VNode {
  if (load.is === 'loading') return skeleton(3, 'row', 'Loading call-backs');
  if (load.is === 'failed') {
    const button = html`<button type="button" class="button" onClick=${again}>Try again</button>`;
    return emptyState('alert', 'The call-backs could not be loaded', load.message, button);
  }
  return state === 'open'
    ? emptyState(
        'check',
        'Nobody to call',
        'Callers with a landline, or who want no texts, appear here when they call.',
      )
    : emptyState('call-back', 'None closed yet', 'What you close stays here for a year.');
}
