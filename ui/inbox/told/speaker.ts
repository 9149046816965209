/**
 * The loudspeaker, of which a browser has one: of all tabs only one plays, the first in which somebody has pressed
 * anything, since browsers keep the others silent. The tabs tell each other what happened and what was looked at.
 */
import { morePressing, type Reason, ring } from '../../../src/domain/telling/ring.ts';
import { preferences } from './preferences.ts';
import { playSound } from './sounds.ts';
import { isQuietNow, quiet } from './telling.ts';

type Word =
  | { is: 'ring'; id: string; reason: Reason; hasFocus: boolean }
  /** Looked at, or answered by somebody. */
  | { is: 'settled'; id: string };

const LOCK = 'offhook loudspeaker';
/** Until the other tabs have said what they have on screen. */
const HEAR_OTHERS_MS = 200;
/** The same thing, told by each tab. */
const SAME_MS = 1_500;
/** Most of another sound is heard by then. */
const OTHER_OVER_MS = 750;
const AGAIN_MS = 20_000;
/** Whoever is not there after ten minutes is not in the room. */
const MOST_TIMES = 30;

interface Ringing {
  reason: Reason;
  times: number;
}

const tabs = new BroadcastChannel('offhook told');
/** What nobody has looked at yet. */
const ringing = new Map<string, Ringing>();
/** When it was looked at somewhere, or told with a window before somebody. */
const settledAt = new Map<string, number>();
let seenAt = 0;
let playedAt = 0;
let urgentAt = 0;
let context: AudioContext | null = null;
let isPlayer = false;
/** For the loudspeaker. */
let isWaiting = false;

/** Something happened; `notify` is called where no window of this browser has the keyboard. */
export function ringAbout(id: string, reason: Reason, notify: () => void): void {
  const hasFocus = document.hasFocus();
  const word: Word = { is: 'ring', id, reason, hasFocus };
  tabs.postMessage(word);
  take(word);
  setTimeout(() => {
    if (Date.now() - seenAt > SAME_MS && !wasSettled(id)) notify();
  }, HEAR_OTHERS_MS);
}

/** It was looked at, or needs nobody any more. */
export function settle(id: string): void {
  const word: Word = { is: 'settled', id };
  tabs.postMessage(word);
  take(word);
}

/** Nobody is signed in. */
export function silence(): void {
  ringing.clear();
}

/** Plays in this tab, whoever else does: somebody asked for it. */
export function tryOut(isUrgent: boolean): void {
  unlock();
  const { sound, volume } = preferences.peek();
  if (context !== null) playSound(context, sound, isUrgent, volume);
}

/** Null where sounds come out; else whether one press in this tab would help. */
export async function whyMute(): Promise<'press' | null> {
  if (context?.state === 'running') return null;
  const held = (await navigator.locks?.query())?.held ?? [];
  return held.some(({ name }) => name === LOCK) ? null : 'press';
}

tabs.onmessage = ({ data }) => take(data as Word);
for (const gesture of ['pointerdown', 'keydown'] as const)
  addEventListener(gesture, unlock, { capture: true, passive: true });
// Somebody may have pressed something before this script came, and nothing since.
if (navigator.userActivation?.hasBeenActive) unlock();
setInterval(playAgain, AGAIN_MS);

function take(word: Word): void {
  switch (word.is) {
    case 'settled':
      ringing.delete(word.id);
      settledAt.set(word.id, Date.now());
      return;
    case 'ring': {
      if (word.hasFocus) seenAt = Date.now();
      const before = ringing.get(word.id);
      const reason = before === undefined ? word.reason : morePressing(before.reason, word.reason);
      ringing.set(word.id, { reason, times: 0 });
      if (isPlayer) setTimeout(() => play(word.id, reason), HEAR_OTHERS_MS);
    }
  }
}

function play(id: string, reason: Reason): void {
  if (context === null || wasSettled(id)) return;
  const isUrgent = reason === 'urgent';
  const now = Date.now();
  // Several at once are one sound; but what is urgent is heard after any other.
  if (now - (isUrgent ? urgentAt : playedAt) < SAME_MS) return;
  const over = playedAt + OTHER_OVER_MS;
  if (isUrgent && now < over) {
    setTimeout(() => play(id, reason), over - now);
    return;
  }
  playedAt = now;
  if (isUrgent) urgentAt = now;
  const { sound, volume } = preferences.peek();
  playSound(context, sound, isUrgent, volume);
}

/** For as long as nobody has looked, if this browser is to. */
function playAgain(): void {
  const { repeats, sound, volume } = preferences.peek();
  if (!repeats) ringing.clear();
  for (const [id, one] of ringing) {
    one.times += 1;
    if (one.times > MOST_TIMES) ringing.delete(id);
  }
  const { passesUrgent } = quiet.peek().telling;
  const moment = { isLookedAt: false, isQuiet: isQuietNow(Date.now()), passesUrgent };
  const reasons = [...ringing.values()].flatMap(({ reason }) => ring(reason, moment) ?? []);
  if (!isPlayer || context === null || reasons.length === 0) return;
  playSound(context, sound, reasons.reduce(morePressing) === 'urgent', volume);
}

function wasSettled(id: string): boolean {
  return Date.now() - (settledAt.get(id) ?? 0) < SAME_MS;
}

function unlock(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  if (isPlayer) return;
  // Without locks, as on a plain http address of another machine, each tab plays.
  if (navigator.locks === undefined) isPlayer = true;
  else if (!isWaiting) {
    isWaiting = true;
    // Held until the tab is gone; then the next one in the queue has it.
    void navigator.locks.request(LOCK, () => {
      isPlayer = true;
      return new Promise(() => undefined);
    });
  }
}
