import { entryOf } from '../src/domain/activity/activity-entry.ts';
import type { InboxContext } from '../src/domain/conversation/conversation-context.ts';
import type { ActivityStore } from './activity-store.ts';
import type { CallBackStore } from './call-back-store.ts';
import type { InboxStore } from './inbox-store.ts';

/** What the inbox knows of a caller besides one conversation. It reads only. */

interface Stores {
  store: Pick<InboxStore, 'callers' | 'summary'>;
  activities: ActivityStore;
  callBacks: CallBackStore;
}

const MOST_CALLS = 30;

export function inboxContext(
  { store, activities, callBacks }: Stores,
  id: string,
  number: string,
): InboxContext {
  const others = (store.callers.withNumbers([number]) ?? []).filter((one) => one.id !== id);
  return {
    elsewhere: others.flatMap((one) => store.summary(one.id) ?? []).sort((a, b) => b.last.at - a.last.at),
    calls: activities
      .ofConversation(id, number, MOST_CALLS)
      .map(({ activity, failure }) => entryOf(activity, failure, 'whole')),
    callBacks: callBacks.openFor(number),
  };
}
