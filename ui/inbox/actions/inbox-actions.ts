import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import type { PracticeAlarm } from '../../../src/domain/inbox/practice-alarm.ts';
import { formatNumber } from '../../design/format.ts';
import { tellPages } from '../../shell/frames.ts';
import { sayWhatCame } from '../announcer.ts';
import { api } from '../api.ts';
import * as changes from '../state/inbox-changes.ts';
import type { List } from '../state/list-pages.ts';
import { alarms, change, conversationId, filter, found, list, page, practiceId, query } from '../store.ts';
import { waits } from '../waits.ts';
import { againLater } from './again.ts';
import { refreshOpened } from './conversation-actions.ts';

export function receiveFrame(frame: InboxFrame): void {
  if (frame.type === 'conversation') sayWhatCame(frame);
  if (frame.type === 'alarms') void announceAlarms(alarms.peek(), frame.alarms);
  change(changes.frameReceived, frame);
  waits.peek()?.hear(frame);
  tellPages(frame);
  if (frame.type === 'snapshot' || frame.type === 'resumed') {
    if (query.peek() !== '') void search(query.peek());
    void refreshOpened();
  }
  if (frame.type === 'conversation' && frame.conversation.id === conversationId.peek())
    void refreshOpened('if needed');
}

async function announceAlarms(...seen: [known: PracticeAlarm[], told: PracticeAlarm[]]): Promise<void> {
  try {
    (await import('../later.ts')).announceNew(...seen);
  } catch {
    // They are on screen as soon as their script is, and dismissed only by hand.
  }
}

/** Several patients may share a number: all are named, none is assumed. */
export function callerTitle({ caller }: Pick<ConversationSummary, 'caller'>): string {
  return caller.names?.join(' or ') || formatNumber(caller.number);
}

/** Without `cursor` the first page, else the one that follows. */
export async function loadPage(of: List, cursor?: string): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null) return;
  change(changes.pageAsked, of);
  const answer = await api.conversations(practice, { ...of, cursor });
  if (practice !== practiceId.peek()) return;
  if (answer.ok) change(changes.pageLoaded, of, answer.value);
  else change(changes.pageFailed, of, answer.message);
  if (cursor === undefined && of === list.peek()) askPageAgain(answer.ok ? 'answered' : answer.status);
}

const askPageAgain = againLater(() => void loadPage(list.peek()));

export async function search(words: string, cursor?: string): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null) return;
  const asked = { query: words, filter: filter.peek() };
  change(changes.searchAsked, asked);
  const answer = await api.conversations(practice, { ...asked, cursor });
  if (practice !== practiceId.peek()) return;
  if (answer.ok) change(changes.searchLoaded, asked, answer.value, cursor === undefined);
  else change(changes.searchFailed, asked, answer.message);
  if (cursor === undefined && words === query.peek()) askWordsAgain(answer.ok ? 'answered' : answer.status);
}

const askWordsAgain = againLater(() => {
  if (query.peek() !== '') void search(query.peek());
});

/** The next page of what the list shows: of the view, or of what was found. */
export async function loadMore(): Promise<void> {
  const practice = practiceId.peek();
  const shown = query.peek() === '' ? page.peek() : found.peek();
  if (practice === null || !shown || shown.nextCursor === null || shown.load.is === 'loading') return;
  if (query.peek() === '') await loadPage(list.peek(), shown.nextCursor);
  else await search(query.peek(), shown.nextCursor);
}

export async function loadStaff(practice: string): Promise<void> {
  const answer = await api.staff(practice);
  if (answer.ok && practice === practiceId.peek()) change(changes.staffListed, answer.value.staff);
}
