/** What frames and pages of the inbox do to the state. */
import type { ConversationSummary } from '../../../src/domain/conversation-summary.ts';
import type { InboxFrame } from '../../../src/domain/inbox-frame.ts';
import type { InboxView } from '../../../src/domain/inbox-view.ts';
import type { StaffRef } from '../../../src/domain/message.ts';
import { messagesMerged } from './conversation-changes.ts';
import { withoutFar } from './far.ts';
import type { Page, State } from './state.ts';

export interface ConversationsPage {
  conversations: ConversationSummary[];
  nextCursor: string | null;
}

export function frameReceived(state: State, frame: InboxFrame): State {
  switch (frame.type) {
    case 'snapshot':
      return snapshotTaken(state, frame);
    case 'resumed':
      return {
        ...state,
        counts: frame.counts,
        callBacks: frame.callBacks,
        present: frame.present,
        mentions: frame.mentions,
        alarms: frame.alarms ?? [],
      };
    case 'conversation': {
      const known = summariesMerged(withoutFar(state), [frame.conversation]);
      return messagesMerged({ ...known, counts: frame.counts }, frame.conversation.id, frame.messages);
    }
    case 'presence':
      return { ...state, present: frame.present };
    case 'mentioned':
      return { ...state, mentions: [frame, ...mentionsElsewhere(state, frame.conversation)] };
    case 'mentions-seen':
      return { ...state, mentions: mentionsElsewhere(state, frame.conversation) };
    case 'alarms':
      return { ...state, alarms: frame.alarms };
    case 'call-backs':
      return { ...state, callBacks: frame.open };
    case 'activity':
    case 'escalated':
    case 'waiting-rules':
    case 'heartbeat':
      return state;
  }
}

function mentionsElsewhere({ mentions }: State, conversation: string): State['mentions'] {
  return mentions.filter((mention) => mention.conversation !== conversation);
}

/** What was known may be out of date in any way, so only the opened conversation is kept, to be asked for anew. */
function snapshotTaken(state: State, frame: Extract<InboxFrame, { type: 'snapshot' }>): State {
  const openedId = state.route.conversationId;
  const kept = openedId === null ? undefined : state.conversations.get(openedId);
  const opened = openedId === null ? undefined : state.opened.get(openedId);
  const fresh: State = {
    ...state,
    conversations: new Map(kept === undefined ? [] : [[kept.id, kept]]),
    opened: new Map(openedId === null || opened === undefined ? [] : [[openedId, opened]]),
    pages: { [frame.view]: pageOf(frame) },
    counts: frame.counts,
    callBacks: frame.callBacks,
    present: frame.present,
    mentions: frame.mentions,
    alarms: frame.alarms ?? [],
  };
  return summariesMerged(fresh, frame.conversations);
}

/** Frames and answers overtake each other: the newer version stays. */
export function summariesMerged(state: State, summaries: readonly ConversationSummary[]): State {
  const newer = summaries.filter(
    (summary) => (state.conversations.get(summary.id)?.version ?? 0) < summary.version,
  );
  if (newer.length === 0) return state;
  const conversations = new Map(state.conversations);
  for (const summary of newer) conversations.set(summary.id, summary);
  return { ...state, conversations };
}

export function pageAsked(state: State, view: InboxView): State {
  const before = state.pages[view] ?? { horizon: null, nextCursor: null };
  return withPage(state, view, { ...before, load: { is: 'loading' } });
}

export function pageLoaded(state: State, view: InboxView, page: ConversationsPage): State {
  return withPage(summariesMerged(state, page.conversations), view, pageOf(page));
}

export function pageFailed(state: State, view: InboxView, message: string): State {
  const before = state.pages[view] ?? { horizon: null, nextCursor: null };
  return withPage(state, view, { ...before, load: { is: 'failed', message } });
}

/** What the last search found stays on screen until this one has answered. */
export function searchAsked(state: State, query: string): State {
  const before = state.found ?? { ids: [], nextCursor: null };
  return { ...state, found: { ...before, query, load: { is: 'loading' } } };
}

/** A first page, or one that follows what was found before; only if the question is still the same. */
export function searchLoaded(state: State, query: string, page: ConversationsPage, isFirst: boolean): State {
  if (state.found?.query !== query) return state;
  const before = isFirst ? [] : state.found.ids;
  const ids = [...new Set([...before, ...page.conversations.map(({ id }) => id)])];
  const found = { query, ids, nextCursor: page.nextCursor, load: { is: 'ready' } as const };
  return { ...summariesMerged(state, page.conversations), found };
}

export function searchFailed(state: State, query: string, message: string): State {
  if (state.found?.query !== query) return state;
  return { ...state, found: { ...state.found, load: { is: 'failed', message } } };
}

export function searchLeft(state: State): State {
  return state.found === null ? state : { ...state, found: null };
}

export function staffListed(state: State, staff: StaffRef[]): State {
  return { ...state, staff };
}

export function connectionChanged(state: State, connection: State['connection']): State {
  return state.connection === connection ? state : { ...state, connection };
}

function pageOf(page: ConversationsPage): Page {
  const horizon = page.nextCursor === null ? null : (page.conversations.at(-1) ?? null);
  return { horizon, nextCursor: page.nextCursor, load: { is: 'ready' } };
}

function withPage(state: State, view: InboxView, page: Page): State {
  return { ...state, pages: { ...state.pages, [view]: page } };
}
