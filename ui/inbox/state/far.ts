import type { ConversationSummary } from '../../../src/domain/conversation/conversation-summary.ts';
import { passes } from '../../../src/domain/inbox/inbox-filter.ts';
import { isInView, isUpTo } from '../../../src/domain/inbox/inbox-view.ts';
import type { State } from './state.ts';

/** So many conversations are kept without asking which of them anybody can get to see. */
const ROOM = 2000;

/** On a busy day thousands are told of that stand far below what is loaded of any view: they are read when they are near. */
export function withoutFar(state: State): State {
  const { conversations, room } = state;
  if (conversations.size <= Math.max(ROOM, room) || isAsking(state)) return state;
  const near = new Map([...conversations].filter(([, one]) => isNear(state, one)));
  // Looked at again when half as many have been added, however many are near.
  return { ...state, conversations: near, room: near.size * 1.5 };
}

/** What is answered may be older than what was just told of a conversation, and must not bring that back. */
function isAsking({ pages, found }: State): boolean {
  return found?.load.is === 'loading' || Object.values(pages).some((page) => page?.load.is === 'loading');
}

function isNear(state: State, one: ConversationSummary): boolean {
  const { opened, drafts, unsent, found, route, entry } = state;
  const me = entry.phase === 'signed-in' ? entry.session.staff.id : '';
  const isUsed =
    opened.has(one.id) || drafts.has(one.id) || unsent.has(one.id) || route.conversationId === one.id;
  return (
    isUsed ||
    (found?.ids.includes(one.id) ?? false) ||
    Object.values(state.pages).some((page) => {
      if (page === undefined || !isInView(page.list.view, one, me) || !passes(page.list.filter, one))
        return false;
      return page.horizon === null || isUpTo(page.horizon, one);
    })
  );
}
