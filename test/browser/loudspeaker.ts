import type { BrowserContext, Page } from 'playwright-core';

/** What would be heard and shown outside the page: counted where the browser would make it. */
export async function listenIn(context: BrowserContext, origin: string): Promise<void> {
  await context.grantPermissions(['notifications'], { origin });
  await context.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      heard.push(this.type);
      start.call(this, when);
    };
  });
}

/** Since it was asked last: nothing, a sound, or the one of what is urgent. */
export async function heardIn(page: Page): Promise<'nothing' | 'sound' | 'urgent'> {
  const shapes = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.splice(0));
  if (shapes.length === 0) return 'nothing';
  return shapes.includes('square') ? 'urgent' : 'sound';
}

/** Another page is before these; answers how to come back. Without a screen, a page believes that it is looked at. */
export async function goElsewhere(context: BrowserContext, pages: Page[]): Promise<() => Promise<void>> {
  const front = await context.newPage();
  const believe = async (page: Page, enabled: boolean) => {
    const devTools = await context.newCDPSession(page);
    await devTools.send('Emulation.setFocusEmulationEnabled', { enabled });
  };
  for (const page of pages) {
    await believe(page, false);
    // One that was pressed while another was in front would keep what it has not given away.
    await page.bringToFront();
    await front.bringToFront();
  }
  return async () => {
    await front.close();
    for (const page of pages) await believe(page, true);
    await pages[0]?.bringToFront();
  };
}

interface Shown {
  title: string;
  path: string;
}

export function notificationsOf(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const shown = (await registration?.getNotifications()) ?? [];
    return shown.map(({ title, data }) => ({ title, path: (data as { path: string }).path }));
  });
}

/** Somebody presses the notification that leads there. */
export async function pressNotification(context: BrowserContext, path: string): Promise<void> {
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('there is no service worker');
  await worker.evaluate(async (wanted) => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration;
      NotificationEvent: new (name: string, init: { notification: Notification }) => Event;
    };
    const shown = await scope.registration.getNotifications();
    const notification = shown.find(({ data }) => (data as { path: string }).path === wanted);
    if (notification === undefined) throw new Error('no such notification');
    globalThis.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  }, path);
}

/** What a push service would bring, without one. */
export async function push(context: BrowserContext, page: Page, payload: object): Promise<void> {
  const devTools = await context.newCDPSession(page);
  await devTools.send('ServiceWorker.enable');
  const { promise, resolve } = Promise.withResolvers<string>();
  devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const [registration] = registrations;
    if (registration !== undefined) resolve(registration.registrationId);
  });
  await devTools.send('ServiceWorker.enable');
  await devTools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await promise,
    data: JSON.stringify(payload),
  });
  await devTools.detach();
}
