/** Who else is here: what they are told of us, and what is shown of them. Fetched when the browser has nothing to do. */
import { effect } from '@preact/signals';
import { stylesheet } from '../../shell/stylesheet.ts';
import { practicePath, request } from '../api.ts';
import { conversationId, mentions, practiceId } from '../store.ts';
import { tellWhereWeAre } from './here.ts';
import { announceOthers, followTypingOfOthers } from './people.ts';

export { HandOverDialog } from './hand-over.ts';
export { HeadPresence, Mentions, RowPresence } from './views.ts';

await stylesheet('/assets/together.css');

tellWhereWeAre();
followTypingOfOthers();
announceOthers();

/** Whoever opens a conversation has seen the notes that name them there. */
effect(() => {
  const [practice, id] = [practiceId.value, conversationId.value];
  const isNamed = mentions.value.some(({ conversation }) => conversation === id);
  // The server tells all windows of this person; where it does not hear, it is told when the page is opened again.
  if (practice !== null && id !== null && isNamed)
    void request<null>('DELETE', `${practicePath(practice)}/mentions/${encodeURIComponent(id)}`);
});
