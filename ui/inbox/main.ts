/** Starts the inbox page: what follows from what, and then the views. */
import { computed, effect } from '@preact/signals';
import { BUCKETS_OF } from '../../src/domain/inbox/inbox-view.ts';
import { html, render } from '../design/html.ts';
import { PAGES } from '../shell/pages.ts';
import { isAnythingUnsaved } from '../shell/unsaved.ts';
import { whenIdle } from '../shell/when-idle.ts';
import { loadOpened, refreshOpened } from './actions/conversation-actions.ts';
import { loadPage, loadStaff, receiveFrame, search } from './actions/inbox-actions.ts';
import { followHistory, followLink } from './actions/navigation.ts';
import { isAnythingWritten, sendWaiting } from './actions/sending.ts';
import { checkSession, sessionOver, start } from './actions/session-actions.ts';
import { announce } from './announcer.ts';
import { startClock } from './clock.ts';
import { followEarlyClicks } from './early-clicks.ts';
import { queueFrames } from './frame-queue.ts';
import { followIdle } from './idle-watch.ts';
import { followKeys } from './keyboard.ts';
import { say } from './say.ts';
import { connectInbox } from './socket.ts';
import { connectionChanged, searchLeft } from './state/inbox-changes.ts';
import {
  change,
  connection,
  conversationId,
  counts,
  entry,
  filter,
  list,
  page,
  pageAddress,
  practice,
  practiceId,
  query,
  session,
} from './store.ts';
import { App } from './views/app.ts';
import { fetchLater } from './views/lazy-views.ts';

/** Scripts that come later share these: here they weigh less than in ones of their own. */
export { segmentsOf } from '../../src/domain/conversation/segments.ts';
export { DAY_NAMES } from '../../src/domain/hours/schedule.ts';
export { isSameJson } from '../../src/domain/text/same-json.ts';
export { pageHead } from '../design/page-head.ts';
export { useDialog } from '../design/use-dialog.ts';
export { useFetched } from '../design/use-fetched.ts';

/** One socket for the practice on screen, for as long as somebody is signed in. */
effect(() => {
  const id = practiceId.value;
  if (id === null) return;
  void loadStaff(id);
  return connectInbox(id, {
    onFrame: queueFrames(receiveFrame),
    onConnection: follow,
    onOpened: (speak) => {
      say.value = speak;
    },
    onRefused: () => void checkSession(),
    onSessionOver: sessionOver,
  });
});

function follow(now: 'live' | 'retrying' | 'lost'): void {
  const before = connection.peek();
  change(connectionChanged, now);
  if (now === 'live') {
    if (before === 'lost') announce('Connected again');
    sendWaiting();
  } else if (page.peek() === null) {
    void loadPage(list.peek());
  }
}

/** The snapshot brings the beginning of all lists of open conversations; what else is looked at has to be asked for. */
effect(() => {
  const wanted = list.value;
  const isAwaited = BUCKETS_OF[wanted.view][0] <= BUCKETS_OF.open[1] && counts.value === null;
  if (practiceId.value !== null && page.value === null && !isAwaited) void loadPage(wanted);
});

effect(() => {
  const [words] = [query.value, filter.value];
  if (practiceId.value === null) return;
  if (words === '') change(searchLeft);
  else void search(words);
});

effect(() => {
  const id = conversationId.value;
  if (id !== null && practiceId.value !== null) void loadOpened(id);
});

effect(() => {
  const waiting = counts.value?.['needs-reply'] ?? 0;
  const name = practice.value?.name;
  const beside = pageAddress.value;
  const parts = [beside && PAGES[beside.name].label, name, 'Offhook'];
  const place = parts.filter(Boolean).join(' · ');
  document.title = session.value !== null && waiting > 0 ? `(${waiting}) ${place}` : place;
});

document.addEventListener('visibilitychange', () => void refreshOpened('if needed'));
document.addEventListener('click', followLink);
addEventListener('popstate', followHistory);
addEventListener('beforeunload', (event) => {
  if (isAnythingWritten() || isAnythingUnsaved()) event.preventDefault();
});
followKeys();
followEarlyClicks();
followIdle();
startClock();

const root = document.getElementById('app');
if (root !== null) render(html`<${App} />`, root);
void start();

/** What comes later takes neither the line nor the processor from the first list, or from who signs in. */
const isShown = computed(
  () =>
    entry.value.phase !== 'starting' &&
    (practiceId.value === null || pageAddress.value !== null || page.value !== null),
);
effect(() => (isShown.value ? whenIdle(fetchLater) : undefined));
