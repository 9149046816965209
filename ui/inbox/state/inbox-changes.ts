/** What frames and pages of the inbox do to the state. */
import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import type { StaffRef } from '../../../src/domain/conversation/message.ts';
import { type InboxFilter, NO_FILTER } from '../../../src/domain/inbox/inbox-filter.ts';
import type { InboxFrame } from '../../../src/domain/inbox/inbox-frame.ts';
import { readCursor } from '../../../src/domain/inbox/inbox-view.ts';
import type { FoundConversation } from '../../../src/domain/inbox/search-hit.ts';
import { isSameJson } from '../../../src/domain/text/same-json.ts';
import { messagesMerged } from './conversation-changes.ts';
import { withoutFar } from './far.ts';
import { type List, listKey, pageFor } from './list-pages.ts';
import type { Page, State } from './state.ts';

export interface ConversationsPage {
  conversations: ConversationSummary[];
  nextCursor: string | null;
}

export interface FoundPage {
  conversations: FoundConversation[];
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
  const list = { view: frame.view, filter: NO_FILTER };
  const openedId = state.route.conversationId;
  const kept = openedId === null ? undefined : state.conversations.get(openedId);
  const opened = openedId === null ? undefined : state.opened.get(openedId);
  const fresh: State = {
    ...state,
    conversations: new Map(kept === undefined ? [] : [[kept.id, kept]]),
    opened: new Map(openedId === null || opened === undefined ? [] : [[openedId, opened]]),
    pages: { [listKey(list)]: pageOf(list, frame) },
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

export function pageAsked(state: State, list: List): State {
  return withPage(state, list, { ...knownOf(state, list), list, load: { is: 'loading' } });
}

export function pageLoaded(state: State, list: List, page: ConversationsPage): State {
  return withPage(summariesMerged(state, page.conversations), list, pageOf(list, page));
}

export function pageFailed(state: State, list: List, message: string): State {
  return withPage(state, list, { ...knownOf(state, list), list, load: { is: 'failed', message } });
}

function knownOf(state: State, list: List): Pick<Page, 'horizon' | 'nextCursor'> {
  return pageFor(state, list) ?? { horizon: NOTHING, nextCursor: null };
}

/** Before the first conversation that there could be. */
const NOTHING = [0, 0, ''] as const;

/** What the last search found stays on screen until this one has answered. */
export function searchAsked(state: State, asked: Asked): State {
  const before = state.found ?? { ids: [], hits: new Map(), nextCursor: null };
  return { ...state, found: { ...before, ...asked, load: { is: 'loading' } } };
}

interface Asked {
  query: string;
  filter: InboxFilter;
}

function isAnswered({ found }: State, { query, filter }: Asked): boolean {
  return found?.query === query && isSameJson(found.filter, filter);
}

/** A first page, or one that follows what was found before; only if the question is still the same. */
export function searchLoaded(state: State, asked: Asked, page: FoundPage, isFirst: boolean): State {
  if (state.found === null || !isAnswered(state, asked)) return state;
  const before = isFirst ? [] : state.found.ids;
  const ids = [...new Set([...before, ...page.conversations.map(({ id }) => id)])];
  const hits = new Map(isFirst ? [] : state.found.hits);
  const summaries = page.conversations.map(({ hits: those, ...summary }) => {
    if (those !== undefined) hits.set(summary.id, those);
    return summary;
  });
  const found = { ...asked, ids, hits, nextCursor: page.nextCursor, load: { is: 'ready' } as const };
  return { ...summariesMerged(state, summaries), found };
}

export function searchFailed(state: State, asked: Asked, message: string): State {
  if (state.found === null || !isAnswered(state, asked)) return state;
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

function pageOf(list: List, page: ConversationsPage): Page {
  // Of a narrowed list more was looked at than there is to be shown.
  const horizon = page.nextCursor === null ? null : readCursor(page.nextCursor);
  return { list, horizon, nextCursor: page.nextCursor, load: { is: 'ready' } };
}

function withPage(state: State, list: List, page: Page): State {
  return { ...state, pages: { ...state.pages, [listKey(list)]: page } };
}
