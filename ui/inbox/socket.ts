import type { InboxFrame } from '../../src/domain/inbox/inbox-frame.ts';
import { readFrame } from './right-shape.ts';

const PING_MS = 10_000;
/** A ping that is not answered by then means that the connection only looks alive. */
const SILENCE_MS = 5_000;
/** The first frame is the whole list, over whatever network there is. */
const OPENING_MS = 8_000;
/** After sleep a connection is dead more often than not, and somebody is looking. */
const WAKING_MS = 1_500;
const BACKOFF_FIRST_MS = 500;
/** So that the list is right within two seconds of the server being there again. */
const BACKOFF_SEEN_MS = 1_500;
/** Where nobody looks, and a sound may come a little later. */
const BACKOFF_HIDDEN_MS = 10_000;
/** Shorter gaps are nobody's business. */
const LOST_AFTER_MS = 2_000;

/** Asking why a connection is refused also tells the server that somebody is here, so not each time. */
const ASK_WHY_EVERY = 5;

/** The session is over; trying again is useless. */
const SESSION_OVER = 4401;

/** A manager or an admin changed what this person may do. */
const ACCESS_CHANGED = 4403;

export interface InboxSocketEvents {
  onFrame: (frame: InboxFrame) => void;
  onConnection: (connection: 'live' | 'retrying' | 'lost') => void;
  /** Each time it is open anew: by this the page says something. */
  onOpened?: (say: (text: string) => void) => void;
  /** Refused before its first frame, or closed because of who it is for: perhaps nobody is signed in any more. */
  onRefused: () => void;
  onSessionOver: () => void;
}

/** Waits half to all of 0.5, 1, 1.5, 1.5 … seconds, of a page out of sight 0.5, 1, 2, 4, 8, 10 … `randomUnit` is in [0, 1). */
export function reconnectDelayMs(failures: number, randomUnit: number, isSeen: boolean): number {
  const most = Math.min(isSeen ? BACKOFF_SEEN_MS : BACKOFF_HIDDEN_MS, BACKOFF_FIRST_MS * 2 ** failures);
  return Math.round(most * (0.5 + randomUnit / 2));
}

/** Keeps one socket to a practice's inbox until the returned function is called. `asking` goes into its address. */
export function connectInbox(
  practiceId: string,
  events: InboxSocketEvents,
  asking: Record<string, string> = {},
): () => void {
  let socket: WebSocket | null = null;
  let seq: number | null = null;
  let failures = 0;
  let retryTimer = 0;
  let lostTimer = 0;
  let silenceTimer = 0;

  function open(): void {
    clearTimeout(retryTimer);
    retryTimer = 0;
    const url = new URL(`/api/practices/${encodeURIComponent(practiceId)}/inbox`, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.search = String(new URLSearchParams(asking));
    if (seq !== null) url.searchParams.set('since', String(seq));
    let hasSpoken = false;
    const mine = new WebSocket(url);
    socket = mine;
    watchSilence(OPENING_MS);
    mine.onmessage = ({ data }) => {
      clearTimeout(silenceTimer);
      const frame = readFrame(String(data));
      if (frame === null) {
        retryLater();
        return;
      }
      if (!hasSpoken) {
        hasSpoken = true;
        failures = 0;
        clearTimeout(lostTimer);
        lostTimer = 0;
      }
      receive(frame);
    };
    mine.onclose = ({ code }) => {
      if (code === SESSION_OVER) {
        close();
        events.onSessionOver();
        return;
      }
      if (code === ACCESS_CHANGED || (!hasSpoken && failures % ASK_WHY_EVERY === 0)) events.onRefused();
      retryLater();
    };
  }

  function receive(frame: InboxFrame): void {
    const isFirst = frame.type === 'snapshot' || frame.type === 'resumed';
    if (frame.type === 'heartbeat' && seq !== null && frame.seq > seq) {
      retryNow();
      return;
    }
    seq = Math.max(seq ?? 0, frame.seq);
    events.onFrame(frame);
    if (!isFirst) return;
    const mine = socket;
    events.onOpened?.((text) => {
      if (mine?.readyState === WebSocket.OPEN) mine.send(text);
    });
    events.onConnection('live');
  }

  function drop(): void {
    clearTimeout(silenceTimer);
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    socket = null;
  }

  function retryLater(): void {
    drop();
    if (lostTimer === 0) {
      events.onConnection('retrying');
      lostTimer = setTimeout(() => events.onConnection('lost'), LOST_AFTER_MS);
    }
    retryTimer = setTimeout(
      open,
      reconnectDelayMs(failures, Math.random(), document.visibilityState !== 'hidden'),
    );
    failures += 1;
  }

  function retryNow(): void {
    clearTimeout(retryTimer);
    drop();
    open();
  }

  function watchSilence(patienceMs: number): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(retryLater, patienceMs);
  }

  function ping(patienceMs = SILENCE_MS): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send('ping');
    watchSilence(patienceMs);
  }

  /** A laptop that wakes up, or a network that returns, need not wait for the next try. */
  function wake(): void {
    if (document.visibilityState === 'hidden') return;
    if (socket?.readyState === WebSocket.OPEN) ping(WAKING_MS);
    // Also where one is under way: begun in a network that is gone, it would end in silence.
    else retryNow();
  }

  /** A connection of a network that is gone would only fall silent. */
  function noticeOffline(): void {
    if (retryTimer === 0) retryLater();
  }

  function close(): void {
    drop();
    clearTimeout(retryTimer);
    clearTimeout(lostTimer);
    clearInterval(pingTimer);
    removeEventListener('online', wake);
    removeEventListener('offline', noticeOffline);
    document.removeEventListener('visibilitychange', wake);
  }

  const pingTimer = setInterval(() => ping(), PING_MS);
  addEventListener('online', wake);
  addEventListener('offline', noticeOffline);
  document.addEventListener('visibilitychange', wake);
  open();
  return close;
}
