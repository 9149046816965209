import { useComputed, useSignal } from '@preact/signals';
import type { BeyondText } from '../../../src/domain/activity/activity-entry.ts';
import { html, useEffect, useRef, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { Sheet } from '../../design/sheet.ts';
import { againLater, goToPage, minute, type PageProps, useActivityFrames } from '../../shell/page.ts';
import { activityPage } from './activity-api.ts';
import { useNewcomers } from './announce-new.ts';
import { beyondTextCard } from './beyond-text.ts';
import * as entries from './entries.ts';
import { Filters } from './filters.ts';
import { activityList } from './list.ts';
import { OpenedActivity } from './opened.ts';

type Load = { is: 'loading' } | { is: 'ready' } | { is: 'failed'; message: string };

/** Further down than this, somebody is reading, and nothing may move under their eyes. */
const READING_PX = 80;

/** /activity is the list, /activity/{id} one entry over it; `outcome` and `q` narrow the list. */
export function Page({ practice, path, search }: PageProps): VNode {
  const known = useSignal(entries.NO_ENTRIES);
  const load = useSignal<Load>({ is: 'loading' });
  const beyondText = useSignal<BeyondText | null>(null);
  const phoneSystems = useSignal<Record<string, string>>({});
  const asked = { outcome: search.get('outcome') ?? '', typed: search.get('q') ?? '' };
  const latest = useRef(asked);
  latest.current = asked;
  const questions = useRef(0);
  const noteNew = useNewcomers();
  const catchUpAgain = useRef(againLater(() => void catchUp()));

  async function fetchPage(cursor: string | null): Promise<void> {
    questions.current += 1;
    const question = questions.current;
    load.value = { is: 'loading' };
    const answer = await activityPage(practice.id, latest.current, cursor);
    // Something else was asked meanwhile.
    if (question !== questions.current) return;
    if (!answer.ok) {
      load.value = { is: 'failed', message: answer.message };
      return;
    }
    const { activity, nextCursor } = answer.value;
    known.value =
      cursor === null
        ? entries.firstPage(activity, nextCursor)
        : entries.pageAdded(known.peek(), activity, nextCursor);
    beyondText.value = answer.value.beyondText ?? beyondText.peek();
    phoneSystems.value = answer.value.phoneSystems ?? phoneSystems.peek();
    load.value = { is: 'ready' };
  }

  /** The socket has opened, at first or again: what came before that is asked for. */
  async function catchUp(): Promise<void> {
    const question = questions.current;
    const answer = await activityPage(practice.id, latest.current, null);
    if (question !== questions.current) return;
    catchUpAgain.current(answer.ok ? 'answered' : answer.status);
    if (!answer.ok) return;
    const { activity, nextCursor } = answer.value;
    known.value = entries.caughtUp(known.peek(), activity, nextCursor, isReading());
  }

  useEffect(() => void fetchPage(null), [practice.id, asked.outcome, asked.typed]);
  useActivityFrames(practice.id, (frame) => {
    if (frame.type === 'snapshot' || frame.type === 'resumed') void catchUp();
    if (frame.type !== 'activity' || !entries.isAskedFor(frame.entry, latest.current)) return;
    const before = known.peek();
    known.value = entries.entryCame(before, frame.entry, isReading());
    const isNew = ![...before.shown, ...before.fresh].some(({ id }) => id === frame.entry.id);
    if (isNew) noteNew();
  });

  const showFresh = () => {
    known.value = entries.freshShown(known.peek());
    document.querySelector('#page')?.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('#page-title')?.focus();
  };
  const [openedId] = path;
  const version = useComputed(() => {
    const entry = known.value.shown.find(({ id }) => id === openedId);
    return `${entry?.outcome} ${entry?.failure}`;
  });
  const close = () => {
    if (openedId !== undefined) goToPage({ path: [], search: String(search) });
  };
  const { shown, fresh, nextCursor } = known.value;
  const listed = { practice, entries: shown, phoneSystems: phoneSystems.value, search: String(search) };

  return html`
    ${pageHead({ title: 'Activity', lead: 'Every call that your phone system told us of, and why it did or did not lead to a text.' })}
    <div class="page__body">
      <${Filters} asked=${asked} />
      ${beyondText.value === null ? null : beyondTextCard(beyondText.value)}
      ${
        fresh.length === 0
          ? null
          : html`<button type="button" class="button fresh" onClick=${showFresh}>${icon('arrow-down')}${fresh.length} new</button>`
      }
      ${shown.length === 0 ? instead(load.value, asked, () => void fetchPage(null)) : activityList({ ...listed, now: minute.value })}
      ${shown.length === 0 ? null : foot(load.value, nextCursor, () => void fetchPage(nextCursor))}
    </div>
    <${Sheet} id="opened-activity" title="What happened" isOpen=${openedId !== undefined} close=${close}>
      ${openedId === undefined ? null : html`<${OpenedActivity} key=${openedId} practice=${practice} id=${openedId} phoneSystems=${phoneSystems.value} version=${version.value} />`}
    </${Sheet}>
  `;
}

function isReading(): boolean {
  return (document.querySelector('#page')?.scrollTop ?? 0) > READING_PX;
}

function instead(
  load: Load,
  { outcome, typed }: { outcome: string; typed: string },
  again: () => void,
): VNode {
  if (load.is === 'loading') return skeleton(5, 'row', 'Loading activity');
  if (load.is === 'failed') {
    const button = html`<button type="button" class="button" onClick=${again}>Try again</button>`;
    return emptyState('alert', 'The activity could not be loaded', load.message, button);
  }
  if (outcome !== '' || typed !== '') {
    const all = html`<button type="button" class="button" onClick=${() => goToPage({})}>Show everything</button>`;
    return emptyState(
      'search',
      'Nothing like that',
      'No call that is still kept fits. Try part of the number, or another outcome.',
      all,
    );
  }
  return emptyState(
    'pulse',
    'No calls yet',
    'As soon as your phone system calls a trigger, it appears here within a second, also when it leads to no text.',
  );
}

function foot(load: Load, nextCursor: string | null, more: () => void): VNode | null {
  if (load.is === 'failed') return html`<p class="activity-foot" role="alert">${load.message}</p>`;
  if (nextCursor === null) return html`<p class="activity-foot">Nothing older is kept.</p>`;
  const isLoading = load.is === 'loading';
  return html`<button type="button" class="button activity-foot" aria-disabled=${isLoading ? 'true' : undefined} onClick=${() => {
    if (!isLoading) more();
  }}>${isLoading ? 'Loading…' : 'Show earlier calls'}</button>`;
}
