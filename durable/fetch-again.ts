import type { Env } from '../src/env.ts';
import type { InboxStore } from './inbox-store.ts';

/** For an inbox that is being rebuilt: what one conversation says of itself. */
export async function fetchAgain(env: Env, store: InboxStore, id: string): Promise<void> {
  const conversation = env.CONVERSATION.get(env.CONVERSATION.idFromString(id));
  let fromSeq = 1;
  for (;;) {
    const published = await conversation.published(fromSeq);
    // Deleted because its time was over, and not heard of until now.
    if (!published) return store.forget([{ id, version: 0 }]);
    const { indexedSeq } = store.apply(published.summary, published.messages);
    if (indexedSeq >= published.summary.lastSeq) return;
    fromSeq = indexedSeq + 1;
  }
}
