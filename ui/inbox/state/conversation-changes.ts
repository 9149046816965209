/** What opening, reading and writing in a conversation does to the state. */
import { laterStatus } from '../../../src/domain/delivery-status.ts';
import type { Message } from '../../../src/domain/message.ts';
import { type Draft, EMPTY_DRAFT, type OpenedConversation, type State, type Unsent } from './state.ts';

const NOTHING_YET: OpenedConversation = {
  messages: [],
  nextCursor: null,
  load: { is: 'loading' },
  isLoadingOlder: false,
};

export function conversationAsked(state: State, id: string): State {
  return withOpened(state, id, (opened) =>
    opened.load.is === 'failed' ? { ...opened, load: { is: 'loading' } } : opened,
  );
}

/** The newest page: what came over the socket in the meantime is kept, older pages too if they still join. */
export function conversationLoaded(
  state: State,
  id: string,
  messages: Message[],
  nextCursor: string | null,
): State {
  const next = withOpened(state, id, (opened) => {
    const oldest = messages[0]?.seq ?? 0;
    const joins = opened.messages.some(({ seq }) => seq >= oldest - 1);
    const kept = joins ? opened.messages : [];
    const hasOlder = kept.some(({ seq }) => seq < oldest);
    return {
      ...opened,
      messages: mergeMessages(kept, messages),
      nextCursor: hasOlder ? opened.nextCursor : nextCursor,
      load: { is: 'ready' },
    };
  });
  return acknowledged(next, id, messages);
}

export function conversationFailed(state: State, id: string, message: string): State {
  return withOpened(state, id, (opened) =>
    opened.load.is === 'ready' ? opened : { ...opened, load: { is: 'failed', message } },
  );
}

export function olderAsked(state: State, id: string, isLoadingOlder: boolean): State {
  return withOpened(state, id, (opened) => ({ ...opened, isLoadingOlder }));
}

export function olderLoaded(state: State, id: string, messages: Message[], nextCursor: string | null): State {
  return withOpened(state, id, (opened) => ({
    ...opened,
    messages: mergeMessages(opened.messages, messages),
    nextCursor,
    isLoadingOlder: false,
  }));
}

/** From a frame, or from the answer to sending: whichever comes first. */
export function messagesMerged(state: State, id: string, messages: readonly Message[]): State {
  if (messages.length === 0) return state;
  const known = state.opened.get(id);
  const merged =
    known === undefined
      ? state
      : withOpened(state, id, (opened) => ({
          ...opened,
          messages: mergeMessages(opened.messages, messages),
        }));
  return acknowledged(merged, id, messages);
}

/** Same id, same message: of its two states the later one wins. */
export function mergeMessages(before: readonly Message[], news: readonly Message[]): Message[] {
  const byId = new Map(before.map((message) => [message.id, message]));
  for (const message of news) byId.set(message.id, laterMessage(byId.get(message.id), message));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

function laterMessage(known: Message | undefined, told: Message): Message {
  const [before, now] = [known?.delivery, told.delivery];
  if (known === undefined || !before || !now) return told;
  if (now.attempt !== before.attempt) return now.attempt > before.attempt ? told : known;
  return laterStatus(before.status, now.status) === now.status ? told : known;
}

export function unsentAdded(state: State, id: string, unsent: Unsent): State {
  return withUnsent(state, id, (list) => [...list, unsent]);
}

export function unsentStaged(state: State, id: string, messageId: string, stage: Unsent['stage']): State {
  return withUnsent(state, id, (list) => list.map((one) => (one.id === messageId ? { ...one, stage } : one)));
}

export function unsentDropped(state: State, id: string, messageId: string): State {
  return withUnsent(state, id, (list) => list.filter((one) => one.id !== messageId));
}

export function draftChanged(state: State, id: string, change: Partial<Draft>): State {
  const draft = { ...(state.drafts.get(id) ?? EMPTY_DRAFT), ...change };
  return { ...state, drafts: new Map(state.drafts).set(id, draft) };
}

/** A text that did not leave goes back to where it was written, before what was begun since. */
export function unsentEdited(state: State, id: string, messageId: string): State {
  const unsent = state.unsent.get(id)?.find((one) => one.id === messageId);
  if (unsent === undefined) return state;
  const begun = (state.drafts.get(id) ?? EMPTY_DRAFT)[unsent.kind];
  const body = begun === '' ? unsent.body : `${unsent.body}\n${begun}`;
  return draftChanged(unsentDropped(state, id, messageId), id, { mode: unsent.kind, [unsent.kind]: body });
}

function acknowledged(state: State, id: string, messages: readonly Message[]): State {
  const waiting = state.unsent.get(id);
  if (waiting === undefined || waiting.length === 0) return state;
  const ids = new Set(messages.map((message) => message.id));
  return withUnsent(state, id, (list) => list.filter((one) => !ids.has(one.id)));
}

function withOpened(
  state: State,
  id: string,
  step: (opened: OpenedConversation) => OpenedConversation,
): State {
  return { ...state, opened: new Map(state.opened).set(id, step(state.opened.get(id) ?? NOTHING_YET)) };
}

function withUnsent(state: State, id: string, step: (list: Unsent[]) => Unsent[]): State {
  return { ...state, unsent: new Map(state.unsent).set(id, step(state.unsent.get(id) ?? [])) };
}
