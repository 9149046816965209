/** What opening, reading and writing in a conversation does to the state. */
import type { Message } from '../../../src/domain/conversation/message.ts';
import { mergeMessages, NOTHING_YET, withOpened, withoutOldest } from './opened.ts';
import { type Draft, EMPTY_DRAFT, type OpenedConversation, type State, type Unsent } from './state.ts';
import { canBeEdited } from './unsent-stage.ts';

/** Who goes back to one of these finds it at once; what was opened before them is read anew. */
const MOST_OPENED = 8;

export function conversationAsked(state: State, id: string): State {
  const next = withOpened(state, id, (opened) =>
    opened.load.is === 'failed' ? { ...opened, load: { is: 'loading' } } : opened,
  );
  const others = [...next.opened].filter(([other]) => other !== id).slice(1 - MOST_OPENED);
  const mine = next.opened.get(id) ?? NOTHING_YET;
  return { ...next, opened: new Map([...others, [id, mine]]) };
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
    return withoutOldest({
      ...opened,
      messages: mergeMessages(kept, messages),
      nextCursor: hasOlder ? opened.nextCursor : nextCursor,
      newerCursor: null,
      load: { is: 'ready' },
    });
  });
  return acknowledged(next, id, messages);
}

export function conversationFailed(state: State, id: string, message: string): State {
  return withOpened(state, id, (opened) =>
    opened.load.is === 'ready' ? opened : { ...opened, load: { is: 'failed', message } },
  );
}

/** From a frame, or from the answer to sending: whichever comes first. */
export function messagesMerged(state: State, id: string, messages: readonly Message[]): State {
  if (messages.length === 0) return state;
  const known = state.opened.get(id);
  const merged =
    known === undefined
      ? state
      : withOpened(state, id, (opened) =>
          withoutOldest({ ...opened, messages: mergeMessages(opened.messages, joining(opened, messages)) }),
        );
  return acknowledged(merged, id, messages);
}

/** What stands beyond the part that is here would leave a gap: it comes when somebody gets there. */
function joining(
  { messages, nextCursor, newerCursor }: OpenedConversation,
  news: readonly Message[],
): readonly Message[] {
  const first = nextCursor === null ? 0 : (messages[0]?.seq ?? 0);
  const last = newerCursor === null ? Number.POSITIVE_INFINITY : (messages.at(-1)?.seq ?? 0);
  return news.filter(({ seq }) => seq >= first && seq <= last);
}

export function unsentAdded(state: State, id: string, unsent: Unsent): State {
  return withUnsent(state, id, (list) => [...list, unsent]);
}

export function unsentStaged(state: State, id: string, messageId: string, stage: Unsent['stage']): State {
  return withUnsent(state, id, (list) => list.map((one) => (one.id === messageId ? { ...one, stage } : one)));
}

/** Its writer has looked at all that came in between. */
export function unsentSeen(state: State, id: string, messageId: string, seenSeq: number | null): State {
  return withUnsent(state, id, (list) =>
    list.map((one) => (one.id === messageId ? { ...one, seenSeq } : one)),
  );
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
  if (unsent === undefined || !canBeEdited(unsent.stage)) return state;
  const begun = (state.drafts.get(id) ?? EMPTY_DRAFT)[unsent.kind];
  const body = begun === '' ? unsent.body : `${unsent.body}\n${begun}`;
  const seen = unsent.kind === 'reply' ? { seenSeq: unsent.seenSeq } : {};
  const edited = { mode: unsent.kind, [unsent.kind]: body, ...seen };
  return draftChanged(unsentDropped(state, id, messageId), id, edited);
}

function acknowledged(state: State, id: string, messages: readonly Message[]): State {
  const waiting = state.unsent.get(id);
  if (waiting === undefined || waiting.length === 0) return state;
  const ids = new Set(messages.map((message) => message.id));
  return withUnsent(state, id, (list) => list.filter((one) => !ids.has(one.id)));
}

function withUnsent(state: State, id: string, step: (list: Unsent[]) => Unsent[]): State {
  return { ...state, unsent: new Map(state.unsent).set(id, step(state.unsent.get(id) ?? [])) };
}
