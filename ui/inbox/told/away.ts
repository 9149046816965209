/** Telling somebody who does not look: by a notification while a tab is open, by a push while none is. */
import { signal } from '@preact/signals';
import { request } from '../api.ts';
import { session } from '../store.ts';

/** Whose pushes come to this browser; an id, and nothing else about them. */
const OWNER = 'offhook told away';

/**
 * `off`; `tab`: only while Offhook is open in some tab; `always`: also while none is. Else what is in the way:
 * the browser `cannot`, or somebody `denied` it there.
 */
export type Away = 'off' | 'tab' | 'always' | 'cannot' | 'denied';

export const away = signal<Away>('off');

/** The key that this deployment pushes with; null where it has none. */
let pushKey: string | null = null;

function isAble(): boolean {
  return 'serviceWorker' in navigator && 'Notification' in window;
}

/** On every load: what was chosen here by this person holds again, and the server learns what has changed. */
export async function resumeAway(key: string | null): Promise<void> {
  pushKey = key;
  const owner = localStorage.getItem(OWNER);
  if (!isAble()) away.value = 'cannot';
  else if (Notification.permission === 'denied') away.value = 'denied';
  else if (owner === null || Notification.permission !== 'granted') away.value = 'off';
  else if (owner === session.peek()?.staff.id) away.value = await subscribed();
  else {
    // Somebody else's, who did not sign out: their pushes are not for whoever is here now.
    away.value = 'off';
    await endSubscription();
  }
}

/** Asks the browser for leave; only ever because somebody pressed a button. Answers what went wrong. */
export async function turnOnAway(): Promise<string | null> {
  const staffId = session.peek()?.staff.id;
  if (!isAble() || staffId === undefined) return null;
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') {
    away.value = permission === 'denied' ? 'denied' : 'off';
    return permission === 'denied' ? null : 'The browser was not allowed to. Try again, and choose Allow.';
  }
  localStorage.setItem(OWNER, staffId);
  away.value = await subscribed();
  return null;
}

export async function turnOffAway(): Promise<string | null> {
  const answer = await request<null>('DELETE', '/api/session/push-subscription');
  if (!answer.ok) return answer.message;
  localStorage.removeItem(OWNER);
  away.value = 'off';
  await endSubscription();
  return null;
}

async function subscribed(): Promise<Away> {
  const registration = await navigator.serviceWorker.register('/sw.js').catch(() => null);
  if (registration === null) return 'cannot';
  if (pushKey === null || !('PushManager' in window)) return 'tab';
  try {
    const subscription = await subscriptionWith(registration, pushKey);
    const { endpoint, keys } = subscription.toJSON();
    const body = { endpoint, keys };
    const told = await request<{ practices: number }>('PUT', '/api/session/push-subscription', body);
    return told.ok && told.value.practices > 0 ? 'always' : 'tab';
  } catch {
    // A browser without a push service, as some are built.
    return 'tab';
  }
}

/** One that was made for another key of ours is of no use any more. */
async function subscriptionWith(
  registration: ServiceWorkerRegistration,
  key: string,
): Promise<PushSubscription> {
  const wanted = bytesOf(key);
  const kept = await registration.pushManager.getSubscription();
  const keptKey = new Uint8Array(kept?.options.applicationServerKey ?? new ArrayBuffer(0));
  if (kept !== null && String(keptKey) === String(wanted)) return kept;
  await kept?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
}

async function endSubscription(): Promise<void> {
  localStorage.removeItem(OWNER);
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** While a tab is open. The worker shows it, so that it can still be pressed when the tab is gone. */
export async function notifyAway(title: string, path: string, tag: string): Promise<void> {
  if (away.peek() !== 'tab' && away.peek() !== 'always') return;
  const registration = await navigator.serviceWorker.getRegistration();
  await registration?.showNotification(title, {
    tag,
    data: { path },
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
  });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0));
}
