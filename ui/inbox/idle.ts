import { signal } from '@preact/signals';

/** A person at a shared front desk who walked away. */
const WARNING_MS = 60_000;
const ACTIVITY_EVENTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
/** How often the server is told that somebody is still here. */
const TELL_MS = 60_000;

export interface IdleEvents {
  onWarning: () => void;
  onStay: () => void;
  onIdle: () => void;
  /** The server keeps its own clock, which only requests wind up. */
  tellServer: () => void;
}

export const secondsLeft = signal(0);

/** What this tab's other tabs are told, since all share one session. */
const CHANNEL = 'offhook activity';

/** Watches one signed-in person; `stay` ends a warning, `stop` the watch. */
export function watchIdle(idleMinutes: number, events: IdleEvents): { stay: () => void; stop: () => void } {
  const idleMs = idleMinutes * 60_000;
  const warnMs = Math.max(idleMs - WARNING_MS, idleMs / 2);
  const tabs = new BroadcastChannel(CHANNEL);
  let lastActiveAt = Date.now();
  let lastToldAt = Date.now();
  let isWarned = false;

  function active(): void {
    lastActiveAt = Date.now();
    tabs.postMessage(lastActiveAt);
  }

  /** Once the warning shows, only its button counts: a nudged mouse is not a person. */
  function noticeActivity(): void {
    if (!isWarned && Date.now() - lastActiveAt > 1000) active();
  }

  function stay(): void {
    active();
    tell();
    endWarning();
  }

  function endWarning(): void {
    if (!isWarned) return;
    isWarned = false;
    events.onStay();
  }

  function tell(): void {
    lastToldAt = Date.now();
    events.tellServer();
  }

  function look(): void {
    const idleFor = Date.now() - lastActiveAt;
    if (idleFor >= idleMs) {
      stop();
      events.onIdle();
      return;
    }
    if (lastActiveAt > lastToldAt && Date.now() - lastToldAt >= TELL_MS) tell();
    secondsLeft.value = Math.ceil((idleMs - idleFor) / 1000);
    if (idleFor >= warnMs && !isWarned) {
      isWarned = true;
      events.onWarning();
    } else if (idleFor < warnMs) {
      endWarning();
    }
  }

  function stop(): void {
    clearInterval(timer);
    for (const name of ACTIVITY_EVENTS) removeEventListener(name, noticeActivity, true);
    document.removeEventListener('visibilitychange', look);
    tabs.close();
  }

  tabs.onmessage = ({ data }) => {
    lastActiveAt = Math.max(lastActiveAt, Number(data));
    look();
  };
  for (const name of ACTIVITY_EVENTS)
    addEventListener(name, noticeActivity, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  const timer = setInterval(look, 1000);
  return { stay, stop };
}
