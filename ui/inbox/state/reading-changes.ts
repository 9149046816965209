/** What reading on in a long conversation does to the state: it holds what is near, however long the whole is. */
import { mergeMessages, withOpened, withoutNewest, withoutOldest } from './opened.ts';
import type { OpenedConversation, State } from './state.ts';

export type Part = Pick<OpenedConversation, 'messages' | 'nextCursor' | 'newerCursor'>;

export function olderAsked(state: State, id: string, isLoadingOlder: boolean): State {
  return withOpened(state, id, (opened) => ({ ...opened, isLoadingOlder }));
}

export function newerAsked(state: State, id: string, isLoadingNewer: boolean): State {
  return withOpened(state, id, (opened) => ({ ...opened, isLoadingNewer }));
}

export function olderLoaded(state: State, id: string, { messages, nextCursor }: Part): State {
  return withOpened(state, id, (opened) =>
    withoutNewest({
      ...opened,
      messages: mergeMessages(opened.messages, messages),
      nextCursor,
      isLoadingOlder: false,
    }),
  );
}

export function newerLoaded(state: State, id: string, { messages, newerCursor }: Part): State {
  return withOpened(state, id, (opened) =>
    withoutOldest({
      ...opened,
      messages: mergeMessages(opened.messages, messages),
      newerCursor,
      isLoadingNewer: false,
    }),
  );
}

/** A part in the middle takes the place of what was there; what came after its end is kept if it is the end. */
export function partLoaded(state: State, id: string, { messages, nextCursor, newerCursor }: Part): State {
  return withOpened(state, id, (opened) => {
    const last = messages.at(-1)?.seq ?? 0;
    const since = newerCursor === null ? opened.messages.filter(({ seq }) => seq > last) : [];
    return {
      messages: mergeMessages(messages, since),
      nextCursor,
      newerCursor,
      load: { is: 'ready' },
      isLoadingOlder: false,
      isLoadingNewer: false,
    };
  });
}
