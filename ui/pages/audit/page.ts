import { useSignal } from '@preact/signals';
import type { ShownEntry } from '../../../src/domain/audit/audit-answer.ts';
import { formatListTime } from '../../design/format.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { minute, type PageProps } from '../../shell/page.ts';
import { auditApi } from './audit-api.ts';
import { ask, askedIn, Filters, searchOf } from './filters.ts';
import { auditList } from './list.ts';
import { openedEntry } from './opened.ts';
import { VerifyCard } from './verify-card.ts';

interface Known {
  entries: ShownEntry[];
  nextCursor: string | null;
  /** Where a search pauses that has found too little so far. */
  readTo: number | null;
}

type Load = { is: 'loading' } | { is: 'ready' } | { is: 'failed'; message: string };

/** Calls that one question makes by itself before it asks whether to look further back. */
const MAX_CALLS = 10;

/** Who did or read what. The log of the practice; for admins also that of the enterprise. */
export function Page({ practice, search }: PageProps): VNode {
  const isAdmin = practice.role === 'admin';
  const asked = askedIn(search, isAdmin);
  const api = auditApi(practice.id, practice.timeZone, asked);
  const known = useSignal<Known>({ entries: [], nextCursor: null, readTo: null });
  const load = useSignal<Load>({ is: 'loading' });
  const openedSeq = useSignal<number | null>(null);
  const question = useRef(0);
  const key = searchOf(asked);

  async function fetchFrom(cursor: string | null): Promise<void> {
    question.current += 1;
    const mine = question.current;
    load.value = { is: 'loading' };
    if (cursor === null) known.value = { entries: [], nextCursor: null, readTo: null };
    for (let calls = 1, next = cursor; ; calls += 1) {
      const answer = await api.page(next);
      // Something else was asked meanwhile.
      if (mine !== question.current) return;
      if (!answer.ok) {
        load.value = { is: 'failed', message: answer.message };
        return;
      }
      const { entries, nextCursor, readTo } = answer.value;
      known.value = { entries: [...known.peek().entries, ...entries], nextCursor, readTo };
      next = nextCursor;
      // A page may be short because only so much is looked through at once.
      if (readTo === null || calls === MAX_CALLS) break;
    }
    load.value = { is: 'ready' };
  }
  useEffect(() => void fetchFrom(null), [practice.id, key]);

  const { entries, nextCursor, readTo } = known.value;
  const opened = entries.find(({ seq }) => seq === openedSeq.value);
  const close = () => {
    openedSeq.value = null;
  };
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: practice.timeZone }).format(minute.value);
  const exporting = html`<a class="button" href=${api.exportHref} download>${icon('file')}Export CSV</a>`;
  return html`
    ${pageHead({ title: 'Audit', lead: 'Who changed what, and who opened which conversation. Nothing in here can be edited.', actions: exporting })}
    <div class="page__body audit">
      ${isAdmin ? logPicker(asked) : null}
      <${VerifyCard} key=${asked.log} api=${api} />
      <${Filters} asked=${asked} today=${today} />
      ${
        entries.length === 0
          ? instead(load.value, nextCursor, () => void fetchFrom(null))
          : auditList({
              entries,
              timeZone: practice.timeZone,
              now: minute.value,
              open: (seq) => {
                openedSeq.value = seq;
              },
            })
      }
      ${foot()}
    </div>
    <${Sheet} id="audit-entry" title="Entry" isOpen=${opened !== undefined} close=${close}>
      ${opened === undefined ? null : openedEntry(opened, practice.id, practice.timeZone)}
    </${Sheet}>
  `;

  function instead(current: Load, next: string | null, again: () => void): VNode | null {
    if (current.is === 'loading') return skeleton(5, 'row', 'Loading the audit log');
    if (current.is === 'failed') {
      const button = html`<button type="button" class="button" onClick=${again}>Try again</button>`;
      return emptyState('alert', 'The audit log could not be loaded', current.message, button);
    }
    if (next !== null) return null;
    if (searchOf({ ...asked, log: 'practice' }) === '') {
      return emptyState(
        'eye',
        'Nothing yet',
        'As soon as somebody signs in, changes something or opens a conversation, it stands here.',
      );
    }
    const all = html`<button type="button" class="button" onClick=${() => ask({ log: asked.log, typed: '', kind: '', from: '', to: '' })}>Show everything</button>`;
    return emptyState(
      'search',
      'Nothing like that',
      'No entry fits. Try a part of a name, another kind, or other days.',
      all,
    );
  }

  function foot(): VNode | null {
    const current = load.value;
    if (nextCursor === null || (entries.length === 0 && current.is !== 'ready')) return null;
    const isLoading = current.is === 'loading';
    const looked = readTo === null ? null : formatListTime(readTo, minute.value, practice.timeZone);
    return html`<div class="audit-foot">
      ${current.is === 'failed' ? html`<p role="alert">${current.message}</p>` : null}
      ${looked === null ? null : html`<p>Everything since ${looked} has been looked through.</p>`}
      <button type="button" class="button" aria-disabled=${isLoading ? 'true' : undefined} onClick=${() => {
        if (!isLoading) void fetchFrom(nextCursor);
      }}>${isLoading ? 'Loading…' : looked === null ? 'Show earlier entries' : 'Look further back'}</button>
    </div>`;
  }
}

function logPicker(asked: ReturnType<typeof askedIn>): VNode {
  const pick = (log: 'practice' | 'enterprise', label: string) => html`<button
    type="button" class="chip" aria-pressed=${String(asked.log === log)} onClick=${() => ask({ ...asked, log })}>${label}</button>`;
  return html`<div class="filters" role="group" aria-label="Which log">${pick('practice', 'This practice')}${pick('enterprise', 'Enterprise')}</div>`;
}
