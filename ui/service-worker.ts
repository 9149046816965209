/**
 * Shows what was pushed while no page is open, and leads to it. It caches nothing: the page is small, the browser
 * keeps what has not changed, and one that is kept here would be a stale one after a deploy, about callers at that.
 */
import type { Pushed } from '../src/domain/telling/ring-words.ts';

/** As much of the worker's own world as is used here: TypeScript knows it or that of pages, not both at once. */
interface Background {
  registration: ServiceWorkerRegistration;
  clients: {
    matchAll: (options: { type: 'window'; includeUncontrolled: true }) => Promise<WindowClient[]>;
    openWindow: (url: string) => Promise<unknown>;
    claim: () => Promise<void>;
  };
  skipWaiting: () => Promise<void>;
  addEventListener: (name: string, listener: (event: WorkerEvent) => void) => void;
}

interface WindowClient {
  url: string;
  focused: boolean;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown) => void;
}

interface WorkerEvent {
  waitUntil: (done: Promise<unknown>) => void;
  data?: { json: () => unknown } | null;
  notification: Notification;
}

const worker = self as unknown as Background;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('push', (event) => event.waitUntil(show(event.data?.json() as Pushed)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { path: string }).path));
});

async function show({ title, path, tag }: Pushed): Promise<void> {
  // Whoever looks at Offhook sees it, and hears it.
  if ((await pages()).some(({ focused }) => focused)) return;
  await worker.registration.showNotification(title, {
    tag,
    data: { path },
    icon: '/icons/icon-192.png',
    badge: '/icons/badge-96.png',
  });
}

/** In a page that is open already: what is being written there stays. */
async function open(path: string): Promise<void> {
  const all = await pages();
  const practice = path.split('/')[1] ?? '';
  const page = all.find(({ url }) => new URL(url).pathname.split('/')[1] === practice) ?? all[0];
  if (page === undefined) {
    await worker.clients.openWindow(path);
    return;
  }
  page.postMessage({ is: 'open', path });
  await page.focus();
}

async function pages(): Promise<WindowClient[]> {
  const all = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => !new URL(url).pathname.startsWith('/simulator'));
}
