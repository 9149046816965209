/**
 * Tells who is signed in what happens while they do not look: what is heard, shown and counted. Fetched when the
 * browser is idle; listens to the frames of the inbox.
 */
import { effect } from '@preact/signals';
import { type Happening, reasonToTell, ring } from '../../../src/domain/telling/ring.ts';
import { ringWords } from '../../../src/domain/telling/ring-words.ts';
import { hearFrames } from '../../shell/frames.ts';
import { goTo } from '../actions/navigation.ts';
import { notify } from '../actions/session-actions.ts';
import { INBOX, readRoute, writeRoute } from '../route.ts';
import { conversationId, practice, practiceId, session, staffId } from '../store.ts';
import { notifyAway } from './away.ts';
import { followCount } from './count.ts';
import { happenings } from './happenings.ts';
import { hintAtAway } from './hint.ts';
import { preferences } from './preferences.ts';
import { ringAbout, settle, silence, whyMute } from './speaker.ts';
import { isQuietNow, learnTelling, quiet } from './telling.ts';

/** The hours ahead are told for a week; what was changed elsewhere is noticed on the same day. */
const ASK_EVERY_MS = 3 * 3_600_000;

/** One that is just loaded, or whose connection comes and goes, need not ask each time. */
const ASK_AT_MOST_EVERY_MS = 5_000;

let learntAt = 0;

followCount();

effect(() => {
  const [practice, staff] = [practiceId.value, session.value?.staff.id];
  if (practice === null || staff === undefined) return;
  void learn().then(hintAtAway);
  const timer = setInterval(learn, ASK_EVERY_MS);
  return () => {
    learntAt = 0;
    silence();
    clearInterval(timer);
  };
});

async function learn(): Promise<void> {
  const practice = practiceId.peek();
  if (practice === null || Date.now() - learntAt < ASK_AT_MOST_EVERY_MS) return;
  learntAt = Date.now();
  await learnTelling(practice);
}

/** Somebody looks at a conversation: whatever rings for it has done its work. */
effect(() => {
  const id = conversationId.value;
  if (id !== null) noteLook();
});
addEventListener('focus', noteLook);
document.addEventListener('visibilitychange', noteLook);

function noteLook(): void {
  const id = conversationId.peek();
  if (id !== null && isLookedAt(id)) settle(id);
}

function isLookedAt(id: string): boolean {
  return document.hasFocus() && document.visibilityState === 'visible' && conversationId.peek() === id;
}

hearFrames((frame) => {
  // Connected again: what was asked for may have ended with what this person may do, and holds anew if they still may.
  if (frame.type === 'snapshot' || frame.type === 'resumed') void learn();
  for (const { id, happening } of happenings(frame, practiceId.peek())) {
    tell(id, happening);
    if (happening.is === 'changed' && isSettled(happening.conversation)) settle(id);
  }
});

/** Answered, or taken by a colleague. */
function isSettled({
  assignee,
  waitingSince,
  state,
}: Extract<Happening, { is: 'changed' }>['conversation']): boolean {
  const isNobodysConcern = state !== 'open' || waitingSince === null;
  return isNobodysConcern
    ? assignee?.id !== staffId.peek()
    : assignee !== null && assignee.id !== staffId.peek();
}

function tell(id: string, happening: Happening): void {
  const current = practice.peek();
  if (current === null) return;
  const person = { id: staffId.peek(), isManager: current.role !== 'staff' };
  const reason = ring(reasonToTell(happening, person), {
    isLookedAt: isLookedAt(id),
    isQuiet: isQuietNow(Date.now()),
    passesUrgent: quiet.peek().telling.passesUrgent,
  });
  if (reason === null) return;
  const path = writeRoute({ ...INBOX, practiceId: current.id, conversationId: id });
  ringAbout(id, reason, () => void notifyAway(ringWords(reason, current.name), path, id));
  void hintAtPress();
}

let isHinted = false;

/** Browsers play nothing in a page that nobody has pressed anything in. */
async function hintAtPress(): Promise<void> {
  if (isHinted || preferences.peek().sound === 'none' || (await whyMute()) === null) return;
  isHinted = true;
  notify('A text came in. Your browser plays no sound here until you click or press a key once.');
}

// A notification was pressed: the page that is open goes there, and keeps what is being written.
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  const word = data as { is?: unknown; path?: unknown };
  if (word.is === 'open' && typeof word.path === 'string')
    goTo(readRoute(new URL(word.path, location.origin)));
});
